"""In a container of the rehearsal: a mailbox and a bucket with what lies in /far, an SFTP server
for its folder, and a mail server that keeps what it is given in /far/answers."""

import subprocess
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Mailbox

from tests.helpers.file_servers import s3_server
from tests.helpers.mail_server import mail, mail_server

FAR, ALL = Path("/far"), "0.0.0.0"


def main() -> None:
    """Serve until the container is stopped."""
    sent = (FAR / "s3").iterdir()
    answers = Controller(Mailbox(FAR / "answers"), hostname=ALL, port=1025)
    with (
        mail_server(ALL, 1143) as mailbox,
        s3_server("nop-bao-cao", "nam_2025/", *sent, host=ALL, port=5000),
    ):
        for file in (FAR / "imap").iterdir():
            mailbox.put(mail("kimhy@example.org", file))
        answers.start()
        subprocess.run(["/usr/sbin/sshd", "-D", "-e"], check=True)


if __name__ == "__main__":
    main()
