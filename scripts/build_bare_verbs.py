"""Makes the table of verbs that Indonesian headlines write without their prefix.

    python scripts/build_bare_verbs.py ../shared/data/mono/id-news.txt.xz

"KPK Tahan Bupati" stands for "KPK menahan bupati". A word is taken when running text (lower-case
words of the files, one sentence a line) has it with the active prefix (meN-, Sneddon et al. 2010,
"Indonesian: A Comprehensive Grammar") and with the passive one (di-), and seldom bare. Words that
are as often bare, mostly nouns, are taken from the list below, which a person chose; ``headlines``
takes those for verbs behind names and actors only. Writes ``toolkit/text/data/bare_verbs.id.tsv``.
"""

from __future__ import annotations

import argparse
import lzma
import re
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from toolkit.text.headlines import active_forms

OUT = Path(__file__).resolve().parent.parent / "toolkit" / "text" / "data" / "bare_verbs.id.tsv"
ACTIVE, PASSIVE, SELDOM = 2, 1, 0.6
DOUBTFUL = frozenset(
    "angkat apresiasi bajak bakar bentuk buang bungkam bunuh coba desain eksekusi evakuasi ganti "
    "gelar harap identifikasi impor intervensi jawab jual kelola klarifikasi konfirmasi kritik "
    "lawan lelang lepas nilai pakai pasang pasok pinang prediksi pukul rekam respon respons revisi "
    "rilis rinci rusak sandera seleksi sorot suplai tahan tambah tanggung tawar telepon tembak "
    "tukar tulis undang ungkap verifikasi vonis".split()
)
"""As often nouns or adjectives as verbs."""
NEVER = frozenset(
    "ajar baca derita iming kandung kurung masak masukan putar sadari sedot susun tuju "
    "tusuk".split()
)
"""Words that mostly belong to the noun before them ("rumah susun")."""
ALSO = {
    "bekuk": "membekuk",
    "gerebek": "menggerebek",
    "jadi": "menjadi",
    "landa": "melanda",
    "rapatkan": "merapatkan",
    "rendam": "merendam",
    "ringkus": "meringkus",
    "sisir": "menyisir",
    "tewaskan": "menewaskan",
    "tilang": "menilang",
}
"""Verbs of headlines that the rules above miss."""
_WORD = re.compile(r"(?<![-\w])[a-z]+(?![-\w])")


def table(counts: Counter[str]) -> dict[str, tuple[str, str]]:
    """Bare verbs, their active form and how sure it is that they are verbs (sure, doubtful)."""
    found = {bare: (active, "sure") for bare, active in ALSO.items()}
    for bare, often in counts.items():
        if len(bare) < 4 or bare in NEVER or bare.endswith("nya") or counts["di" + bare] < PASSIVE:
            continue
        active = max(active_forms(bare), key=lambda form: counts[form])
        if counts[active] < ACTIVE:
            continue
        if bare in DOUBTFUL:
            found[bare] = active, "doubtful"
        elif often < SELDOM * counts[active]:
            found[bare] = active, "sure"
    return found


def count(paths: Iterable[Path]) -> Counter[str]:
    """How often each word stands in lower case."""
    counts: Counter[str] = Counter()
    for path in paths:
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                counts.update(_WORD.findall(line))
    return counts


def main(arguments: list[str] | None = None) -> int:
    """Build; 0 when it went well, 2 when a file can't be read."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=OUT)
    args = parser.parse_args(arguments)
    try:
        made = table(count(args.files))
    except (OSError, lzma.LZMAError) as error:
        print(f"build_bare_verbs: {error}", file=sys.stderr)
        return 2
    lines = [f"{bare}\t{active}\t{sure}\n" for bare, (active, sure) in sorted(made.items())]
    args.out.write_text("".join(lines), encoding="utf-8")
    print(f"{args.out}: {len(lines):,} verbs")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
