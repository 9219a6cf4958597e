"""0016_scope: runs sql/migrations/0016_scope.sql."""

from pathlib import Path

from alembic import op

revision = "0016_scope"
down_revision = "0015_unit_scope"


def upgrade() -> None:
    """Run the .sql file of this revision."""
    path = Path(__file__).parents[1] / f"{revision}.sql"
    op.get_bind().exec_driver_sql(path.read_text(encoding="utf-8"))
