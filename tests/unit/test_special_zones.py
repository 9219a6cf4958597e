"""A special zone ("đặc khu", since 1 July 2025) is a unit wherever a title names one."""

import pytest

from etl.authoring.titles import title_of
from etl.catalogue.definitions import load_forms
from etl.normalise.texts.identity import titles

NAMES = ["ĐẶC KHU VÂN ĐỒN", "XÃ KIM HỶ", "THỊ XÃ QUẢNG YÊN"]


@pytest.mark.parametrize("name", NAMES)
def test_a_proposed_title_holds_for_every_filer(name: str) -> None:
    title = title_of([f"BÁO CÁO KẾT QUẢ GIẢM NGHÈO CỦA {name} NĂM 2026"])
    assert title.pattern == "báo cáo kết quả giảm nghèo.*năm {year}"


@pytest.mark.parametrize("name", NAMES)
def test_a_title_goes_on_below_a_name(name: str) -> None:
    form = next(f for f in load_forms().values() if f.form == "commune_report")
    lines = ["BÁO CÁO KẾT QUẢ CÔNG TÁC GIẢM NGHÈO", name, "6 THÁNG ĐẦU NĂM 2026"]
    assert titles(form, lines) == [" ".join(lines)]
