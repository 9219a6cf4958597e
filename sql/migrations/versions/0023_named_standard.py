"""0023_named_standard: runs sql/migrations/0023_named_standard.sql."""

from pathlib import Path

from alembic import op

revision = "0023_named_standard"
down_revision = "0022_headers"


def upgrade() -> None:
    """Run the .sql file of this revision."""
    path = Path(__file__).parents[1] / f"{revision}.sql"
    op.get_bind().exec_driver_sql(path.read_text(encoding="utf-8"))
