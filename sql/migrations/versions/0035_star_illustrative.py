"""0035_star_illustrative: runs sql/migrations/0035_star_illustrative.sql."""

from pathlib import Path

from alembic import op

revision = "0035_star_illustrative"
down_revision = "0034_headers_withdrawn"


def upgrade() -> None:
    """Run the .sql file of this revision."""
    path = Path(__file__).parents[1] / f"{revision}.sql"
    op.get_bind().exec_driver_sql(path.read_text(encoding="utf-8"))
