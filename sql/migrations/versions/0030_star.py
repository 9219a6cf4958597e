"""0030_star: runs sql/migrations/0030_star.sql."""

from pathlib import Path

from alembic import op

revision = "0030_star"
down_revision = "0029_self_filed"


def upgrade() -> None:
    """Run the .sql file of this revision."""
    path = Path(__file__).parents[1] / f"{revision}.sql"
    op.get_bind().exec_driver_sql(path.read_text(encoding="utf-8"))
