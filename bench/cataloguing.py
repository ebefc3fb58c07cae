"""What a catalogue costs, and the question of what is overdue, on 100,000 actions of made-up plans."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from bench.comparing import versions
from bench.measuring import cold
from export.plan_json import to_data

#: Plans of 50 actions, of so many bodies: as many as England has councils with social care, twice over.
ACTIONS, BODIES = 50, 300
SIZES = (500, 2_000)

QUERY = """
SELECT organisation_name, title, ref, action, due, days_late, doubts
FROM overdue(DATE '2018-01-01')
WHERE nation = 'England' AND concat_ws(' ', section_title, action) ILIKE '%court%'
ORDER BY days_late DESC
"""

#: A new process that opens the catalogue and asks: seconds of the question alone, and the rows that it gave.
ASK = """\
import json, sys, time, duckdb
with duckdb.connect(sys.argv[1] + "/catalogue.duckdb", read_only=True) as database:
    database.execute(f"SET file_search_path = '{sys.argv[1]}'")
    begun = time.perf_counter()
    rows = database.execute(sys.argv[2]).fetchall()
    print(json.dumps([time.perf_counter() - begun, len(rows)]))
"""

TABLE = """
## A catalogue

Made-up plans of {actions} actions each, of {bodies} bodies. *Query*: what is overdue on court work in England as of a
day, as [catalogue.md](catalogue.md) has it, over all of them: the fastest and the slowest of {rounds} runs, each in a
process of its own that has just opened the catalogue; its start is not counted.

| plans | actions | `actionplan catalogue` | a plan | memory | Parquet | an action | query | rows found |
| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
"""


class Catalogued(Struct, frozen=True):
    """A catalogue measured: seconds and MiB of the command, bytes of Parquet, seconds of each query, rows it gave."""

    plans: int
    seconds: float
    memory: float
    size: int
    queries: tuple[float, ...]
    rows: int


def measure(folder: Path, rounds: int, sizes: Sequence[int] = SIZES) -> list[Catalogued]:
    """Each size measured, in `folder`."""
    return [_measured(folder / str(size), size, rounds) for size in sizes]


def table(results: Sequence[Catalogued], rounds: int) -> str:
    """The section of the report."""
    lines = []
    for one in results:
        actions = one.plans * ACTIONS
        cells = (
            *(f"{one.plans:,}", f"{actions:,}", f"{one.seconds:.1f} s", f"{one.seconds / one.plans * 1000:.1f} ms"),
            *(f"{one.memory:.0f} MiB", f"{one.size / 2**20:.1f} MiB", f"{one.size / actions:.0f} bytes"),
            *(f"{min(one.queries):.2f} to {max(one.queries):.2f} s", f"{one.rows:,}"),
        )
        lines.append(f"| {' | '.join(cells)} |\n")
    return TABLE.format(actions=ACTIONS, bodies=BODIES, rounds=rounds) + "".join(lines)


def make_plans(folder: Path, count: int) -> Path:
    """So many plan.json below a folder, and the CSV of their bodies; the same for the same number."""
    seeds = [to_data(versions(ACTIONS, seed=seed)[0]) for seed in range(20)]
    for data in seeds:
        for at, action in enumerate(data["actions"]):
            if at % 10 == 0:
                action["action"] = f"Prepare the court statement in time: {action['action']}"
    for number in range(count):
        data = seeds[number % len(seeds)]
        body, edition = number % BODIES, number // BODIES
        data["plan"] = {
            **{"title": "Improvement plan", "organisation": f"{_name(body)} Council"},
            **{"version": str(edition + 1), "published": f"{2010 + edition}-04"},
        }
        data["source"]["sha256"] = f"{number:064x}"
        place = folder / f"{number // 100:04d}" / f"plan-{number:06d}.pdf"
        place.mkdir(parents=True)
        (place / "plan.json").write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", "utf-8")
    csv = folder.parent / "organisations.csv"
    nations = ("England", "England", "England", "Wales")
    lines = [f"{_name(body)} Council,{nations[body % 4]}\n" for body in range(BODIES)]
    csv.write_text("organisation,nation\n" + "".join(lines), "utf-8")
    return csv


def _measured(folder: Path, plans: int, rounds: int) -> Catalogued:
    csv = make_plans(folder / "out", plans)
    into = folder / "catalogue"
    command = ("-m", "actionplan", "catalogue", str(folder / "out"), "--into", str(into), "--quiet")
    (made,) = cold(1, (*command, "--organisations", str(csv)))
    asked = [_asked(into) for _ in range(rounds)]
    size = sum(path.stat().st_size for path in into.rglob("*.parquet"))
    return Catalogued(plans, made.fastest, made.memory or 0, size, tuple(spent for spent, _ in asked), asked[0][1])


def _asked(into: Path) -> tuple[float, int]:
    import subprocess

    ran = subprocess.run([sys.executable, "-c", ASK, str(into), QUERY], capture_output=True, text=True, check=True)
    spent, rows = json.loads(ran.stdout)
    return float(spent), int(rows)


def _name(number: int) -> str:
    parts = ("Fell", "Harrow", "Marsh", "Orrin", "Thorn", "Win", "Ash", "Bram", "Cold", "Dun")
    ends = ("moor", "mere", "wick", "ford", "bury", "ley", "ham", "by", "stead", "thorpe")
    return f"{parts[number % 10]}{ends[number // 10 % 10]} {('North', 'South', 'Vale')[number // 100 % 3]}"
