"""What must hold before the seeds are written; the first fault raises ValueError."""

from collections import Counter, defaultdict

from tools.unit_seeds.history import History


def on_day(history: History, level: str, day: str) -> int:
    """How many units of a level are in force on a day."""
    return sum(
        row["valid_from"] <= day and (not row["valid_to"] or day < row["valid_to"])
        for row in history.versions[level]
    )


def check(history: History, counts: dict[tuple[str, str], int]) -> None:
    """Counts by (level, day), and every link."""
    for (level, day), count in counts.items():
        if (found := on_day(history, level, day)) != count:
            raise ValueError(f"{level}: {found} units on {day}, not {count}")
    _check_links(history)


def check_origins(history: History, day: str, origins: dict[str, int]) -> None:
    """How many communes that began on a day came from units of which old level."""
    levels = {
        (link["event_id"], link["old_level"])
        for link in history.links
        if link["event_id"].startswith(f"{day}/") and link["new_level"] == "commune"
    }
    found = Counter(level for _, level in levels)
    if found != Counter(origins):
        raise ValueError(f"the communes of {day} come from {dict(found)}, not {origins}")


def _check_links(history: History) -> None:
    """Whole links of one old version are alone, parts are two or more."""
    kinds = defaultdict(list)
    for link in history.links:
        kinds[link["event_id"][:10], link["old_level"], link["old_code"]].append(link["link"])
    for key, links in kinds.items():
        if links != ["whole"] and (set(links) != {"part"} or len(links) < 2):
            raise ValueError(f"{key} goes to {links}")
