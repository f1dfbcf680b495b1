"""One registry per kind of part (translators, summarisers, metrics …): names to lazy loaders.

An entry is ``name → "package.module:attribute"``; nothing is imported until the name is asked
for. Registering a part is one line where the registry is made. What an attribute is (a class, a
factory, a function) is the kind's own contract.
"""

from __future__ import annotations

import difflib
import importlib
from collections.abc import Iterator, Mapping
from typing import Any

from toolkit.errors import UsageError


class Registry:
    """Maps names of one kind to attributes that are imported on first use."""

    def __init__(self, kind: str, entries: Mapping[str, str]) -> None:
        self.kind = kind
        self._entries = dict(entries)

    def names(self) -> list[str]:
        """The registered names in the order of registration."""
        return list(self._entries)

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def hint(self, name: str) -> str:
        """What may have been meant by a name there is not, as the end of a sentence."""
        near = difflib.get_close_matches(name, self._entries, n=1)
        return f"did you mean '{near[0]}'?" if near else f"known: {', '.join(self._entries)}."

    def load(self, name: str) -> Any:
        """Import and return the attribute registered as ``name``.

        Raises UsageError, with the nearest known name, when there is no such entry.
        """
        target = self._entries.get(name)
        if target is None:
            raise UsageError(f"Unknown {self.kind} '{name}'; {self.hint(name)}")
        module, _, attribute = target.partition(":")
        return getattr(importlib.import_module(module), attribute)
