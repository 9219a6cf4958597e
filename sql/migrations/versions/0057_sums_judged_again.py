"""0057_sums_judged_again: runs sql/migrations/0057_sums_judged_again.sql."""

from pathlib import Path

from alembic import op

revision = "0057_sums_judged_again"
down_revision = "0056_own_figures_again"


def upgrade() -> None:
    """Run the .sql file of this revision."""
    path = Path(__file__).parents[1] / f"{revision}.sql"
    op.get_bind().exec_driver_sql(path.read_text(encoding="utf-8"))
