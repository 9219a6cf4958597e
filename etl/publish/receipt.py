"""What `khoxa check` says that a filing is, in one sentence."""

from __future__ import annotations

from etl.catalogue.definitions import load_forms
from etl.catalogue.periods import periods
from etl.ground.records import Normalised, State
from etl.units.index import UnitIndex
from etl.units.words import in_full


def receipt(filing: Normalised, units: UnitIndex) -> str:
    """Form, period, unit and how many cells with figures were read, in Vietnamese; "" of what was
    not recognised.

    A blank is no figure.
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
    figures = sum(figure.state != State.BLANK for figure in filing.figures)
    return f"{form.title.vi} ({when}), {whose}: {figures} ô số liệu"
