"""Write the pages of docs/ that follow from data: forms, findings, marts, indicators.

`python -m etl.docs` writes them, `--check` only says which are stale (exit code 1). Doors:
`pages`, `stale`.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml
from sqlalchemy import inspect

from etl.ground import database, server
from etl.ground.config import ROOT, SEEDS_DIR, SQL_DIR, Settings
from etl.ground.forms import Column, Form, Item, Table, load_forms
from etl.ground.rules import COMMON, READING, load_rules
from etl.migrate import migrate

DOCS_DIR = ROOT / "docs"
_LEVELS = {"commune": "xã / commune", "district": "huyện / district", "province": "tỉnh / province"}
_CONTENTS = {
    "ordinal": "số thứ tự / ordinal",
    "unit": "tên đơn vị / name of the unit",
    "item": "tên dòng / label of the row",
    "note": "ghi chú, không nạp / note, not loaded",
}
_ROWS = {
    "units": "mỗi dòng là một đơn vị trực thuộc / one row a unit of the filer",
    "items": "các dòng cố định / fixed rows",
    "statements": "mỗi dòng là một mục tiêu / one row a target",
}
_TOTALS = {"sum": "tổng các dòng / sum of the rows", "ratio": "tính lại / recomputed", None: ""}
_SEVERITIES = {"fail": "lỗi / fail", "warn": "cảnh báo / warn"}
_COLUMN_HEADER = (
    *("Cột / column", "Tiêu đề được nhận / accepted headers", "Nội dung / holds"),
    *("Đơn vị tính / unit", "Bắt buộc / required", "Dòng tổng cộng / total row"),
)
_ITEM_HEADER = ("Dòng / row", "Tên được nhận / accepted labels", "Chỉ tiêu / indicators")
_FLOWS = {"stock": "tại thời điểm / as of a day", "flow": "từ đầu năm / since its start"}
_DIRECTIONS = {"up": "↑", "down": "↓", "none": ""}


def pages(settings: Settings) -> dict[str, str]:
    """Every generated page: file name in docs/ -> text. `settings` of a migrated warehouse."""
    return {
        "forms.md": _forms(),
        "findings.md": _findings(),
        "marts.md": _marts(settings),
        "indicators.md": _indicators(),
    }


def stale(settings: Settings, folder: Path = DOCS_DIR) -> list[str]:
    """Names of generated pages whose file in `folder` is missing or says something else."""
    return [
        name
        for name, text in pages(settings).items()
        if not (folder / name).exists() or (folder / name).read_text(encoding="utf-8") != text
    ]


def examples() -> dict[str, str]:
    """The example query of each mart and dimension: schema.table -> SQL."""
    spec = yaml.safe_load((SQL_DIR / "comments.yaml").read_text(encoding="utf-8"))
    return {name: entry["example"].strip() for name, entry in spec.items() if "example" in entry}


def _forms() -> str:
    return _page(
        "Biểu mẫu / Forms",
        "Biểu được nhận ra theo tiêu đề và tên cột, không theo tên tệp hay vị trí ô; hoa thường,"
        " dấu cách và cách đặt dấu thanh không ảnh hưởng. `{year}` là năm báo cáo. Viết số như"
        " `1.337` và `8,08`; không phát sinh thì ghi `0`. Tổng và tỷ lệ được tính lại, chỉ chấp"
        " nhận chênh lệch 0,01 do làm tròn.",
        "A form is known by its title and headers, not by file name or position; case, spaces and"
        " tone placement do not matter. `{year}` is the reporting year. Write numbers as `1.337`"
        " and `8,08`, and `0` for nothing. Sums and rates are recomputed; 0.01 is allowed for"
        " rounding.",
        (line for form in load_forms().values() for line in ("", *_form(form))),
    )


def _form(form: Form) -> list[str]:
    periods = [
        f"`{period}`" + (f" (tiêu đề ghi / the title says: {_quoted(words)})" if words else "")
        for period, words in form.periods.items()
    ]
    day = {"start": "đầu năm / start of the year", "end": "cuối kỳ / end of the period"}
    lines = [
        f"## {form.title.vi} / {form.title.en}",
        "",
        f"- Mã / code: `{form.form}`, bản / version {form.version},"
        f" năm / years {form.valid.from_}–{form.valid.to}",
        f"- Đơn vị gửi / filed by: {_LEVELS[form.filer]}",
        f"- Kỳ / periods: {'; '.join(periods)}",
        *(_due(row) for row in _seed("calendar") if row["form"] == form.form),
        f"- Địa giới / units as of: {day[form.units_on]}",
        f"- Tiêu đề / title: {_quoted(title.replace('.*', ' … ') for title in form.titles)}",
    ]
    for name, table in form.tables.items():
        lines += ["", *_table(name, table)]
    return lines


def _due(row: dict[str, str]) -> str:
    due = f"{row['period']} {row['year']}, `{row['scope_code']}`: {row['due_on'] or '–'}"
    return f"- Hạn gửi / due: {due} ({row['basis_vi']} / {row['basis_en']})"


def _table(name: str, table: Table) -> list[str]:
    lines = [f"### `{name}`", "", f"- Dòng / rows: {_ROWS[table.rows]}"]
    if table.total_labels:
        lines.append(f"- Dòng tổng cộng, nếu có / total row, if any: {_quoted(table.total_labels)}")
    columns = [_column(key, column, table) for key, column in table.columns.items()]
    items = [(f"`{key}`", _quoted(i.labels), _cells(i)) for key, i in table.items.items()]
    below = ("", *_grid(_ITEM_HEADER, items)) if items else ()
    return [*lines, "", *_grid(_COLUMN_HEADER, columns), *below]


def _column(name: str, column: Column, table: Table) -> tuple[str, ...]:
    required = "không để trống / not blank" if column.required else "phải có / must be there"
    if column.optional:
        required = "có thể vắng / may be absent"
    under = f" (dưới / under {_quoted(column.under)})" if column.under else ""
    total = _TOTALS[column.total] if table.total_labels else ""
    return (
        *(f"`{name}`", _quoted(column.header) + under, _holds(column)),
        *(f"`{column.unit}`" if column.unit else "", required, total),
    )


def _holds(column: Column) -> str:
    """What the cells of a column hold, and what they must equal."""
    if column.is_ in _CONTENTS:
        return _CONTENTS[column.is_]
    if column.codes:
        return "mã chỉ tiêu / indicator code, [indicators.md](indicators.md)"
    if column.values:
        return "; ".join(f"`{code}`: {_quoted(words)}" for code, words in column.values.items())
    if column.is_ == "attribute":
        return "văn bản / text"
    named = (column.indicator, column.measure, column.basis, column.source, column.stage)
    parts = [f"`{word}`" for word in (*named, column.period) if word]
    if column.fact == "indicator" and not column.indicator:
        parts.append("chỉ tiêu theo dòng / indicator by row")
    if column.fact == "target_high":
        parts.append("giá trị cao của khoảng / upper value of a range")
    if column.ratio:
        ratio = column.ratio
        part = f"({ratio.numerator} − {ratio.minus})" if ratio.minus else ratio.numerator
        parts.append(f"= 100 × {part} / {ratio.denominator}")
    if column.parts:
        parts.append("= " + " + ".join(column.parts))
    return ", ".join(parts)


def _cells(item: Item) -> str:
    return "; ".join(
        f"{column}: `{cell.indicator}`" + (" (lặp lại / repeated)" if cell.repeat else "")
        for column, cell in item.cells.items()
    )


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
        lines += ["", f"## {title}", "", *_grid(header, rows)]
    return _page(
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
    kind = inspector.dialect.type_compiler_instance.process
    for name, query in sorted(examples().items(), key=lambda item: item[0].startswith("dw.")):
        schema, relation = name.split(".")
        about = str(inspector.get_table_comment(relation, schema)["text"])
        columns = [
            (f"`{c['name']}`", kind(c["type"]).lower(), *str(c["comment"]).split(" / "))
            for c in inspector.get_columns(relation, schema)
        ]
        lines += ["", f"## {name}", "", about, "", *_grid(header, columns)]
        lines += ["", "```sql", query, "```"]
    return _page(
        "Bảng để tra cứu / Marts",
        "Vai trò `bi_reader` đọc được mọi bảng dưới đây. Lời giải thích cũng nằm trong kho"
        " (COMMENT), nên công cụ BI hiển thị được.",
        "The role `bi_reader` reads all of these. The same words are stored as COMMENT, so a BI"
        " tool shows them.",
        lines,
    )


def _indicators() -> str:
    header = (
        *("Mã / code", "Tên / name", "Đơn vị tính / unit", "Cách tính / formula"),
        *("Tốt lên / better", "Định nghĩa / definition"),
    )
    rows = [
        (
            *(f"`{s['indicator_code']}`", f"{s['name_vi']} / {s['name_en']}", f"`{s['unit']}`"),
            *(_formula(s), _DIRECTIONS[s["direction"]]),
            f"{s['definition_vi']} / {s['definition_en']}",
        )
        for s in _seed("indicator")
    ]
    return _page(
        "Chỉ tiêu / Indicators",
        "Tỷ lệ được tính lại ở mỗi cấp từ tổng tử số và tổng mẫu số, không lấy trung bình. ↑ càng"
        " cao càng tốt, ↓ càng thấp càng tốt.",
        "A rate is recomputed at every level from its own sums, never averaged. ↑ higher is"
        " better, ↓ lower is better.",
        ["", *_grid(header, rows)],
    )


def _formula(seed: dict[str, str]) -> str:
    if not seed["numerator_code"]:
        return _FLOWS[seed["flow"]]
    opening = " đầu năm / at the start" if seed["denominator_measure"] == "opening" else ""
    return f"100 × `{seed['numerator_code']}` / `{seed['denominator_code']}`{opening}"


def _seed(name: str) -> list[dict[str, str]]:
    with (SEEDS_DIR / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def _quoted(words: Iterable[str]) -> str:
    return ", ".join(f"“{word}”" for word in words)


def _grid(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A Markdown table."""
    for row in (header, ["---"] * len(header), *rows):
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"


def _page(title: str, vi: str, en: str, lines: Iterable[str]) -> str:
    return "\n".join(["<!-- python -m etl.docs -->", f"# {title}", "", vi, "", en, *lines, ""])


@contextmanager
def _scratch_warehouse() -> Iterator[Settings]:
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
    with _scratch_warehouse() as settings:
        names = stale(settings)
        if not only_check:
            for name, text in pages(settings).items():
                (DOCS_DIR / name).write_text(text, encoding="utf-8")
    for name in names:
        print(f"docs/{name}: {'stale' if only_check else 'written'}")
    return int(only_check and bool(names))


if __name__ == "__main__":
    raise SystemExit(main())
