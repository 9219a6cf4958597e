"""0005_parts: runs sql/migrations/0005_parts.sql."""

from pathlib import Path

from alembic import op

revision = "0005_parts"
down_revision = "0004_aggregates"


def upgrade() -> None:
    """Run the .sql file of this revision."""
    path = Path(__file__).parents[1] / f"{revision}.sql"
    op.get_bind().exec_driver_sql(path.read_text(encoding="utf-8"))
