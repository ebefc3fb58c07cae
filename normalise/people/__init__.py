"""People: who is who in a plan, and whom its lead cells mean."""

from __future__ import annotations

from normalise.people.leads import looks_like_lead, read_leads
from normalise.people.mention import Roster
from normalise.people.roster import read_roster

__all__ = ["Roster", "looks_like_lead", "read_leads", "read_roster"]
