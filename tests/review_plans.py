"""Plans for the tests of the review page, with the pages that it shows: samples as expected, long and hostile ones."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from hostile_plan import CONTROLS, FORMULA, LONG, MARKUP, RIGHT_TO_LEFT, hostile_plan
from msgspec.structs import replace
from plan_builder import CELLS, a_plan, an_action

from export.plan_json import from_data, to_data
from export.review.page import OnFile, pages_shown, render
from extract.model import PageBox
from extract.page_pictures import PagePicture, page_pictures
from extract.reading import read
from normalise.model import CellRecord, Furniture, Lead, Person, Plan, Unplaced

SAMPLES = Path(__file__).parents[1] / "samples"
#: A white dot: the picture of a page whose looks do not matter.
WHITE = bytes.fromhex("524946461e000000574542505650384c110000002f0000000007d0fffef7bfff8188e87f0000")


def sample(name: str) -> Plan:
    """A sample as it is expected to be read (tests/test_golden.py), which says nothing of the tool."""
    data = json.loads((SAMPLES / "expected" / f"{name}.json").read_text("utf-8"))
    return from_data({**data, "tool": to_data(a_plan().tool)})


@cache
def sample_page(name: str, on_file: OnFile | None = None) -> str:
    """The review page of a sample."""
    plan, source = sample(name), SAMPLES / name
    pictures = tuple(page_pictures(source, pages_shown(plan)))
    return render(plan, pictures, None if pictures else read(source), on_file or OnFile())


def blank_pages(count: int) -> tuple[PagePicture, ...]:
    return tuple(PagePicture(number, 842.0, 595.0, WHITE) for number in range(1, count + 1))


@cache
def long_page() -> str:
    """300 actions on 30 pages, ten cells each, every tenth value over two pages."""
    return render(long_plan(), blank_pages(30))


def long_plan() -> Plan:
    return a_plan(actions=tuple(map(_long_action, range(300))), findings=())


def _long_action(number: int) -> object:
    page, top = number // 10 + 1, 40.0 + number % 10 * 50

    def record(place: int, old: CellRecord) -> CellRecord:
        boxes = (PageBox(page, (20.0 + place * 80, top, 90.0 + place * 80, top + 40)),)
        if number % 10 == 9 and place == 1 and page < 30:
            boxes += (PageBox(page + 1, (100.0, 20.0, 170.0, 34.0)),)
        return replace(old, origins=boxes)

    cells = {name: record(place, old) for place, (name, old) in enumerate(CELLS.items())}
    ref = f"{page}.{number % 10 + 1}"
    return an_action(id=ref, ref=ref, cells=tuple({**cells, "ref": replace(cells["ref"], raw=ref)}.items()))


HOSTILE_TEXTS = (MARKUP, RIGHT_TO_LEFT, CONTROLS, FORMULA, "</script><script>window.pwned = 1</script>", LONG)


@cache
def evil_page() -> str:
    return render(evil_plan(), blank_pages(1))


def evil_plan() -> Plan:
    """Every text that a document can set is hostile, headers, names and kinds included."""
    here = (PageBox(1, (36.0, 90.0, 144.5, 102.1)),)
    evil = HOSTILE_TEXTS[4]
    actions = tuple(
        an_action(
            id=f"{evil}{number}",
            ref=text[:200],
            group=evil,
            action=text,
            leads=(Lead(text[:200], "eve", (), "initials"), Lead("x\x01y", None, (evil,), "none")),
            extra=((evil, text),),
            cells=(
                ("action", CellRecord(text, (), here)),
                ("lead", CellRecord(text, (), here)),
                (f"extra.{evil}", CellRecord(text, (), here)),
            ),
        )
        for number, text in enumerate(HOSTILE_TEXTS)
    )
    findings = tuple(
        replace(one, action=actions[0].id, field="action", message=evil, candidates=(MARKUP,))
        for one in hostile_plan().findings[:2]
    )
    base = a_plan()
    return a_plan(
        plan=replace(base.plan, title=evil, organisation=MARKUP, version=RIGHT_TO_LEFT),
        source=replace(base.source, file='a"><img src=x onerror=alert(1)>.pdf'),
        people=(Person("eve", evil, MARKUP, (evil,), here),),
        actions=actions,
        findings=findings,
        furniture=(Furniture(evil, "head", here),),
        unplaced=(Unplaced(MARKUP, here),),
    )
