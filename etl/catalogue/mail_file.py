"""mail.yaml in a province's own folder (KHOXA_LOCAL): from where and to whom khoxa writes. Without
the file it writes to nobody. No password stands in it: the way out is Airflow's connection
khoxa_smtp."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, StringConstraints, ValidationError

from etl.catalogue.forms import Bilingual
from etl.ground.config import LOCAL_DIR
from etl.ground.errors import BrokenFile
from etl.ground.faults import Fault, departure
from etl.ground.seeds import local_name
from etl.ground.spec import Spec
from etl.ground.yaml_file import read_yaml_file

FILE = "mail.yaml"
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
ADDRESS = rf"{_ATOM}(\.{_ATOM})*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+"
Address = Annotated[str, StringConstraints(pattern=f"^{ADDRESS}$", max_length=254)]
Day = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
Days = Annotated[int, Field(ge=1, le=60)]


class Reminders(Spec):
    """How many days before and after a due day a unit that has not filed is reminded."""

    before: tuple[Days, ...] = ()
    after: tuple[Days, ...] = ()

    @property
    def steps(self) -> list[int]:
        """Days after the due day, before it negative, in order."""
        return sorted({*(-days for days in self.before), *self.after})


class Weekly(Spec):
    """Who gets the line of the week about a district or a province."""

    unit: str = Field(min_length=1)
    day: Day = "monday"
    to: tuple[Address, ...] = Field(min_length=1)


class MailFile(Spec):
    """The file. `from` is also where filings are sent, unless KHOXA_FILING_ADDRESS says; those
    received before `since` are not answered; `answer_folder`: those that came without a mail are
    answered to the unit's office in contacts.csv; `nightly`: who gets the page of each night."""

    model_config = ConfigDict(populate_by_name=True)

    sender: Address = Field(alias="from")
    office: Bilingual
    since: date
    answer_folder: bool = False
    answer_unknown: bool = True
    largest_mb: int = Field(default=15, ge=1, le=100)
    reminders: Reminders = Reminders()
    weekly: tuple[Weekly, ...] = ()
    nightly: tuple[Address, ...] = ()


def mail_file(folder: Path | None = LOCAL_DIR) -> MailFile | None:
    """The province's file; None where there is none. Raises BrokenFile naming file, line and what
    is wrong."""
    path = folder / FILE if folder else None
    if path is None or not path.is_file():
        return None
    file = read_yaml_file(path, local_name(path))
    try:
        return MailFile.model_validate(file.data)
    except ValidationError as error:
        first = error.errors()[0]
        raise BrokenFile(file.name, file.line(first["loc"]), departure(first)) from error


def mail_faults() -> list[Fault]:
    """What is wrong with the file, for `khoxa forms lint` and `khoxa status`."""
    try:
        mail_file()
    except BrokenFile as error:
        return [Fault(error.file, error.line, error.why)]
    return []
