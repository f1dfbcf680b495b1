"""Names and terms: find them, look for them in a translation, check a user's glossary.

The finder is ``name_find``, spelling variants ``name_match``, the comparison ``name_compare``,
the user's own terms ``glossary``; this module is the one to import from.
"""

from toolkit.text.glossary import Entry, Glossary, Violation
from toolkit.text.name_compare import NameDiff, compare_names
from toolkit.text.name_find import Name, find_names
from toolkit.text.name_match import same_name

__all__ = [
    "Entry",
    "Glossary",
    "Name",
    "NameDiff",
    "Violation",
    "compare_names",
    "find_names",
    "same_name",
]
