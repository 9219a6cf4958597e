"""0007_target_shapes: runs sql/migrations/0007_target_shapes.sql."""

from pathlib import Path

from alembic import op

revision = "0007_target_shapes"
down_revision = "0006_corrections"


def upgrade() -> None:
    """Run the .sql file of this revision."""
    path = Path(__file__).parents[1] / f"{revision}.sql"
    op.get_bind().exec_driver_sql(path.read_text(encoding="utf-8"))
