"""The views of a catalogue: what a question is asked of. DuckDB is imported here alone, on use.

Every path in them is below the catalogue's own folder, which can be moved or copied: the views hold where that folder
is the working folder, or is named by `SET file_search_path`. Each file of a catalogue has the catalogue's id as its
name and the views ask for that name, so in another catalogue's folder they find nothing, rather than its data.
"""

from __future__ import annotations

from contextlib import chdir
from pathlib import Path

from export.catalogue.rows import TABLES
from export.charts.overdue import NOT_PRECISE, STILL_TO_COME

#: The DuckDB file, and the same views as text.
DATABASE, SQL = "catalogue.duckdb", "views.sql"
#: What `overdue` reckons and no table has: a user's column of such a name would be taken for it.
OVERDUE_COLUMNS = ("due", "due_earliest", "due_latest", "days_late", "days_late_at_most", "doubts")

_MACROS = """\
-- The last version of each plan.
CREATE VIEW latest_documents AS SELECT * FROM documents WHERE latest;
CREATE VIEW latest_actions AS SELECT actions.* FROM actions JOIN latest_documents USING (document);

-- Of each plan the last version that was published by a day. Versions that do not say when count as published before.
CREATE MACRO in_force(as_of) AS TABLE
    SELECT * FROM documents
    WHERE published_first IS NULL OR published_first <= CAST(as_of AS DATE)
    QUALIFY row_number() OVER (PARTITION BY plan ORDER BY place DESC) = 1;

-- What should have been done by a day and is not said to be, once for each plan, as its version in force on that day
-- has it. The rule is that of `actionplan chart`: of the end dates that stand, the last that can be past is meant.
-- doubts: why the action may not be overdue, [] where it surely is. days_late, days_late_at_most: as the date allows.
CREATE MACRO overdue(as_of) AS TABLE
    WITH due AS (
        SELECT
            document, action_id, text AS due, earliest AS due_earliest, latest AS due_latest,
            greatest(CAST(as_of AS DATE) - latest, 0) AS days_late, CAST(as_of AS DATE) - earliest AS days_late_at_most,
            awaited > 1 AS later_to_come
        FROM dates
        WHERE awaited IS NOT NULL AND earliest < CAST(as_of AS DATE)
        QUALIFY row_number() OVER (PARTITION BY document, action_id ORDER BY awaited) = 1
    )
    SELECT
        documents.organisation_name, documents.title, documents.path, organisations.* EXCLUDE (name, documents),
        due.* EXCLUDE (document, action_id, later_to_come),
        list_concat(
            list_filter([
                CASE WHEN due.due_latest >= CAST(as_of AS DATE) THEN '{not_precise}' END,
                CASE WHEN due.later_to_come THEN '{still_to_come}' END
            ], lambda doubt: doubt IS NOT NULL),
            actions.doubts
        ) AS doubts,
        actions.* EXCLUDE (organisation, done, doubts)
    FROM in_force(as_of) AS documents
    JOIN actions USING (document)
    JOIN due ON due.document = actions.document AND due.action_id = actions.id
    LEFT JOIN organisations ON organisations.organisation = documents.organisation
    WHERE NOT actions.done;
"""


def views_sql(catalogue: str) -> str:
    """The statements that make the views of the catalogue with this id."""
    made = [
        f"-- The views over the catalogue {catalogue}: run in its folder, or after SET file_search_path = 'FOLDER'."
    ]
    for name in TABLES:
        options = "hive_partitioning = true, hive_types = {'organisation': VARCHAR}"
        made.append(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{name}/*/{catalogue}.parquet', {options});")
    made.append(f"CREATE VIEW organisations AS SELECT * FROM read_parquet('organisations/{catalogue}.parquet');")
    macros = _MACROS.format(not_precise=NOT_PRECISE, still_to_come=STILL_TO_COME)
    return "\n".join(made) + "\n\n" + macros


def write_views(folder: Path, catalogue: str) -> None:
    """Write DATABASE and SQL into the folder of a catalogue whose Parquet files are there already."""
    import duckdb

    text = views_sql(catalogue)
    (folder / SQL).write_text(text, "utf-8")
    with chdir(folder), duckdb.connect(DATABASE) as database:  # the paths are looked up as the views are made
        database.execute(text)
