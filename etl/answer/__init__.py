"""Room: what goes back by mail: the answer to what was filed, reminders, and the line of the week.

Doors: `compose` (whom to tell what, into ops.outbox, each mail once), `put_night` (the night's page
to the team), `deliver` (hands what waits
there to the mail server, or writes it to files), `Mailer` (a mail server as a callable). Nothing is
composed without mail.yaml in the province's own folder (catalogue.mail_file).
"""

from etl.answer.composing import Papers, compose
from etl.answer.delivery import deliver
from etl.answer.mime import Paper
from etl.answer.smtp import Mailer, Send
from etl.answer.team import put_night

__all__ = ["Mailer", "Paper", "Papers", "Send", "compose", "deliver", "put_night"]
