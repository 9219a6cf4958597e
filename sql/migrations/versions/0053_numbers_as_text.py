"""0053_numbers_as_text: runs sql/migrations/0053_numbers_as_text.sql."""

from pathlib import Path

from alembic import op

revision = "0053_numbers_as_text"
down_revision = "0052_sums_of_own_units"


def upgrade() -> None:
    """Run the .sql file of this revision."""
    path = Path(__file__).parents[1] / f"{revision}.sql"
    op.get_bind().exec_driver_sql(path.read_text(encoding="utf-8"))
