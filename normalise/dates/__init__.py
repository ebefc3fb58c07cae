"""Dates as printed, read strictly: day before month, never more precise than the page, no clock.

`read_row_dates` is the door for a row; `read_published` and `looks_like_date` serve the steps before it.
"""

from normalise.dates.rows import RowDates, looks_like_date, read_dates, read_published, read_row_dates

__all__ = ["RowDates", "looks_like_date", "read_dates", "read_published", "read_row_dates"]
