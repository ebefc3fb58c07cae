"""A History as one HTML page that needs nothing else: pictures first, then the life of every action.

The first picture has, for each version, how many actions were completed and how many end dates slipped; the second is a
timeline: for each action that moved or was completed, every end date that it was ever given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from compare.history import History, Life, Moment
from compare.ordering import first_day
from export.charts.days import day_of
from export.history import words as said
from export.pages.filling import filled
from export.plain_text import plain
from export.value_words import places, section_words, short, version_words

#: Where a day stands on the timeline, in hundredths of its width.
Scale = Callable[[date], str]

#: How high the highest column is, in points.
_TALLEST = 130
#: What the months are called whose first day is a tick.
_MONTHS = {4: "Apr", 7: "Jul", 10: "Oct"}


def render(history: History) -> str:
    """The page."""
    names = [said.version_name(number, counts) for number, counts in enumerate(history.versions, start=1)]
    sections = _distinct(section_of(moment) for life in history.lives for moment in life.moments)
    leads = _distinct(plain(name) for life in history.lives for moment in life.moments for name in moment.leads)
    used = {fate for life in history.lives for fate in said.fates(life)}
    columns = _columns(history, names)
    values: dict[str, object] = {
        "title": said.title_of(history.versions),
        "versions": [
            {
                "name": name,
                "words": version_words(counts.version),
                "file": plain(counts.version.file),
                "sha256": plain(counts.version.sha256),
            }
            for name, counts in zip(names, history.versions, strict=True)
        ],
        "columns": columns,
        "columns_words": _columns_words(history, names),
        "counts": _counts(history),
        **_timeline(history, names),
        "lives": [_life(number, life, names, sections, leads) for number, life in enumerate(history.lives, start=1)],
        "kinds": [(key, name) for key, name in said.FATE_NAMES.items() if key in used],
        "sections": sections,
        "leads": leads,
    }
    return filled("history.html", ["filters.js"], values)


def section_of(moment: Moment) -> str:
    """The section in which an action stood."""
    return section_words(moment.section, moment.section_title)


def _distinct(words: Iterable[str]) -> list[str]:
    return [word for word in dict.fromkeys(words) if word]


def _counts(history: History) -> list[tuple[str, list[str]]]:
    """The numbers that are not nought in every version; what changed is not said of the first."""
    rows = {"actions": "Actions", **said.STATUS_NAMES}
    found = [(name, [f"{getattr(one, key):,}" for one in history.versions]) for key, name in rows.items()]
    for key, name in said.STEP_NAMES.items():
        found.append((name, ["", *(f"{getattr(one, key):,}" for one in history.versions[1:])]))
    return [(name, numbers) for name, numbers in found if set(numbers) - {"0", ""}]


def _columns(history: History, names: Sequence[str]) -> list[dict[str, object]]:
    """Two columns for each version after the first: completed, slipped. Across in hundredths, high in points."""
    steps = list(zip(names, history.versions, strict=True))[1:]
    most = max((max(one.completed, one.slipped) for _, one in steps), default=0)
    if not most:
        return []
    room = 100 / len(steps)
    width = min(room * 0.3, 8)
    columns: list[dict[str, object]] = []
    for place, (name, one) in enumerate(steps):
        middle = (place + 0.5) * room
        columns.append(
            {
                "name": name,
                "middle": f"{middle:.2f}",
                "left": f"{middle - width:.2f}",
                "width": f"{width:.2f}",
                "left_middle": f"{middle - width / 2:.2f}",
                "right_middle": f"{middle + width / 2:.2f}",
                "completed": one.completed,
                "slipped": one.slipped,
                "completed_height": round(one.completed * _TALLEST / most),
                "slipped_height": round(one.slipped * _TALLEST / most),
            }
        )
    return columns


def _columns_words(history: History, names: Sequence[str]) -> str:
    """The first picture for those who can't see it."""
    steps = list(zip(names, history.versions, strict=True))[1:]
    return "; ".join(f"{name}: {one.completed} completed, {one.slipped} slipped" for name, one in steps)


def _timeline(history: History, names: Sequence[str]) -> dict[str, object]:
    """The second picture: its lines, its ticks, and where the versions were published."""
    shown = [
        (number, life)
        for number, life in enumerate(history.lives, start=1)
        if _days_of(life) and {"slipped", "brought_forward", "completed"} & set(said.fates(life))
    ]
    published = [day for one in history.versions if (day := day_of(first_day(one.version.published or "")))]
    days = [day for _, life in shown for day in _days_of(life).values()] + published
    if not shown:
        return {"lines": [], "ticks": [], "published": [], "span": ""}
    first, last = min(days), max(days)
    span = max((last - first).days, 1)

    def scale(day: date) -> str:
        return f"{(day - first).days * 100 / span:.2f}"

    return {
        "lines": [_line(number, life, names, scale) for number, life in shown],
        "ticks": _ticks(first, last, scale),
        "span": f"{first.isoformat()} to {last.isoformat()}",
        "published": [scale(day) for day in dict.fromkeys(published)],
    }


def _days_of(life: Life) -> dict[int, date]:
    """The version -> the day by which the action is to be done."""
    found = {moment.version: day_of(moment.last_day) for moment in life.moments}
    return {version: day for version, day in found.items() if day}


def _ticks(first: date, last: date, scale: Scale) -> list[dict[str, str]]:
    """The beginnings of years; of quarters where there are few years; of every few years where there are many."""
    years = last.year - first.year + 1
    step = -(-years // 8)
    starts = [(year, month) for year in range(first.year, last.year + 1, step) for month in (1, 4, 7, 10)]
    wanted = [date(year, month, 1) for year, month in starts if month == 1 or (years <= 2)]
    ticks: list[dict[str, str]] = []
    for day in wanted:
        if first <= day <= last:
            name = str(day.year) if day.month == 1 else _MONTHS[day.month] + f" {day.year}" * (not ticks)
            x = scale(day)
            ticks.append({"x": x, "name": name, "anchor": "start" if float(x) < 3 else "middle"})
    return ticks


def _line(number: int, life: Life, names: Sequence[str], scale: Scale) -> dict[str, object]:
    """One action on the timeline: a dot for every end date, the last one full."""
    days = _days_of(life)
    fates = said.fates(life)
    moved = [fate for fate in fates if fate in ("slipped", "brought_forward")]
    doubtful = {moment.version for moment in life.moments if "end" in moment.uncertain}
    dots = [
        {
            "x": scale(day),
            "kind": "doubtful" if version in doubtful else "",
            "words": f"{names[version - 1]}: {day.isoformat()}",
        }
        for version, day in days.items()
    ]
    dots[-1]["kind"] += " last " + ("completed" if "completed" in fates else "".join(moved))
    said_days = [f"{names[version - 1]} {day.isoformat()}" for version, day in days.items()]
    completed = ["completed"] if "completed" in fates else []
    return {
        "id": f"action-{number}",
        "refs": said.refs_words(life),
        "action": short(life.moments[-1].action, 110),
        "kind": "".join(moved),
        "from": scale(min(days.values())),
        "to": scale(max(days.values())),
        "dots": dots,
        "days": said.days_signed(life.slip),
        "words": "End dates: " + "; ".join([*said_days, *completed]),
    }


def _life(
    number: int, life: Life, names: Sequence[str], sections: Sequence[str], leads: Sequence[str]
) -> dict[str, object]:
    """One action; sections and leads by their number in the filters, since a name may hold anything."""
    titles = {section_of(moment) for moment in life.moments}
    people = {plain(name) for moment in life.moments for name in moment.leads}
    fates = said.fates(life)
    return {
        "id": f"action-{number}",
        "refs": said.refs_words(life),
        "action": short(life.moments[-1].action, 300),
        "kinds": " ".join(fates),
        "section": " ".join(str(place) for place, title in enumerate(sections) if title in titles),
        "leads": " ".join(str(place) for place, name in enumerate(leads) if name in people),
        "badges": [{"key": fate, "name": _badge(fate, life)} for fate in fates],
        "moments": [_moment(moment, names) for moment in life.moments],
        "gone": names[life.gone - 1] if life.gone else "",
    }


def _badge(fate: str, life: Life) -> str:
    """What became of an action, with the days that its end moved."""
    name = said.FATE_NAMES[fate]
    return f"{name}: {said.days_signed(life.slip)} days" if fate in ("slipped", "brought_forward") else name


def _moment(moment: Moment, names: Sequence[str]) -> dict[str, object]:
    return {
        "version": names[moment.version - 1],
        "ref": plain(moment.ref or "no ref"),
        "end": said.end_words(moment) or "—",
        "days": said.days_signed(moment.moved),
        "status": said.status_words(moment),
        "leads": said.leads_words(moment) or "—",
        "remarks": said.remarks(moment),
        "place": places(moment.origins),
    }
