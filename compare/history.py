"""The history of a plan: the life of each action over all versions, and the counts of each version. Pure data.

A life is followed from version to version by the Diff of each two neighbours: what the Diff pairs is one action,
whatever its ref and wherever it stands; one that a version lacks has ended there, and is a new life should it come
back. What only the tool reads otherwise never counts as something that the document did.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from compare.comparing import compare
from compare.model import Change, Diff, Match, Version
from compare.values import due
from normalise.model import Action, Date, Origins, Plan, StatusValue

HISTORY_SCHEMA_VERSION = "1.0"


class Moment(Struct, frozen=True):
    """An action in one version: `version` is its number, from 1.

    `last_day`: the day by which it is to be done (ISO), of the date that counts; None where no day is given. `slip`:
    how many days later that is than the first day that it was ever given (negative: earlier), without what only the
    tool read otherwise; None until there is a day. `moved`: how many days of that are new in this version.

    `match`: how it was found in the version before; None for a first moment. `uncertain`: fields whose change since the
    version before rests on a doubtful reading; `tool`: fields that only the tool reads otherwise.
    """

    version: int
    id: str
    ref: str | None
    section: str | None
    section_title: str | None
    group: str | None
    action: str
    leads: tuple[str, ...]
    status: StatusValue
    end: tuple[Date, ...]
    last_day: str | None
    slip: int | None
    moved: int | None
    match: Match | None = None
    uncertain: tuple[str, ...] = ()
    tool: tuple[str, ...] = ()
    origins: Origins = ()


class Life(Struct, frozen=True):
    """One action over the versions. `gone`: the first version that lacks it; None where the last one has it."""

    moments: tuple[Moment, ...]
    gone: int | None = None

    @property
    def first(self) -> int:
        """The version in which it was first seen."""
        return self.moments[0].version

    @property
    def refs(self) -> tuple[str, ...]:
        """The refs that it bore, each once."""
        return tuple(dict.fromkeys(moment.ref for moment in self.moments if moment.ref))

    @property
    def slip(self) -> int | None:
        """How many days later it is to be done than was first said; None where no day was ever given."""
        return next((moment.slip for moment in reversed(self.moments) if moment.slip is not None), None)

    @property
    def uncertain(self) -> bool:
        """Whether a step of it rests on a doubtful reading or an unsure match."""
        return any(moment.uncertain or (moment.match and not moment.match.sure) for moment in self.moments)


class Counts(Struct, frozen=True):
    """A version and its numbers: rows by status, then what the document did since the version before (0 in the first).

    `slipped`, `brought_forward` and `slip_days` (in all, later less earlier) count each end date that certainly moved
    from the last day that the action was given: also one that was `TBC` in between, which no single Diff shows.
    """

    version: Version
    actions: int
    complete: int
    in_progress: int
    off_track: int
    not_started: int
    unknown: int
    added: int = 0
    removed: int = 0
    moved: int = 0
    completed: int = 0
    reopened: int = 0
    slipped: int = 0
    brought_forward: int = 0
    reassigned: int = 0
    slip_days: int = 0
    uncertain: int = 0


class History(Struct, frozen=True):
    """All versions in the order given, and every life in the order of its first moment."""

    versions: tuple[Counts, ...]
    lives: tuple[Life, ...]
    schema_version: str = HISTORY_SCHEMA_VERSION


def history(plans: Sequence[Plan]) -> History:
    """The history of one plan's versions, the oldest first. Raises ValueError where there is no version at all."""
    diffs = [compare(old, new) for old, new in pairwise(plans)]
    return history_of(plans, diffs)


def history_of(plans: Sequence[Plan], diffs: Sequence[Diff]) -> History:
    """The history that the versions and the Diff of each two neighbours tell."""
    if not plans:
        raise ValueError("a history is of one version at least")
    steps = [_Step(None, {}, {}), *map(_step, diffs)]
    lives = _lives(plans, steps)
    last = len(plans)
    ended = tuple(Life(tuple(life), None if life[-1].version == last else life[-1].version + 1) for life in lives)
    return History(tuple(map(_counts, plans, steps, _moved(lives, last))), ended)


def _lives(plans: Sequence[Plan], steps: Sequence[_Step]) -> list[list[Moment]]:
    """The moments of every action, each beside those of the versions before."""
    lives: list[list[Moment]] = []
    alive: dict[str, int] = {}
    for number, (plan, step) in enumerate(zip(plans, steps, strict=True), start=1):
        now: dict[str, int] = {}
        titles = {section.id: section.title for section in plan.sections}
        names = {person.id: person.name for person in plan.people}
        for action in plan.actions:
            moment = _moment(number, action, titles, names)
            before, match = step.pairs.get(action.id, (None, None))
            if before is None:
                now[action.id] = len(lives)
                lives.append([_dated(moment, (), ())])
                continue
            now[action.id] = life = alive[before]
            lives[life].append(_dated(replace(moment, match=match), lives[life], step.changes.get(action.id, ())))
        alive = now
    return lives


def _moved(lives: Iterable[Iterable[Moment]], versions: int) -> list[list[int]]:
    """For each version, by how many days each end date certainly moved that did so in it."""
    moved: list[list[int]] = [[] for _ in range(versions)]
    for moment in (moment for life in lives for moment in life):
        sure = moment.match is not None and moment.match.sure and "end" not in moment.uncertain
        if moment.moved and sure:
            moved[moment.version - 1].append(moment.moved)
    return moved


class _Step(Struct, frozen=True):
    """From one version to the next: the new rows by id, with the old one, the match and what changed."""

    diff: Diff | None
    pairs: dict[str, tuple[str, Match]]
    changes: dict[str, tuple[Change, ...]]


def _step(diff: Diff) -> _Step:
    changes: dict[str, tuple[Change, ...]] = {}
    for change in diff.changes:
        if change.old and change.new:
            changes[change.new.id] = (*changes.get(change.new.id, ()), change)
    return _Step(diff, {pair.new: (pair.old, pair.match) for pair in diff.pairs}, changes)


def _moment(number: int, action: Action, titles: dict[str, str | None], names: dict[str, str]) -> Moment:
    """An action as a version has it, its slip not yet known."""
    day = due(action.end)
    return Moment(
        version=number,
        id=action.id,
        ref=action.ref,
        section=action.section,
        section_title=titles.get(action.section or ""),
        group=action.group,
        action=action.action,
        leads=tuple(names.get(lead.person or "", lead.text) for lead in action.leads),
        status=action.status,
        end=action.end,
        last_day=day.latest if day else None,
        slip=None,
        moved=None,
        origins=tuple(dict.fromkeys(origin for _, cell in action.cells for origin in cell.origins)),
    )


def _dated(moment: Moment, life: Sequence[Moment], changes: Iterable[Change]) -> Moment:
    """The moment with its slip: counted from the last day that the life was given, since a day can be gone for a while
    (`TBC`) and come back later."""
    fields = [(change, field) for change in changes for field in change.fields]
    doubtful = tuple(field.field for _, field in fields if field.uncertain)
    tool = tuple(field.field for change, field in fields if change.cause == "tool")
    moment = replace(moment, uncertain=doubtful, tool=tool)
    if moment.last_day is None:
        return moment
    known = [one for one in life if one.last_day is not None]
    if not known:
        return replace(moment, slip=0, moved=0)
    days = 0 if "end" in tool else _days(known[-1].last_day, moment.last_day)
    return replace(moment, slip=(known[-1].slip or 0) + days, moved=days)


def _days(old: str | None, new: str | None) -> int:
    """From one ISO day to another; 0 where one of them is none (a plan.json may hold anything)."""
    try:
        return (date.fromisoformat(new or "") - date.fromisoformat(old or "")).days
    except ValueError:
        return 0


def _counts(plan: Plan, step: _Step, moved: Sequence[int]) -> Counts:
    statuses = Counter(action.status for action in plan.actions)
    source, head = plan.source, plan.plan
    counts = Counts(
        version=Version(source.file, source.sha256, head.title, head.version, head.published),
        actions=len(plan.actions),
        complete=statuses["complete"],
        in_progress=statuses["in_progress"],
        off_track=statuses["off_track"],
        not_started=statuses["not_started"],
        unknown=statuses["unknown"],
    )
    if step.diff is None:
        return counts
    told = step.diff.summary
    return replace(
        counts,
        added=told.added,
        removed=told.removed,
        moved=told.moved,
        completed=told.completed,
        reopened=told.reopened,
        slipped=sum(days > 0 for days in moved),
        brought_forward=sum(days < 0 for days in moved),
        reassigned=told.reassigned,
        slip_days=sum(moved),
        uncertain=told.uncertain,
    )
