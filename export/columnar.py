"""Tables with a type for each column, as Parquet. pyarrow is imported here alone, on use: it is large.

A column's kind is a word (`text`, `day`, `number`, `whole`, `flag`), a list of one kind, or a dict of kinds by name.
The same rows and version of pyarrow give the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Any

from export.plain_text import encodable

Library = Any  # pyarrow ships no types
Row = dict[str, Any]
Kind = Any  # "text" … , [Kind], {name: Kind}
Kinds = Mapping[str, Kind]


def parquet_bytes(rows: Sequence[Row], kinds: Kinds, metadata: Mapping[str, str]) -> bytes:
    """A whole Parquet file."""
    from pyarrow import parquet

    written = io.BytesIO()
    parquet.write_table(_table(rows, kinds, metadata), written, compression="zstd")
    return written.getvalue()


def packed(rows: Sequence[Row], kinds: Kinds) -> bytes:
    """Rows as bytes that `Writer.add` takes, in types already."""
    import pyarrow

    table = _table(rows, kinds, {})
    written = io.BytesIO()
    with pyarrow.ipc.new_stream(written, table.schema) as stream:
        stream.write_table(table)
    return written.getvalue()


class Writer:
    """One Parquet file, row group by row group, so that no more than one of them is in memory."""

    #: So many rows make a row group: large enough to compress well, small enough to hold.
    ROWS = 50_000

    def __init__(self, path: Path, kinds: Kinds, metadata: Mapping[str, str]) -> None:
        from pyarrow import parquet

        path.parent.mkdir(parents=True, exist_ok=True)
        self._schema = _schema(kinds, metadata)
        self._writer = parquet.ParquetWriter(path, self._schema, compression="zstd")
        self._waiting: list[Library] = []
        self._rows = 0

    def add(self, part: bytes, alike: Mapping[str, Any] = MappingProxyType({})) -> None:
        """More rows, from `packed`; `alike`: their last columns, which hold one value for all of them."""
        import pyarrow

        table = pyarrow.ipc.open_stream(part).read_all()
        for name, value in alike.items():
            field = self._schema.field(name)
            table = table.append_column(field, pyarrow.array([value] * table.num_rows, field.type))
        self._waiting.append(table.replace_schema_metadata(self._schema.metadata))
        self._rows += table.num_rows
        if self._rows >= self.ROWS:
            self._write()

    def _write(self) -> None:
        import pyarrow

        if self._rows:
            self._writer.write_table(pyarrow.concat_tables(self._waiting).combine_chunks())
        self._waiting, self._rows = [], 0

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        try:
            if kind is None:
                self._write()
        finally:
            self._writer.close()


def day(text: str | None) -> date | None:
    """The day as a date; None where no calendar has it, which the EDTF beside it still says."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _table(rows: Sequence[Row], kinds: Kinds, metadata: Mapping[str, str]) -> Library:
    import pyarrow

    return pyarrow.Table.from_pylist(_encodable(list(rows)), _schema(kinds, metadata))


def _schema(kinds: Kinds, metadata: Mapping[str, str]) -> Library:
    import pyarrow

    return pyarrow.schema(_fields(kinds.items()), metadata or None)


def _fields(kinds: Iterable[tuple[str, Kind]]) -> list[tuple[str, Library]]:
    return [(name, _type(kind)) for name, kind in kinds]


def _type(kind: Kind) -> Library:
    import pyarrow

    if isinstance(kind, list):
        return pyarrow.list_(_type(kind[0]))
    if isinstance(kind, dict):
        return pyarrow.struct(_fields(kind.items()))
    words = {"text": "string", "day": "date32", "number": "float64", "whole": "int64", "flag": "bool_"}
    return getattr(pyarrow, words[kind])()


def _encodable(value: Any) -> Any:
    """The rows with no text in them that UTF-8 can't hold."""
    if isinstance(value, str):
        return encodable(value)
    if isinstance(value, list):
        return [_encodable(part) for part in value]
    if isinstance(value, dict):
        return {key: _encodable(part) for key, part in value.items()}
    return value
