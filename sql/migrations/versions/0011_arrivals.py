"""0011_arrivals: runs sql/migrations/0011_arrivals.sql."""

from pathlib import Path

from alembic import op

revision = "0011_arrivals"
down_revision = "0010_fund_years"


def upgrade() -> None:
    """Run the .sql file of this revision."""
    path = Path(__file__).parents[1] / f"{revision}.sql"
    op.get_bind().exec_driver_sql(path.read_text(encoding="utf-8"))
