"""One form that says much at once, for nine months: an answer and a day per commune, what was done
since 1 January, what is expected of the year and planned for the next, an average weighted by a
count, a word of a list. From workbook to mart; every number is reckoned by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from tests.khoxa import khoxa, variables
from tests.night import Night
from tools.draw_own_forms import _communes as communes

INDICATORS = (
    "indicator_code,name_vi,name_en,unit_of_measure,kind,timing,direction,decimals,definition_vi,"
    "definition_en,merger,weighted_by,programme_code\n"
    "legal_access,Xã đạt chuẩn tiếp cận pháp luật,Commune with access to law,commune,yes_no,stock,"
    "up,0,Xã được công nhận,The commune is recognised,none,,GNBV\n"
    "income_per_head,Thu nhập bình quân,Income per head,million_vnd_per_person_per_year,rate,stock,"
    "up,2,Thu nhập bình quân đầu người,Income per head,weighted_mean,population,\n"
)
FORM = """\
form: nine_months
version: "2024"
title: {vi: "Kết quả 9 tháng của các xã", en: "Nine months, commune by commune"}
filer: district
valid: {from: 2024, to: 2030}
titles: ["kết quả giảm nghèo của các xã.*năm {year}"]
periods: [M9]
figures: since_start
measure: actual
tables:
  communes:
    title: "Các xã"
    rows: units
    unit_level: commune
    key_column: unit
    total_labels: ["Tổng cộng"]
    columns:
      ordinal: {is: ordinal, header: ["TT"], optional: true}
      unit: {is: unit, header: ["Xã, thị trấn"]}
      legal: {is: figure, header: ["Đạt chuẩn tiếp cận pháp luật"], unit: yes_no, required: true,
              fact: indicator, indicator: legal_access}
      recognised_on: {is: attribute, fact: text, unit: date, header: ["Ngày công nhận"]}
      terrain: {is: attribute, fact: text, header: ["Địa bàn"],
                values: {upland: ["Vùng cao"], lowland: ["Vùng thấp"]}}
      people: {is: figure, header: ["Dân số"], unit: person, fact: indicator, total: sum,
               indicator: population}
      income: {is: figure, header: ["Thu nhập bình quân"], fact: indicator,
               unit: million_vnd_per_person_per_year, indicator: income_per_head}
      done: {is: figure, header: ["Thực hiện 9 tháng"], path: ["Lao động có việc làm"],
             unit: person, fact: indicator, indicator: jobs_created, total: sum}
      expected: {is: figure, header: ["Ước thực hiện năm {year}"], path: ["Lao động có việc làm"],
                 unit: person, fact: indicator, indicator: jobs_created, measure: estimate,
                 total: sum}
      planned: {is: figure, header: ["Kế hoạch năm {year}"], path: ["Lao động có việc làm"],
                unit: person, fact: indicator, indicator: jobs_created, measure: plan_next,
                total: sum}
"""
HEADER = ("TT", "Xã, thị trấn", "Đạt chuẩn tiếp cận pháp luật", "Ngày công nhận", "Địa bàn",
          "Dân số", "Thu nhập bình quân", *["Lao động có việc làm"] * 3)  # fmt: skip
LEAVES = (*[""] * 7, "Thực hiện 9 tháng", "Ước thực hiện năm 2024", "Kế hoạch năm 2025")


def book(path: Path) -> None:
    """17 communes: the first ten are recognised, on days of May; 1000 people each, of the last
    2000, with 30 million a year each, of the last 48; 10 jobs each, 12 expected, 15 planned."""
    path.parent.mkdir(parents=True)
    with xlsxwriter.Workbook(path) as made:
        day = made.add_format({"num_format": "dd/mm/yyyy"})
        sheet = made.add_worksheet("Biểu")
        sheet.write_string(0, 0, "KẾT QUẢ GIẢM NGHÈO CỦA CÁC XÃ 9 THÁNG ĐẦU NĂM 2024")
        sheet.write_string(1, 0, "Đơn vị báo cáo: Huyện Na Rì, tỉnh Bắc Kạn")
        sheet.write_row(3, 0, HEADER)
        sheet.write_row(4, 0, LEAVES)
        for n, name in enumerate(communes(), 1):
            is_last = n == 17
            sheet.write_row(4 + n, 0, (n, name, "Đạt" if n <= 10 else "Chưa đạt"))
            if n <= 10:
                sheet.write_datetime(4 + n, 3, datetime(2024, 5, n), day)
            row = ("Vùng cao" if n % 2 else "Vùng thấp", 2000 if is_last else 1000,
                   48 if is_last else 30, 10, 12, 15)  # fmt: skip
            sheet.write_row(4 + n, 4, row)
        sheet.write_row(22, 1, ("Tổng cộng", 10, "", "", 18000, "", 170, 204, 255))


@pytest.fixture(scope="module")
def night(make_warehouse, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Night]:
    folder = tmp_path_factory.mktemp("kinds")
    (folder / "local" / "forms").mkdir(parents=True)
    (folder / "local" / "forms" / "nine_months.yaml").write_text(FORM, encoding="utf-8")
    (folder / "local" / "indicator.csv").write_text(INDICATORS, encoding="utf-8")
    book(folder / "inbox" / "a.xlsx")
    with make_warehouse() as settings:
        environment = variables(settings) | {"KHOXA_LOCAL": str(folder / "local")}
        done = khoxa("run", "--inbox", folder / "inbox", **environment)
        assert done.returncode == 0, done.stdout + done.stderr
        yield Night(settings, folder / "inbox")


def value(night: Night, code: str, where: str) -> list[tuple]:
    return night.rows(
        "select measure, period, value from mart.indicator_by_unit where unit_map = 'as_filed'"
        f" and indicator_code = '{code}' and {where} order by 1, 2"
    )


def test_it_is_taken(night: Night) -> None:
    assert night.rows("select state, period from raw.filing") == [("accepted", "M9")]


def test_a_day_and_a_word_of_a_list_are_the_communes_own(night: Night) -> None:
    rows = night.rows(
        "select unit_name, value_date, cell from mart.listed_text where word_code = 'recognised_on'"
        " and value_date is not null order by value_date"
    )
    assert [row[1] for row in rows] == [date(2024, 5, n) for n in range(1, 11)]
    assert [row[0] for row in rows] == communes()[:10] and rows[0][2] == "D6"
    words = night.rows(
        "select value_text, count(*), min(level) from mart.listed_text"
        " where word_code = 'terrain' group by 1 order by 1"
    )
    assert words == [("lowland", 8, "commune"), ("upland", 9, "commune")]
    states = night.rows("select state, count(*) from dw.fact_text group by 1 order by 1")
    assert states == [("blank", 7), ("value", 27)]  # nothing of 17 x 2 cells falls out


def test_an_average_goes_up_by_its_weights(night: Night) -> None:
    # (16 x 1000 x 30 + 2000 x 48) / 18000 = 32
    ((_measure, period, income),) = value(night, "income_per_head", "level = 'district'")
    assert (period, round(float(income), 6)) == ("M9", 32)


def test_the_year_so_far_what_is_expected_and_planned_are_apart(night: Night) -> None:
    assert [(p, float(v)) for _m, p, v in value(night, "jobs_created",
            "level = 'district' and measure = 'actual'")] == [("M9", 170)]  # fmt: skip
    rows = night.rows(
        "select measure, year, period, sum(value) from dw.fact_indicator"
        " inner join dw.dim_indicator using (indicator_key)"
        " where indicator_code = 'jobs_created' group by 1, 2, 3 order by 1"
    )
    assert [(m, y, p, float(v)) for m, y, p, v in rows] == [
        ("actual", 2024, "M9", 170), ("estimate", 2024, "Y", 204), ("plan_next", 2025, "Y", 255),
    ]  # fmt: skip


def test_answers_are_counted(night: Night) -> None:
    rows = value(night, "legal_access", "level = 'commune'")
    assert sorted(int(v) for _m, _p, v in rows) == [0] * 7 + [1] * 10
