"""0060_counted_openings: runs sql/migrations/0060_counted_openings.sql."""

from pathlib import Path

from alembic import op

revision = "0060_counted_openings"
down_revision = "0059_filing_by_content"


def upgrade() -> None:
    """Run the .sql file of this revision."""
    path = Path(__file__).parents[1] / f"{revision}.sql"
    op.get_bind().exec_driver_sql(path.read_text(encoding="utf-8"))
