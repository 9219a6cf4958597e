"""0054_figures_of_blocks: runs sql/migrations/0054_figures_of_blocks.sql."""

from pathlib import Path

from alembic import op

revision = "0054_figures_of_blocks"
down_revision = "0053_numbers_as_text"


def upgrade() -> None:
    """Run the .sql file of this revision."""
    path = Path(__file__).parents[1] / f"{revision}.sql"
    op.get_bind().exec_driver_sql(path.read_text(encoding="utf-8"))
