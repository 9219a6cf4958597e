"""0018_assigned_and_registered: runs sql/migrations/0018_assigned_and_registered.sql."""

from pathlib import Path

from alembic import op

revision = "0018_assigned_and_registered"
down_revision = "0017_remaining"


def upgrade() -> None:
    """Run the .sql file of this revision."""
    path = Path(__file__).parents[1] / f"{revision}.sql"
    op.get_bind().exec_driver_sql(path.read_text(encoding="utf-8"))
