"""A catalogue's Parquet files: `actions/organisation=fellmoor-council/ID.parquet`, and so for each table.

Plans come in any order and leave sorted, by body, plan and version, so what they are is kept meanwhile in a database of
SQLite's own, on disk: no more than one plan's rows, or one row group, is in memory however many there are. The id is a
digest of all that the catalogue is made of, and the name of each of its files. The same plans give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from compare.ordering import order_of
from export.catalogue.rows import ORDER_KINDS, TABLES, Catalogued, rows_of
from export.columnar import Kinds, Row, Writer, packed, parquet_bytes
from export.plain_text import encodable
from normalise.model import Head

#: The columns of each table as they are written.
KINDS: Mapping[str, Kinds] = {**TABLES, "documents": {**TABLES["documents"], **ORDER_KINDS}}
_TABLES = ", ".join(f'"{name}"' for name in TABLES)
#: How the folder of plans without an organisation is called, which every reader of such folders takes for none.
NOBODY = "__HIVE_DEFAULT_PARTITION__"

_PLANS = f"""
CREATE TABLE plans (
    document TEXT PRIMARY KEY, path TEXT NOT NULL, organisation TEXT, name TEXT, plan TEXT NOT NULL,
    title TEXT NOT NULL, version TEXT, published TEXT, rows INTEGER NOT NULL, doubtful INTEGER NOT NULL,
    {", ".join(f'"{name}" BLOB NOT NULL' for name in TABLES)}
);
"""
_INDEX = "CREATE INDEX versions ON plans (organisation, plan);"


class Unordered(Struct, frozen=True):
    """Versions of a plan that neither their dates nor their numbers put in order: in that of their paths."""

    plan: str
    paths: tuple[str, ...]
    contradiction: bool


class Gathered:
    """The plans of a catalogue to be."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None)  # on disk, and gone when it is closed
        self._database.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {_PLANS}")

    def add(self, one: Catalogued) -> str | None:
        """One more plan; the path of the same plan.json where it is here already, and then nothing is added."""
        known = self._database.execute("SELECT path FROM plans WHERE document = ?", [one.document]).fetchone()
        if known:
            return str(known[0])
        head, rows = one.plan.plan, rows_of(one)
        row = (
            *(one.document, one.path, one.organisation, head.organisation, one.plan_id),
            *(head.title, head.version, head.published, len(rows["actions"])),
            sum(action.needs_review for action in one.plan.actions),
        )
        texts = [encodable(value) if isinstance(value, str) else value for value in row]
        parts = [packed(rows[name], kinds) for name, kinds in TABLES.items()]
        marks = ", ".join("?" * (len(row) + len(parts)))
        self._database.execute(f"INSERT INTO plans VALUES ({marks})", (*texts, *parts))
        return None

    def id(self, more: Iterable[str]) -> str:
        """A digest of all that is here and `more`, which the catalogue depends on too."""
        whole = hashlib.sha256(json.dumps(list(more)).encode())
        for row in self._database.execute("SELECT document, path FROM plans ORDER BY document"):
            whole.update(json.dumps(row).encode())
        return whole.hexdigest()[:16]

    def counts(self) -> dict[str, int]:
        """How much there is: organisations, plans, documents, actions."""
        asked = "count(DISTINCT organisation), count(DISTINCT plan), count(*), total(rows)"
        found = self._database.execute(f"SELECT {asked} FROM plans").fetchone()
        return dict(zip(("organisations", "plans", "documents", "actions"), map(int, found), strict=True))

    def organisations(self) -> Iterator[tuple[str, str, int]]:
        """Each body that a plan names: its id, its name (of several, the first in the alphabet), its documents."""
        asked = "SELECT organisation, min(name), count(*) FROM plans WHERE organisation IS NOT NULL"
        yield from self._database.execute(f"{asked} GROUP BY organisation ORDER BY organisation")

    def write(self, folder: Path, catalogue: str) -> list[Unordered]:
        """The files of every table, below `folder`; `catalogue`: its id. The plans whose versions have no order."""
        self._database.execute(_INDEX)
        doubtful = []
        metadata = {"actionplan": json.dumps({"catalogue": catalogue})}
        for (organisation,) in self._database.execute(
            "SELECT DISTINCT organisation FROM plans ORDER BY organisation IS NULL, organisation"
        ):
            with ExitStack() as open_files:
                writers = {
                    name: open_files.enter_context(
                        Writer(_place(folder, name, organisation, catalogue), kinds, metadata)
                    )
                    for name, kinds in KINDS.items()
                }
                for (plan,) in self._database.execute(
                    "SELECT DISTINCT plan FROM plans WHERE organisation IS ? ORDER BY plan", [organisation]
                ):
                    doubtful += self._write_plan(writers, organisation, plan)
        return doubtful

    def _write_plan(self, writers: Mapping[str, Writer], organisation: str | None, plan: str) -> list[Unordered]:
        """All versions of one plan, the oldest first."""
        versions = self._database.execute(
            "SELECT document, path, title, version, published FROM plans WHERE organisation IS ? AND plan = ? "
            "ORDER BY rows, doubtful DESC, path DESC",
            [organisation, plan],
        ).fetchall()
        order = order_of([Head(title, None, version, published) for _, _, title, version, published in versions])
        if order.by == "given":
            order = replace(order, places=tuple(sorted(order.places, key=lambda place: versions[place][1])))
        for place, (document, *_) in enumerate((versions[at] for at in order.places), 1):
            parts = self._database.execute(f"SELECT {_TABLES} FROM plans WHERE document = ?", [document]).fetchone()
            known = (place, len(versions), place == len(versions), order.by)
            for name, part in zip(TABLES, parts, strict=True):
                alike = dict(zip(ORDER_KINDS, known, strict=True)) if name == "documents" else {}
                writers[name].add(part, alike)
        if order.by != "given" or len(versions) == 1:
            return []
        return [Unordered(plan, tuple(versions[at][1] for at in order.places), order.contradiction)]

    def close(self) -> None:
        """Let go of it all."""
        self._database.close()


def write_organisations(folder: Path, catalogue: str, rows: Sequence[Row], columns: Sequence[str]) -> None:
    """The one file of `organisations`: each body with its id, its documents, and what else is known of it."""
    kinds: Kinds = {"organisation": "text", "name": "text", "documents": "whole", **dict.fromkeys(columns, "text")}
    path = folder / "organisations" / f"{catalogue}.parquet"
    path.parent.mkdir(parents=True)
    path.write_bytes(parquet_bytes(rows, kinds, {"actionplan": json.dumps({"catalogue": catalogue})}))


def _place(folder: Path, table: str, organisation: str | None, catalogue: str) -> Path:
    return folder / table / f"organisation={organisation or NOBODY}" / f"{catalogue}.parquet"
