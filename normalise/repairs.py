"""Step 3, the repairs: what extraction broke in a cell is mended, and every change is on record.

A rule is a module in `normalise/rules/`, found by being there, under one convention:

- its docstring's first line is what an auditor reads; the rest says why, and what is left alone;
- `FIELDS` is the set of fields that it reads, or None for every field;
- `AFTER` names the rules that it must follow;
- `CHANGES` is a (before, after) example, `LEAVES` a text that it leaves as it is; both run as tests;
- `fix(text, evidence) -> str` is the repair: a pure function that knows nothing of rows or records.

The text of a cell is as read: a wrap is a space, a new paragraph a line feed. A rule may drop or add white space,
hyphens and bullets, may put a Latin letter for its look-alike, and what OCR itself saw as possible for what it read; it
never drops or adds another letter or digit. The runner alone writes the record, by comparing the text before and after
each rule.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from graphlib import TopologicalSorter
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from msgspec import Struct

from normalise import rules as folder
from normalise.evidence import Evidence
from normalise.model import Person, Repair

#: What the examples of the rules assume of their document.
EXAMPLE = Evidence(
    people=(Person("ada-lowe-hart", "Ada Lowe-Hart", "Director", ("AL-H",)),),
    close_calls=(("Áttendance", "Attendance"),),
)
#: A repair can make room for another (a name made whole, a date in it): the rules run until none has more to say.
PASSES = 4
#: Beyond this many pieces on either side, one record spans the whole change: comparing takes the square of it.
COMPARED = 2000


class Rule(Struct, frozen=True):
    """One module of `normalise/rules/`. `fields` None: every field. `changes`: an example before and after."""

    name: str
    says: str
    fields: frozenset[str] | None
    after: tuple[str, ...]
    changes: tuple[str, str]
    leaves: str
    fix: Callable[[str, Evidence], str]

    def reads(self, field: str) -> bool:
        """Whether the rule applies to a field of this name."""
        return self.fields is None or field in self.fields


class RuleInfo(Struct, frozen=True):
    """What the documentation says of a rule: an example that it changes, and one that it leaves alone."""

    name: str
    says: str
    fields: frozenset[str] | None
    changes: tuple[str, str]
    leaves: str


class ReplayError(ValueError):
    """A record that does not fit its text: it was made of another text, or altered since."""


def repair(raw: str, evidence: Evidence, field: str) -> tuple[str, tuple[Repair, ...]]:
    """The text of a cell made whole, and the record of every change, in order.

    `field` is a key of the contract (`action`, `start` …, `extra.<header>`) or any other name (`group`, `section`) for
    text that is no cell. `replay(raw, repairs)` gives the same text; to repair that text again changes nothing.
    """
    text, records = raw, list[Repair]()
    for _ in range(PASSES):
        before = text
        for rule in load_rules():
            if rule.reads(field):
                fixed = rule.fix(text, evidence)
                if fixed != text:
                    records += changes(text, fixed, rule.name)
                    text = fixed
        if text == before:
            break
    return text, tuple(records)


def replay(raw: str, repairs: tuple[Repair, ...]) -> str:
    """The text that the recorded repairs make of `raw`. Raises ReplayError where one does not fit."""
    text = raw
    for record in repairs:
        end = record.at + len(record.before)
        if record.at < 0 or record.at > len(text) or text[record.at : end] != record.before:
            raise ReplayError(f"{record.rule}: {record.before!r} does not stand at {record.at}")
        text = text[: record.at] + record.after + text[end:]
    return text


def changes(before: str, after: str, rule: str) -> Iterator[Repair]:
    """The smallest spans that lead from one text to the other, left to right, each in the text as it then stands."""
    if before == after:
        return
    old, new = _pieces(before), _pieces(after)
    if max(len(old), len(new)) > COMPARED:
        yield change_between(before, after, rule)
        return
    at = 0
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = "".join(old[a:b]), "".join(new[c:d])
        if kind != "equal":
            yield from _letterwise(gone, come, at, rule)
        at += len(come)


def change_between(gone: str, come: str, rule: str, at: int = 0) -> Repair:
    """One record for the whole change, without what both texts begin and end with; `at`: where they stand."""
    shorter = min(len(gone), len(come))
    head = next((i for i in range(shorter) if gone[i] != come[i]), shorter)
    tail = next((i for i in range(shorter - head) if gone[-1 - i] != come[-1 - i]), shorter - head)
    return Repair(rule, at + head, gone[head : len(gone) - tail], come[head : len(come) - tail])


def load_rules() -> tuple[Rule, ...]:
    """Every rule in the folder, each after those that it must follow, and otherwise by name."""
    return _load_rules()


def describe_rules() -> tuple[RuleInfo, ...]:
    """What each rule does, in the order in which they run."""
    return tuple(RuleInfo(rule.name, rule.says, rule.fields, rule.changes, rule.leaves) for rule in load_rules())


@lru_cache(maxsize=1)
def _load_rules() -> tuple[Rule, ...]:
    names = sorted(module.name for module in iter_modules(folder.__path__))
    return ordered(tuple(_rule(name, import_module(f"{folder.__name__}.{name}")) for name in names))


def ordered(found: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """The rules in the order in which they run; an unknown name in AFTER is a ValueError, a circle a CycleError."""
    by_name = {rule.name: rule for rule in found}
    for rule in found:
        if unknown := sorted(set(rule.after) - by_name.keys()):
            raise ValueError(f"the rule {rule.name} must follow {unknown[0]}, and there is no such rule")
    sorter = TopologicalSorter({rule.name: rule.after for rule in found})
    sorter.prepare()
    order: list[str] = []
    ready: set[str] = set()
    while sorter.is_active():
        ready.update(sorter.get_ready())
        name = min(ready)
        ready.remove(name)
        order.append(name)
        sorter.done(name)
    return tuple(by_name[name] for name in order)


def _rule(name: str, module: ModuleType) -> Rule:
    missing = [
        wanted for wanted in ("__doc__", "FIELDS", "AFTER", "CHANGES", "LEAVES", "fix") if not _has(module, wanted)
    ]
    if missing:
        raise ValueError(f"the rule {name} lacks {missing[0]}")
    says = str(module.__doc__).partition("\n")[0]
    return Rule(name, says, module.FIELDS, module.AFTER, module.CHANGES, module.LEAVES, module.fix)


def _has(module: ModuleType, name: str) -> bool:
    return hasattr(module, name) if name == "FIELDS" else getattr(module, name, None) is not None


def _pieces(text: str) -> list[str]:
    """Words with the white space that follows them, and other signs one by one."""
    return re.findall(r"\w+\s?|\s|[^\w\s]", text)


def _letterwise(gone: str, come: str, at: int, rule: str) -> Iterator[Repair]:
    if len(gone) > COMPARED or len(come) > COMPARED:
        yield change_between(gone, come, rule, at)
        return
    for kind, a, b, c, d in SequenceMatcher(None, gone, come, autojunk=False).get_opcodes():
        if kind != "equal":
            yield Repair(rule, at + c, gone[a:b], come[c:d])
