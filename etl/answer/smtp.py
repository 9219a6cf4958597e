"""A mail server as a callable: it connects when there is something to send, and again after a
connection broke."""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from contextlib import suppress
from email.message import EmailMessage

from etl.ground.errors import KhoxaError

Send = Callable[[EmailMessage], object]


class NoServer(KhoxaError):
    """The mail server cannot be reached, or does not take this installation's login or address: no
    mail is at fault, and all wait."""


class Mailer:
    """`connect` opens a connection, encrypted and logged in as it has to be."""

    def __init__(self, connect: Callable[[], smtplib.SMTP]) -> None:
        self._connect = connect
        self._client: smtplib.SMTP | None = None

    def open(self) -> smtplib.SMTP:
        """The connection. Raises NoServer."""
        if self._client is None:
            try:
                self._client = self._connect()
            except Exception as error:  # what Airflow's hook raises is of many kinds
                raise NoServer(f"{type(error).__name__}: {error}") from error
        return self._client

    def __call__(self, message: EmailMessage) -> None:
        """Hand one mail over. Raises NoServer, or what smtplib raises."""
        client = self.open()
        try:
            client.send_message(message)
        except Exception:  # the server may have hung up; a new connection is sure to work
            self._client = None
            client.close()
            raise

    def close(self) -> None:
        """End the connection; the next mail opens another."""
        client, self._client = self._client, None
        if client is not None:
            with suppress(smtplib.SMTPException, OSError):
                client.quit()
