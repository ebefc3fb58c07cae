"""The codes of findings, and what each means to a reader. Codes are stable: a downstream system may rely on one.

Whoever makes a finding adds its code here; a test fails for a code that is not listed, and the schema lists them all.
"""

from __future__ import annotations

from typing import Literal

#: What a code's findings are about; "either" where it depends on the row.
Subject = Literal["reading", "document", "either"]

#: Findings that say where a row or a cell begins and ends: whatever their severity, words may belong next door.
BORDERS = frozenset(
    "row-too-long row-too-short row-continued row-parted tail-moved tail-suspected banner-fused".split()
)

#: code -> (what it is about, what it means), in the order of the steps that find it.
CODES: dict[str, tuple[Subject, str]] = {
    # The file
    "encoding": ("reading", "Bytes of a text file are not UTF-8; signs and accents may be wrong."),
    "page-without-text": ("reading", "A page shows a picture and holds no characters: what it says was not read."),
    "ocr-unsure": ("reading", "OCR is unsure of a word of a scanned page; what else it may be stands beside it."),
    "columns-disagree": ("reading", "A second reader has words of a table without rules in another column."),
    "notes-not-read": ("reading", "A page has notes or form fields whose text was not read."),
    "characters-unread": ("reading", "Characters of the file were not read, or were read more than once."),
    "tracked-deletion": ("reading", "A tracked change takes these words out; they are left out."),
    "tracked-insertion": ("reading", "A tracked change puts these words in; they are read as part of the text."),
    "comment": ("reading", "A comment stands beside this text; it is read as a note."),
    "hidden-text": ("reading", "The file holds text that is not printed; it is kept as a note."),
    "form-prompt": ("reading", "A form field still shows its prompt."),
    "nested-table": ("reading", "A table stands inside a cell; it is read as a table of its own."),
    "embedded-object": ("reading", "A file inside the file was not read."),
    "imported-document": ("reading", "A document that Word joins in on opening was not read."),
    "drawing": ("reading", "What a chart, diagram or shape says was not read."),
    "picture": ("reading", "What a picture says was not read."),
    "hidden-sheet": ("reading", "A sheet of a workbook is hidden; it is read all the same."),
    "hidden-row": ("reading", "A row of a workbook is hidden; it is read all the same."),
    "hidden-column": ("reading", "A column of a workbook is hidden; it is read all the same."),
    "formula-without-value": ("reading", "A cell of a workbook is computed, and the file holds no result."),
    # Columns and rows
    "column-by-content": ("reading", "A header is not known; what stands under it says which field it is."),
    "column-second": ("reading", "Two headers name one field; the farther one is kept as an extra column."),
    "column-unknown": ("reading", "A header is not known; its column is kept as an extra one."),
    "layout-near": ("reading", "A header is nearly, not quite, as the layout file has it."),
    "layout-unused": ("reading", "A header that the layout file pins stands over no action table."),
    "no-rows": ("reading", "Headers of a plan are printed, and no row was read under any of them."),
    "row-too-long": ("reading", "A row has more cells than there are headers; the last ones are read together."),
    "merged-cell": ("reading", "A cell is merged with one above it; its words are read in the upper row only."),
    "row-too-short": ("reading", "A row has fewer cells than there are headers; which fields they are is judged."),
    "row-continued": ("reading", "A ref is printed again at the top of a page; both rows are one action."),
    "row-parted": ("reading", "Two actions were run together in one row and are taken apart."),
    "row-without-ref": ("reading", "No ref is printed for this row."),
    "tail-moved": ("reading", "Words at the front of a cell are read as the end of the cell above, or below it."),
    "tail-suspected": ("reading", "A cell beside a page break may hold words of its neighbour."),
    "banner-fused": ("reading", "A banner ran into a row and is taken apart from it."),
    "banner-made-whole": ("reading", "A banner was clipped or broken; its whole wording is judged."),
    "struck-through": ("reading", "Words are struck through on the page; they are left out."),
    "unplaced": ("reading", "Text that no place was found for; it is kept in unplaced."),
    # Numbering
    "missing-ref": ("document", "The numbering has a gap: no row has this number."),
    "duplicate-ref": ("document", "Two rows have the same ref."),
    "odd-ref": (
        "reading",
        "What stands in the ref column is no ref, where nearly all others are; the row may be none.",
    ),
    "ref-joined": ("reading", "A page break cut a ref in two; its parts are joined."),
    "ref-inferred": ("reading", "No ref is printed; one number alone fits the gap."),
    "section-by-ref": ("document", "A ref stands under the heading of another section than its number says."),
    "section-by-banner": ("reading", "A row that prints no number is read as a section's heading, by the refs below."),
    "missing-section-heading": ("reading", "No heading is printed for a section; its number is read from its refs."),
    # Dates
    "year-inferred": ("reading", "No year is printed; the row or the plan's own date gives it."),
    "date-without-year": ("reading", "No year is printed, and nothing gives one."),
    "date-ambiguous": ("reading", "A date can be read in two ways."),
    "date-guessed": ("reading", "A date is in a form that is not known; a general reader of dates read it."),
    "date-unread": ("reading", "Words look like a date and could not be read as one."),
    "date-impossible": ("reading", "What is printed like a date names no day."),
    "date-note": ("reading", "Words in a date cell are no date; they are kept as text."),
    "date-far": ("reading", "A date is many years from the plan's own."),
    "weekday-differs": ("either", "The weekday that is printed is not that of the date."),
    "end-before-start": ("document", "An action ends before it starts."),
    # Leads and people
    "lead-by-context": ("reading", "Initials fit several people; a word of the row is of one person's role."),
    "ambiguous-lead": ("reading", "A lead fits several people, and nothing says which."),
    "close-lead": ("reading", "A lead is nearly, not quite, as the list of people has it."),
    "doubtful-lead": ("reading", "A lead fits one person and could mean somebody else."),
    "part-of-role": ("reading", "A lead is a part of one person's role."),
    "unknown-initials": ("document", "Nobody whom the document names has these initials."),
    "unknown-name": ("document", "No list of people has this name."),
    "two-roles": ("document", "A person has one role in one place and another in another."),
    # Corrections by hand
    "corrected": ("reading", "A reviewer has corrected this by hand; the message says who, when and why."),
    "accepted": ("reading", "A reviewer has looked at the page and found this right as it was read."),
    "correction-lapsed": ("reading", "A correction by hand is of a text that is printed no longer; it is not used."),
    "correction-moved": ("reading", "A correction by hand was made for another ref; one cell alone prints its text."),
    "corrections-for-another-plan": ("reading", "A corrections file names another plan's title; it is passed over."),
    # Money and status
    "amount-unread": ("reading", "A pound sign is printed, and no amount is certain."),
    "amount-without-currency": ("reading", "A number is printed without a currency."),
    "status-unknown": ("reading", "The status cell holds a word that is not known."),
    "status-ambiguous": ("reading", "A status can be read in two ways."),
    "status-doubtful": ("reading", "The status follows from how the progress begins, and where that is is a guess."),
    "status-by-key": ("reading", "The plan's own key gives the colour another meaning than the format does."),
    "status-by-shading": ("reading", "The status is shown by the shading of its cell."),
}
