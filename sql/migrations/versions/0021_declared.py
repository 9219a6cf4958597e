"""0021_declared: runs sql/migrations/0021_declared.sql."""

from pathlib import Path

from alembic import op

revision = "0021_declared"
down_revision = "0020_timing"


def upgrade() -> None:
    """Run the .sql file of this revision."""
    path = Path(__file__).parents[1] / f"{revision}.sql"
    op.get_bind().exec_driver_sql(path.read_text(encoding="utf-8"))
