"""extract.word, the law: every character that a Word file prints is in exactly one line, whatever wraps it."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from word_files import document, p, r, tbl, tc, tr

DELETED = re.compile(r"<w:(del|moveFrom)>.*?</w:\1>")
PRINTED = re.compile(r'<w:t xml:space="preserve">([^<]*)</w:t>')

words = st.text(alphabet="ab £", min_size=1, max_size=6)
looks = st.sampled_from(["", "<w:b/>", "<w:strike/>", "<w:vanish/>", "<w:strike/><w:vanish/>"])
runs = st.builds(r, words, looks)
WRAPS = (
    "{}",
    "<w:ins>{}</w:ins>",
    "<w:del>{}</w:del>",
    "<w:moveFrom>{}</w:moveFrom>",
    "<w:moveTo>{}</w:moveTo>",
    "<w:hyperlink>{}</w:hyperlink>",
    "<w:fldSimple>{}</w:fldSimple>",
    "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>",
    "<w:smartTag><w:customXml>{}</w:customXml></w:smartTag>",
    "<mc:AlternateContent><mc:Choice>{}</mc:Choice></mc:AlternateContent>",
    "<w:r><w:br/></w:r>{}",
)
wrapped = st.builds(str.format, st.sampled_from(WRAPS), st.lists(runs, max_size=3).map("".join))
MARKS = ("", "<w:rPr><w:del/></w:rPr>", "<w:rPr><w:vanish/></w:rPr>", '<w:outlineLvl w:val="0"/>')
paragraphs = st.builds(
    lambda inner, mark: p(*inner, properties=mark), st.lists(wrapped, max_size=3), st.sampled_from(MARKS)
)
GRIDS = ("", '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:hMerge w:val="continue"/>')


def boxed(inner: list[str]) -> str:
    return p(f"<w:r><w:pict><v:textbox><w:txbxContent>{''.join(inner)}</w:txbxContent></v:textbox></w:pict></w:r>")


def nested(blocks: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    content = st.lists(blocks, max_size=2)
    cells = st.builds(lambda inner, grid: tc(*inner, properties=grid), content, st.sampled_from(GRIDS))
    rows = st.builds(lambda inner, kind: tr(*inner, properties=kind), st.lists(cells, max_size=3), ROW_KINDS)
    return st.one_of(
        st.lists(rows, max_size=3).map(lambda inner: tbl(*inner)),
        content.map(boxed),
        content.map(lambda inner: f"<w:sdt><w:sdtContent>{''.join(inner)}</w:sdtContent></w:sdt>"),
    )


ROW_KINDS = st.sampled_from(["", "<w:ins/>", "<w:hidden/>", "<w:tblHeader/>"])
bodies = st.lists(st.recursive(paragraphs, nested, max_leaves=8), max_size=4).map("".join)


@settings(max_examples=100, deadline=None)
@given(bodies)
def test_nothing_is_lost_and_nothing_is_doubled(body: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        read_back = document(Path(folder), body)
    printed = "".join(PRINTED.findall(DELETED.sub("", body)))
    assert read_back.characters == len(printed.replace(" ", ""))
    letters = sorted("".join(line.text for line in read_back.lines()).replace(" ", ""))
    assert letters == sorted(printed.replace(" ", ""))
