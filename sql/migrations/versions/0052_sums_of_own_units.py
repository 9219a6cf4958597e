"""0052_sums_of_own_units: runs sql/migrations/0052_sums_of_own_units.sql."""

from pathlib import Path

from alembic import op

revision = "0052_sums_of_own_units"
down_revision = "0051_lighter_money"


def upgrade() -> None:
    """Run the .sql file of this revision."""
    path = Path(__file__).parents[1] / f"{revision}.sql"
    op.get_bind().exec_driver_sql(path.read_text(encoding="utf-8"))
