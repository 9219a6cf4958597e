"""0040_project_words: runs sql/migrations/0040_project_words.sql."""

from pathlib import Path

from alembic import op

revision = "0040_project_words"
down_revision = "0039_audit"


def upgrade() -> None:
    """Run the .sql file of this revision."""
    path = Path(__file__).parents[1] / f"{revision}.sql"
    op.get_bind().exec_driver_sql(path.read_text(encoding="utf-8"))
