"""0025_periods: runs sql/migrations/0024_periods.sql."""

from pathlib import Path

from alembic import op

revision = "0025_periods"
down_revision = "0024_projects_and_totals"


def upgrade() -> None:
    """Run the .sql file of this revision."""
    path = Path(__file__).parents[1] / f"{revision}.sql"
    op.get_bind().exec_driver_sql(path.read_text(encoding="utf-8"))
