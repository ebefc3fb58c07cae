"""How long `compare` takes, and how its time grows: two versions of a made-up plan of so many rows."""

from __future__ import annotations

import random

from msgspec.structs import replace

from bench.measuring import in_process
from compare.comparing import compare
from extract.model import PageBox, Source
from normalise.model import (
    Action,
    CellRecord,
    Date,
    Head,
    Lead,
    Ledger,
    Person,
    Plan,
    Resources,
    Section,
    Tool,
)

SIZES = (250, 500, 1000, 2000)

TABLE = """
## Comparing two versions

Two versions of a made-up plan; from the one to the other one row in twenty is gone, as many are new and every ref
after them counts on; one row in ten is worded otherwise, and every second progress is rewritten. *Boilerplate*: the
same, where the actions differ in two words of twelve.

| rows | compare | a row | boilerplate | a row |
| ---: | ---: | ---: | ---: | ---: |
"""

_SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu".split()
_HERE = (PageBox(1, (0.0, 0.0, 10.0, 10.0)),)


def comparing_table(rounds: int) -> str:
    """The section of the report."""
    lines = []
    for size in SIZES:
        cells = [str(size)]
        for plain in (False, True):
            old, new = versions(size, plain)
            (measured,) = in_process(rounds, lambda old=old, new=new: compare(old, new))  # type: ignore[misc]
            cells += [f"{measured.fastest:.2f} s", f"{measured.fastest / size * 1000:.2f} ms"]
        lines.append(f"| {' | '.join(cells)} |\n")
    return TABLE + "".join(lines)


def versions(size: int, boilerplate: bool = False, seed: int = 1) -> tuple[Plan, Plan]:
    """Two versions of a plan of `size` rows; the same for the same numbers."""
    dice = random.Random(seed)
    words = sorted({"".join(dice.choices(_SYLLABLES, k=dice.randint(1, 4))) for _ in range(1500)})
    rows = [_row(at, words, dice, boilerplate) for at in range(size)]
    kept = [row for at, row in enumerate(rows) if at % 20 != 7]
    edited = [_edited(row, at, words, dice) for at, row in enumerate(kept)]
    for at in range(size // 20):
        edited.insert(at * 20 + 3, _row(size + at, words, dice, boilerplate))
    return _plan("old", rows), _plan("new", edited)


def _row(number: int, words: list[str], dice: random.Random, boilerplate: bool) -> Action:
    action = _text(words, dice, 25)
    if boilerplate:
        action = (
            f"Report to the board on {_text(words, dice, 1)} and on {_text(words, dice, 1)} by the end of each quarter"
        )
    day = f"2017-{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d}"
    values = {name: _text(words, dice, count) for name, count in (("measure", 10), ("impact", 15), ("progress", 40))}
    cells = {"action": action, "end": day, "lead": "AL", **values}
    return Action(
        id="",
        ref=None,
        section=None,
        group=None,
        action=action,
        measure=values["measure"],
        impact=values["impact"],
        progress=values["progress"],
        start=(),
        end=(Date(day, "date", day, day, day),),
        leads=(Lead("AL", "ada-lowe", ("ada-lowe",), "initials"),),
        resources=Resources("TBC", "tbc"),
        status="in_progress",
        status_basis="progress",
        rag=None,
        status_text=None,
        extra=(),
        cells=tuple((name, CellRecord(text, (), _HERE)) for name, text in cells.items()),
    )


def _edited(row: Action, at: int, words: list[str], dice: random.Random) -> Action:
    changes = {}
    if at % 10 == 4:
        changes["action"] = f"{row.action} {_text(words, dice, 4)}"
    if at % 2:
        changes["progress"] = _text(words, dice, 40)
    cells = tuple((name, replace(cell, raw=changes.get(name, cell.raw))) for name, cell in row.cells)
    return replace(row, cells=cells, **changes)


def _plan(version: str, rows: list[Action]) -> Plan:
    numbers = [f"{at // 25 + 1}.{at % 25 + 1}" for at in range(len(rows))]
    placed = [
        replace(row, id=number, ref=number, section=number.split(".")[0])
        for row, number in zip(rows, numbers, strict=True)
    ]
    names = dict.fromkeys(row.section for row in placed if row.section)
    return Plan(
        Head("A plan", "A council", version, None),
        Source(f"{version}.pdf", "0" * 64, "application/pdf", 1),
        Tool("actionplan", "0", "0" * 64, ()),
        (Person("ada-lowe", "Ada Lowe", "Head of Practice", ("AL",), _HERE),),
        (),
        tuple(Section(name, name, f"Part {name}", (), (), _HERE) for name in names),
        tuple(placed),
        (),
        (),
        (),
        (),
        (),
        Ledger(0, 0, 0, 0),
    )


def _text(words: list[str], dice: random.Random, count: int) -> str:
    return " ".join(dice.choices(words, k=count))
