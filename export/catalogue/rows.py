"""What a plan is in the catalogue: rows for its five tables, each with its document, plan and version.

`documents` has a row a plan as read, `actions` a row an action, `dates` and `leads` a row for each that an action
prints (`position` from 1, in printed order), `findings` a row a finding. `document` is their key in each table, and
`plan` says which documents are versions of one plan.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping

from msgspec import Struct

from compare.ordering import first_day
from export.charts.overdue import awaited, done, doubtful_fields, standing_doubts
from export.columnar import Kinds, Row, day
from export.parquet_files import (
    ACTION_KINDS,
    DATE_KINDS,
    EXTRA_KINDS,
    FINDING_KINDS,
    LEAD_KINDS,
    action_rows,
    finding_rows,
)
from normalise.model import Plan

#: What each row of each table says of where it is from.
_OF: Kinds = {"document": "text", "plan": "text", "version": "text", "published": "text", "published_first": "day"}
_ACTION: Kinds = {**_OF, "action_id": "text"}

TABLES: Mapping[str, Kinds] = {
    "documents": {
        **_OF,
        **dict.fromkeys(("title", "organisation_name", "path", "file", "sha256", "media_type"), "text"),
        **{"pages": "whole", "actions": "whole", "doubtful_actions": "whole"},
        **dict.fromkeys(("tool_version", "configuration", "schema_version"), "text"),
    },
    "actions": {
        **_OF,
        **{"position": "whole"},
        **ACTION_KINDS,
        **dict.fromkeys(("status_basis", "status_text", "resources_kind", "currency", "qualifier"), "text"),
        **{"done": "flag", "doubts": ["text"], "extra": [EXTRA_KINDS]},
    },
    "dates": {**_ACTION, "field": "text", "position": "whole", **DATE_KINDS, "awaited": "whole"},
    "leads": {**_ACTION, "position": "whole", **LEAD_KINDS},
    "findings": {**_OF, **FINDING_KINDS},
}
#: What is known of a document only beside the others: its place among the versions of its plan, and how it was found.
ORDER_KINDS: Kinds = {"place": "whole", "versions": "whole", "latest": "flag", "ordered_by": "text"}


class Catalogued(Struct, frozen=True):
    """A plan with its place in the catalogue. `document`: SHA-256 of its plan.json; `path`: its folder, from OUT on."""

    plan: Plan
    document: str
    path: str

    @property
    def organisation(self) -> str | None:
        """The id of the body; None where the plan says none."""
        return organisation_id(self.plan.plan.organisation)

    @property
    def plan_id(self) -> str:
        """The same for all versions of a plan: the body's id and the title's.

        Without either it is the document's own, since two plans that say nothing of whose they are may be two bodies'.
        """
        title = _words(self.plan.plan.title)
        return f"{self.organisation}/{title}" if self.organisation and title else f"?/{self.document[:16]}"


def organisation_id(name: str | None) -> str | None:
    """A name as it is in paths and queries: small letters a to z, digits and hyphens; None where there is no name.

    Case, accents, white space and punctuation make no difference. A name with other letters, or a very long one, ends
    in a digest, so that two names have one id only where those are all that parts them.

    >>> organisation_id("HARROWMERE Borough  Council"), organisation_id("St. Orrin's & Fell"), organisation_id(" ")
    ('harrowmere-borough-council', 'st-orrins-and-fell', None)
    """
    return _words(name or "") or None


def rows_of(one: Catalogued) -> dict[str, list[Row]]:
    """The rows of each of TABLES."""
    plan = one.plan
    published = plan.plan.published
    of: Row = {
        **{"document": one.document[:16], "plan": one.plan_id, "version": plan.plan.version},
        **{"published": published, "published_first": day(first_day(published or ""))},
    }
    doubtful = doubtful_fields(plan)
    made: dict[str, list[Row]] = {"documents": [{**of, **_document(one)}], "actions": [], "dates": [], "leads": []}
    for position, (action, flat) in enumerate(zip(plan.actions, action_rows(plan), strict=True), 1):
        cost = action.resources
        nested = {"start": flat.pop("start"), "end": flat.pop("end")}
        leads, extra = flat.pop("leads"), flat.pop("extra")
        more = {
            **{"status_basis": action.status_basis, "status_text": action.status_text, "extra": extra},
            **{"resources_kind": cost.kind, "currency": cost.currency, "qualifier": cost.qualifier},
            **{"done": done(action), "doubts": standing_doubts(action, doubtful)},
        }
        made["actions"].append({**of, "position": position, **flat, **more})
        key = {**of, "action_id": action.id}
        # 1 for the last end date that stands and is not met, 2 for the one before it …
        ends = {id(entry): at for at, (entry, _) in enumerate(reversed(awaited(action.end)), 1)}
        made["dates"] += [
            {**key, "field": field, "position": at, **row, "awaited": ends.get(id(entry))}
            for field, entries in (("start", action.start), ("end", action.end))
            for at, (entry, row) in enumerate(zip(entries, nested[field], strict=True), 1)
        ]
        made["leads"] += [{**key, "position": at, **lead} for at, lead in enumerate(leads, 1)]
    made["findings"] = [{**of, **row} for row in finding_rows(plan)]
    return made


def _document(one: Catalogued) -> Row:
    plan = one.plan
    return {
        **{"title": plan.plan.title, "organisation_name": plan.plan.organisation, "path": one.path},
        **{"file": plan.source.file, "sha256": plan.source.sha256, "media_type": plan.source.media_type},
        **{"pages": plan.source.pages, "actions": len(plan.actions)},
        "doubtful_actions": sum(action.needs_review for action in plan.actions),
        **{"tool_version": plan.tool.version, "configuration": plan.tool.configuration},
        "schema_version": plan.schema_version,
    }


def _words(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(one for one in folded if not unicodedata.combining(one) and one not in "'’‘`´.").replace(
        "&", " and "
    )
    words = "-".join(re.findall(r"[a-z0-9]+", bare))
    others = any(one.isalnum() and not one.isascii() for one in bare)
    if not others and len(words) <= _LONGEST:
        return words
    digest = hashlib.sha256(" ".join(bare.split()).encode("utf-8", errors="replace")).hexdigest()[:12]
    return f"{words[:_LONGEST].strip('-')}-{digest}".lstrip("-")


#: The longest id without a digest: names of folders may have 255 bytes, and "organisation=" is one's beginning.
_LONGEST = 120
