"""`actionplan chart`: a picture of a plan, on stdout or in a file."""

from __future__ import annotations

import sys
from datetime import date
from functools import partial
from pathlib import Path

from actionplan.batch.apart import Errand, apart
from actionplan.batch.limits import USUAL, Limits
from actionplan.diffing import complain_of, plan_at
from actionplan.door import Watch, chart
from actionplan.terminal import complain, put_out_bytes
from export.charts import Format, Kind
from export.charts.charting import NO_DAY, ChartError
from export.writing import WriteError, write_file
from extract.model import ReadError


def draw(
    path: Path,
    kind: Kind,
    as_of: date | None,
    form: Format | None,
    output: Path | None,
    limits: Limits = USUAL,
) -> int:
    """Draw a plan; 0 drawn, 2 where it can't be read, drawn or written."""
    try:
        form = form or _form_of(output)
        if kind == "overdue" and as_of is None:
            raise ChartError(*NO_DAY)  # before a long reading
        if form == "png" and output is None and sys.stdout.isatty():
            raise ChartError("Cannot print a PNG", "a terminal shows text alone", "Name a file with -o, or use a pipe")
        errand = Errand(str(path), f"Cannot draw {str(path)!r}", partial(_drawn, path, kind, as_of, form, limits))
        picture = apart(errand, limits)
        if output is None:
            put_out_bytes(picture)
        else:
            write_file(output, picture)
    except (ChartError, WriteError) as error:
        complain(str(error))
        return 2
    except ReadError as error:
        complain_of(path, error)
        return 2
    return 0


def _drawn(path: Path, kind: Kind, as_of: date | None, form: Format, limits: Limits, watch: Watch) -> bytes:
    return chart(plan_at(path, limits, watch), kind, as_of, form)


def _form_of(output: Path | None) -> Format:
    """What the name of a file says that it is. Raises ChartError for a name that says something else."""
    ending = output.suffix.lower() if output else ""
    if ending not in ("", ".svg", ".png"):
        cause = f"its name ends in {ending}, and a picture is SVG or PNG"
        raise ChartError(f"Cannot draw {str(output)!r}", cause, "Name a .svg or .png file, or say which with --format")
    return "png" if ending == ".png" else "svg"
