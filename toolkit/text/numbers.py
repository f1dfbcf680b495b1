"""Numbers in Indonesian and English: find, format, compare, repair.

The finder is ``number_find``, its words ``number_words``, the two-sided comparison
``number_compare``; this module is the one to import from.
"""

from toolkit.text.number_compare import (
    FormatError,
    NumberDiff,
    compare_numbers,
    repair_formats,
)
from toolkit.text.number_find import find_numbers, number_hints
from toolkit.text.number_format import format_number
from toolkit.text.number_types import Number

__all__ = [
    "FormatError",
    "Number",
    "NumberDiff",
    "compare_numbers",
    "find_numbers",
    "format_number",
    "number_hints",
    "repair_formats",
]
