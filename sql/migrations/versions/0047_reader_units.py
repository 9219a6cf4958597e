"""0047_reader_units: runs sql/migrations/0047_reader_units.sql."""

from pathlib import Path

from alembic import op

revision = "0047_reader_units"
down_revision = "0046_who_may_file"


def upgrade() -> None:
    """Run the .sql file of this revision."""
    path = Path(__file__).parents[1] / f"{revision}.sql"
    op.get_bind().exec_driver_sql(path.read_text(encoding="utf-8"))
