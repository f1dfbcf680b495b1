"""Strategies for odd text that the text layer's property tests share."""

from __future__ import annotations

from hypothesis import strategies as st

_SIGNS = list(".!?…\"“”‘’'()[]{}«»,;:-–—/%$ \n\r\t")
_INVISIBLE = list("\u00a0\u2009\u2028\u2029\u00ad\u200b\u200d\u200f\u202e\u2066\ufeff")
_LETTERS = ["a", "B", "7", "é", "e\u0301", "ß", "İ", "\u5b57", "\u0627", "\u0663", "²", "½", "ﬁ"]
_EMOJI = ["\U0001f600", "\U0001f469\u200d\U0001f467", "\U0001f1ee\U0001f1e9", "\u0301", "\ud800"]
_PIECES = [
    *("Dr.", "No.", "S.H.", "Tbk.", " Ia", "kompas.com", "1.", "dkk.", "\n\n", "…”", '."', ". "),
    *(" Senin ", "12/7", "(8/8/2025)", "Juli", " May ", "2025", "ke-", "04.20", " WIB", "p.m."),
    *(" Rp", "1.000,5", "1,000.5", " juta", " million", " dua ", "puluh", "-an", "persen", "II"),
    *(" Presiden ", "Vladimir", "AS", "Menlu ", "bin ", "O'Neal", " the ", "yang", "G20"),
]
ODD = st.sampled_from([*_SIGNS, *_INVISIBLE, *_LETTERS, *_EMOJI, *_PIECES])
ODD_TEXT = st.lists(ODD, max_size=30).map("".join) | st.text(max_size=50)
"""Signs, invisible and combining characters, emoji, lone surrogates and bits of real text."""
