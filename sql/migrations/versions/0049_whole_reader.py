"""0049_whole_reader: runs sql/migrations/0049_whole_reader.sql."""

from pathlib import Path

from alembic import op

revision = "0049_whole_reader"
down_revision = "0048_read_in_chunks"


def upgrade() -> None:
    """Run the .sql file of this revision."""
    path = Path(__file__).parents[1] / f"{revision}.sql"
    op.get_bind().exec_driver_sql(path.read_text(encoding="utf-8"))
