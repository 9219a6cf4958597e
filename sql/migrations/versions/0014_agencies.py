"""0014_agencies: runs sql/migrations/0014_agencies.sql."""

from pathlib import Path

from alembic import op

revision = "0014_agencies"
down_revision = "0015_said"


def upgrade() -> None:
    """Run the .sql file of this revision."""
    path = Path(__file__).parents[1] / f"{revision}.sql"
    op.get_bind().exec_driver_sql(path.read_text(encoding="utf-8"))
