"""Write the pages of docs/ that follow from data: forms, findings, marts, indicators.

`python -m etl.docs` writes them, `--check` only says which are stale (exit code 1). Doors:
`pages`, `stale`.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import inspect

from etl.aggregate.models import views
from etl.catalogue.forms import load_forms
from etl.catalogue.rules import COMMON, READING, load_rules
from etl.docs.form_schema import SCHEMA, form_schema
from etl.docs.forms import forms_page
from etl.docs.lineage import origins
from etl.docs.mails import mails_page
from etl.docs.models import index_part, models_part
from etl.docs.star_model import MODEL, star_model
from etl.docs.text import grid, page
from etl.ground import database, server
from etl.ground.config import ROOT, SQL_DIR, Settings
from etl.ground.seeds import seed
from etl.ground.yaml_file import read_yaml
from etl.setup.migrate import migrate

DOCS_DIR = ROOT / "docs"
_SEVERITIES = {"fail": "lỗi / fail", "warn": "cảnh báo / warn"}
_DENOMINATORS = {
    "same": "",
    "opening": " đầu năm / at the start",
    "register": " theo danh mục đơn vị / by the register of units",
}
_TIMINGS = {"stock": "tại thời điểm / as of a day", "flow": "từ đầu năm / since its start"}
_DIRECTIONS = {"up": "↑", "down": "↓", "none": ""}


def pages(settings: Settings) -> dict[str, str]:
    """Every generated page: file name in docs/ -> text. `settings` of a migrated warehouse."""
    return {
        "forms.md": forms_page(),
        "findings.md": _findings(),
        "mails.md": mails_page(),
        "marts.md": _marts(settings),
        "indicators.md": _indicators(),
        SCHEMA: form_schema(),
        MODEL: star_model(settings),
    }


def stale(texts: dict[str, str], folder: Path = DOCS_DIR) -> list[str]:
    """Names of those pages whose file in `folder` is missing or says something else."""
    return [
        name
        for name, text in texts.items()
        if not (folder / name).exists() or (folder / name).read_text(encoding="utf-8") != text
    ]


def examples() -> dict[str, str]:
    """The example query of each mart and dimension: schema.table -> SQL."""
    spec = read_yaml(SQL_DIR / "comments.yaml")
    return {name: entry["example"].strip() for name, entry in spec.items() if "example" in entry}


def _findings() -> str:
    lines: list[str] = []
    titles = {READING: "Đọc tệp / Reading", COMMON: "Mọi biểu / Every form"} | {
        form.form: f"{form.title.vi} / {form.title.en}" for form in load_forms().values()
    }
    rules = load_rules().values()
    header = ("Mã / code", "Mức / severity", "Tiếng Việt", "English")
    for suite, title in titles.items():
        rows = [
            (
                *(f"`{rule.rule}`", _SEVERITIES[rule.severity]),
                *(f"{rule.vi}<br>→ {rule.fix.vi}", f"{rule.en}<br>→ {rule.fix.en}"),
            )
            for rule in rules
            if rule.suite == suite
        ]
        lines += ["", f"## {title}", "", *grid(header, rows)]
    return page(
        "Lỗi và cảnh báo / Findings",
        "Hồ sơ có một lỗi thì bị trả lại; cảnh báo thì vẫn được nhận. Chỗ trong ngoặc nhọn được"
        " điền từ tệp đã gửi.",
        "One fail rejects the filing; a warning does not. Words in braces are filled in from the"
        " filed workbook.",
        lines,
    )


def _marts(settings: Settings) -> str:
    lines: list[str] = []
    header = ("Cột / column", "Kiểu / type", "Ý nghĩa", "Meaning")
    inspector = inspect(database.engine(settings, "bi_reader"))
    with database.engine(settings).connect() as connection:
        found = origins(connection)
    kind = inspector.dialect.type_compiler_instance.process
    for name, query in sorted(examples().items(), key=lambda item: item[0].startswith("dw.")):
        schema, relation = name.split(".")
        about = str(inspector.get_table_comment(relation, schema)["text"])
        columns = [
            (f"`{c['name']}`", kind(c["type"]).lower(), *str(c["comment"]).split(" / "))
            for c in inspector.get_columns(relation, schema)
        ]
        lines += ["", f"## {name}", "", about, "", *_source(name), *grid(header, columns)]
        lines += ["", "```sql", query, "```"]
    return page(
        "Bảng để tra cứu / Marts",
        "Vai trò `bi_reader` đọc được mọi bảng dưới đây. Lời giải thích cũng nằm trong kho"
        " (COMMENT), nên công cụ BI hiển thị được.",
        "The role `bi_reader` reads all of these. The same words are stored as COMMENT, so a BI"
        " tool shows them.",
        [*index_part(found), *lines, *models_part()],
    )


def _source(name: str) -> list[str]:
    """Where the SQL of a mart lies, and what it reads; nothing for a dimension."""
    return [
        line
        for view in views()
        if view.makes == (name,)
        for line in (
            f"[{view.name}.sql](../sql/marts/{view.name}.sql) ← {', '.join(view.reads)}",
            "",
        )
    ]


def _indicators() -> str:
    header = (
        *("Mã / code", "Tên / name", "Đơn vị tính / unit", "Cách tính / formula"),
        *("Tốt lên / better", "Đối tượng / population", "Định nghĩa / definition"),
    )
    rows = [
        (
            *(
                f"`{s['indicator_code']}`",
                f"{s['name_vi']} / {s['name_en']}",
                f"`{s['unit_of_measure']}`",
            ),
            *(_formula(s), _DIRECTIONS[s["direction"]]),
            f"`{s['population']}`" if s["population"] else "",
            f"{s['definition_vi']} / {s['definition_en']}",
        )
        for s in seed("indicator")
    ]
    return page(
        "Chỉ tiêu / Indicators",
        "Tỷ lệ được tính lại ở mỗi cấp từ tổng tử số và tổng mẫu số, không lấy trung bình. ↑ càng"
        " cao càng tốt, ↓ càng thấp càng tốt. Đối tượng là những ai được đếm; chỉ so với mục tiêu"
        " của cùng đối tượng (mã ở [forms.md](forms.md)).",
        "A rate is recomputed at every level from its own sums, never averaged. ↑ higher is"
        " better, ↓ lower is better. The population is who is counted; only targets for the same"
        " one are compared (codes: [forms.md](forms.md)).",
        ["", *grid(header, rows)],
    )


def _formula(seed: dict[str, str]) -> str:
    if not seed["numerator_code"]:
        return _TIMINGS[seed["timing"]]
    return (
        f"100 × `{seed['numerator_code']}` / `{seed['denominator_code']}`"
        f"{_DENOMINATORS[seed['denominator_measure']]}"
    )


@contextmanager
def scratch_warehouse() -> Iterator[Settings]:
    """A migrated warehouse that is gone afterwards: pages never follow somebody's state."""
    with TemporaryDirectory(prefix="khoxa-") as folder:
        settings = Settings(home=Path(folder), inbox="")
        settings.home.chmod(0o755)  # started by root, the server runs as another user
        try:
            migrate(settings)
            yield settings
        finally:
            server.stop(settings.pgdata)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write or check the generated pages; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m etl.docs", description=__doc__)
    parser.add_argument("--check", action="store_true", help="only say which pages are stale")
    only_check = parser.parse_args(arguments).check
    with scratch_warehouse() as settings:
        texts = pages(settings)
        names = stale(texts)
        if not only_check:
            for name, text in texts.items():
                (DOCS_DIR / name).write_text(text, encoding="utf-8")
    for name in names:
        print(f"docs/{name}: {'stale' if only_check else 'written'}")
    return int(only_check and bool(names))


if __name__ == "__main__":
    raise SystemExit(main())
