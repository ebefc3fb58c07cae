"""What a resources cell says: one amount in pounds where it states exactly one, else what kind of words it holds."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal

from normalise.model import Flag, Resources

_SCALES = {
    "k": 1_000,
    "thousand": 1_000,
    "m": 1_000_000,
    "mn": 1_000_000,
    "million": 1_000_000,
    "bn": 1_000_000_000,
    "billion": 1_000_000_000,
}
_SCALE = r"(?:\s?(?P<scale>k|mn?|bn|thousand|million|billion)(?![a-z]))?"
_NUMBER = r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_POUNDS = re.compile(
    rf"(?:£|\bGBP)\s?{_NUMBER}(?![\d])(?!,\d){_SCALE}|{_NUMBER.replace('number', 'plain')}"
    rf"{_SCALE.replace('scale', 'size')}\s?GBP\b",
    re.IGNORECASE,
)
#: A number without its pound sign that is money all the same beside another amount: 20k, 1,100.
_BARE = re.compile(r"(?<![\w.,£])(?:\d+(?:\.\d+)?\s?[km]\b|\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d))", re.IGNORECASE)
_RANGE_END = re.compile(r"\s*(?:-|–|—|to|/)\s*£?\d", re.IGNORECASE)
#: Digits that an amount should not have beside it: £1 2,500 and £18, 600 are broken, -£5k could be a saving.
_BROKEN_AFTER = re.compile(
    r"[.,]?\s+\d{3}(?!\d)|[.,]?\s+\d{1,3},\d{3}(?!\d)|[.,]?\d|(?!p\.?[amw]\b)[a-z]", re.IGNORECASE
)
_MINUS_BEFORE = re.compile(r"[-–—−]$")
_TIMES = re.compile(r"\d\s*[x×*@]|(?<!appro)(?<!\bma)[x×*@]\s*[£\d]|\bat\s+£|\d\s*[-–—]\s*£", re.IGNORECASE)
_TBC = re.compile(r"\W*(?:tb[cad]|to\s+be\s+(?:confirmed|agreed|determined|advised|decided|costed))\b", re.IGNORECASE)
_NONE = re.compile(
    r"\W*(?:n\s?/\s?a|n\.a\.|£?nil|none|not\s+applicable|(?:nil|no|zero)(?:\s+additional|\s+extra|\s+direct)?"
    r"\s+(?:costs?|resources?|budget|funding)|none\s+required|none\s+needed)(?:\s+required|\s+needed)?\W*",
    re.IGNORECASE,
)
#: No body spends more than this; more digits are another number, or several run together.
_MOST = 10**15
_WHOLE_NUMBER = re.compile(rf"{_NUMBER}{_SCALE}", re.IGNORECASE)
#: A point before just three digits: a decimal point, or the thousands point of other countries (or a misread comma).
_POINT_OR_COMMA = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_THOUSANDS = re.compile(r"£\s?(?:k\b|['’,]?\s?000)", re.IGNORECASE)

Kind = Literal["tbc", "none", "text", "blank"]
Read = tuple[Resources, tuple[Flag, ...]]


def read_resources(text: str, header: str = "") -> Read:
    """The resources of a row from its cell's repaired text; `header`: the column's, which may name the unit.

    The amount is in pounds, an int where it is whole. A number without a pound sign is an amount only under a header
    that has one (`Budget (£)`, `Cost £000`); elsewhere it is text, with a warning.

    >>> read_resources("approx. £7,500 p.a.")[0]
    Resources(text='approx. £7,500 p.a.', kind='amount', amount=7500, currency='GBP', qualifier='approx. p.a.')
    >>> read_resources("£15k–£20k")[0].kind
    'text'
    """
    words = text.strip()
    amounts = list(_POUNDS.finditer(words))
    if len(amounts) == 1:
        return _single(text, words, amounts[0])
    if not amounts and (number := _WHOLE_NUMBER.fullmatch(words)):
        return _number(text, number, header)
    if not amounts and "£" in words and any(character.isdigit() for character in words):
        return _words(text, "text", _flag("amount-unread", f"'{words}' has a pound sign, but no amount is certain."))
    if not words:
        return _words(text, "blank")
    if not amounts and _NONE.fullmatch(words):
        return _words(text, "none")
    if not words.strip("-–—−"):
        return _words(text, "none")
    return _words(text, "tbc" if not amounts and _TBC.match(words) else "text")


def _single(text: str, words: str, found: re.Match[str]) -> Read:
    """One amount with its pound sign, unless what stands beside it makes it part of a range or a sum."""
    before, after = words[: found.start()], words[found.end() :]
    if _RANGE_END.match(after) or _TIMES.search(words):
        return _words(text, "text")
    if _BROKEN_AFTER.match(after) or _MINUS_BEFORE.search(before):
        return _words(text, "text", _flag("amount-unread", f"'{words}' has a pound sign, but no amount is certain."))
    if _BARE.search(before) or _BARE.search(after):
        return _words(text, "text")
    number, scale = found["number"] or found["plain"], found["scale"] or found["size"]
    if _POINT_OR_COMMA.fullmatch(number) and not scale:
        return _words(text, "text", _point_or_comma(words, number))
    amount = _pounds(number, scale)
    if amount > _MOST:
        return _words(text, "text", _flag("amount-unread", f"'{words}' is more than any amount can be."))
    return Resources(text, "amount", amount, "GBP", _qualifier(before, after)), ()


def _number(text: str, found: re.Match[str], header: str) -> Read:
    """A bare number: pounds where the column's header says so."""
    unit = 1_000 if _THOUSANDS.search(header) and not found["scale"] else 1
    amount = _pounds(found["number"], found["scale"], unit)
    if amount > _MOST:
        return _words(text, "text")
    if _POINT_OR_COMMA.fullmatch(found["number"]) and not found["scale"]:
        code = "amount-unread" if "£" in header else "amount-without-currency"
        return _words(text, "text", _point_or_comma(text.strip(), found["number"], unit, code))
    if "£" in header:
        return Resources(text, "amount", amount, "GBP"), ()
    if not found["scale"] and "," not in found["number"] and amount < 100:
        return _words(text, "text")
    message = f"'{text.strip()}' has no pound sign; it is kept as text."
    return _words(text, "text", _flag("amount-without-currency", message, str(amount)))


def _point_or_comma(words: str, number: str, unit: int = 1, code: str = "amount-unread") -> Flag:
    message = f"The point in '{words}' can be a decimal point or part thousands; it is kept as text."
    either = (_pounds(number, None, unit), _pounds(number.replace(".", ""), None, unit))
    return _flag(code, message, *(str(amount) for amount in either))


def _pounds(number: str, scale: str | None, unit: int = 1) -> int | float:
    value = (
        Decimal(number.replace(",", "")) * _SCALES[scale.lower() if scale else "k"]
        if scale
        else Decimal(number.replace(",", ""))
    )
    value *= unit
    return int(value) if value == value.to_integral_value() else float(value)


def _qualifier(before: str, after: str) -> str | None:
    """The words around the amount, in printed order, without the punctuation that parts them from it."""
    before, after = _unbracketed(before, after)
    parts = [" ".join(part.strip(" \t\n:;,–—-•").split()) for part in (before, after)]
    parts = [part[1:-1].strip() if part.startswith("(") and part.endswith(")") else part for part in parts]
    return " ".join(part for part in parts if part.strip("().")) or None


def _unbracketed(before: str, after: str) -> tuple[str, str]:
    """Both without the brackets that open before the amount and close after it: TBC (c. £40k) is TBC c."""
    for at in range(len(before) - 1, -1, -1):
        if before[at] == "(" and ")" not in before[at:]:
            close = next((each.start() for each in re.finditer(r"\)", after) if "(" not in after[: each.start()]), None)
            if close is not None:
                before, after = before[:at] + before[at + 1 :], after[:close] + after[close + 1 :]
    return before, after


def _words(text: str, kind: Kind, *flags: Flag) -> Read:
    return Resources(text, kind), flags


def _flag(code: str, message: str, *candidates: str) -> Flag:
    return Flag(code, "reading", "warning", message, candidates)
