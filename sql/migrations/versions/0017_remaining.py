"""0017_remaining: runs sql/migrations/0017_remaining.sql."""

from pathlib import Path

from alembic import op

revision = "0017_remaining"
down_revision = "0016_scope"


def upgrade() -> None:
    """Run the .sql file of this revision."""
    path = Path(__file__).parents[1] / f"{revision}.sql"
    op.get_bind().exec_driver_sql(path.read_text(encoding="utf-8"))
