"""0032_texts: runs sql/migrations/0032_texts.sql."""

from pathlib import Path

from alembic import op

revision = "0032_texts"
down_revision = "0031_figure_part"


def upgrade() -> None:
    """Run the .sql file of this revision."""
    path = Path(__file__).parents[1] / f"{revision}.sql"
    op.get_bind().exec_driver_sql(path.read_text(encoding="utf-8"))
