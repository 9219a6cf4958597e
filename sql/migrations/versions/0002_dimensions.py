"""0002_dimensions: runs sql/migrations/0002_dimensions.sql."""

from pathlib import Path

from alembic import op

revision = "0002_dimensions"
down_revision = "0001_register"


def upgrade() -> None:
    """Run the .sql file of this revision."""
    path = Path(__file__).parents[1] / f"{revision}.sql"
    op.get_bind().exec_driver_sql(path.read_text(encoding="utf-8"))
