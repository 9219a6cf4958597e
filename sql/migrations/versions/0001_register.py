"""0001_register: runs sql/migrations/0001_register.sql."""

from pathlib import Path

from alembic import op

revision = "0001_register"
down_revision = None


def upgrade() -> None:
    """Run the .sql file of this revision."""
    path = Path(__file__).parents[1] / f"{revision}.sql"
    op.get_bind().exec_driver_sql(path.read_text(encoding="utf-8"))
