"""The repairs: what each rule changes and leaves alone, and the laws that hold for any text."""

from __future__ import annotations

import doctest
import json
import re
import unicodedata
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from normalise import lexicon
from normalise import repairs as repairs_module
from normalise.evidence import Evidence
from normalise.model import Person, Repair
from normalise.repairs import (
    EXAMPLE,
    ReplayError,
    Rule,
    changes,
    describe_rules,
    load_rules,
    ordered,
    repair,
    replay,
)
from normalise.rules import look_alikes
from normalise.rules.look_alikes import LIKE_LATIN, latin_key

CASES = Path(__file__).parent / "cases"
FIELDS = ("ref", "action", "start", "end", "lead", "resources", "measure", "status", "extra.Notes", "group")


def cases(name: str) -> list[Any]:
    return [pytest.param(case, id=case["label"]) for case in json.loads((CASES / name).read_text("utf-8"))]


def evidence_of(case: dict[str, Any]) -> Evidence:
    """`people` of a case are names, each with its initials behind it where the case needs them."""
    people = []
    for entry in case.get("people", ()):
        *names, last = entry.split()
        initials = (last,) if last.isupper() else ()
        name = " ".join(names) if initials else entry
        people.append(Person(name.lower().replace(" ", "-"), name, None, initials))
    return Evidence(words=frozenset(case.get("words", ())), people=tuple(people))


@pytest.mark.parametrize("case", cases("repairs.json"))
def test_what_extraction_broke_is_mended(case: dict[str, Any]) -> None:
    text, repairs = repair(case["raw"], evidence_of(case), case["field"])
    assert text == case["text"]
    assert replay(case["raw"], repairs) == text


@pytest.mark.parametrize("case", cases("repairs_left_alone.json"))
def test_what_the_body_wrote_is_left_alone(case: dict[str, Any]) -> None:
    assert repair(case["raw"], evidence_of(case), case["field"]) == (case["raw"], ())


@pytest.mark.xfail(strict=True, reason="known failures: each says what is still read wrong")
@pytest.mark.parametrize("case", cases("repairs_known_failures.json"))
def test_known_failures(case: dict[str, Any]) -> None:
    assert repair(case["raw"], evidence_of(case), case["field"])[0] == case["text"]


@pytest.mark.parametrize("rule", load_rules(), ids=lambda rule: rule.name)
def test_each_rule_does_what_its_examples_say(rule: Rule) -> None:
    before, after = rule.changes
    assert rule.fix(before, EXAMPLE) == after != before
    assert rule.fix(rule.leaves, EXAMPLE) == rule.leaves
    assert rule.says.endswith(".")


def test_the_rules_run_in_this_order() -> None:
    assert [info.name for info in describe_rules()] == [
        "ligatures",
        "ocr_close_calls",
        "spaces",
        "broken_amounts",
        "broken_amount_cells",
        "look_alikes",
        "broken_names",
        "ref_parts",
        "soft_hyphens",
        "split_brackets",
        "stray_bullets",
        "broken_words",
        "broken_dates",
        "hyphens_at_wraps",
        "broken_codes",
        "split_ordinals",
        "broken_date_cells",
    ]


def test_a_rule_that_follows_an_unknown_one_is_an_error() -> None:
    rule = Rule("a", "A.", None, ("b",), ("", ""), "", lambda text, evidence: text)
    with pytest.raises(ValueError, match=r"^the rule a must follow b, and there is no such rule$"):
        ordered((rule,))


def test_the_record_is_the_smallest_span_in_the_text_as_it_then_stands() -> None:
    text, repairs = repair("Corpor ate\u00a0oversi ght by 8 th Sept, ТВС", Evidence(), "progress")
    assert text == "Corporate oversight by 8th Sept, TBC"
    assert repairs == (
        Repair("spaces", 10, "\u00a0", " "),
        Repair("look_alikes", 36, "ТВС", "TBC"),
        Repair("broken_words", 6, " ", ""),
        Repair("broken_words", 16, " ", ""),
        Repair("split_ordinals", 24, " ", ""),
    )


def test_a_change_too_long_to_compare_is_one_record() -> None:
    before = "a " * 3000
    assert list(changes("x" + before, "y" + before, "rule")) == [Repair("rule", 0, "x", "y")]


@pytest.mark.parametrize(
    "record", [Repair("r", 0, "b", ""), Repair("r", 3, "", "x"), Repair("r", -1, "", "x"), Repair("r", 1, "bc", "")]
)
def test_a_record_that_does_not_fit_is_an_error(record: Repair) -> None:
    with pytest.raises(ReplayError, match=f"^r: '{record.before}' does not stand at {record.at}$"):
        replay("ab", (record,))


def test_nothing_is_done_to_look_alikes_in_a_document_of_their_script() -> None:
    assert repair("ТВС и КРІ", Evidence(script="CYRILLIC"), "action") == ("ТВС и КРІ", ())


@pytest.mark.parametrize("printed", ["КРI", "kpi", "KPI", "крі"])
def test_keys_are_the_same_however_a_header_is_spelt(printed: str) -> None:
    assert latin_key(printed) == "kpi"


def test_the_documentation_lists_every_rule() -> None:
    listing = Path(__file__).parents[1] / "docs" / "repairs.md"
    if not listing.exists():
        listing.write_text(documented(), "utf-8")
        pytest.fail("docs/repairs.md was missing and is written: review it, then commit it")
    assert listing.read_text("utf-8") == documented()


def documented() -> str:
    """The page of the rules, in the order in which they run."""
    text = "# Repairs\n\nEvery rule that may change a cell's text, in the order in which they run. "
    text += "Each change is on record in `cells.<field>.repairs`.\n"
    for info in describe_rules():
        fields = "every field" if info.fields is None else ", ".join(f"`{field}`" for field in sorted(info.fields))
        before, after = info.changes
        text += f"\n## {info.name}\n\n{info.says}\n\n- Reads: {fields}\n- Changes: {shown(before)} to {shown(after)}\n"
        text += f"- Leaves alone: {shown(info.leaves)}\n"
    return text


def shown(text: str) -> str:
    """An example in one line, with the signs that print nothing or look like another spelt out."""
    signs = (letter if letter.isprintable() and letter != "\n" else f"<U+{ord(letter):04X}>" for letter in text)
    return f"`{''.join(signs)}`"


@pytest.mark.parametrize("module", [lexicon, repairs_module, look_alikes], ids=lambda module: module.__name__)
def test_the_examples_in_docstrings_run(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0


#: Letters, signs and breaks that the rules look for, so that chance texts meet them.
SIGNS = (
    " ",
    " ",
    " ",
    "\n",
    "\u00a0",
    "\u00ad",
    "\u200b",
    "•",
    "\uf0b7",
    "· ",
    "-",
    "- ",
    "/",
    ".",
    ", ",
    "£",
    "’",
    "’s",
)
DATES = ("1", "20", "201", "9", "st", "th", "Jul", "Sept", "31/0", "TB", "C", "N/", "A", "k", "p.a.", "(", ")")
WORDS = ("progra", "mme", "in", "form", "ation", "a", "e", "over", "sight", "co", "ordinator", "RESOU", "RCES", "ﬁ")
NAMES = ("ТВС", "сомі", "Ж", "α", "Ada", "Lowe-", "Hart", "Lo", "we", "AL-", "H")
BROKEN = st.lists(st.sampled_from((*SIGNS, *DATES, *WORDS, *NAMES)), max_size=25).map("".join)
TEXTS = st.one_of(BROKEN, st.text(max_size=60))


@given(raw=TEXTS, field=st.sampled_from(FIELDS))
def test_the_record_replayed_gives_the_text(raw: str, field: str) -> None:
    text, repairs = repair(raw, EXAMPLE, field)
    assert replay(raw, repairs) == text
    assert all(record.before != record.after for record in repairs)


@given(raw=TEXTS, field=st.sampled_from(FIELDS))
def test_a_second_run_changes_nothing(raw: str, field: str) -> None:
    text, _ = repair(raw, EXAMPLE, field)
    assert repair(text, EXAMPLE, field) == (text, ())


@given(raw=TEXTS, field=st.sampled_from(FIELDS))
def test_no_letter_or_digit_is_dropped_added_or_moved(raw: str, field: str) -> None:
    assert said(repair(raw, EXAMPLE, field)[0]) == said(raw)


@given(before=st.text(alphabet="ab \n-", max_size=30), after=st.text(alphabet="ab \n-", max_size=30))
def test_any_change_can_be_replayed(before: str, after: str) -> None:
    assert replay(before, tuple(changes(before, after, "rule"))) == after


@given(raw=BROKEN)
def test_each_rule_alone_only_moves_what_is_no_letter(raw: str) -> None:
    for rule in load_rules():
        fixed = rule.fix(raw, EXAMPLE)
        assert Counter(said(fixed)) == Counter(said(raw)), rule.name


@pytest.mark.parametrize(
    "piece", ["a ", "a\u00ad", "•", "• ", "£1,00 0", "(", "a-", "- ", "1 ", "’", "a", "a’", " ", "ТВС "]
)
def test_a_cell_of_any_length_is_repaired(piece: str) -> None:
    raw = piece * 10_000
    text, repairs = repair(raw, EXAMPLE, "end")
    assert replay(raw, repairs) == text


def said(text: str) -> str:
    """The letters and digits of a text, ligatures spelt out, look-alikes as the Latin letters they look like.

    A private sign is no letter, and no more is an `o` on its own, which may be a bullet.
    """
    assume(not re.search(r"\bo\s", text))
    letters = unicodedata.normalize("NFKC", "".join(LIKE_LATIN.get(letter, letter) for letter in text))
    return "".join(letter.casefold() for letter in letters if unicodedata.category(letter)[0] in "LN")
