"""0015_said: runs sql/migrations/0015_said.sql."""

from pathlib import Path

from alembic import op

revision = "0015_said"
down_revision = "0017_remaining"


def upgrade() -> None:
    """Run the .sql file of this revision."""
    path = Path(__file__).parents[1] / f"{revision}.sql"
    op.get_bind().exec_driver_sql(path.read_text(encoding="utf-8"))
