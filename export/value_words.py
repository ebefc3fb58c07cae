"""Values of a plan in words: dates, money, places, versions. What the renderings for people share.

Everything is text as printed, with nothing hidden in it (`plain`); each rendering escapes it for its own format.
"""

from __future__ import annotations

from compare.model import Value, Version
from export.plain_text import plain
from export.tables import place
from normalise.model import Date, Lead, Origins, Resources

#: What the fields of rows, sections and plans are called.
FIELD_NAMES = {
    "ref": "Ref",
    "section": "Section",
    "group": "Group",
    "action": "Action",
    "measure": "Measure",
    "impact": "Impact",
    "progress": "Progress",
    "start": "Start date",
    "end": "End date",
    "lead": "Lead",
    "leads": "Lead",
    "resources": "Resources",
    "status": "Status",
    "rag": "RAG",
    "status_text": "Status as printed",
    "number": "Number",
    "title": "Title",
    "outcomes": "Outcomes",
    "groups": "Groups",
    "organisation": "Organisation",
    "version": "Version",
    "published": "Published",
    "intro": "Introduction",
}


def field_name(field: str) -> str:
    """What a field is called; an extra column by its printed header.

    >>> field_name("end"), field_name("extra.Cost code"), field_name("note")
    ('End date', 'Cost code', 'Note')
    """
    if field.startswith("extra."):
        return plain(field.removeprefix("extra."))
    return FIELD_NAMES.get(field) or plain(field).replace("_", " ").capitalize()


def sentence(text: str) -> str:
    """A text on one line, with a full stop.

    >>> sentence("Another row has the same words")
    'Another row has the same words.'
    """
    text = plain(" ".join(text.split()))
    return text if text.endswith((".", "?", "!")) else text + "."


def value_lines(value: Value, field: str = "") -> tuple[str, ...]:
    """A value as lines of text; () where there is none.

    >>> value_lines((Date("Jul 17", "date", "2017-07", "2017-07-01", "2017-07-31", "phase 1"),))
    ('phase 1: Jul 17 (2017-07)',)
    >>> value_lines("in_progress", "status"), value_lines("")
    (('in progress',), ())
    """
    match value:
        case None | "":
            return ()
        case str():
            text = value.replace("_", " ") if field in ("status", "rag") else value
            return tuple(plain(line.replace("\t", " ")) for line in text.split("\n"))
        case Resources():
            return (_resources(value),) if value.text or value.amount is not None else ()
    return tuple(_entry(entry) for entry in value)


def _entry(entry: Date | Lead | str) -> str:
    if isinstance(entry, Date):
        return _date(entry)
    return plain((entry.text if isinstance(entry, Lead) else entry).replace("\n", " "))


def _date(date: Date) -> str:
    words = plain((date.text or date.kind).replace("\n", " "))
    if date.label:
        words = f"{plain(date.label)}: {words}"
    if date.edtf and date.edtf != date.text:
        words += f" ({date.edtf})"
    return words + " (superseded)" if date.superseded else words


def _resources(value: Resources) -> str:
    text = plain(value.text.replace("\n", " "))
    if value.amount is None:
        return text
    said = pounds(value.amount)
    return text if said == text else f"{text} ({said})".strip()


def pounds(amount: int | float) -> str:
    """An amount of money.

    >>> pounds(46000), pounds(12.5), pounds(-300)
    ('£46,000', '£12.50', '−£300')
    """
    sign = "−" if amount < 0 else ""
    number = f"{abs(amount):,.2f}"
    return f"{sign}£{number.removesuffix('.00')}"


def days_words(days: int) -> str:
    """A number of days.

    >>> days_words(1), days_words(1204)
    ('1 day', '1,204 days')
    """
    return f"{days:,} day{'s' * (abs(days) != 1)}"


def places(origins: Origins, boxes: bool = False) -> str:
    """Where something stands, in words; with `boxes`, where on the page too (x0, top, x1, bottom in points).

    >>> from extract.model import PageBox
    >>> places((PageBox(3, (36.0, 90.0, 144.5, 102.1)),), boxes=True)
    'page 3 (36, 90, 144.5, 102.1)'
    """
    said = []
    for origin in origins:
        box = getattr(origin, "box", None) if boxes else None
        said.append(place(origin) + (f" ({', '.join(f'{edge:g}' for edge in box)})" if box else ""))
    return plain("; ".join(dict.fromkeys(said)))


def section_words(section: str | None, title: str | None) -> str:
    """A section: its number or id, and its title; "" for none.

    >>> section_words("1", "Practice"), section_words(None, None)
    ('1 Practice', '')
    """
    return plain(" ".join(" ".join(part for part in (section, title) if part).split()))


def short(text: str, limit: int) -> str:
    """A text on one line, cut where it would drown the rest.

    >>> short("Visit every\\nhome", 99), short("Visit every home", 14), short("Lifts", 4)
    ('Visit every home', 'Visit every …', 'Li …')
    """
    words = plain(" ".join(text.split()))
    if len(words) <= limit:
        return words
    cut = words[: limit - 1].rpartition(" ")[0] or words[: limit - 2]
    return cut.rstrip() + " …"


def version_words(version: Version) -> str:
    """One of the plans, with its version and its date where it says them."""
    parts = [plain(version.title).replace("\n", " ") or "(no title)"]
    if version.version:
        parts.append(number_words(version))
    if version.published:
        parts.append(f"published {plain(version.published)}")
    return ", ".join(parts)


def number_words(version: Version) -> str:
    """Which version it is; the name of its file where it does not say.

    >>> number_words(Version("a.pdf", "", "Plan", "3")), number_words(Version("a.pdf", "", "Plan", "v3"))
    ('version 3', 'v3')
    """
    if not version.version:
        return plain(version.file)
    number = plain(version.version)
    return f"version {number}" if number[:1].isdigit() else number
