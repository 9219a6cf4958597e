"""A night's list of returned filings: a commune with its district, a district by its name alone."""

from etl.ground import database
from etl.night.told.facts import rows
from tests.night import Night


def test_a_district_does_not_lie_in_itself(warehouse_with_samples: Night) -> None:
    with database.engine(warehouse_with_samples.settings).connect() as connection:
        everyone = [i for (i,) in warehouse_with_samples.rows("select filing_id from raw.filing")]
        found = rows(connection, "returned", filings=everyone, most=100)
    places = {row["unit_name"]: row["district_name"] for row in found if row["unit_name"]}
    assert places == {"Huyện Na Rì": None, "Xã Văn Lang": "Na Rì"}
