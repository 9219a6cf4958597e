"""0050_lighter_night: runs sql/migrations/0050_lighter_night.sql."""

from pathlib import Path

from alembic import op

revision = "0050_lighter_night"
down_revision = "0049_whole_reader"


def upgrade() -> None:
    """Run the .sql file of this revision."""
    path = Path(__file__).parents[1] / f"{revision}.sql"
    op.get_bind().exec_driver_sql(path.read_text(encoding="utf-8"))
