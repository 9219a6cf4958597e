"""0019_agencies: runs sql/migrations/0019_agencies.sql."""

from pathlib import Path

from alembic import op

revision = "0019_agencies"
down_revision = "0018_assigned_and_registered"


def upgrade() -> None:
    """Run the .sql file of this revision."""
    path = Path(__file__).parents[1] / f"{revision}.sql"
    op.get_bind().exec_driver_sql(path.read_text(encoding="utf-8"))
