"""0041_star_verdict: runs sql/migrations/0041_star_verdict.sql."""

from pathlib import Path

from alembic import op

revision = "0041_star_verdict"
down_revision = "0036_messages"


def upgrade() -> None:
    """Run the .sql file of this revision."""
    path = Path(__file__).parents[1] / f"{revision}.sql"
    op.get_bind().exec_driver_sql(path.read_text(encoding="utf-8"))
