"""The places of a plan: every text that stands for characters of the source, with its name and where it is printed.

Each character of the source that is not white space is in exactly one of them (guarantee 1); `plan`, `people` and
`actions[].group` refer to such places and own none.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from normalise.model import CellRecord, Origins, Plan


class Place(Struct, frozen=True):
    """One text of the plan. `name`: the path that messages give it. `record`: the cell's, where it is one."""

    name: str
    text: str
    origins: Origins
    record: CellRecord | None = None


def placed(plan: Plan) -> Iterator[Place]:
    """The texts of cells, sections, columns, paragraphs and tables."""
    for action in plan.actions:
        for field, record in action.cells:
            yield Place(f"actions[{action.id}].cells.{field}", record.raw, record.origins, record)
    for section in plan.sections:
        yield Place(f"sections[{section.id}]", "\n".join((section.raw, *section.outcomes_raw)), section.origins)
        for group in section.groups:
            yield Place(f"sections[{section.id}].groups[{group.title}]", group.raw, group.origins)
    for column in plan.columns:
        yield Place(f"columns[{column.header}]", column.header, column.origins)
    for block in plan.paragraphs:
        yield Place(f"paragraphs[{block.text[:30]}]", block.text, block.origins)
    for number, table in enumerate(plan.tables):
        yield Place(f"tables[{number}]", "\n".join(cell for row in table.rows for cell in row), table.origins)


def furnished(plan: Plan) -> Iterator[Place]:
    """The texts of running heads and feet, page numbers and repeated headers."""
    for item in plan.furniture:
        yield Place(f"furniture[{item.text[:30]}]", item.text, item.origins)


def left_over(plan: Plan) -> Iterator[Place]:
    """The texts that found no place."""
    for item in plan.unplaced:
        yield Place(f"unplaced[{item.text[:30]}]", item.text, item.origins)


def places(plan: Plan) -> Iterator[Place]:
    """All of them."""
    yield from placed(plan)
    yield from furnished(plan)
    yield from left_over(plan)
