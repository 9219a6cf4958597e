"""0051_lighter_money: runs sql/migrations/0051_lighter_money.sql."""

from pathlib import Path

from alembic import op

revision = "0051_lighter_money"
down_revision = "0050_lighter_night"


def upgrade() -> None:
    """Run the .sql file of this revision."""
    path = Path(__file__).parents[1] / f"{revision}.sql"
    op.get_bind().exec_driver_sql(path.read_text(encoding="utf-8"))
