"""extract.number_format: a value is read as its cell shows it, never more precisely."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from extract.number_format import Value, displayed

DAY = datetime(2017, 7, 3, 14, 5, 9)
CASES: list[tuple[Value, str, str]] = [
    ("1.10", "General", "1.10"),
    (float("nan"), "0", "nan"),
    (True, "General", "TRUE"),
    (1.1, "General", "1.1"),
    (7, "General", "7"),
    (7.0, "General", "7"),
    (0.1 + 0.2, "General", "0.3"),
    (-2.5, "General", "-2.5"),
    (0, "General", "0"),
    (46000, "General", "46000"),
    (1e15, "General", "1000000000000000"),
    (7, "@", "7"),
    (1.1, "0.00", "1.10"),
    (1.005, "0.00", "1.01"),
    (2.5, "0", "3"),
    (7, "000", "007"),
    (46000, "#,##0", "46,000"),
    (46000, "£#,##0", "£46,000"),
    (46000, '"£"#,##0.00', "£46,000.00"),
    (46000, "[$£-809]#,##0", "£46,000"),
    (46000, '_-"£"* #,##0_-;\\-"£"* #,##0_-;_-"£"* "-"_-;_-@_-', "£46,000"),
    (-46000, '_-"£"* #,##0_-;\\-"£"* #,##0_-;_-"£"* "-"_-;_-@_-', "-£46,000"),
    (0, '_-"£"* #,##0_-;\\-"£"* #,##0_-;_-"£"* "-"_-;_-@_-', "£-"),
    (-5, "#,##0;[Red](#,##0)", "(5)"),
    (-5, "£#,##0;[Red]-£#,##0", "-£5"),
    (46000, '#,##0,"k"', "46k"),
    (0.9, "0%", "90%"),
    (0.125, "0.0%", "12.5%"),
    (0.5, "#.##", ".5"),
    (2, "0.##", "2"),
    (2.5, "0.0#", "2.5"),
    (3, '0" days"', "3 days"),
    (3, '"Action "0', "Action 3"),
    (3, '"only"', "only"),
    (0.5, "# ?/?", "0.5"),
    (12345, "0.00E+00", "12345"),
    (DAY, "mmm-yy", "Jul-17"),
    (DAY, "dd/mm/yyyy", "03/07/2017"),
    (DAY, "dd\\/mm\\/yy", "03/07/17"),
    (DAY, "d mmmm yyyy", "3 July 2017"),
    (DAY, "[$-809]dd mmmm yyyy;@", "03 July 2017"),
    (DAY, "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "3 July 2017"),
    (DAY, "mm-dd-yy", "03/07/2017"),
    (DAY, "m/d/yyyy", "7/3/2017"),
    (DAY, "ddd d mmm", "Mon 3 Jul"),
    (DAY, "dddd", "Monday"),
    (DAY, "mmmmm", "J"),
    (DAY, "yyyy", "2017"),
    (DAY, "yyyy\\-mm\\-dd\\ hh:mm:ss", "2017-07-03 14:05:09"),
    (DAY, "h:mm AM/PM", "2:05 PM"),
    (DAY, '"w/c" d mmm yy', "w/c 3 Jul 17"),
    (DAY, "General", "03/07/2017"),
    (date(2017, 7, 3), "d-mmm-yy", "3-Jul-17"),
    (time(9, 30), "h:mm", "9:30"),
    (timedelta(hours=26, minutes=3), "[h]:mm:ss", "26:03:00"),
]


@pytest.mark.parametrize("value, number_format, text", CASES)
def test_displayed(value: Value, number_format: str, text: str) -> None:
    assert displayed(value, number_format) == text
