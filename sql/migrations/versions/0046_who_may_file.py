"""0046_who_may_file: runs sql/migrations/0046_who_may_file.sql."""

from pathlib import Path

from alembic import op

revision = "0046_who_may_file"
down_revision = "0045_unknown_figures"


def upgrade() -> None:
    """Run the .sql file of this revision."""
    path = Path(__file__).parents[1] / f"{revision}.sql"
    op.get_bind().exec_driver_sql(path.read_text(encoding="utf-8"))
