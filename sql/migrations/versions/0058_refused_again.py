"""0058_refused_again: runs sql/migrations/0058_refused_again.sql."""

from pathlib import Path

from alembic import op

revision = "0058_refused_again"
down_revision = "0057_sums_judged_again"


def upgrade() -> None:
    """Run the .sql file of this revision."""
    path = Path(__file__).parents[1] / f"{revision}.sql"
    op.get_bind().exec_driver_sql(path.read_text(encoding="utf-8"))
