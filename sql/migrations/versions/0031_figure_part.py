"""0031_figure_part: runs sql/migrations/0031_figure_part.sql."""

from pathlib import Path

from alembic import op

revision = "0031_figure_part"
down_revision = "0030_star"


def upgrade() -> None:
    """Run the .sql file of this revision."""
    path = Path(__file__).parents[1] / f"{revision}.sql"
    op.get_bind().exec_driver_sql(path.read_text(encoding="utf-8"))
