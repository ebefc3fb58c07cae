"""The codes of findings, and what each means to a reader. Codes are stable: a downstream system may rely on one.

Whoever makes a finding adds its code here; a test fails for a code that is not listed, and the schema lists them all.
"""

from __future__ import annotations

from normalise.model import About

#: code -> (what it is about: the reading or the document; what it means)
CODES: dict[str, tuple[About, str]] = {
    "missing-ref": ("document", "The numbering has a gap: no row has this number."),
}
