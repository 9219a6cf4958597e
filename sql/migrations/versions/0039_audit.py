"""0039_audit: runs sql/migrations/0039_audit.sql."""

from pathlib import Path

from alembic import op

revision = "0039_audit"
down_revision = "0038_outbox"


def upgrade() -> None:
    """Run the .sql file of this revision."""
    path = Path(__file__).parents[1] / f"{revision}.sql"
    op.get_bind().exec_driver_sql(path.read_text(encoding="utf-8"))
