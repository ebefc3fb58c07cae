"""Makes the sample plans: `python -m samples.generate`; with `--check`, compares them with the files that are here."""

from __future__ import annotations

import argparse
import base64
import io
import json
import re
import sys
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path

from samples.as_pdf import as_pdf
from samples.as_word import as_word
from samples.content import load_v3, load_v4
from samples.dumps import dump_v3, dump_v4
from samples.truth import truth

HERE = Path(__file__).parent


def files() -> dict[str, bytes]:
    """Every generated file: its path below samples/ and its bytes, the same on every run."""
    out: dict[str, bytes] = {}
    for content, dump in ((load_v3(), dump_v3), (load_v4(), dump_v4)):
        name = f"recovery-plan-{content.version}"
        out[f"{name}.txt"] = dump(content).encode()
        out[f"{name}.pdf"] = as_pdf(content)
        out[f"{name}.docx"] = as_word(content)
        out[f"truth/{name}.json"] = (json.dumps(truth(content), ensure_ascii=False, indent=1) + "\n").encode()
    return out


def unpacked(data: bytes) -> object:
    """A file's content without its compression, which differs between builds of zlib."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as word:
            return [(item.filename, item.date_time, word.read(item)) for item in word.infolist()]
    if data.startswith(b"%PDF"):
        streams = re.findall(rb"stream\r?\n(.*?)~>endstream", data, re.DOTALL)
        return [zlib.decompress(base64.a85decode(stream)) for stream in streams]
    return data


def differing(made: dict[str, bytes], folder: Path) -> list[str]:
    """Names of files in a folder that are missing or do not hold what was made."""

    def same(path: Path, data: bytes) -> bool:
        return path.is_file() and (path.read_bytes() == data or unpacked(path.read_bytes()) == unpacked(data))

    return [name for name, data in made.items() if not same(folder / name, data)]


def main(argv: Sequence[str] | None = None) -> int:
    """Write the sample plans, or with --check compare them; 1 where a file differs, else 0."""
    parser = argparse.ArgumentParser(prog="python -m samples.generate", description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 if a file is not what would be made"
    )
    check = parser.parse_args(argv).check
    made = files()
    stale = differing(made, HERE)
    for name in stale:
        print(f"{'differs' if check else 'written'}: samples/{name}")
        if not check:
            path = HERE / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(made[name])
    if check and stale:
        print("Run `python -m samples.generate` and commit what it writes.", file=sys.stderr)
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
