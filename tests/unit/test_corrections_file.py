"""corrections.yaml: a row says everything, and says it as it was written."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from etl.catalogue.corrections import BrokenCorrections, load_corrections
from etl.ground.config import Settings
from tests.pipeline.test_corrections import ROW


@pytest.mark.parametrize(
    ("fault", "named"),
    [
        ({"value": "1.64"}, "row 2: value: .*1.64"),
        ({"value": "1,647.0"}, "row 2: value"),
        ({"unit": "Kim Hỷ"}, "row 2: unit"),
        ({"form": "commune_raport"}, "row 2: form: .*nearest: “commune_report”"),
        ({"period": "Q5"}, "row 2: period"),
        ({"cell": "13E"}, "row 2: cell"),
        ({"on": "19/06/2025"}, "row 2: on"),
        ({"reason": ""}, "row 2: reason"),
        ({"person": "x"}, "row 2: person"),
        ({"cell": "E12"}, "row 2: cell: E12 .* has another row"),
    ],
)
def test_a_row_that_departs_from_the_schema_is_named(
    tmp_path: Path, fault: dict[str, str], named: str
) -> None:
    path = tmp_path / "corrections.yaml"
    path.write_text(yaml.safe_dump([ROW | {"cell": "E12"}, ROW | fault]), encoding="utf-8")
    with pytest.raises(BrokenCorrections, match=named):
        load_corrections(path)


def test_every_scalar_is_the_text_that_was_written(tmp_path: Path) -> None:
    path = tmp_path / "corrections.yaml"
    words = [f"{key}: {value}" for key, value in ROW.items()]
    path.write_text("- " + "\n  ".join(words).replace("1.647", "-1.337,5"), encoding="utf-8")
    (row,) = load_corrections(path)
    assert (row.unit, row.guard, row.number, row.year) == ("02146", "1,647", "-1337.5", 2025)


def test_a_missing_field_or_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "corrections.yaml"
    with pytest.raises(BrokenCorrections, match=r"corrections\.yaml"):
        load_corrections(path)
    path.write_text(yaml.safe_dump([{k: v for k, v in ROW.items() if k != "told"}]))
    with pytest.raises(BrokenCorrections, match="row 1: told"):
        load_corrections(path)


def test_the_committed_file_is_empty_and_its_example_is_a_row(tmp_path: Path) -> None:
    path = Path(Settings(home=tmp_path, inbox="").corrections)
    assert load_corrections(path) == []
    lines = path.read_text(encoding="utf-8").split("\n#\n", 1)[1].splitlines()
    example = tmp_path / "example.yaml"
    example.write_text("\n".join(line.removeprefix("# ") for line in lines), encoding="utf-8")
    (row,) = load_corrections(example)
    assert (row.unit, row.cell, row.guard, row.number) == ("02152", "E10", "1,337", "1337")
