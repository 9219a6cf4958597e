"""Mails go to a real mail server once, whatever it says and whenever it is there."""

from __future__ import annotations

import smtplib
import ssl
from pathlib import Path

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword

from etl.answer import Mailer
from etl.ground.config import Settings
from tests.helpers.mail_office import Office, Server, free_port, later, mail_server


@pytest.fixture
def office(fresh_warehouse: Settings, tmp_path: Path) -> Office:
    """Three messages of three communes, each with one accepted filing."""
    office = Office.at(fresh_warehouse, tmp_path)
    for n, unit in enumerate(("02146", "02143", "02137"), 1):
        address = f"xa{n}@xa.example"
        office.sender(address, unit)
        office.message(f"m{n}", office.filing(f"bao_cao_{n}.xlsx", unit=unit), of=address)
    return office


def states(office: Office) -> list[str]:
    return [state for _kind, _to, state in office.outbox()]


def test_each_is_sent_once_however_often_the_run_comes(office: Office) -> None:
    with mail_server() as server:
        assert office.answer(server.mailer()) == {"composed": 3, "sent": 3}
        assert office.answer(server.mailer(), later(15)) == {"composed": 0}
    assert server.reached == ["xa1@xa.example", "xa2@xa.example", "xa3@xa.example"]
    assert states(office) == ["sent"] * 3
    assert office.do("select count(*) from ops.outbox where content is not null") == [(0,)]


def test_greylisting_is_tried_later_and_each_wait_is_longer(office: Office) -> None:
    with mail_server() as server:
        server.judge = lambda to: "450 greylisted" if to.startswith("xa2") else None
        assert office.answer(server.mailer()) == {"composed": 3, "sent": 2, "later": 1}
        assert office.answer(server.mailer(), later(14)) == {"composed": 0}
        assert office.answer(server.mailer(), later(15)) == {"composed": 0, "later": 1}
        assert office.answer(server.mailer(), later(44)) == {"composed": 0}
        server.judge = lambda to: None
        assert office.answer(server.mailer(), later(45)) == {"composed": 0, "sent": 1}
    assert server.reached == ["xa1@xa.example", "xa3@xa.example", "xa2@xa.example"]


def test_what_is_put_off_too_often_is_given_up_and_named(office: Office) -> None:
    with mail_server() as server:
        server.judge = lambda to: "451 try later" if to.startswith("xa2") else None
        for day in range(12):
            office.answer(server.mailer(), later(day * 24 * 60))
    assert states(office) == ["sent", "failed", "sent"]
    ((tries, why),) = office.do("select tries, last_error from ops.outbox where state = 'failed'")
    assert (tries, why) == (10, "451 try later")


def test_one_address_that_is_refused_stops_nobody(office: Office) -> None:
    with mail_server() as server:
        server.judge = lambda to: "550 no such user" if to.startswith("xa1") else None
        assert office.answer(server.mailer()) == {"composed": 3, "never": 1, "sent": 2}
    assert states(office) == ["failed", "sent", "sent"]


def test_a_mail_that_breaks_the_connection_stops_nobody(office: Office) -> None:
    with mail_server() as server:
        server.judge = lambda to: "421 goodbye" if to.startswith("xa1") else None
        assert office.answer(server.mailer()) == {"composed": 3, "later": 1, "sent": 2}


def test_an_address_that_is_none_is_named_and_stops_nobody(office: Office) -> None:
    bad = "Xã 9 <xa9@xa.example>\r\nBcc: all@xa.example"
    office.sender(bad.lower())
    office.message("m9", office.filing("bao_cao_9.xlsx"), of=bad)
    with mail_server() as server:
        assert office.answer(server.mailer()) == {"composed": 4, "sent": 3}
    assert sorted(states(office)) == ["failed", "sent", "sent", "sent"]


def test_a_dead_server_delays_nothing_and_loses_nothing(office: Office) -> None:
    dead = Server(port=free_port())
    assert office.answer(dead.mailer()) == {"composed": 3, "no_server": 3}
    assert office.answer(dead.mailer(), later(15)) == {"composed": 0, "no_server": 3}
    assert office.answer(None, later(20)) == {"composed": 0}, "a night by hand leaves them to it"
    assert office.do("select distinct state, tries from ops.outbox") == [("waiting", 0)]
    with mail_server() as server:
        assert office.answer(server.mailer(), later(30)) == {"composed": 0, "sent": 3}


def test_a_server_that_dies_in_between_keeps_the_rest_waiting(office: Office) -> None:
    with mail_server() as server:
        opened = iter([server.mailer().open])

        def connect() -> smtplib.SMTP:
            return next(opened)()

        server.at_data = lambda: "421 shutting down"
        assert office.answer(Mailer(connect)) == {"composed": 3, "later": 1, "no_server": 2}
        assert states(office) == ["waiting"] * 3
        server.at_data = lambda: None
        assert office.answer(server.mailer(), later(20)) == {"composed": 0, "sent": 3}
    assert len(set(server.ids)) == len(server.ids) == 3


def test_a_server_that_does_not_take_our_own_address_costs_no_mail(office: Office) -> None:
    with mail_server(auth_required=True, auth_require_tls=False) as server:
        assert office.answer(server.mailer()) == {"composed": 3, "no_server": 3}
    assert states(office) == ["waiting"] * 3


def test_encrypted_and_logged_in(office: Office, tmp_path: Path) -> None:
    context, trusted = certificate(tmp_path)

    def login(_server: object, _session: object, _envelope: object, _how: str, data: object):
        right = isinstance(data, LoginPassword) and data.password == b"right"
        return AuthResult(success=right)

    options = {"tls_context": context, "require_starttls": True, "auth_required": True,
               "authenticator": login}  # fmt: skip
    with mail_server(**options) as server:

        def connect(password: str = "right") -> smtplib.SMTP:
            client = smtplib.SMTP("127.0.0.1", server.port, timeout=10)
            client.starttls(context=trusted)
            client.login("hoso", password)
            return client

        assert office.answer(server.mailer()) == {"composed": 3, "no_server": 3}
        waits = {"composed": 0, "no_server": 3}
        assert office.answer(Mailer(lambda: connect("wrong")), later(15)) == waits
        assert office.answer(Mailer(connect), later(30)) == {"composed": 0, "sent": 3}


def certificate(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's certificate that nobody signed, and a client that trusts it."""
    from datetime import UTC, datetime, timedelta
    from ipaddress import ip_address

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    today, here = datetime.now(UTC), ip_address("127.0.0.1")
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(),
                                today - timedelta(1), today + timedelta(1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(here)]), False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    pem = folder / "server.pem"
    pem.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                          serialization.NoEncryption())
        + made.public_bytes(serialization.Encoding.PEM)
    )  # fmt: skip
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(pem)
    trusted = ssl.create_default_context(cafile=str(pem))
    trusted.verify_flags &= ~ssl.VERIFY_X509_STRICT if hasattr(ssl, "VERIFY_X509_STRICT") else -1
    return context, trusted
