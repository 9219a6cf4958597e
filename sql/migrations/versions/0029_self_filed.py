"""0029_self_filed: runs sql/migrations/0029_self_filed.sql."""

from pathlib import Path

from alembic import op

revision = "0029_self_filed"
down_revision = "0028_unit_of_measure"


def upgrade() -> None:
    """Run the .sql file of this revision."""
    path = Path(__file__).parents[1] / f"{revision}.sql"
    op.get_bind().exec_driver_sql(path.read_text(encoding="utf-8"))
