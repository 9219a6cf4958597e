"""What `khoxa check` says that a filing is, in one sentence."""

from __future__ import annotations

from etl.catalogue.definitions import load_forms
from etl.catalogue.periods import periods
from etl.catalogue.slots import by_id, is_counted
from etl.ground.records import Normalised, State
from etl.units.index import UnitIndex
from etl.units.words import in_full


def receipt(filing: Normalised, units: UnitIndex) -> str:
    """Form, period, unit and how many figures of it count, in Vietnamese, as many as a mail says
    (sql/answer/figures.sql); "" of what was not recognised.

    A blank is no figure; sums, and what only checks others, are held against these and not counted.
    """
    about = filing.recognised
    if about is None:
        return ""
    form = load_forms()[about.form, about.form_version]
    versions = units.history.versions.get((about.filer_level, about.filer_code), ())
    unit = next((u for u in versions if u.is_on(about.units_on)), None)
    whose = in_full(units.history, unit) if unit else about.filer_code
    if about.last_year > about.year:
        when = f"{about.year}–{about.last_year}"
    else:
        when = f"{periods()[about.period].name['vi']} {about.year}"
    values = (figure.slot_id for figure in filing.figures if figure.state == State.VALUE)
    figures = sum(is_counted(by_id()[slot_id]) for slot_id in values)
    return f"{form.title.vi} ({when}), {whose}: {figures} số liệu"
