"""The mail server that Airflow knows, as what chain.answer hands mails to."""

from __future__ import annotations

import smtplib
from typing import cast

from etl.answer import Mailer

CONNECTION = "khoxa_smtp"


def airflow_mailer() -> Mailer | None:
    """The server of Airflow's connection khoxa_smtp, with its encryption and login; None where
    there is no such connection. Nothing is opened before there is a mail. Inside a task only."""
    from airflow.providers.common.compat.sdk import AirflowNotFoundException
    from airflow.providers.smtp.hooks.smtp import SmtpHook

    try:
        SmtpHook.get_connection(CONNECTION)
    except AirflowNotFoundException:
        return None

    def connect() -> smtplib.SMTP:
        # the hook's own way to send builds the mail itself, without a Message-ID of ours
        return cast(smtplib.SMTP, SmtpHook(CONNECTION).get_conn()._smtp_client)

    return Mailer(connect)
