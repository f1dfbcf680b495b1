"""Dates in Indonesian and English: find, resolve, format, compare.

The finder is ``date_find``, calendar arithmetic ``date_resolve``, the two-sided comparison
``date_compare``; this module is the one to import from.
"""

from toolkit.text.date_compare import DateDiff, DatePart, compare_dates
from toolkit.text.date_find import DateMention, find_dates
from toolkit.text.date_resolve import format_date, resolve

__all__ = [
    "DateDiff",
    "DateMention",
    "DatePart",
    "compare_dates",
    "find_dates",
    "format_date",
    "resolve",
]
