"""0043_fetched: runs sql/migrations/0043_fetched.sql."""

from pathlib import Path

from alembic import op

revision = "0043_fetched"
down_revision = "0042_scale"


def upgrade() -> None:
    """Run the .sql file of this revision."""
    path = Path(__file__).parents[1] / f"{revision}.sql"
    op.get_bind().exec_driver_sql(path.read_text(encoding="utf-8"))
