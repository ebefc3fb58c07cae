"""One amount, or words: what a resources cell says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalise.model import Flag, Resources
from normalise.money import read_resources

CASES = json.loads((Path(__file__).parent / "cases" / "money.json").read_text(encoding="utf-8"))
PIECES = ("£", "46k", "18,600", "1.5", "m", " ", "p.a.", "approx.", "–", "TBC", "N/A", "(", ")", "and", "x", "000")


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['label']}: {case['text']!r}")
def test_a_cell(case: dict) -> None:
    resources, flags = read_resources(case["text"])
    currency = "GBP" if case["kind"] == "amount" else None
    assert resources == Resources(case["text"], case["kind"], case["amount"], currency, case["qualifier"])
    assert [[flag.code, list(flag.candidates)] for flag in flags] == case["flags"]
    assert {(flag.about, flag.severity) for flag in flags} <= {("reading", "warning")}


@pytest.mark.parametrize(
    "text, header, amount",
    [
        ("25", "Budget (£000)", 25000),
        ("25", "Cost £k", 25000),
        ("1,350", "Cost (£)", 1350),
        ("£46k", "Cost £000", 46000),
        ("46k", "Cost £000", 46000),
        ("12", "Budget £", 12),
    ],
)
def test_the_header_may_name_the_unit(text: str, header: str, amount: int) -> None:
    assert read_resources(text, header) == (Resources(text, "amount", amount, "GBP"), ())


def test_the_warning_is_a_sentence() -> None:
    message = "'25,000' has no pound sign; it is kept as text."
    flag = Flag("amount-without-currency", "reading", "warning", message, ("25000",))
    assert read_resources("25,000")[1] == (flag,)


@pytest.mark.parametrize("header, amounts", [("Budget (£)", ("10", "10000")), ("Cost £000", ("10000", "10000000"))])
def test_a_point_before_three_digits_is_in_doubt_under_any_header(header: str, amounts: tuple[str, ...]) -> None:
    message = "The point in '10.000' can be a decimal point or part thousands; it is kept as text."
    flag = Flag("amount-unread", "reading", "warning", message, amounts)
    assert read_resources("10.000", header) == (Resources("10.000", "text"), (flag,))


@given(st.one_of(st.text(max_size=40), st.lists(st.sampled_from(PIECES), max_size=8).map("".join)))
def test_an_amount_has_its_currency_and_the_text_stays(text: str) -> None:
    resources, _ = read_resources(text)
    assert resources.text == text
    assert (resources.kind == "amount") == (resources.amount is not None) == (resources.currency == "GBP")
    assert (resources.kind == "blank") == (not text.strip())


@given(st.integers(min_value=0, max_value=10**9))
def test_a_whole_amount_is_read_as_printed(amount: int) -> None:
    assert read_resources(f"£{amount:,}")[0] == Resources(f"£{amount:,}", "amount", amount, "GBP")
