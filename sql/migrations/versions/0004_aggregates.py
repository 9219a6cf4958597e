"""0004_aggregates: runs sql/migrations/0004_aggregates.sql."""

from pathlib import Path

from alembic import op

revision = "0004_aggregates"
down_revision = "0003_facts"


def upgrade() -> None:
    """Run the .sql file of this revision."""
    path = Path(__file__).parents[1] / f"{revision}.sql"
    op.get_bind().exec_driver_sql(path.read_text(encoding="utf-8"))
