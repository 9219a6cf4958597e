"""The page about BI tools says which of its marts `khoxa export` has no file of."""

import re

from etl.export import _ASKED_SINGLY
from etl.ground.config import ROOT, SQL_DIR
from etl.ground.yaml_file import read_yaml


def test_marts_without_a_file_are_named() -> None:
    page = (ROOT / "docs" / "bi.md").read_text(encoding="utf-8")
    table = page.split("## Chọn bảng nào")[1].split("## ")[0]
    cells = [line.split(" | ")[1] for line in table.splitlines() if line.startswith("| ")][2:]
    listed = {name for cell in cells
              for name in re.findall(r"`([a-z_]+)`", cell.split(", lọc")[0])}  # fmt: skip
    stated = read_yaml(SQL_DIR / "model.yaml")
    marts = {*stated["dimensions"], *(m for fact in stated["facts"] for m in fact["marts"])}
    written = {mart.removeprefix("mart.") for mart in marts - _ASKED_SINGLY}
    said = re.search(r"Mỗi bảng ở trên là một tệp \(trừ (.+?) / ", page)
    assert said and len(listed) > 15
    named = set(re.findall(r"`([a-z_]+)`", said[1]))
    assert named == listed - written
