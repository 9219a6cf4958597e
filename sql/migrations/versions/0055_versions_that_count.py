"""0055_versions_that_count: runs sql/migrations/0055_versions_that_count.sql."""

from pathlib import Path

from alembic import op

revision = "0055_versions_that_count"
down_revision = "0054_figures_of_blocks"


def upgrade() -> None:
    """Run the .sql file of this revision."""
    path = Path(__file__).parents[1] / f"{revision}.sql"
    op.get_bind().exec_driver_sql(path.read_text(encoding="utf-8"))
