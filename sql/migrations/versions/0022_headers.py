"""0022_headers: runs sql/migrations/0022_headers.sql."""

from pathlib import Path

from alembic import op

revision = "0022_headers"
down_revision = "0021_declared"


def upgrade() -> None:
    """Run the .sql file of this revision."""
    path = Path(__file__).parents[1] / f"{revision}.sql"
    op.get_bind().exec_driver_sql(path.read_text(encoding="utf-8"))
