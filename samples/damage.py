"""What an OCR table reader does to a plan: each kind of damage is a function, and says exactly where it strikes.

A dump is lines of tab-separated cells. Nothing here is random: a target that is not there is an error, so that the true
reading of every damaged cell stays known (truth/).
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field

from samples.content import FIELDS, Content, Section

Kind = Literal["text", "blank", "header", "banner", "row", "rest"]
#: Latin letters that have a twin in another alphabet.
CYRILLIC = str.maketrans("ABCEHKMOPTXaceopx", "АВСЕНКМОРТХасеорх")
SMALL_CYRILLIC = str.maketrans("TBC", "твс")
GREEK = str.maketrans("ABEHIKMNOPTXZ", "ΑΒΕΗΙΚΜΝΟΡΤΧΖ")
BULLET = "\uf0b7"  # a bullet of a symbol font, as it comes out of a PDF


class DumpLine(Struct):
    """A line of the dump. `ref`: of a row and of the rest of a row; `text`: of a banner or heading, before damage."""

    kind: Kind
    cells: list[str]
    ref: str = ""
    text: str = ""


class Dump(Struct):
    """The lines of a plan, in reading order, as they are being damaged."""

    content: Content
    lines: list[DumpLine] = field(default_factory=list)

    def text(self) -> str:
        """The file: cells parted by tabs, every line ended."""
        return "".join("\t".join(line.cells) + "\n" for line in self.lines)

    def row(self, ref: str) -> DumpLine:
        """The line on which a row begins."""
        return self._only([line for line in self.lines if line.kind == "row" and line.ref == ref], f"row {ref}")

    def rest(self, ref: str, part: int = 1) -> DumpLine:
        """The line on which a row goes on after its `part`th page break."""
        rests = [line for line in self.lines if line.kind == "rest" and line.ref == ref]
        return self._only(rests[part - 1 : part], f"part {part} of the rest of row {ref}")

    def banner(self, title: str) -> DumpLine:
        """The line of a banner."""
        return self._only([line for line in self.lines if line.kind == "banner" and line.text == title], title)

    def heading(self, text: str) -> DumpLine:
        """The line of a paragraph outside the tables."""
        return self._only([line for line in self.lines if line.kind == "text" and line.text == text], text)

    def header_above(self, line: DumpLine) -> DumpLine:
        """The repeated header of the page on which a line stands."""
        before = self.lines[: self.index(line)]
        return self._only([line for line in before if line.kind == "header"][-1:], "a header")

    def index(self, line: DumpLine) -> int:
        """Where this very line stands, from 0."""
        return next(i for i, other in enumerate(self.lines) if other is line)

    def page(self, line: DumpLine) -> list[DumpLine]:
        """The lines of the table, or of the part of one, in which a line stands."""
        first = last = self.index(line)
        while first and self.lines[first - 1].kind not in ("blank", "text"):
            first -= 1
        while last + 1 < len(self.lines) and self.lines[last + 1].kind not in ("blank", "text"):
            last += 1
        return self.lines[first : last + 1]

    @staticmethod
    def _only(found: list[DumpLine], what: str) -> DumpLine:
        if len(found) != 1:
            raise LookupError(f"{what}: wanted once, found {len(found)} times")
        return found[0]


# --- the whole plan, before any damage -------------------------------------------------------------------------------


def dump(content: Content) -> Dump:
    """The plan as a dump without damage: a line a row, the wraps and paragraphs of a cell run together with spaces."""
    out = Dump(content)
    _say(out, content.running_head, content.date_text, content.organisation.upper())
    for heading, paragraphs in content.intro:
        _say(out, heading, *paragraphs)
    _say(out, content.people_heading)
    _list(out, [f"{name}, {role}" for name, role in content.people])
    for section in content.sections:
        _dump_section(out, section)
    return out


def _say(out: Dump, *texts: str) -> None:
    for text in texts:
        out.lines += [DumpLine("text", [text], text=text), DumpLine("blank", [""])]


def _list(out: Dump, items: list[str]) -> None:
    out.lines += [*(DumpLine("text", [f"- {item}"], text=item) for item in items), DumpLine("blank", [""])]


def _header(out: Dump) -> DumpLine:
    return DumpLine("header", [header for _, header, _ in out.content.columns])


def _dump_section(out: Dump, section: Section) -> None:
    _say(out, f"{section.number}. {section.title}", section.outcomes_heading)
    _list(out, list(section.outcomes))
    out.lines.append(_header(out))
    for group in section.groups:
        if group.between_tables:
            out.lines.append(DumpLine("blank", [""]))
            _say(out, group.title or "")
            out.lines.append(_header(out))
        elif group.title:
            out.lines.append(DumpLine("banner", [group.title, *[""] * (len(FIELDS) - 1)], text=group.title))
        for row in group.rows:
            cells = [" ".join(row.cells[name].split("\n")) for name in FIELDS]
            out.lines.append(DumpLine("row", cells, ref=row.ref))
    out.lines.append(DumpLine("blank", [""]))


# --- pages -----------------------------------------------------------------------------------------------------------


def page_break_before(out: Dump, line: DumpLine, header: bool = True) -> None:
    """A new page begins with this line; with `header` the column names are printed again."""
    at = out.index(line)
    out.lines[at:at] = [DumpLine("blank", [""]), *([_header(out)] if header else [])]


def cut_row(out: Dump, ref: str, header: bool = True, part: int = 0, page: bool = True, **rest: str) -> None:
    """A page ends inside a row: what follows stands on a line of its own, with an empty ref.

    `rest`: for each field that goes on, the words with which its rest begins. `part`: cut the rest again.
    `page` False: the line is broken though no page ends (a cell taller than its neighbours).
    """
    line = out.rest(ref, part) if part else out.row(ref)
    cells = [""] * len(FIELDS)
    for name, words in rest.items():
        at = FIELDS.index(name)
        cut = _find(line.cells[at], words, f"{ref} {name}")
        line.cells[at], cells[at] = line.cells[at][:cut].rstrip(), line.cells[at][cut:]
    new = DumpLine("rest", cells, ref=ref)
    out.lines.insert(out.index(line) + 1, new)
    if page:
        page_break_before(out, new, header)


def _find(text: str, words: str, where: str) -> int:
    if text.count(words) != 1:
        raise LookupError(f"{where}: {words!r} wanted once, found {text.count(words)} times")
    return text.index(words)


def lose_columns(out: Dump, ref: str, kept: int, part: int = 1) -> None:
    """The empty cells at the front of a continued row are lost, so that `kept` cells are left of nine."""
    line = out.rest(ref, part)
    if any(line.cells[:-kept]):
        raise LookupError(f"{ref}: a cell that is lost is not empty")
    del line.cells[:-kept]


def print_running_heads(out: Dump) -> None:
    """The running head and the page number are read as lines of text, on top of each page that repeats the header."""
    tops = [_top_of_page(out, line) for line in out.lines if line.kind == "header"]
    for number, line in enumerate(tops, 2):
        at = out.index(line)
        out.lines[at:at] = [DumpLine("blank", [text]) for text in (out.content.running_head, f"Page {number}")]


def _top_of_page(out: Dump, header: DumpLine) -> DumpLine:
    """The header itself, or the first line of the headings and outcomes that stand above it."""
    first = at = out.index(header)
    while at and out.lines[at - 1].kind in ("text", "blank"):
        at -= 1
        if out.lines[at].text.split(".")[0] in {section.number for section in out.content.sections}:
            return out.lines[at]
        first = at if out.lines[at].kind == "text" else first
    return out.lines[first]


# --- headers ---------------------------------------------------------------------------------------------------------


def spell_header(out: Dump, line: DumpLine, **spellings: str) -> None:
    """The header above a line is read in another spelling."""
    header = out.header_above(line)
    for name, spelling in spellings.items():
        header.cells[FIELDS.index(name)] = spelling


def split_ref_column(out: Dump, ref: str) -> None:
    """A rule is seen inside the ref column: `R | REF` in the header, `1 | 10` for the row 1.10 of that page."""
    header = out.header_above(out.row(ref))
    header.cells.insert(0, header.cells[0][0])
    for line in out.page(out.row(ref)):
        if line.kind == "row":
            line.cells[:1] = line.ref.split(".")
        elif line.kind != "header":
            line.cells.insert(0, "")


def add_empty_cells(out: Dump, ref: str, count: int = 4) -> None:
    """Columns are seen at the right that are not there: each line of the row's page ends with empty cells."""
    for line in out.page(out.row(ref)):
        line.cells += [""] * count


# --- banners ---------------------------------------------------------------------------------------------------------


def clip_banner(out: Dump, title: str, head: str, rest: str) -> None:
    """The ref column's rule cuts the banner: `head` is read left of it, `rest` right of it.

    Where both share letters the start is repeated; where they lack one it is lost; where `head` ends in a letter that
    `rest` repeats it overlaps; where `head` is in another alphabet it was read as such.
    """
    out.banner(title).cells[:2] = [head, rest]


def break_banner_over_two_lines(out: Dump, title: str, head: str, rest: str, ref: str, column: str, words: str) -> None:
    """The banner's misread head stands beside the last words of the row above; its own rest is on the next line."""
    banner, row = out.banner(title), out.row(ref)
    at = FIELDS.index(column)
    if not row.cells[at].endswith(" " + words):
        raise LookupError(f"{ref} {column} does not end with {words!r}")
    row.cells[at] = row.cells[at].removesuffix(" " + words)
    tail = [head, *[""] * (len(FIELDS) - 1)]
    tail[at] = words
    banner.cells[:2] = ["", rest]
    out.lines.insert(out.index(banner), DumpLine("rest", tail, ref=ref))


def fuse_banner(out: Dump, title: str, head: str, rest: str, ref: str) -> None:
    """The banner is read as part of the row below: its head in front of the ref, its rest in front of the action."""
    row = out.row(ref)
    out.lines.remove(out.banner(title))
    row.cells[:2] = [f"{head} {row.cells[0]}", f"{rest} {row.cells[1]}"]


def lose_heading(out: Dump, section: str, outcomes: bool) -> None:
    """The top of a page is not read: a section's heading is missing, with its outcomes or without them."""
    part = next(part for part in out.content.sections if part.number == section)
    first = out.index(out.heading(f"{part.number}. {part.title}"))
    last = next(i for i in range(first, len(out.lines)) if out.lines[i].kind == "header")
    del out.lines[first : last if outcomes else first + 2]


# --- rows run together -----------------------------------------------------------------------------------------------


def carry_tail(out: Dump, above: str, below: str, **words: str) -> None:
    """The last words of a cell are read as the beginning of the cell below it."""
    upper, lower = out.row(above), out.row(below)
    for name, tail in words.items():
        at = FIELDS.index(name)
        cut = _find(upper.cells[at], tail, f"{above} {name}")
        lower.cells[at] = f"{upper.cells[at][cut:]} {lower.cells[at]}".strip()
        upper.cells[at] = upper.cells[at][:cut].rstrip()


def run_together(out: Dump, end_of: str, ref: str, lost: str, once: tuple[str, ...] = ()) -> None:
    """One line holds the end of a row, the whole of the next, and a third, whose ref is nowhere.

    Fields in `once` are printed once for the last two rows, which must agree in them.
    """
    tail, row, last = out.rest(end_of), out.row(ref), out.row(lost)
    for at, name in enumerate(FIELDS[1:], 1):
        texts = [tail.cells[at], row.cells[at], last.cells[at]]
        if name in once:
            if row.cells[at] != last.cells[at]:
                raise LookupError(f"{ref} and {lost} differ in {name}")
            texts.pop()
        row.cells[at] = " ".join(text for text in texts if text)
    out.lines.remove(tail)
    out.lines.remove(last)


# --- characters ------------------------------------------------------------------------------------------------------


def change(line: DumpLine, column: str, before: str, after: str) -> None:
    """In one cell, `before`, which stands there once, is read as `after`."""
    at = FIELDS.index(column) + len(line.cells) - len(FIELDS) if len(line.cells) < len(FIELDS) else FIELDS.index(column)
    cut = _find(line.cells[at], before, f"{line.ref} {column}")
    line.cells[at] = line.cells[at][:cut] + after + line.cells[at][cut + len(before) :]


def look_alike(line: DumpLine, column: str, word: str, alphabet: dict[int, int] = CYRILLIC) -> None:
    """A word is read in letters of another alphabet that look the same."""
    change(line, column, word, word.translate(alphabet))


def break_word(line: DumpLine, column: str, broken: str) -> None:
    """A word, date or amount is broken where the narrow column ends: `broken` shows it with its spaces."""
    change(line, column, broken.replace(" ", ""), broken)


def split_ordinal(line: DumpLine, column: str, ordinal: str) -> None:
    """The raised letters of an ordinal are read as a word: `31 st`."""
    change(line, column, ordinal, f"{ordinal[:-2]} {ordinal[-2:]}")


def hyphen_at_wrap(line: DumpLine, column: str, word: str) -> None:
    """A hyphen stood at the end of a line: `well- rated`."""
    change(line, column, word, word.replace("-", "- ", 1))


def stray_bullets(line: DumpLine, column: str, items: int) -> None:
    """Bullets are read away from what they stand before: one in front of the cell, the others at its end."""
    at = FIELDS.index(column)
    line.cells[at] = f"{BULLET} {line.cells[at]} {' '.join([BULLET] * (items - 1))}".strip()
