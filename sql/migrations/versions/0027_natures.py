"""0027_natures: runs sql/migrations/0027_natures.sql."""

from pathlib import Path

from alembic import op

revision = "0027_natures"
down_revision = "0026_programmes"


def upgrade() -> None:
    """Run the .sql file of this revision."""
    path = Path(__file__).parents[1] / f"{revision}.sql"
    op.get_bind().exec_driver_sql(path.read_text(encoding="utf-8"))
