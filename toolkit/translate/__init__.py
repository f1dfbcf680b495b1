"""Indonesian→English translation: backends, batching, and the guard that checks them.

``open_translator(spec)`` is the way in; the contracts are in ``toolkit.translate.base``.
Reading order: base, batching, subwords, ctranslate2, transformers, echo, splitting, guard, opening.
"""

from __future__ import annotations

from toolkit.translate.base import Backend, Decoding, Translator
from toolkit.translate.opening import TRANSLATORS, open_translator

__all__ = ["TRANSLATORS", "Backend", "Decoding", "Translator", "open_translator"]
