"""Flags become findings: each gets its row, its place on the page and a stable id."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from normalise.model import Action, Finding, Flag, Origins


def finding(flag: Flag, action: str | None, ref: str | None, field: str | None, origins: Origins) -> Finding:
    """A flag with its place; its id comes when all are known."""
    return Finding("", flag.code, flag.about, flag.severity, action, ref, field, flag.message, flag.candidates, origins)


def numbered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Each finding once, with an id that stays while code, row and field stay: `code:row:field`, `~2` for a second."""
    seen: Counter[str] = Counter()
    result = []
    for one in dict.fromkeys(findings):
        row, field = one.action or one.ref or "", one.field or ""
        name = ":".join(part for part in (one.code, row, field) if part)
        seen[name] += 1
        result.append(replace(one, id=name if seen[name] == 1 else f"{name}~{seen[name]}"))
    return tuple(result)


def reviewed(actions: Sequence[Action], findings: Sequence[Finding]) -> tuple[Action, ...]:
    """The actions, those marked `needs_review` that a warning or error about the reading names."""
    doubtful = {f.action for f in findings if f.about == "reading" and f.severity in ("warning", "error")}
    return tuple(replace(action, needs_review=action.id in doubtful) for action in actions)
