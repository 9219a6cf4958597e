"""0037_mail_in: runs sql/migrations/0037_mail_in.sql."""

from pathlib import Path

from alembic import op

revision = "0037_mail_in"
down_revision = "0036_messages"


def upgrade() -> None:
    """Run the .sql file of this revision."""
    path = Path(__file__).parents[1] / f"{revision}.sql"
    op.get_bind().exec_driver_sql(path.read_text(encoding="utf-8"))
