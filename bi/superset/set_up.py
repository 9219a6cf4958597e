"""Bring Superset's metadata up to date and put khoxa's dashboards in place, as often as you like.

Runs in Superset's own Python environment: `make bi` and the container superset-init call it.
From outside come KHOXA_READER_URL (its password may stand apart, BI_READER_PASSWORD),
SUPERSET_ADMIN_PASSWORD and SUPERSET_VIEWER_PASSWORD. What the bundle holds replaces what has the
same uuid; charts and dashboards that people made stay. A password counts when its login is made:
later it is changed in Superset.
"""

import os
from pathlib import Path

import yaml
from flask_migrate import upgrade
from sqlalchemy.engine import make_url
from superset.app import create_app

BUNDLE = Path(__file__).parent / "bundle"
DATABASE = "databases/khoxa.yaml"
VIEWER = "Xem khoxa"


def main() -> None:
    """All steps in one process: to start Superset takes longer than any of them."""
    app = create_app()
    with app.app_context():
        from superset import appbuilder, security_manager

        upgrade()
        appbuilder.add_permissions(update_perms=True)
        security_manager.sync_role_definitions()
        put_login("admin", "Admin", os.environ["SUPERSET_ADMIN_PASSWORD"])
        put_bundle(reader_url())
        put_viewers_role()
        put_login("xem", VIEWER, os.environ["SUPERSET_VIEWER_PASSWORD"])


def put_login(name: str, role: str, password: str) -> None:
    """A login, unless there is one of that name."""
    from superset import security_manager as security

    if not security.find_user(username=name):
        mail = f"{name}@khoxa.local"
        security.add_user(name, name, "khoxa", mail, security.find_role(role), password=password)


def reader_url() -> str:
    """Address of the warehouse; a password that stands apart may be of any letters."""
    url = make_url(os.environ["KHOXA_READER_URL"])
    if word := os.environ.get("BI_READER_PASSWORD"):
        url = url.set(password=word)
    return url.render_as_string(hide_password=False)


def put_bundle(reader_url: str) -> None:
    """Import every file of the bundle; only here does the database get its address."""
    from superset import security_manager
    from superset.commands.importers.v1.assets import ImportAssetsCommand
    from superset.utils.core import override_user

    files = sorted(BUNDLE.rglob("*.yaml"))
    contents = {str(f.relative_to(BUNDLE)): f.read_text(encoding="utf-8") for f in files}
    database = yaml.safe_load(contents[DATABASE])
    contents[DATABASE] = yaml.safe_dump({**database, "sqlalchemy_uri": reader_url})
    with override_user(security_manager.find_user(username="admin")):
        ImportAssetsCommand(contents).run()


def put_viewers_role() -> None:
    """Who only looks on: what Superset's Gamma may, on everything of khoxa, without SQL Lab."""
    from superset import db
    from superset import security_manager as security
    from superset.models.core import Database

    khoxa = db.session.query(Database).filter_by(database_name="khoxa").one()
    everything = security.add_permission_view_menu("database_access", khoxa.perm)
    role = security.add_role(VIEWER)
    role.permissions = [*security.find_role("Gamma").permissions, everything]
    db.session.commit()


if __name__ == "__main__":
    main()
