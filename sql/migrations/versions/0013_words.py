"""0013_words: runs sql/migrations/0013_words.sql."""

from pathlib import Path

from alembic import op

revision = "0013_words"
down_revision = "0012_models"


def upgrade() -> None:
    """Run the .sql file of this revision."""
    path = Path(__file__).parents[1] / f"{revision}.sql"
    op.get_bind().exec_driver_sql(path.read_text(encoding="utf-8"))
