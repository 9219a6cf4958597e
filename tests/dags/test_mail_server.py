"""Airflow's connection khoxa_smtp as a mail server: through its own hook, to a real one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from aiosmtpd.smtp import AuthResult, LoginPassword

from tests.helpers.mail_office import free_port, mail_server

SEND = """
from email.message import EmailMessage
from etl.answer.smtp import NoServer
from etl.setup.mail_server import airflow_mailer
mailer = airflow_mailer()
if mailer is None:
    print("NONE")
else:
    for number in (1, 2):
        message = EmailMessage()
        message["From"], message["To"] = "hoso@tinh.example", "xa@x.example"
        message["Message-ID"] = f"<{number}@tinh.example>"
        message.set_content("x")
        try:
            mailer(message)
            print("SENT")
        except NoServer as error:
            print("NO SERVER", error)
    mailer.close()
"""


def sent(folder: Path, **connection: object) -> list[str]:
    """What a process says that sends two mails by a connection; none: by no connection."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("AIRFLOW")}
    environment["AIRFLOW_HOME"] = str(folder)
    if connection:
        environment["AIRFLOW_CONN_KHOXA_SMTP"] = json.dumps({"conn_type": "smtp", **connection})
    words = [sys.executable, "-c", SEND]
    done = subprocess.run(words, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    return [line for line in done.stdout.splitlines() if line.startswith(("NO", "SENT"))]


def test_without_a_connection_there_is_no_server(tmp_path: Path) -> None:
    assert sent(tmp_path) == ["NONE"]


def test_logged_in_and_with_our_own_message_id(tmp_path: Path) -> None:
    def login(_server: object, _session: object, _envelope: object, _how: str, data: object):
        return AuthResult(success=isinstance(data, LoginPassword) and data.password == b"right")

    options = {"auth_required": True, "auth_require_tls": False, "authenticator": login}
    extra = {"disable_ssl": True, "disable_tls": True, "retry_limit": 0}
    with mail_server(**options) as server:
        about = {"host": "127.0.0.1", "port": server.port, "login": "hoso", "extra": extra}
        assert sent(tmp_path, **about, password="right") == ["SENT", "SENT"]
        assert server.ids == ["<1@tinh.example>", "<2@tinh.example>"]
        wrong = sent(tmp_path, **about, password="wrong")
        assert len(wrong) == 2 and all(each.startswith("NO SERVER") for each in wrong)


def test_a_dead_server_is_no_fault_of_a_mail(tmp_path: Path) -> None:
    extra = {"disable_ssl": True, "disable_tls": True, "retry_limit": 0}
    said = sent(tmp_path, host="127.0.0.1", port=free_port(), extra=extra)
    assert len(said) == 2 and all("NO SERVER ConnectionRefusedError" in each for each in said)
