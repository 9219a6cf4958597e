"""0009_attainment: runs sql/migrations/0009_attainment.sql."""

from pathlib import Path

from alembic import op

revision = "0009_attainment"
down_revision = "0008_units"


def upgrade() -> None:
    """Run the .sql file of this revision."""
    path = Path(__file__).parents[1] / f"{revision}.sql"
    op.get_bind().exec_driver_sql(path.read_text(encoding="utf-8"))
