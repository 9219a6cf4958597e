"""0034_headers_withdrawn: runs sql/migrations/0034_headers_withdrawn.sql."""

from pathlib import Path

from alembic import op

revision = "0034_headers_withdrawn"
down_revision = "0033_as_filed_and_contacts"


def upgrade() -> None:
    """Run the .sql file of this revision."""
    path = Path(__file__).parents[1] / f"{revision}.sql"
    op.get_bind().exec_driver_sql(path.read_text(encoding="utf-8"))
