"""plan.json written and read: the round trip, the bytes, and what is said of JSON that is no plan."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from plan_builder import a_plan, an_action

from export.plan_json import NotAPlan, from_json, to_bytes, to_data, to_json
from extract.model import PageBox, PartParagraph, TableCell, TextCell
from normalise.model import CellRecord, Plan, Repair, Resources

KEYS = (
    "schema_version plan source tool people columns sections actions findings "
    "paragraphs tables furniture unplaced ledger"
)
ACTION_KEYS = (
    "id ref section group action measure impact progress start end leads resources status status_basis rag status_text "
    "extra cells needs_review"
)


def test_keys_stand_in_the_order_of_the_contract() -> None:
    data = json.loads(to_json(a_plan()))
    assert " ".join(data) == KEYS
    assert " ".join(data["actions"][0]) == ACTION_KEYS
    assert list(data["people"][0]) == ["id", "name", "role", "initials", "origins"]
    assert list(data["sections"][0])[:6] == ["id", "number", "title", "outcomes", "groups", "origins"]
    assert list(data["actions"][0]["end"][0]) == [
        *("text", "kind", "edtf", "earliest", "latest", "label", "inferred", "superseded")
    ]
    assert list(data["findings"][0]) == [
        *("id", "code", "about", "severity", "action", "ref", "field", "message", "candidates", "origins")
    ]


def test_the_text_is_utf_8_with_an_indent_of_two_and_a_final_newline() -> None:
    text = to_json(a_plan())
    assert text.startswith('{\n  "schema_version": "1.1",\n  "plan": {\n    "title": "Improvement plan",\n')
    assert text.endswith("\n}\n")
    assert "In hand — “on time”" in text


ORIGINS = [
    (PageBox(2, (36.04, 90.0, 144.46, -0.0)), {"page": 2, "box": [36.0, 90.0, 144.5, 0.0]}),
    (TextCell(7, 2), {"line": 7, "cell": 2}),
    (TableCell(1, 4, 3), {"table": 1, "row": 4, "cell": 3}),
    (PartParagraph("header1", 2), {"part": "header1", "paragraph": 2}),
]


@pytest.mark.parametrize("origin, data", ORIGINS)
def test_an_origin_has_its_own_keys_and_no_others(origin, data) -> None:
    assert json.dumps(to_data(origin)) == json.dumps(data)


@pytest.mark.parametrize("amount, printed", [(46000, "46000"), (46000.0, "46000"), (12.5, "12.5"), (None, "null")])
def test_an_amount_is_a_whole_number_where_it_is_one(amount, printed) -> None:
    resources = Resources("£46k", "amount", amount, "GBP")
    assert f'"amount": {printed},' in to_json(a_plan(actions=(an_action(resources=resources),)))


def test_objects_whose_keys_are_data_are_objects() -> None:
    action = an_action(extra=(("Source", "Ofsted"),), cells=(("extra.Source", CellRecord("Ofsted", (), ())),))
    data = json.loads(to_json(a_plan(actions=(action,))))["actions"][0]
    assert data["extra"] == {"Source": "Ofsted"}
    assert data["cells"] == {"extra.Source": {"raw": "Ofsted", "repairs": [], "origins": []}}


def test_half_of_a_surrogate_pair_is_escaped_and_comes_back() -> None:
    plan = a_plan(actions=(an_action(action="Agree \ud83d all"),))
    to_json(plan).encode("utf-8")
    assert from_json(to_json(plan)) == plan


def test_who_corrected_a_cell_is_written_where_somebody_did_and_nowhere_else() -> None:
    by_rule, by_hand = Repair("spaces", 0, " ", ""), Repair("correction", 1, "x", "", "R. Okafor", "2024-11-25")
    assert to_data(by_rule) == {"rule": "spaces", "at": 0, "before": " ", "after": ""}
    assert list(to_data(by_hand).items())[4:] == [("author", "R. Okafor"), ("date", "2024-11-25")]
    assert to_data(replace(by_hand, note="Rang them."))["note"] == "Rang them."


texts = st.text(max_size=12)
origins = st.lists(
    st.one_of(
        st.builds(PageBox, st.integers(1, 99), st.tuples(*[st.integers(-9999, 9999).map(lambda n: n / 10)] * 4)),
        st.builds(TextCell, st.integers(1, 99), st.integers(1, 99)),
        st.builds(TableCell, st.integers(1, 99), st.integers(1, 99), st.integers(1, 99)),
        st.builds(PartParagraph, texts, st.integers(1, 99)),
    ),
    max_size=3,
).map(tuple)
records = st.builds(
    CellRecord,
    texts,
    st.lists(st.builds(Repair, texts, st.integers(0, 9), *[texts] * 2, *[st.none() | texts] * 3), max_size=2).map(
        tuple
    ),
    origins,
)
actions = st.builds(
    an_action,
    action=texts,
    ref=st.none() | texts,
    resources=st.builds(
        Resources, texts, st.just("amount"), st.integers() | st.integers().map(lambda pence: pence / 100)
    ),
    extra=st.dictionaries(texts, texts, max_size=2).map(lambda pairs: tuple(pairs.items())),
    cells=st.dictionaries(texts, records, max_size=3).map(lambda pairs: tuple(pairs.items())),
    needs_review=st.booleans(),
)


@settings(max_examples=60, deadline=None)
@given(st.builds(a_plan, actions=st.lists(actions, max_size=3).map(tuple)))
def test_the_bytes_are_those_of_the_whole_data_at_once(plan: Plan) -> None:
    """The pieces that the file is written in, and the fast encoder, are not seen in it."""
    assert to_bytes(plan) == (json.dumps(to_data(plan), ensure_ascii=False, indent=2) + "\n").encode()


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_a_number_that_json_has_not_is_refused(number: float) -> None:
    with pytest.raises(ValueError, match="is no number that JSON can hold"):
        to_data(Resources("£1", "budget", number))


@settings(max_examples=60)
@given(st.builds(a_plan, actions=st.lists(actions, max_size=3).map(tuple)))
def test_a_plan_comes_back_as_it_was_and_gives_the_same_bytes(plan: Plan) -> None:
    text = to_json(plan)
    assert from_json(text) == plan
    assert to_json(from_json(text)) == text


def test_keys_and_values_of_a_later_minor_version_do_not_stop_a_reader() -> None:
    data = json.loads(to_json(a_plan()))
    data |= {"schema_version": "1.7", "novelty": []}
    data["findings"][0] |= {"severity": "fatal", "author": "nobody"}
    read = from_json(json.dumps(data))
    assert replace(read, schema_version="1.1", findings=()) == a_plan(findings=())
    assert read.findings[0].severity == "fatal"


def changed(path: str, value: object) -> str:
    """The small plan's JSON with one value changed; `path` is keys and indexes, `value` ... removes the key."""
    data = json.loads(to_json(a_plan()))
    *steps, last = [int(step) if step.isdigit() else step for step in path.split("/")]
    place = data
    for step in steps:
        place = place[step]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return json.dumps(data)


AGAIN = "Extract the plan again from its source"
REFUSED = [
    ("{", "it is not JSON (Expecting property name enclosed in double quotes: line 1 column 2 (char 1))"),
    ("[]", "it is no plan.json: it has no schema_version"),
    ('{"plan": {}}', "it is no plan.json: it has no schema_version"),
    (changed("schema_version", "2.0"), "its schema_version is 2.0, and this version of actionplan reads 1.1"),
    (changed("ledger", ...), "ledger is missing"),
    (changed("ledger/placed", "9"), "ledger.placed should be a whole number"),
    (changed("ledger/placed", True), "ledger.placed should be a whole number"),
    (changed("plan", []), "plan should be an object"),
    (changed("actions", {}), "actions should be a list"),
    (changed("actions/0/action", None), "actions[0].action should be text"),
    (changed("actions/0/needs_review", 1), "actions[0].needs_review should be true or false"),
    (changed("actions/0/cells", []), "actions[0].cells should be an object"),
    (changed("actions/0/resources/amount", "9"), "actions[0].resources.amount should be a number"),
    (
        changed("people/0/origins/0", {"sheet": 1}),
        "people[0].origins[0] should be an origin ({page, box}, {line, cell}, … )",
    ),
    (changed("people/0/origins/0/box", [1, 2, 3]), "people[0].origins[0].box should have 4 values"),
]


@pytest.mark.parametrize("text, cause", REFUSED, ids=[cause for _, cause in REFUSED])
def test_json_that_is_no_plan_is_refused_by_the_place_that_is_wrong(text: str, cause: str) -> None:
    with pytest.raises(NotAPlan) as refused:
        from_json(text, "old.json")
    assert str(refused.value) == f"Cannot read 'old.json': {cause}. {AGAIN}"


def test_json_too_deep_to_read_is_refused() -> None:
    with pytest.raises(NotAPlan, match="it is not JSON"):
        from_json("[" * 100_000)
