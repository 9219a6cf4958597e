"""0061_current_filing_name: runs sql/migrations/0061_current_filing_name.sql."""

from pathlib import Path

from alembic import op

revision = "0061_current_filing_name"
down_revision = "0060_counted_openings"


def upgrade() -> None:
    """Run the .sql file of this revision."""
    path = Path(__file__).parents[1] / f"{revision}.sql"
    op.get_bind().exec_driver_sql(path.read_text(encoding="utf-8"))
