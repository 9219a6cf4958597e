"""0041_doors: runs sql/migrations/0041_doors.sql."""

from pathlib import Path

from alembic import op

revision = "0041_doors"
down_revision = "0040_project_words"


def upgrade() -> None:
    """Run the .sql file of this revision."""
    path = Path(__file__).parents[1] / f"{revision}.sql"
    op.get_bind().exec_driver_sql(path.read_text(encoding="utf-8"))
