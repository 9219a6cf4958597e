"""Headers that a form does not know: what the province is asked, and what its answer does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from etl.catalogue import definitions, headers
from etl.catalogue.definitions import load_forms
from etl.catalogue.forms import Form
from etl.catalogue.headers import Decision, NotDecided, accept, named, write
from etl.ground.records import Finding, ReceivedFile
from etl.normalise import normalise
from etl.read import read
from tests.night import SAMPLES

TODAY = date(2026, 11, 29)
REPORT = "bao_cao_6_thang_2025_kim_hy.xlsx"
KIM_HY = "Xã Kim Hỷ, Huyện Na Rì, Tỉnh Bắc Kạn"


def filed(**said: str) -> list[Finding]:
    """The findings on Kim Hỷ's report with these texts of its headers as others: old=new."""
    book = read(ReceivedFile(7, REPORT, str(SAMPLES / "inbox" / REPORT)))
    for old, new in said.items():
        cells = [(row, c) for s in book.sheets for row in s.rows for c, cell in enumerate(row)
                 if cell == HEADERS[old]]  # fmt: skip
        assert cells
        for row, c in cells:
            row[c] = new
    return [finding for filing in normalise(book) for finding in filing.findings]


HEADERS = {"done": "Số đạt được", "of": "Tổng số", "given": "Kinh phí được giao",
           "rate": "Tỷ lệ (%)", "item": "Chỉ tiêu"}  # fmt: skip


def asked(findings: list[Finding]) -> list[dict[str, str]]:
    return [dict(finding.about) for finding in findings if finding.about]


def test_a_reworded_header_is_asked_with_its_nearest_column_and_who_filed_it() -> None:
    (one,) = asked(filed(done="Số đã đạt được"))
    assert one["lacks"].split() == ["numerator"]
    del one["lacks"]
    assert one == {
        "form": "commune_report", "table": "indicators", "text": "Số đã đạt được",
        "key": "số đã đạt được", "column": "numerator", "under": "", "unit": "02146",
        "unit_name": KIM_HY,
    }  # fmt: skip


def test_a_reworded_group_is_asked_as_a_group() -> None:
    (one,) = asked(filed(given="Vốn được giao"))
    assert (one["table"], one["column"], one["under"]) == ("funds", "", "Kinh phí được giao")
    assert (one["text"], one["unit"]) == ("Vốn được giao", "02146")


def test_headers_that_are_like_none_are_asked_as_well() -> None:
    found = asked(filed(done="Kết toán", of="Quy mô"))
    assert {(one["column"], one["text"]) for one in found} <= {
        ("numerator", "Kết toán"), ("numerator", "Quy mô"), ("denominator", "Kết toán"),
        ("denominator", "Quy mô"),
    }  # fmt: skip
    assert {one["column"] for one in found} == {"numerator", "denominator"}


def test_an_unread_column_of_an_accepted_filing_is_asked() -> None:
    findings = filed(rate="Tỷ lệ đạt được (%)")
    (one,) = [f for f in findings if f.about]
    assert one.rule == "column-unread"
    assert dict(one.about)["column"] == "rate_pct" and dict(one.about)["unit"] == "02146"


def test_a_filing_in_order_asks_nothing() -> None:
    assert asked(filed()) == []


def report() -> Form:
    return next(form for form in load_forms().values() if form.form == "commune_report")


def decided(text: str, table: str = "indicators", **said: str) -> Decision:
    return Decision.model_validate(
        {"form": "commune_report", "table": table, "text": text, "accepted": TODAY, **said}
    )


def test_an_accepted_text_is_a_name_of_its_column_alone() -> None:
    (form,) = accept([report()], decided("Số đã làm được", column="numerator"))
    columns, before = form.tables["indicators"].columns, report().tables["indicators"].columns
    assert columns["numerator"].header == (*before["numerator"].header, "Số đã làm được")
    assert {n: c for n, c in columns.items() if n != "numerator"} == {
        n: c for n, c in before.items() if n != "numerator"
    }


def test_an_accepted_group_is_that_of_all_its_columns() -> None:
    (form,) = accept([report()], decided("Vốn giao", "funds", under="Kinh phí được giao"))
    with_it = {n for n, c in form.tables["funds"].columns.items() if "Vốn giao" in c.under}
    assert with_it == {"allocated_central", "allocated_local", "allocated_total"}


REFUSED = {
    "another column's name": (decided("Tổng số (hộ)", column="numerator"), "denominator"),
    "its own name": (decided("KẾT QUẢ", column="numerator"), "already that column's name"),
    "no words of its own": (decided("(hộ)", column="numerator"), "nothing of its own"),
    "no such column": (decided("Số làm được", column="numerater"), "“numerator”"),
    "no such table": (decided("Số làm được", "indicator", column="numerator"), "“indicators”"),
    "no such group": (decided("Vốn giao", "funds", under="Kinh phí giao"), "Kinh phí được giao"),
    "another group's name": (
        decided("Kinh phí đã giải ngân", "funds", under="Kinh phí được giao"), "disbursed"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_would_mean_two_things_or_none_is_refused(name: str) -> None:
    decision, said = REFUSED[name]
    with pytest.raises(NotDecided, match="/") as error:
        accept([report()], decision)
    assert said in str(error.value)


def test_the_same_name_under_another_group_is_no_clash() -> None:
    (form,) = accept([report()], decided("Tổng vốn", "funds", column="allocated_total"))
    accept([form], decided("Tổng vốn", "funds", column="disbursed_total"))


@pytest.fixture
def local(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(headers, "LOCAL_DIR", tmp_path)
    definitions._definitions.cache_clear()
    yield tmp_path / "headers.yaml"
    definitions._definitions.cache_clear()


def test_decisions_are_lines_of_a_file_that_people_can_keep(local: Path) -> None:
    forms = [report()]
    write(decided('Số “đã" làm', column="numerator"), local, forms, [])
    write(decided("Vốn giao", "funds", under="Kinh phí được giao"), local, forms, [])
    before = local.read_text(encoding="utf-8").splitlines()
    found = named(forms)
    refused = Decision(form="commune_report", table="indicators", text="Năm sau", refused=TODAY)
    write(refused, local, forms, found.decisions)
    after = local.read_text(encoding="utf-8").splitlines()
    assert after[:-1] == before, "one line is added, none is changed"
    found = named(forms)
    assert (len(found.decisions), found.faults) == (3, [])
    assert 'Số “đã" làm' in found.forms[0].tables["indicators"].columns["numerator"].header
    with pytest.raises(NotDecided, match="is refused"):
        write(decided("năm sau", column="numerator"), local, forms, found.decisions)


NUMERATOR = "table: indicators, column: numerator, text: a"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (f"- {{form: commune_reprot, {NUMERATOR}, accepted: 2026-01-01}}", "commune_report"),
        (f"- {{form: commune_report, colum: a, {NUMERATOR}, accepted: 2026-01-01}}", "colum"),
        (f"- {{form: commune_report, {NUMERATOR}}}", "accepted"),
        ("- {form: commune_report, table: funds, text: a, accepted: 2026-01-01}", "column"),
        (f"- {{form: commune_report, {NUMERATOR}, accepted: hôm qua}}", "accepted"),
        ("form: commune_report", "list"),
        ("- {", "YAML"),
    ],
)  # fmt: skip
def test_a_slip_in_the_file_is_named_with_its_line_and_stops_only_itself(
    local: Path, line: str, said: str
) -> None:
    good = f"- {{form: commune_report, {NUMERATOR}b, accepted: 2026-01-01}}"
    alone, forms = not line.startswith("- {f"), [report()]
    local.write_text(f"{line}\n" if alone else f"{good}\n{line}\n", encoding="utf-8")
    found = named(forms)
    (fault,) = found.faults
    assert said in fault.why and fault.line == (fault.line if alone else 2)
    assert len(found.decisions) == (0 if alone else 1)
