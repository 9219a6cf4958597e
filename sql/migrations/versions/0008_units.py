"""0008_units: runs sql/migrations/0008_units.sql."""

from pathlib import Path

from alembic import op

revision = "0008_units"
down_revision = "0007_target_shapes"


def upgrade() -> None:
    """Run the .sql file of this revision."""
    path = Path(__file__).parents[1] / f"{revision}.sql"
    op.get_bind().exec_driver_sql(path.read_text(encoding="utf-8"))
