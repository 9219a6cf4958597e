"""0048_read_in_chunks: runs sql/migrations/0048_read_in_chunks.sql."""

from pathlib import Path

from alembic import op

revision = "0048_read_in_chunks"
down_revision = "0047_reader_units"


def upgrade() -> None:
    """Run the .sql file of this revision."""
    path = Path(__file__).parents[1] / f"{revision}.sql"
    op.get_bind().exec_driver_sql(path.read_text(encoding="utf-8"))
