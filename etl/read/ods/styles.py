"""What the styles of an ods workbook make of its cells; formats as read.seen.formats has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple
from xml.etree import ElementTree

from etl.read.seen.appearance import WHITE, Appearance, Font, Run
from etl.read.xlsx.cells import elements
from etl.read.xlsx.conditions import Condition, of_ods
from etl.read.xlsx.fresh import ods_formula

_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_NUMBER = "{urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_DATA_STYLES = frozenset({"number-style", "percentage-style", "currency-style", "date-style",
                          "time-style", "text-style", "boolean-style"})  # fmt: skip
_CALCEXT = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_RULE = ("value", "base-cell-address")
_FONT_FAMILY = (
    f"{_FO}font-family",
    "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}font-family",
)
_MAX_PARENTS = 20
_Said = dict[str, str | bool | float | None]  # what a style says, by the fields of _Style


class _Style(NamedTuple):
    """What one style says itself; None where it leaves it to the style that it stands on."""

    parent: str
    data_style: str | None
    is_struck: bool | None
    is_raised: bool | None
    colour: str | None
    behind: str | None
    points: float | None
    is_repeated: bool | None
    font: str | None


class OdsStyles:
    """The styles of content.xml and styles.xml. Raises Refused (file-damaged)."""

    def __init__(self, parts: Iterable[bytes]) -> None:
        self._styles: dict[tuple[str, str], _Style] = {}
        self._families: dict[str, str] = {}
        self._codes: dict[str, str] = {}
        self._maps: dict[str, list[tuple[str, str]]] = {}
        self._conditions: dict[str, list[tuple[Condition, str]]] = {}
        wanted = frozenset({"font-face", "style", "default-style", *_DATA_STYLES})
        for xml in parts:
            for _event, name, element in elements(xml, ends=wanted):
                if name in _DATA_STYLES:
                    self._add_data_style(name, element)
                elif name == "font-face":
                    self._families[element.get(f"{_STYLE}name", "")] = _family(element.attrib)
                else:
                    self._add_style(element.get(f"{_STYLE}family", ""), element)
        self._looks: dict[str, Appearance] = {}

    def of(self, name: str, *, is_percentage: bool = False) -> Appearance:
        """The look of a cell by the name of its style ("" or unknown: the default one)."""
        if name not in self._looks:
            self._looks[name] = self._appearance(name)
        look = self._looks[name]
        if is_percentage and look.format == "General":  # a percentage without a format of its own
            return look._replace(format="0.00%")
        return look

    def font_of(self, name: str) -> str:
        """The font of a cell by the name of its style; "" where none is said."""
        return _font(self._inherited("table-cell", name)).name

    def is_plain(self, name: str) -> bool:
        """Whether a cell in the style is seen as it is stored."""
        return self.of(name).is_plain and not self.conditions(name)

    def conditions(self, name: str) -> tuple[Condition, ...]:
        """The conditional formats of a style that hide or change what is seen of a number."""
        found = self._conditions.get(name, ())
        return tuple(condition for condition, style in found if self._hides(style))

    def conditions_of(self, element: ElementTree.Element) -> list[Condition]:
        """The same of a `<calcext:conditional-format>`."""
        areas = element.get(f"{_CALCEXT}target-range-address", "")
        found = []
        for rule in element:
            if any(each.get(f"{_CALCEXT}show-value") == "false" for each in rule.iter()):
                found.append(of_ods("", "", areas, ods_formula))
            elif self._hides(rule.get(f"{_CALCEXT}apply-style-name")):
                said, address = (rule.get(f"{_CALCEXT}{what}", "") for what in _RULE)
                found.append(of_ods(said, address, areas, ods_formula))
        return found

    def _hides(self, style: str | None) -> bool:
        return style is not None and self.of(style).hides

    def run(self, text: str, name: str) -> Run:
        """A piece of a text in a style of the family `text`."""
        return Run(text, *_font(self._inherited("text", name)))

    def _add_style(self, family: str, element: ElementTree.Element) -> None:
        style, name = _style(element, self._families), element.get(f"{_STYLE}name", "")
        self._styles[family, name] = style
        self._styles[family, element.get(f"{_STYLE}display-name", name)] = style
        self._conditions[name] = [
            (of_ods(said, each.get(f"{_STYLE}base-cell-address", ""), "", ods_formula), applied)
            for each in element
            if (said := each.get(f"{_STYLE}condition", ""))
            and (applied := each.get(f"{_STYLE}apply-style-name", ""))
        ]

    def _appearance(self, name: str) -> Appearance:
        said = self._inherited("table-cell", name)
        code = self._code(str(said["data_style"] or ""))
        behind, is_repeated = str(said["behind"] or WHITE), bool(said["is_repeated"])
        return _font(said).on(behind, code, is_repeated=is_repeated)

    def _inherited(self, family: str, name: str) -> _Said:
        """What a style and those it stands on say, the nearest first."""
        found: _Said = dict.fromkeys(_Style._fields)
        for _ in range(_MAX_PARENTS):
            style = self._styles.get((family, name))
            if style is None:
                break
            for field, value in style._asdict().items():
                if found[field] is None:
                    found[field] = value
            if not name:
                break
            name = style.parent
        return found

    def _add_data_style(self, kind: str, element: ElementTree.Element) -> None:
        name = element.get(f"{_STYLE}name", "")
        code = _code(element) if kind != "time-style" else "h:mm"
        if kind == "date-style" and element.get(f"{_NUMBER}automatic-order") == "true":
            code = "dd/mm/yyyy"  # in the order of the reader's country
        if kind == "percentage-style":
            code = code.replace('"%"', "%") if '"%"' in code else f"{code}%"
        self._codes[name] = '"TRUE"' if kind == "boolean-style" else code  # also of a number
        self._maps[name] = [
            (m.get(f"{_STYLE}condition", ""), m.get(f"{_STYLE}apply-style-name", ""))
            for m in element
            if m.tag == f"{_STYLE}map"
        ]

    def _code(self, name: str) -> str:
        """The format of a data style, the ones that it maps to as sections with conditions."""
        sections = []
        for condition, other in self._maps.get(name, ()):
            rule = condition.replace("value()", "").strip().replace("!=", "<>")
            sections.append(f"[{rule}]{self._codes.get(other, 'General')}")
        own = self._codes.get(name, "General")
        if own == "@" and not sections:
            return "General"
        return ";".join([*sections, own])


def _font(said: _Said) -> Font:
    colour, points, name = str(said["colour"] or ""), float(said["points"] or 0), said["font"]
    return Font(bool(said["is_struck"]), bool(said["is_raised"]), colour, points, str(name or ""))


def _style(element: ElementTree.Element, families: Mapping[str, str]) -> _Style:
    text = _attributes(element, f"{_STYLE}text-properties")
    cell = _attributes(element, f"{_STYLE}table-cell-properties")
    through = {text.get(f"{_STYLE}text-line-through-{what}") for what in ("style", "type")}
    position = text.get(f"{_STYLE}text-position", "").split(" ")[0]
    behind = cell.get(f"{_FO}background-color")
    size = text.get(f"{_FO}font-size", "")
    face = text.get(f"{_STYLE}font-name", "")
    repeats = cell.get(f"{_STYLE}repeat-content")
    return _Style(
        element.get(f"{_STYLE}parent-style-name", ""),
        element.get(f"{_STYLE}data-style-name"),
        None if through == {None} else bool(through - {None, "none"}),
        None if not position else position not in ("0%", "0"),
        _hex(text.get(f"{_FO}color")),
        WHITE if behind == "transparent" else _hex(behind),
        float(size[:-2]) if size.endswith("pt") and size[:-2].replace(".", "").isdigit() else None,
        None if repeats is None else repeats == "true",
        families.get(face) or face or _family(text) or None,
    )


def _family(said: Mapping[str, str]) -> str:
    return next(filter(None, map(said.get, _FONT_FAMILY)), "").strip("'")


def _attributes(element: ElementTree.Element, name: str) -> dict[str, str]:
    return {key: value for child in element.iter(name) for key, value in child.attrib.items()}


def _hex(colour: str | None) -> str | None:
    return colour[1:].lower() if colour and len(colour) == 7 and colour[0] == "#" else None


def _code(style: ElementTree.Element) -> str:
    """A data style without its maps, as a number format."""
    out = ""
    for child in style:
        name = child.tag.rpartition("}")[2]
        if name in ("text", "currency-symbol"):
            said = child.text or ""
            out += f'"{said}"' if said else ""
        elif name == "number":
            out += _digits(child)
        elif name in ("day", "month", "year"):
            is_long = child.get(f"{_NUMBER}style") == "long"
            is_named = child.get(f"{_NUMBER}textual") == "true"
            out += name[0] * (3 if is_named else 1 + is_long + 2 * (is_long and name == "year"))
        elif name == "fill-character":
            out += f"*{(child.text or ' ')[0]}"
        elif name == "text-content":
            out += "@"
        elif name == "fraction":
            out += "# ?/?"
        elif name == "scientific-number":
            out += "0.00E+00"
        elif name == "text-properties" and (_hex(child.get(f"{_FO}color")) or "") == WHITE:
            out += "[White]"
    return out


def _digits(number: ElementTree.Element) -> str:
    places = number.get(f"{_NUMBER}decimal-places")
    least = number.get(f"{_NUMBER}min-integer-digits", "")
    whole = "0" * min(int(least), 20) if least.isdigit() and int(least) else "#"
    if number.get(f"{_NUMBER}grouping") == "true":
        whole = whole.rjust(4, "#")
        whole = f"{whole[:-3]},{whole[-3:]}"
    if len(number):  # texts between the digits
        whole = whole[:-1] + "".join(f'"{t.text or ""}"' for t in number) + whole[-1:]
    if places is None or not places.isdigit():
        return "General" if not len(number) and whole in ("0", "#") else whole
    shown = number.get(f"{_NUMBER}min-decimal-places", places)
    kept = min(int(shown) if shown.isdigit() else int(places), int(places), 20)
    decimals = "0" * kept + "#" * (min(int(places), 20) - kept)
    factor = number.get(f"{_NUMBER}display-factor", "1")
    scale = "," * (len(factor.partition(".")[0]) // 3) if factor.startswith("1000") else ""
    return whole + (f".{decimals}" if decimals else "") + scale
