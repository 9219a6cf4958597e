"""0003_facts: runs sql/migrations/0003_facts.sql."""

from pathlib import Path

from alembic import op

revision = "0003_facts"
down_revision = "0002_dimensions"


def upgrade() -> None:
    """Run the .sql file of this revision."""
    path = Path(__file__).parents[1] / f"{revision}.sql"
    op.get_bind().exec_driver_sql(path.read_text(encoding="utf-8"))
