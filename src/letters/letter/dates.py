"""How English writes a date: in letters, and in all that is said to staff."""

from __future__ import annotations

from datetime import date

_MONTHS = (
    "January February March April May June July August September October November December"
).split()  # strftime would follow the locale


def long_date(day: date) -> str:
    """A date as letters write it: 2 October 2017."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
