"""People: who is who in a plan, and whom its lead cells mean."""

from __future__ import annotations

from normalise.people.leads import Reading, looks_like_lead, read_entries
from normalise.people.mention import Roster
from normalise.people.roster import read_roster
from normalise.people.tables import people_in_table

__all__ = ["Reading", "Roster", "looks_like_lead", "people_in_table", "read_entries", "read_roster"]
