"""A document's tables as read, for those who want the cells and no meaning: CSV for a spreadsheet, JSON with the pages.

CSV as in `export.tables`: RFC 4180, formulas neutralised unless `exact`. JSON: UTF-8, two-space indent, final newline:
`{source, remarks[], tables[] {table, pages[], columns, header, rows[] {pages[], cells[]}}}`, where `header` is how many
of the first rows are known to be the table's header, and a row on two pages is one that a page break had cut.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence

from export.tables import neutral
from extract.model import Remark, Source
from normalise.stitched import StitchedTable

#: A table and its number in the document.
Numbered = tuple[int, StitchedTable]


def tables_csv(tables: Sequence[Numbered], exact: bool = False) -> str:
    """The tables one after another, a blank line between two."""
    return "\r\n".join(_csv(table, exact) for _, table in tables)


def tables_json(source: Source, remarks: Sequence[Remark], tables: Sequence[Numbered]) -> str:
    """The tables with what they come from, and what their reader had to say."""
    data = {
        "source": {
            "file": source.file,
            "sha256": source.sha256,
            "media_type": source.media_type,
            "pages": source.pages,
        },
        "remarks": [{"code": one.code, "severity": one.severity, "message": one.message} for one in remarks],
        "tables": [
            {
                "table": number,
                "pages": table.pages,
                "columns": table.columns,
                "header": table.header,
                "rows": [{"pages": row.pages, "cells": row.cells} for row in table.rows],
            }
            for number, table in tables
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _csv(table: StitchedTable, exact: bool) -> str:
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerows([text if exact else neutral(text) for text in row.cells] for row in table.rows)
    return written.getvalue()
