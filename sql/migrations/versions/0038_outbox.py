"""0038_outbox: runs sql/migrations/0038_outbox.sql."""

from pathlib import Path

from alembic import op

revision = "0038_outbox"
down_revision = "0037_mail_in"


def upgrade() -> None:
    """Run the .sql file of this revision."""
    path = Path(__file__).parents[1] / f"{revision}.sql"
    op.get_bind().exec_driver_sql(path.read_text(encoding="utf-8"))
