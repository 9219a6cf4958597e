"""A province's own unit events: what is accepted, what comes of it, what is refused and why."""

from __future__ import annotations

from datetime import date

import pytest

from etl.units.event_file import BrokenUnitEvents, EventFile
from etl.units.faults import faults
from tests.helpers.tiny_register import country, event, new

MAY = "2026-05-01"


def said(wrong: EventFile, districts: bool = False) -> list[tuple[str, str]]:
    """Code and English sentence of each problem, without the day and the code before it."""
    found = country(districts).problems(wrong)
    assert all(str(problem) == f"{problem.vi} / {problem.en}" for problem in found)
    for problem in found:
        at = f"{wrong.on:%d/%m/%Y}, {problem.code or '–'}: "
        assert problem.vi.startswith(at) and problem.en.startswith(at) and problem.vi != problem.en
    return [(problem.code, problem.en.partition(": ")[2]) for problem in found]


MERGE = event(MAY, ["10001", "10002"], [new("10001", "An Minh")])
SPLIT = event(
    *(MAY, ["10001"], [new("10001", "An Bình"), new("10009", "Bình An")]),
    *(("10001", "10001", "part", "0.75"), ("10001", "10009", "part", "0.25")),
)


@pytest.mark.parametrize(
    ("accepted", "kind"),
    [
        (MERGE, "merge"),
        (event(MAY, ["10001"], [new("10001", "An Bình Mới")]), "rename"),
        (event(MAY, ["10001"], [new("10001", "An Bình Mới", "phường")]), "rename"),
        (event(MAY, ["10001"], [new("10001", "An Bình", "phường")]), "retype"),
        (event(MAY, ["10001"], [new("10001", "An Bình", "đk")]), "retype"),
        (event(MAY, ["10001"], [new("10001", "An Bình", province="20")]), "transfer"),
        (event(MAY, ["10001"], [new("10008", "An Bình")]), "transfer"),
    ],
)
def test_what_an_event_is_follows_from_its_links(accepted: EventFile, kind: str) -> None:
    register = country()
    register.apply([accepted])
    assert [each.kind for each in register.events] == [kind]
    assert faults(register.units(), register.events, register.links) == []


def test_a_split_keeps_its_weights_and_is_one_event_a_new_unit() -> None:
    register = country()
    register.apply([SPLIT])
    assert [(e.event_id, e.kind, e.legal_basis) for e in register.events] == [
        ("2026-05-01/10/10001", "split", "NQ 1"), ("2026-05-01/10/10009", "split", "NQ 1"),
    ]  # fmt: skip
    history = register.history()
    old = history.on("commune", "10001", date(2026, 4, 30))
    assert old is not None and history.same_on(old, date(2026, 5, 1)) is None
    parts = [(link.unit.code, link.link, str(link.weight)) for link in history.successors(old)]
    assert parts == [("10001", "part", "0.75"), ("10009", "part", "0.25")]
    assert [r.whole for r in history.related_on(old, date(2026, 5, 1))] == [False, False]


def test_two_units_may_swap_their_codes_in_one_event() -> None:
    swap = event(
        *(MAY, ["10001", "10002"], [new("10001", "Bình Minh"), new("10002", "An Bình")]),
        *(("10001", "10002", "whole"), ("10002", "10001", "whole")),
    )
    register = country()
    register.apply([swap])
    history = register.history()
    old = history.on("commune", "10001", date(2026, 4, 30))
    same = history.same_on(old, date(2026, 5, 1)) if old else None
    assert same is not None and (same.code, same.name) == ("10002", "An Bình")
    assert {each.kind for each in register.events} == {"transfer"}


def test_what_lies_in_a_province_begins_anew_with_it() -> None:
    """Provinces 10 and 20 become one, coded 20; on that day 10001 is renamed by another file."""
    provinces = event(MAY, ["10", "20"], [{"code": "20", "name": "Ba Mươi", "type": "tỉnh"}])
    renamed = event(MAY, ["10001"], [new("10001", "An Mới", province="20")])
    register = country()
    register.apply([provinces, renamed])
    assert faults(register.units(), register.events, register.links) == []
    living = {u.code: u for u in register.units() if u.valid_to == date.max}
    assert {u.province_code for u in living.values()} == {"20"}
    assert {u.valid_from for u in living.values()} == {date(2026, 5, 1)}
    kinds = {each.event_id.rpartition("/")[2]: each.kind for each in register.events}
    assert kinds == {"20": "merge", "10001": "rename"} | dict.fromkeys(
        ("10002", "10003", "20001", "20002"), "transfer"
    )


def test_events_are_applied_in_the_order_of_their_days() -> None:
    later = event("2027-01-01", ["10001"], [new("10001", "An Lạc")])
    register = country()
    register.apply([later, MERGE])
    names = [(u.name, u.valid_from.year) for u in register.units() if u.code == "10001"]
    assert names == [("An Bình", 2025), ("An Minh", 2026), ("An Lạc", 2027)]
    second = next(u for u in register.units() if u.name == "An Minh")
    assert (second.valid_to, second.legal_basis) == (date(2027, 1, 1), "NQ 1")


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        (event(MAY, ["10077"], [new("10077", "X")]), [("10077", "no unit has this code")]),
        (event(MAY, ["1001"], [new("10001", "An Mới")]),
         [("1001", "no unit has this code"), ("10001", "the code is that of Xã An Bình, which is"
           " not in from"), ("1001", "is not of the level of 10001")]),
        (event("2025-07-01", ["10001"], [new("10001", "An Mới")]),
         [("10001", "Xã An Bình begins on 01/07/2025, not before the event (events of one day"
           " that follow on each other belong into one file)")]),
        (event(MAY, ["10001"], [new("10002", "An Mới")]),
         [("10002", "the code is that of Xã Bình Minh, which is not in from")]),
        (event(MAY, ["10001"], [new("10001", "An Mới", "làng")]),
         [("10001", "“làng” is none of: xã, phường, đặc khu")]),
        (event(MAY, ["10001"], [new("10001", "An Mới", "huyện")]),
         [("10001", "“huyện” is none of: xã, phường, đặc khu")]),
        (event(MAY, ["10001"], [new("10001", "An Mới", "thị trấn")]),
         [("10001", "“thị trấn” is none of: xã, phường, đặc khu")]),
        (event(MAY, ["10001"], [new("101", "An Mới", "huyện")]),
         [("101", "“huyện” is none of: –"), ("10001", "is not of the level of 101")]),
        (event(MAY, ["10001"], [new("100001", "An Mới")]),
         [("100001", "a code has 2, 3 or 5 digits"), ("10001", "is not of the level of 100001")]),
        (event(MAY, ["10001"], [new("10001", "Xã An Mới")]),
         [("10001", "the name “Xã An Mới” carries a type")]),
        (event(MAY, ["10001"], [new("10001", "An (mới)")]),
         [("10001", "the name “An (mới)” has a strange sign")]),
        (event(MAY, ["10001"], [new("10001", "An  Mới")]),
         [("10001", "the name “An  Mới” is empty, has extra spaces or is not composed Unicode")]),
        (event(MAY, ["10001"], [new("10001", "An Mới", province="30")]),
         [("10001", "no province of code “30” is in force on the day")]),
        (event(MAY, ["10001"], [new("10001", "An Mới", district="101")]),
         [("10001", "no district is to be named")]),
        (event(MAY, ["10"], [new("10", "Mười Mới", "tỉnh")]), [("10", "a province has no parent")]),
        (event(MAY, ["10001"], [new("10001", "An Mới")], basis=""),
         [("", "the legal basis is missing")]),
        (event(MAY, [], [new("10009", "An Mới")]), [("", "no old unit is named (from)")]),
        (event(MAY, ["10001"], []),
         [("", "no new unit is named (to)"), ("10001", "leads to no new unit")]),
        (event(MAY, ["10001", "10001"], [new("10001", "An Mới")]),
         [("10001", "stands 2 times in from"), ("10001", "leads to one unit twice"),
          ("10001", "goes whole, and elsewhere too")]),
        (event(MAY, ["10001"], [new("10001", "An Bình")]), [("10001", "Xã An Bình: no change")]),
    ],
)  # fmt: skip
def test_a_wrong_event_is_refused(wrong: EventFile, expected: list[tuple[str, str]]) -> None:
    assert said(wrong) == expected


TWO = [new("10001", "An Bình"), new("10009", "Bình An")]


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        ([], [("", "there are several new units: say which old one goes into which (links)")]),
        ([("10001", "10001", "whole"), ("10001", "10009", "part")],
         [("10001", "goes whole, and elsewhere too")]),
        ([("10001", "10001", "part")],
         [("10009", "comes from no old unit"), ("10001", "only one part is accounted for")]),
        ([("10001", "10001", "part"), ("10001", "10009", "part"), ("10002", "10009", "part")],
         [("10002", "in links, not in from")]),
        ([("10001", "10001", "part"), ("10001", "10009", "part"), ("10001", "10003", "part")],
         [("10003", "in links, not in to")]),
        *(
            ([("10001", "10001", "part", first), ("10001", "10009", "part", second)],
             [("10001", "the weights of its parts lie between 0 and 1 and sum to 1, or none is"
               " given")])
            for first, second in [("0.7", "0.2"), ("0.7", ""), ("1.2", "-0.2"), ("1", "0"),
                                  ("0,7", "0,3"), ("NaN", "0.5")]
        ),
    ],
)  # fmt: skip
def test_every_part_is_accounted_for(
    links: list[tuple[str, ...]], expected: list[tuple[str, str]]
) -> None:
    assert said(event(MAY, ["10001"], TWO, *links)) == expected


def test_thirds_that_do_not_sum_to_one_are_refused_and_exact_ones_are_not() -> None:
    to = [*TWO, new("10010", "Bình Hòa")]
    for weights, wrong in ((("0.3", "0.3", "0.4"), False), (("0.33", "0.33", "0.33"), True)):
        links = [("10001", unit["code"], "part", w) for unit, w in zip(to, weights, strict=True)]
        assert bool(said(event(MAY, ["10001"], to, *links))) == wrong


def test_a_divided_province_must_say_where_each_commune_goes() -> None:
    to = [{"code": "10", "name": "Mười", "type": "tỉnh"},
          {"code": "11", "name": "Mười Một", "type": "tỉnh"}]  # fmt: skip
    links = [("10", "10", "part"), ("10", "11", "part")]
    assert said(event(MAY, ["10"], to, *links)) == [
        ("10", "is divided, but 3 units inside it are not named: 10001, 10002, 10003")
    ]
    codes = ["10001", "10002", "10003"]
    communes = [
        new(code, f"Tên {code}", province=p)
        for code, p in zip(codes, ["10", "11", "11"], strict=True)
    ]
    whole = [*links, *((code, code, "whole") for code in codes)]
    divided = event(MAY, ["10", *codes], [*to, *communes], *whole)
    register = country()
    register.apply([divided])
    assert faults(register.units(), register.events, register.links) == []


def test_what_has_ended_or_will_end_by_another_event_is_not_living() -> None:
    register = country()
    register.apply([MERGE])
    for on in ("2026-06-01", MAY, "2026-02-01"):
        (problem,) = register.problems(event(on, ["10002"], [new("10009", "Bình Lạc")]))
        assert problem.en.endswith("10002: Xã Bình Minh was in force only until 30/04/2026")
    again = register.problems(event(MAY, ["10001"], [new("10001", "An Lạc")]))
    assert [problem.code for problem in again] == ["10001"]


def test_a_province_cannot_change_below_what_rests_on_its_communes() -> None:
    register = country()
    register.apply([event(MAY, ["10001"], [new("10001", "An Mới")])])
    earlier = event("2026-01-01", ["10"], [{"code": "11", "name": "Mười", "type": "tỉnh"}])
    (problem,) = register.problems(earlier)
    assert problem.en == "01/01/2026, 10: inside it there are later events: 10001"


def test_before_the_reform_a_commune_names_its_district() -> None:
    on = "2023-01-01"
    assert said(event(on, ["10001"], [new("10001", "An Mới")]), True) == [
        ("10001", "no district of code “” is in force in province 10")
    ]
    assert said(event(on, ["10001"], [new("10001", "An Mới", district="201")]), True) == [
        ("10001", "no district of code “201” is in force in province 10")
    ]
    assert said(event(on, ["10001"], [new("10001", "An Mới", district="101")]), True) == []
    moved = event(on, ["101"], [new("101", "Một", "huyện", province="20")])
    register = country(districts=True)
    register.apply([moved])
    assert faults(register.units(), register.events, register.links) == []
    inside = {
        u.code for u in register.units() if u.district_code == "101" and u.province_code == "20"
    }
    assert inside == {"10001", "10002", "10003"}


def test_an_island_district_becomes_a_special_zone() -> None:
    on = "2025-07-01"
    register = country(districts=True)
    register.apply([event(on, ["201", "20001", "20002"], [new("20001", "Hai", "đặc khu", "20")])])
    assert [(row.old_level, row.new_level) for row in register.links] == [
        ("district", "commune"), ("commune", "commune"), ("commune", "commune"),
    ]  # fmt: skip


def test_all_problems_of_all_files_are_said_at_once() -> None:
    files = [
        event(MAY, ["10077"], [new("10003", "X", "làng", "30")], basis=""),
        event("2026-06-01", ["10001"], [new("10002", "An Mới")]),
    ]
    with pytest.raises(BrokenUnitEvents) as caught:
        country().apply(files)
    assert {name: len(problems) for name, problems in caught.value.found.items()} == {
        "2026-05-01.yaml": 5, "2026-06-01.yaml": 1,
    }  # fmt: skip
    assert len(str(caught.value).splitlines()) == 1 + 6


def test_events_of_one_day_that_follow_on_each_other_are_refused() -> None:
    """Whatever order they are read in, so that no chain can come back to itself."""
    there = event(MAY, ["10001"], [new("10009", "Bình An")])
    back = event(MAY, ["10009"], [new("10001", "An Bình")])
    for files in ([there, back], [back, there]):
        with pytest.raises(BrokenUnitEvents, match="10009"):
            country().apply(files)
