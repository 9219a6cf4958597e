"""0033_as_filed_and_contacts: runs sql/migrations/0030_unit_as_filed.sql."""

from pathlib import Path

from alembic import op

revision = "0033_as_filed_and_contacts"
down_revision = "0032_texts"


def upgrade() -> None:
    """Run the .sql file of this revision."""
    path = Path(__file__).parents[1] / f"{revision}.sql"
    op.get_bind().exec_driver_sql(path.read_text(encoding="utf-8"))
