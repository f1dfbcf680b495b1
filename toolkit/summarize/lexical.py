"""Bag-of-words view of Indonesian sentences for ranking: words, tf-idf vectors, cosine.

Plain Python on purpose: a news article has tens of sentences, and loading nothing keeps the
default path fast. Sentence splitting, names and numbers belong to ``toolkit.text``.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|\d+(?:[.,:/]\d+)*")
_CLITIC = re.compile(r"(?:nya|lah|kah|pun)$")

STOPWORDS = frozenset(
    """ada adalah adapun agar akan akhirnya aku anda antara apa apabila apakah atas atau bagai
    bagaimana bagi bahkan bahwa banyak beberapa begitu belum bentuk berada berbagai berdasarkan
    berkata bersama besar biasa bila bisa boleh bukan cara cukup dalam dan dapat dari daripada
    datang demi demikian dengan depan di dia diri dua dulu guna hal hampir hanya hari harus hingga
    ia ialah ikut ingin ini itu jadi jangan jika jelas juga kalau kali kami kapan karena kata
    katanya ke kemudian kembali kepada ketika khusus kini kita lagi lain lainnya lalu lama lebih
    lewat maka makin malah mana masih masing maupun melainkan melalui memang mengatakan menjadi
    menurut mereka merupakan meski meskipun mungkin namun nanti oleh orang pada padahal paling para
    pasti per perlu pernah pihak pula punya saat saja salah sama sambil sampai sang sangat satu saya
    sebab sebagai sebagaimana sebagian sebelum sebelumnya sebuah secara sedang sedangkan segera
    sehingga sejak sejumlah sekali sekarang sekitar selain selama selalu seluruh semakin sementara
    semua sendiri seorang seperti sering serta sesuai sesuatu setelah setiap si siapa suatu sudah
    supaya tahun tak tambah tanpa tapi telah tengah tentang tentu terhadap terjadi terkait termasuk
    tersebut terus tetap tetapi tiap tidak tutur ucap ujar ungkap untuk usai waktu walau yaitu yakni
    yang""".split()
)


def words(text: str) -> list[str]:
    """Lower-cased words and numbers, clitics (-nya, -lah, -kah, -pun) taken off long words."""
    out = []
    for match in _WORD.finditer(text.lower()):
        word = match.group()
        if len(word) > 6:
            word = _CLITIC.sub("", word)
        out.append(word)
    return out


def content_words(text: str) -> list[str]:
    """``words`` without function words and single letters."""
    return [w for w in words(text) if w not in STOPWORDS and len(w) > 1]


def tfidf(sentences: Sequence[Sequence[str]]) -> list[dict[str, float]]:
    """Unit-length tf-idf vectors of sentences given as content words.

    idf is computed within the document, log(1 + n / df), as LexRank (Erkan & Radev 2004) does
    over its cluster. A sentence without words gives an empty vector.
    """
    n = len(sentences)
    df = Counter(w for s in sentences for w in set(s))
    vectors = []
    for sentence in sentences:
        raw = {w: tf * math.log(1 + n / df[w]) for w, tf in Counter(sentence).items()}
        norm = math.sqrt(sum(v * v for v in raw.values()))
        vectors.append({w: v / norm for w, v in raw.items()} if norm else {})
    return vectors


def cosine(a: dict[str, float], b: dict[str, float]) -> float:
    """Dot product of two unit-length sparse vectors."""
    if len(b) < len(a):
        a, b = b, a
    return sum(v * b[w] for w, v in a.items() if w in b)


def overlap(a: Sequence[str], b: Sequence[str]) -> float:
    """Share of the distinct words of ``a`` that stand in ``b``; 0 when ``a`` is empty."""
    first = set(a)
    return len(first & set(b)) / len(first) if first else 0.0
