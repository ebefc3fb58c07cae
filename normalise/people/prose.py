"""People in running text: name, role and initials in any order, read with spaCy's tokenizer and matchers.

The pipeline is spaCy's blank English one: no model, nothing learnt, the same answer every time. Initials in brackets,
names and roles are marked, each is merged to one token, and a small grammar says which of them belong together.
spaCy takes over a second to load: this module is imported only for text that can name people (`sentences.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import spacy
from spacy.language import Language
from spacy.matcher import Matcher, PhraseMatcher
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc, Span, Token
from spacy.util import filter_spans

from normalise.people.mention import Mention
from normalise.people.names import called, derived_initials, has_head, is_initials, is_name, may_give
from normalise.people.words import bare, folded, words

Found = tuple[int, int, Mention]


def people_in_prose(text: str) -> list[Found]:
    """Who a text says somebody is: where it says so (start and end in characters) and the mention, in reading order."""
    doc = _language()(text)
    _merge(doc, list(_marks(doc)))
    _merge(doc, list(_names(doc)))
    _merge(doc, list(_roles(doc)))
    taken = 0
    found: list[Found] = []
    for span in _preferred([doc[start:end] for _, start, end in _grammar()(doc)]):
        start, end = span.start, span.end
        mention = _mention(span) if start >= taken else None
        if mention is not None:
            taken = end
            found.append((span.start_char, span.end_char, mention))
    return found


def _preferred(spans: list[Span]) -> list[Span]:
    """The matches in the order to believe them: from left to right, the longest first.

    Who is said to be something (`The owner is Ada Lowe, Head of Play`) is what stands beside the name, if anything.
    """
    told = [span for span in spans if span[0].ent_type_ == "NAME" and not _links(span) and _holds_role(span)]
    beside = {_name_at(span) for span in told}
    kept = [span for span in spans if not (span[0].ent_type_ == "ROLE" and _links(span) and _name_at(span) in beside)]
    return sorted(kept, key=lambda span: (span.start, -span.end))


def _links(span: Span) -> bool:
    return any(token.lower_ in ("is", "was", "been") for token in span)


def _holds_role(span: Span) -> bool:
    return any(token.ent_type_ == "ROLE" for token in span)


def _name_at(span: Span) -> int:
    return next(int(token.i) for token in span if token.ent_type_ == "NAME")


@cache
def _language() -> Language:
    """Blank English, its tokenizer kept from cutting inside words: `Marsden-Pryce`, `D/Supt` and `’s` stay whole."""
    language = spacy.blank("en")
    language.tokenizer = Tokenizer(
        language.vocab,
        prefix_search=re.compile(r"""^[(\["'“‘]""").search,
        suffix_search=re.compile(r"""[)\]"'”’,.;:!?]$""").search,
        token_match=re.compile(r"^(?:[A-Z]|Dr|Mr|Mrs|Ms|Prof|St|Cllr|Supt|Insp|Sgt|Ch|Det|Rev|Hon)\.$").match,
    )
    return language


def _merge(doc: Doc, spans: list[tuple[int, int, str]]) -> None:
    """Each span (first token, token after the last, kind) as one token of that kind; the longest first, none twice."""
    kinds = {(start, end): kind for start, end, kind in spans}
    with doc.retokenize() as retokenizer:
        for span in filter_spans([Span(doc, start, end) for start, end, _ in spans]):
            retokenizer.merge(span, attrs={"ENT_TYPE": kinds[span.start, span.end]})


@cache
def _bracket_matcher() -> Matcher:
    matcher = Matcher(_language().vocab)
    matcher.add("MARK", [[{"ORTH": "("}, {"TEXT": {"REGEX": r"^[A-Z][\w'’.-]{1,8}$"}}, {"ORTH": ")"}]])
    return matcher


@cache
def _rank_matcher() -> PhraseMatcher:
    """Ranks and titles, as they stand before a name."""
    matcher = PhraseMatcher(_language().vocab, attr="LOWER")
    phrases = sorted(words().ranks | words().titles)
    matcher.add("RANK", list(_language().pipe([*phrases, *(f"{title}." for title in sorted(words().titles))])))
    return matcher


def _marks(doc: Doc) -> Iterator[tuple[int, int, str]]:
    """Short capitals in brackets, or straight after the name that gives them; the words beside say whose."""
    for _, start, end in _bracket_matcher()(doc):
        if is_initials(doc[start + 1].text):
            yield start, end, "MARK"
    for token in doc[2:]:
        if is_initials(token.text) and token.text in derived_initials(doc[token.i - 2 : token.i].text):
            yield token.i, token.i + 1, "MARK"


def _names(doc: Doc) -> Iterator[tuple[int, int, str]]:
    """Words that can be somebody's name, with the ranks and titles before them."""
    ranked = {end: start for _, start, end in sorted(_rank_matcher()(doc), key=lambda match: -match[1])}
    inside = {at for end, start in ranked.items() if _name_end(doc, end) is not None for at in range(start, end)}
    at = 0
    while at < len(doc):
        end = None if at in inside else _name_end(doc, at)
        if end is None:
            at += 1
            continue
        start = at
        while start in ranked and doc[ranked[start]].text[:1].isupper():
            start = ranked[start]
        if 0 < start < at and doc[start - 1].text[:1].isupper() and doc[start - 1].lower_ in words().rank_prefixes:
            start -= 1
        if _is_somebody(doc, start, at, end):
            yield start, end, "NAME"
        at = end


def _name_end(doc: Doc, at: int) -> int | None:
    """The token after the longest name that begins at `at`; one initial is no surname."""
    for end in range(min(len(doc), at + 5), at + 1, -1):
        tokens = [token.text for token in doc[at:end]]
        if any(token.is_punct for token in doc[at:end] if len(token.text) == 1) or not tokens[0][:1].isupper():
            continue
        if is_name(tokens) and not any(_is_small(token) for token in tokens) and len(tokens[-1].strip(".")) > 1:
            return end
    return None


def _is_small(token: str) -> bool:
    """A word of the language such as `When` or `Since`, at a sentence's beginning."""
    plain = folded(token)
    return bool(_language().vocab[plain].is_stop) and plain not in words().also_names | words().particles


def _is_somebody(doc: Doc, start: int, at: int, end: int) -> bool:
    """Whether a name-like run is a person, and no place or body: `Fenwick Cross Academy`, `in Upper Tarn`."""
    after = doc[end] if end < len(doc) else None
    before = doc[start - 1] if start else None
    marked = after is not None and after.ent_type_ == "MARK" and may_give(doc[at:end].text, after.text.strip("()"))
    if start < at or marked:
        return True
    if after is not None and after.text[:1].isupper() and not after.ent_type_ and not _begins_role(doc, end):
        return False
    return before is None or before.lower_ not in _PLACES


_PLACES = frozenset({"at", "in", "of", "near", "from", "across", "around"})


def _begins_role(doc: Doc, at: int) -> bool:
    end = _capital_run(doc, at)
    return has_head(doc[at:end].text)


def _roles(doc: Doc) -> Iterator[tuple[int, int, str]]:
    """Words for a post: capitals with small words between, or plain words after `our`, `the` or a name's comma."""
    at = 0
    while at < len(doc):
        end = at if _opens_nothing(doc[at]) else _capital_run(doc, at)
        if (end > at and (_is_role(doc[at:end]) or _is_portfolio(doc, at, end))) or (
            end == at and (end := _plain_role_end(doc, at)) > at
        ):
            yield at, end, "ROLE"
        at = max(end, at + 1)


def _opens_nothing(token: Token) -> bool:
    """Words that no role begins with: `The`, `Our`, and the body whose officer it is (`the Trust's`)."""
    plain = folded(token.text)
    return bool(token.is_stop) or (plain.endswith(("'s", "s'")) and plain not in words().cared_for)


def _is_portfolio(doc: Doc, start: int, end: int) -> bool:
    """What follows a name with a rank, between commas: `Superintendent Nia Prosser (NP), Public Protection, …`."""
    before = [token for token in doc[max(0, start - 3) : start] if token.ent_type_ != "MARK"]
    if len(before) < 2 or before[-1].text != "," or before[-2].ent_type_ != "NAME":
        return False
    person = called(before[-2].text)
    closed = end == len(doc) or doc[end].text in (",", ".", ";") or doc[end].ent_type_ == "MARK"
    return closed and person is not None and bool(person.prefix)


def _capital_run(doc: Doc, at: int) -> int:
    """The token after a run of capitalised words with `of`, `and`, `the` … inside; `at` itself where none begins."""
    end = at
    while end < len(doc):
        token = doc[end]
        if token.ent_type_ and not (end > at and token.text.strip("()") in words().acronyms):
            break
        if token.text[:1].isupper() or token.ent_type_ or (end > at and (token.text == "&" or token.text.isdigit())):
            end += 1
        elif end > at and (skipped := _small_words(doc, end)):
            end += skipped
        else:
            break
    while end > at and (doc[end - 1].ent_type_ or doc[end - 1].text == "&"):
        end -= 1
    return end


def _small_words(doc: Doc, at: int) -> int:
    """How many small words part one capital of a role from the next: 1 for `of`, 2 for `of the`; 0 if they don't."""
    for count in (1, 2, 3):
        small = [token.lower_ for token in doc[at : at + count]]
        if at + count < len(doc) and _SMALL.issuperset(small) and small not in (["the"], ["our"]):
            after = doc[at + count]
            if after.text[:1].isupper() and not after.ent_type_:
                return count
    return 0


_SMALL = frozenset({"of", "and", "the", "for", "to", "with", "in", "at", "&", "our"})


def _is_role(span: Span) -> bool:
    """Whether a run names one post: it holds the word for one, and not only in the plural."""
    return span[0].lower_ not in _SMALL and has_head(re.sub(r"\b\w+s\b", _singular, span.text))


def _singular(match: re.Match[str]) -> str:
    """Plural posts (`Team Managers`) blotted out; words that end in s by themselves kept."""
    plain = folded(match.group())
    return "" if plain[:-1] in words().heads and plain not in words().heads else match.group()


def _plain_role_end(doc: Doc, at: int) -> int:
    """The end of a post in small letters (`our head of youth justice`), where a name stands beside it."""
    before = doc[at - 1] if at else None
    if before is None or not (before.lower_ in _DETERMINERS or before.text in (",", "(", "–", "-")):
        return at
    end = at
    if doc[at].is_stop:
        return at
    while end < min(len(doc), at + 10) and not doc[end].ent_type_ and re.match(r"[\w&'’/-]+$", doc[end].text):
        token = doc[end]
        if token.lower_ in words().sentence or (token.is_stop and token.lower_ not in _SMALL):
            break
        if token.text[:1].isupper() and not has_head(doc[at:end].text):
            break
        end += 1
    while end > at and (doc[end - 1].lower_ in _SMALL or doc[end - 1].is_stop):
        end -= 1
    return end if has_head(doc[at:end].text) and _is_role(doc[at:end]) else at


_DETERMINERS = frozenset({"our", "the", "its", "a", "an", "their", "as", "is"})


@cache
def _grammar() -> Matcher:
    """Who belongs to what: each pattern holds one name, and at most one role and the initials."""
    name, role = {"ENT_TYPE": "NAME"}, {"ENT_TYPE": "ROLE"}
    mark = {"ENT_TYPE": "MARK", "OP": "?"}
    comma = {"ORTH": {"IN": [",", "–", "-", "—", ":"]}}
    maybe = {**comma, "OP": "?"}
    filler = sorted(_DETERMINERS | {"currently", "now", "also", "who", "was", "has", "been", "then", "being"})
    fill = {"LOWER": {"IN": filler}, "OP": "*"}
    verb = {"LOWER": {"IN": ["is", "as", "was", "being"]}}
    opening, closing = {"ORTH": "("}, {"ORTH": ")"}
    inner = {"TEXT": {"REGEX": r"^[A-Z][\w'’.-]{1,8}$"}, "ENT_TYPE": "", "OP": "?"}
    inner_comma = {"ORTH": {"IN": [",", ";", "–", "-"]}, "OP": "?"}
    matcher = Matcher(_language().vocab)
    matcher.add("name, role", [[name, mark, comma, fill, role, mark]])
    matcher.add("name (initials) the role", [[name, {"ENT_TYPE": "MARK"}, fill, role]])
    matcher.add("name who is role", [[name, mark, maybe, {"LOWER": "who", "OP": "?"}, maybe, verb, fill, role, mark]])
    matcher.add("name (role)", [[name, opening, fill, role, inner_comma, inner, closing]])
    matcher.add("name (initials, role)", [[name, opening, inner, inner_comma, role, closing]])
    matcher.add("role, name", [[role, mark, maybe, fill, name, mark]])
    matcher.add("role (name)", [[role, opening, name, inner_comma, inner, closing]])
    matcher.add("name (initials)", [[name, mark]])
    return matcher


def _mention(span: Span) -> Mention | None:
    """The person of a match; None for a bare name. Initials go to a name that gives them or stands beside."""
    name = next(token for token in span if token.ent_type_ == "NAME")
    person = called(name.text)
    if person is None:
        return None
    role = next((token.text for token in span if token.ent_type_ == "ROLE"), None)
    initials: list[str] = []
    for token in span:
        mark = token.text.strip("().")
        bracketed = token.ent_type_ == "MARK"
        if not (bracketed or (not token.ent_type_ and is_initials(mark))):
            continue
        beside = token.i > span.start and token.nbor(-1).ent_type_ == "NAME"
        if may_give(person.name, mark):
            initials.append(mark)
        elif beside and role is None and _is_short_post(mark):
            role = mark
        elif beside and role is not None and mark not in words().acronyms:
            initials.append(mark)
        elif bracketed and role is not None and not beside and token.i > name.i:
            role = f"{role} {token.text}"
    said = ", ".join(part for part in (person.prefix, role) if part) or None
    if said is None and (not initials or _may_be_place(person.name)):
        return None
    return Mention(person.name, said, tuple(dict.fromkeys(initials)))


def _may_be_place(name: str) -> bool:
    tokens = folded(name).split()
    return tokens[-1] in words().places or tokens[0].strip(".") in ("st", "saint", "upper", "lower", "great", "little")


def _is_short_post(mark: str) -> bool:
    """Whether capitals are a post in short: `COO`."""
    return any(has_head(full) for full in words().abbreviations.get(bare(mark), ()))
