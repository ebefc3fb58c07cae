"""Pictures of a plan: what each one shows (pure data, tested as such), where that stands on it, and the drawing."""

from typing import Literal, get_args

Kind = Literal["timeline", "status", "overdue"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Format = Literal["svg", "png"]
FORMATS: tuple[Format, ...] = get_args(Format)
