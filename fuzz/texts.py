"""Texts that break programs: what a cell, a name or a stream of a file made for the purpose may hold."""

from __future__ import annotations

from random import Random

NASTY = (
    "",
    " ",
    "\u00a0",
    "\u200b\u200d\ufeff",  # zero width
    "\u202e1.1 nalp\u202c",  # right to left
    "\u0661.\u0662",  # digits that are not ASCII
    "²³¹⁄₄ ½ Ⅻ ⑨ ①",
    "Ａｃｔｉｏｎ",
    "НМ ТВС Асtіоn",
    "e\u0301" * 40,
    "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "\ufffd\ufffe\uffff",
    "\x1b[2J\x1b]0;title\x07",
    "\x0b\x0c\x1c\x85\u2028\u2029",
    '=HYPERLINK("http://example.org","x")',
    "-1+1|cmd",
    "<script>alert(1)</script>&amp;",
    "1.1",
    "1.1.1.1.1.1.1.1",
    "99999999999999999999.1",
    "0.0",
    "iv)",
    "31 Feb 2019",
    "29 February 1900",
    "99/99/9999",
    "1/1/0000",
    "31 Dec 9999",
    "Q5 2019/20",
    "FY 99/00",
    "w/c 31 Apr",
    "end of " * 30,
    "to to to - – —",
    "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec " * 3,
    "£" + "9" * 400,
    "£1,2,3.4.5k p.a. per month m bn",
    "£-0.00",
    "£1e309",
    "TBC/TBC/TBC",
    "Complete Complete Complete Not started Red Amber Green",
    "AB" * 200,
    "A, B; C / D & E and F + G | H",
    "Dr. Prof. Sir Lord A. B. C. d'E-F O'G, Ph.D. (Chair) (",
    "(" * 60,
    ")" * 60,
    "[" * 30 + "]" * 29,
    "\\" * 20 + "'\"`",
    "• • • - – * ○",
    "soft\u00adhy\u00adphen-\u2010\u2011ated- word",
    "ﬁﬂﬀﬃ",
    "a" * 5000,
    "word " * 500,
    "%s %n {0} {{}} ${x} $(x)",
    "../../etc/passwd%00.pdf",
)

HEADERS = (
    "Ref", "Action", "Start date", "End date", "SRO (Lead)", "Resources", "Measure", "Impact", "Progress", "RAG",
    "By when", "Who", "Асtіоn", "SRO (Lea d)", "№", "Outcome", "Status",
)  # fmt: skip

USUAL = (
    "1.1", "1.2", "2", "Agree the rota with every school", "Jul 17", "31 March 2019", "Spring Term 2019", "AL", "TBC",
    "Ada Lowe, Director", "£46k", "£9,50 0", "N/A", "Complete", "In hand", "Green", "the progra mme is agreed", "",
)  # fmt: skip


def text(chance: Random) -> str:
    """A text as a cell may hold it: usual, nasty, or a few of both run together."""
    kind = chance.random()
    if kind < 0.45:
        return chance.choice(USUAL)
    if kind < 0.8:
        return chance.choice(NASTY)
    parts = [chance.choice(chance.choice((USUAL, NASTY))) for _ in range(chance.randint(2, 5))]
    return chance.choice(("", " ", "\n", ", ")).join(parts)


def rows(chance: Random, header: bool = True) -> list[list[str]]:
    """The rows of a table: headers that make it an action table (mostly), then rows, some short, some over-long."""
    width = chance.randint(1, 10)
    top = list(chance.sample(HEADERS[:11], min(width, 11)))
    if header and width > 2:
        top[:3] = ["Ref", "Action", chance.choice(("End date", "SRO (Lead)", "Progress"))]
    found = [top] if chance.random() < 0.9 else []
    for number in range(chance.randint(1, 8)):
        row = [text(chance) for _ in range(width)]
        if chance.random() < 0.6:
            row[0] = f"{chance.randint(1, 3)}.{number}"
        if chance.random() < 0.15:
            row = row[: chance.randint(1, width)] + [""] * chance.randint(0, 3)
        found.append(row)
    return found
