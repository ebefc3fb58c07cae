"""A Diff as Markdown: whole, and such that a document's text is never taken for markup."""

import html
import re

import pytest
from diff_builder import VISITS, a_change, a_diff, no_diff
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from msgspec.structs import replace
from renderings import kept

from compare.model import FieldChange, Run
from export.diff.as_markdown import escaped, render
from export.plain_text import plain

READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def test_the_whole_of_a_diff() -> None:
    text = render(a_diff())
    assert text == kept("diff.md", text)


def test_no_difference_is_said_to_be_none() -> None:
    assert render(no_diff()).endswith("1 row before, 1 now; 1 without any change.\n\nNo differences in the document.\n")


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert(1)) ![b](c)",
        "# no heading",
        "- no list",
        "+ no list",
        "1. no list",
        "12) no list",
        "> no quotation",
        "--- ***",
        "===",
        "a | b | c",
        "`code` ~~struck~~ **bold** _slanted_ ~one~",
        "&lt; &copy; A&E",
        "https://example.org www.example.org <https://example.org>",
        "back\\slash \\* \\",
        "$x$ a^b",
        "[x]: /url",
        "    indented",
        "1.1 is a ref",
    ],
)
def test_what_looks_like_markup_is_shown_as_it_is(text: str) -> None:
    assert READER.render(escaped(text)) == f"<p>{html.escape(text.strip(), quote=False)}</p>\n".replace('"', "&quot;")


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_any_text_is_shown_as_it_is(text: str) -> None:
    text = " ".join(plain(text).split()).strip()
    shown = READER.render(f"x {escaped(text)}")
    assert html.unescape(re.sub(r"^<p>(.*)</p>\n$", r"\1", shown)) == f"x {text}".strip()


def test_a_report_holds_no_markup_of_a_document() -> None:
    evil = "<script>alert(1)</script> | **x**\n# y"
    words = (
        Run("old", ("<script>alert(1)</script>", "|", "**x**\n", "#", "y")),
        Run("new", ("<b>", "*z*")),
        Run("same", ("_w_",)),
    )
    row = replace(VISITS, action=evil, ref="<i>1</i>", section_title=evil, leads=(evil,))
    change = a_change("changed", row, row, FieldChange("progress", evil, evil, words=words), doubts=(evil,))
    shown = READER.render(render(a_diff(changes=(change,))))
    assert set(re.findall(r"<(\w+)", shown)) <= {
        *("h1", "h2", "h3", "p", "ul", "li", "strong", "s", "br", "code"),
        *("table", "thead", "tbody", "tr", "th", "td"),
    }
    assert re.findall(r"<s>(.*?)</s>", shown, re.DOTALL) == ["&lt;script&gt;alert(1)&lt;/script&gt; | **x** ¶ # y"]


def test_words_that_went_are_struck_and_those_that_came_are_bold() -> None:
    shown = READER.render(render(a_diff()))
    assert "<p>In <s>hand</s> <strong>hand, nearly</strong> on time.<br />\nFirst visits made</p>" in shown
