"""`khoxa reader` takes a unit by name, and names it as it is called."""

from etl.setup import readers
from tests.khoxa import khoxa, variables
from tests.night import Night


def test_a_unit_by_name(warehouse_with_samples: Night) -> None:
    settings = warehouse_with_samples.settings
    environment = variables(settings)
    two = khoxa("reader", "add", "xem_thu", "--unit", "Na Rì", **environment)
    assert two.returncode == 2 and "Huyện Na Rì, Tỉnh Bắc Kạn (066)" in two.stderr
    words = ("--unit", "Huyện Na Rì", "--unit", "06")
    done = khoxa("reader", "add", "xem_thu", *words, **environment)
    assert done.returncode == 0, done.stderr
    try:
        listed = [row for row in readers.listed(settings) if row[0] == "xem_thu"]
    finally:
        khoxa("reader", "remove", "xem_thu", **environment)
    assert [code for _role, code, _name in listed] == ["06", "066"]
    assert [str(name).partition(",")[0] for *_, name in listed][1].startswith("Huyện Na Rì")
    assert not any("Chưa chia" in str(name) for *_, name in listed)
