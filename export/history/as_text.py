"""A History as text for a terminal: the numbers of each version, then the life of each action."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from compare.history import History, Life, Moment
from export.history import words as said
from export.plain_text import plain
from export.value_words import days_words, version_words


def render(history: History) -> str:
    """The History as lines, with a final line feed."""
    names = [said.version_name(number, counts) for number, counts in enumerate(history.versions, start=1)]
    lines = [said.title_of(history.versions), ""]
    for name, counts in zip(names, history.versions, strict=True):
        lines.append(f"  {name}: {version_words(counts.version)} ({plain(counts.version.file)})")
    lines += ["", *_table(_counts(history, names))]
    for life in history.lives:
        lines += ["", *_life(life, names)]
    return "\n".join(lines) + "\n"


def _counts(history: History, names: Sequence[str]) -> list[tuple[str, ...]]:
    """A row for each number that is not nought in every version."""
    wanted = {"actions": "Actions", **said.STATUS_NAMES, **said.STEP_NAMES}
    rows = [(title, [getattr(counts, key) for counts in history.versions]) for key, title in wanted.items()]
    return [("", *names), *((title, *(f"{number:,}" for number in numbers)) for title, numbers in rows if any(numbers))]


def _table(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        yield "  " + "  ".join([row[0].ljust(widths[0]), *cells]).rstrip()


def _life(life: Life, names: Sequence[str]) -> Iterator[str]:
    last = life.moments[-1]
    yield f"{said.refs_words(life)}  {plain(' '.join(last.action.split()))}"
    fates = [said.FATE_NAMES[fate].lower() for fate in said.fates(life)]
    if life.slip:
        fates.append(f"{days_words(abs(life.slip))} {'later' if life.slip > 0 else 'earlier'} than first said")
    if fates:
        yield f"    {', '.join(fates)}"
    before: Moment | None = None
    for moment in life.moments:
        told = _told(moment)
        if before is None or _told(before) != told or said.remarks(moment):
            moved = said.days_signed(moment.moved)
            yield f"    {names[moment.version - 1]}: {'; '.join(told)}{f' [{moved} days]' if moved else ''}"
            yield from (f"        {remark}" for remark in said.remarks(moment))
        before = moment
    if life.gone:
        yield f"    {names[life.gone - 1]}: gone"


def _told(moment: Moment) -> tuple[str, ...]:
    """What is said of an action in a version; a version that would say the same again is passed over."""
    return (
        plain(moment.ref or "no ref"),
        said.status_words(moment),
        said.leads_words(moment) or "no lead",
        said.end_words(moment) or "no end date",
    )
