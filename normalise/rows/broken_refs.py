"""Refs that a page break cut in two: `AFI` ends one page and `2.1b` opens the next."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from normalise.model import Flag
from normalise.refs import follows, is_ref, tidy_ref
from normalise.rows.joining import join
from normalise.rows.model import Item, Record

_WORD = re.compile(r"(?P<word>[A-Za-z]{1,8})(?P<gap>[ .\-/]?)\d")
#: Cells that the rest of a row seldom has: a row that has two of them is a row of its own.
_OWN = ("lead", "start", "end", "status")


def with_broken_refs_whole(items: Sequence[Item]) -> tuple[Item, ...]:
    """The items, rows whose ref a page break cut in two joined, which is told.

    The upper part is the word that opens other refs of the plan (`AFI` where there is AFI 2.2) or a number that fits
    nowhere, the lower one opens a page, and both together are the next ref, or the one before the next.
    """
    refs = [item.ref for item in items if isinstance(item, Record)]
    openings = Counter((match["word"], match["gap"]) for ref in refs if (match := _WORD.match(ref)))
    whole: list[Item] = []
    for at, item in enumerate(items):
        last = whole[-1] if whole else None
        if isinstance(last, Record) and isinstance(item, Record) and _may_be_cut(last, item):
            before = next((one.ref for one in reversed(whole[:-1]) if isinstance(one, Record)), "")
            after = next((one.ref for one in items[at + 1 :] if isinstance(one, Record) and one.ref), "")
            ref = _one_ref(last, item, openings, before, after)
            if ref is not None and ref not in refs:
                whole[-1] = _joined(last, item, ref)
                continue
        whole.append(item)
    return tuple(whole)


def _may_be_cut(upper: Record, lower: Record) -> bool:
    own = sum(bool(lower.get(key)) for key in _OWN)
    return bool(upper.ref and lower.ref and lower.opens_page and upper.section == lower.section and own < 2)


def _one_ref(upper: Record, lower: Record, openings: Counter[tuple[str, str]], before: str, after: str) -> str | None:
    """The ref that two parts are together; None where they are two."""
    if upper.ref.isalpha():
        gaps = [gap for (word, gap), _ in openings.most_common() if word == upper.ref]
        ref = f"{upper.ref}{gaps[0]}{lower.ref}" if gaps else ""
        return ref if lower.ref[:1].isdigit() and is_ref(ref) else None
    ref = tidy_ref("".join((upper.text("ref") + lower.text("ref")).split()))
    fits = is_ref(ref) and lower.ref[:1].isdigit() and (follows(before, ref) or (not before and follows(ref, after)))
    return ref if fits and not follows(before, upper.ref) and not follows(upper.ref, lower.ref) else None


def _joined(upper: Record, lower: Record, ref: str) -> Record:
    """Both rows as one. That a word opens the ref is plain; of two numbers the numbering alone tells."""
    passage = upper.get("ref").joined(lower.get("ref"))
    rest = replace(lower, ref="", cells=tuple((key, cell) for key, cell in lower.cells if key != "ref"))
    message = f"The page break parts {upper.ref!r} from {lower.ref!r}; the two are read as the ref {ref}."
    flag = Flag("ref-joined", "reading", "info" if upper.ref.isalpha() else "warning", message, (ref,))
    return replace(join(upper, rest).put("ref", passage), ref=ref).flagged("ref", flag)
