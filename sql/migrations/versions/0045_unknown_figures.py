"""0045_unknown_figures: runs sql/migrations/0045_unknown_figures.sql."""

from pathlib import Path

from alembic import op

revision = "0045_unknown_figures"
down_revision = "0044_reported_units"


def upgrade() -> None:
    """Run the .sql file of this revision."""
    path = Path(__file__).parents[1] / f"{revision}.sql"
    op.get_bind().exec_driver_sql(path.read_text(encoding="utf-8"))
