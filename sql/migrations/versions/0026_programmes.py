"""0026_programmes: runs sql/migrations/0026_programmes.sql."""

from pathlib import Path

from alembic import op

revision = "0026_programmes"
down_revision = "0025_periods"


def upgrade() -> None:
    """Run the .sql file of this revision."""
    path = Path(__file__).parents[1] / f"{revision}.sql"
    op.get_bind().exec_driver_sql(path.read_text(encoding="utf-8"))
