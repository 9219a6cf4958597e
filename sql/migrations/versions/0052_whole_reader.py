"""0052_whole_reader: runs sql/migrations/0052_whole_reader.sql."""

from pathlib import Path

from alembic import op

revision = "0052_whole_reader"
down_revision = "0047_reader_units"


def upgrade() -> None:
    """Run the .sql file of this revision."""
    path = Path(__file__).parents[1] / f"{revision}.sql"
    op.get_bind().exec_driver_sql(path.read_text(encoding="utf-8"))
