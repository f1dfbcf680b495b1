"""Slips of the pen that make another word or size, where what stands beside them leaves no doubt.

Indonesian pages write "kelapa negara" (coconut of state) for "kepala negara" (head of state), and
the other way round of oil palms; a model translates what stands there. Only such pairs are in the
table, each with the words that settle it. Slips that make no word are left to the model, which has
seen many (``scripts/corpus/variants.py``), save those of "triliun" and "miliar" behind figures. The
document keeps what the author wrote.
"""

from __future__ import annotations

import re

_HEADED = (
    "negara pemerintahan daerah desa dusun dinas sekolah madrasah badan lembaga kantor kepolisian "
    "polisi staf suku bidang bagian biro seksi cabang perwakilan eksekutif divisi otorita keluarga "
    "sub kejaksaan stasiun satuan unit pusat delegasi"
)
_TABLE = (
    (re.compile(rf"\b([Kk])elapa(?=\s+(?:{'|'.join(_HEADED.split())})\b)"), r"\1epala"),
    (re.compile(r"\b([Kk])epala(?=\s+sawit\b)"), r"\1elapa"),
    (re.compile(r"(?<=\d )([Tt])ril(?:un|yun|iyun|liun)\b"), r"\1riliun"),
    (re.compile(r"(?<=\d )([Mm])il(?:iyar|liar|yard)\b"), r"\1iliar"),
)


def read_slips(text: str) -> tuple[str, list[tuple[str, str]]]:
    """The text as it was meant, and what was read as what ("kelapa negara", "kepala negara")."""
    found: list[tuple[str, str]] = []
    for slip, meant in _TABLE:
        for match in slip.finditer(text):
            beside = (text[match.end() :].split() or [""])[0].strip(".,;:!?\"'”’)")
            found.append((f"{match.group()} {beside}", f"{match.expand(meant)} {beside}"))
        text = slip.sub(meant, text)
    return text, found
