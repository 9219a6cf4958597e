"""0012_models: runs sql/migrations/0012_models.sql."""

from pathlib import Path

from alembic import op

revision = "0012_models"
down_revision = "0011_arrivals"


def upgrade() -> None:
    """Run the .sql file of this revision."""
    path = Path(__file__).parents[1] / f"{revision}.sql"
    op.get_bind().exec_driver_sql(path.read_text(encoding="utf-8"))
