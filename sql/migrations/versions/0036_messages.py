"""0036_messages: runs sql/migrations/0036_messages.sql."""

from pathlib import Path

from alembic import op

revision = "0036_messages"
down_revision = "0035_star_illustrative"


def upgrade() -> None:
    """Run the .sql file of this revision."""
    path = Path(__file__).parents[1] / f"{revision}.sql"
    op.get_bind().exec_driver_sql(path.read_text(encoding="utf-8"))
