"""A mail server as a callable: it connects when there is something to send, and again after a
connection broke."""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from contextlib import suppress
from email.message import EmailMessage
from typing import Any

from etl.ground.errors import KhoxaError

Send = Callable[[EmailMessage], object]


class NoServer(KhoxaError):
    """The mail server cannot be reached, or does not take this installation's login or address: no
    mail is at fault, and all wait."""


class NobodyKnows(OSError):
    """The connection broke off when the server had the whole mail and had not answered."""


class Mailer:
    """`connect` opens a connection, encrypted and logged in as it has to be."""

    def __init__(self, connect: Callable[[], smtplib.SMTP]) -> None:
        self._connect = connect
        self._client: smtplib.SMTP | None = None
        self._is_whole = False  # the last that was sent is the end of a mail

    def open(self) -> smtplib.SMTP:
        """The connection. Raises NoServer."""
        if self._client is None:
            try:
                self._client = self._connect()
            except Exception as error:  # what Airflow's hook raises is of many kinds
                raise NoServer(f"{type(error).__name__}: {error}") from error
            self._watch(self._client)
        return self._client

    def _watch(self, client: smtplib.SMTP) -> None:
        send = client.send

        def watched(s: Any) -> None:
            send(s)
            self._is_whole = isinstance(s, bytes) and s.endswith(b"\r\n.\r\n")

        client.send = watched  # type: ignore[method-assign]

    def __call__(self, message: EmailMessage) -> None:
        """Hand one mail over. Raises NoServer, NobodyKnows, or what smtplib raises."""
        client = self.open()
        try:
            client.send_message(message)
        except Exception as error:  # the server may have hung up; a new connection works
            self._client = None
            client.close()
            is_cut = isinstance(error, smtplib.SMTPServerDisconnected) or not isinstance(
                error, smtplib.SMTPException
            )
            if self._is_whole and is_cut:
                raise NobodyKnows(f"{type(error).__name__}: {error}") from error
            raise

    def close(self) -> None:
        """End the connection; the next mail opens another."""
        client, self._client = self._client, None
        if client is not None:
            with suppress(smtplib.SMTPException, OSError):
                client.quit()
