"""Errors that are ours, not the filer's: they stop the run and name what to mend."""

from __future__ import annotations


class KhoxaError(Exception):
    """Anything khoxa raises on purpose."""


class BrokenRule(KhoxaError):
    """A rule in expectations/ that cannot judge anything; never a finding on someone's data."""

    def __init__(self, file: str, rule: str, why: str) -> None:
        super().__init__(f"{file}: rule {rule!r}: {why}")
        self.file = file
        self.rule = rule


class MissingSetting(KhoxaError):
    """A role's URL that the environment does not give."""

    def __init__(self, role: str) -> None:
        super().__init__(
            f"KHOXA_WAREHOUSE_URL is set, but not the URL of {role}"
            " (KHOXA_OWNER_URL for khoxa_owner, KHOXA_READER_URL for bi_reader)"
        )


class UnsoundWarehouse(KhoxaError):
    """sql/checks found rows that must not be."""

    def __init__(self, bad: dict[str, int]) -> None:
        listed = ", ".join(f"{name}: {rows} rows" for name, rows in bad.items())
        super().__init__(f"warehouse checks failed: {listed}")


class AirflowDown(KhoxaError):
    """Airflow did not come up."""

    def __init__(self, log: str) -> None:
        super().__init__(f"Airflow is not healthy; see {log}")
