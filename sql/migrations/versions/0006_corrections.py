"""0006_corrections: runs sql/migrations/0006_corrections.sql."""

from pathlib import Path

from alembic import op

revision = "0006_corrections"
down_revision = "0005_parts"


def upgrade() -> None:
    """Run the .sql file of this revision."""
    path = Path(__file__).parents[1] / f"{revision}.sql"
    op.get_bind().exec_driver_sql(path.read_text(encoding="utf-8"))
