"""Superset's settings, the same on a laptop and on a server; what differs comes from outside.

Superset reads this file because SUPERSET_CONFIG_PATH names it (etl/setup/superset_home.py,
docker-compose.yml). No secret is written here.
"""

import os
from pathlib import Path

import yaml
from flask import Flask, Response, jsonify, request
from superset.config import TALISMAN_CONFIG

APP_NAME = "khoxa"
SECRET_KEY = os.environ["SUPERSET_SECRET_KEY"]
SQLALCHEMY_DATABASE_URI = os.environ["SUPERSET_METADATA_URL"]

# Numbers, dates and, as far as words_vi.yaml goes, words in Vietnamese.
LANGUAGES = {"vi": {"flag": "vn", "name": "Tiếng Việt"}, "en": {"flag": "us", "name": "English"}}
BABEL_DEFAULT_LOCALE = "vi"
D3_FORMAT = {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", " đ"]}
D3_TIME_FORMAT = {
    "dateTime": "%d/%m/%Y %H:%M",
    "date": "%d/%m/%Y",
    "time": "%H:%M:%S",
    "periods": ["SA", "CH"],
    "days": ["Chủ nhật", *(f"Thứ {name}" for name in ("hai", "ba", "tư", "năm", "sáu", "bảy"))],
    "shortDays": ["CN", "T2", "T3", "T4", "T5", "T6", "T7"],
    "months": [f"Tháng {number}" for number in range(1, 13)],
    "shortMonths": [f"Th{number}" for number in range(1, 13)],
}

# The page asks this server and nobody else: no fonts, maps or counting pixels from outside.
_POLICY = {
    **TALISMAN_CONFIG["content_security_policy"],
    "img-src": ["'self'", "blob:", "data:"],
    "connect-src": ["'self'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "font-src": ["'self'"],
}
TALISMAN_CONFIG = {**TALISMAN_CONFIG, "content_security_policy": _POLICY}

# bi_reader may run a statement for so long, and people wait no longer.
SQLLAB_TIMEOUT = SUPERSET_WEBSERVER_TIMEOUT = 60
ROW_LIMIT = 10_000

_WORDS = yaml.safe_load(Path(__file__).with_name("words_vi.yaml").read_text(encoding="utf-8"))
_JED = {"": {"domain": "superset", "lang": "vi", "plural_forms": "nplurals=1; plural=0;"}}
_JED |= {word: said if isinstance(said, list) else [said] for word, said in _WORDS.items()}


def FLASK_APP_MUTATOR(app: Flask) -> None:
    """Hand out our words, where Superset would look for a file in its own package."""

    @app.before_request
    def vietnamese() -> Response | None:
        if request.path.endswith("/language_pack/vi/"):
            return jsonify({"domain": "superset", "locale_data": {"superset": _JED}})
        return None
