"""Which source sentences can't stand alone, and what may open a summary sentence in English.

Indonesian side: sentences that open on a pronoun, a demonstrative or a connective lean on the one
before. English side: the connective that the translation opens with is taken off when what it
connects to is not in the summary. Nothing here selects sentences.
"""

from __future__ import annotations

import re

from toolkit.summarize.lexical import content_words

_PRONOUN = (
    r"(?:ia|dia|beliau|mereka|keduanya|ketiganya|menurutnya|katanya|ujarnya|lanjutnya|tambahnya|"
    r"imbuhnya|tuturnya|ucapnya|sebutnya|jelasnya|pihaknya|hal (?:ini|itu|tersebut|serupa)|"
    r"ini|itu|begitu (?:pula|juga|kata|ujar|tutur|ucap)|demikian(?: pula| juga)?|di sana|di situ|"
    r"di sini|hasilnya|"
    r"akibatnya|caranya|alasannya|tujuannya|pasalnya|sebabnya|artinya|maksudnya|jumlah (?:itu|ini|"
    r"tersebut)|kondisi (?:itu|ini|tersebut))"
)
_CONNECTIVE_ID = (
    r"(?:namun(?: demikian)?|tetapi|tapi|akan tetapi|sementara(?: itu)?|selain itu|sedangkan|"
    r"meski(?:pun)? (?:demikian|begitu)|walau(?:pun)? (?:demikian|begitu)|kendati (?:demikian|"
    r"begitu)|oleh (?:karena|sebab) itu|karena itu|dengan demikian|bahkan|di sisi lain|"
    r"sebaliknya|padahal|apalagi|kemudian|selanjutnya|lalu(?! lintas)|adapun|untuk itu|dan|"
    r"lebih lanjut|lebih jauh|tak hanya itu|tidak hanya itu|terkait hal (?:itu|ini|tersebut)|"
    r"sebagai(?:mana)? (?:respons|tanggapan) atas (?:hal )?(?:itu|ini|tersebut)|sebelumnya|"
    r"di samping itu|pada kesempatan (?:itu|yang sama)|dalam kesempatan (?:itu|yang sama)|"
    r"sejak (?:saat )?itu|saat itu|setelah itu|usai itu|ketika itu|"
    r"sebab(?! (?:itu|akibat))|pasalnya|soalnya|toh|jadi|maka)"
)
_DANGLING = re.compile(
    rf"^[\"“”'‘’(]?\s*(?:(?:{_CONNECTIVE_ID})\b[,\s]*)?(?:juga\s+)?{_PRONOUN}\b", re.IGNORECASE
)
_CONNECTED = re.compile(rf"^[\"“”'‘’(]?\s*{_CONNECTIVE_ID}\b", re.IGNORECASE)
_BACK_REFERENCE = re.compile(
    r"((?:[^\W\d_]+(?:-[^\W\d_]+)*\s+){1,3})(?:tersebut|itu)\b", re.IGNORECASE
)
_REFERENCE_WINDOW = 12
"""A reference counts as opening when it stands within the first so many words."""
_OPEN_QUOTE = re.compile(r"^[\"“”'‘]")
_ATTRIBUTED = re.compile(
    r"\b(?:kata|ujar|tutur|ucap|ungkap|jelas|tegas|sebut|tambah|imbuh|papar|terang|lapor|menurut|"
    r"mengatakan|menyatakan|menegaskan|menyebut|demikian|pungkas|tandas|cetus|lanjut)(?:nya)?\b",
    re.IGNORECASE,
)
_ONLY_ATTRIBUTES = re.compile(
    r"(?:(?:hal|pernyataan|informasi|kabar|keterangan|penegasan|pesan|imbauan|seruan)"
    r" (?:itu|ini|tersebut|senada|serupa)|demikian|itu|ini)(?: juga| pula)?"
    r" (?:di(?:ungkap|sampai|kata|nyata|tegas|jelas|benar|utara|kemuka|papar|tutur|lontar)kan"
    r"|diceritakan|diungkap|diakui|disebut(?:kan)?|kata|ujar|tutur|merupakan hasil"
    r"|hasil pantauan)\b",
    re.IGNORECASE,
)

_ANNOUNCES = re.compile(
    r"^(?:simak(?:lah)?|cek|intip|yuk|berikut(?: ini)?(?: adalah)? (?:rangkuman|ulasan|daftar|"
    r"jadwal|cara|fakta|profil|penjelasan|selengkapnya|\d+|beberapa|sejumlah|deretan|tips|hasil))"
    r"\b|\b(?:berikut ini|di bawah ini|selengkapnya)\.?$",
    re.IGNORECASE,
)
_RESULT = re.compile(
    r"\b(?:vs\.?|versus)\s.*\d\s?[-–]\s?\d|(?:\b\d+\s?[-–]\s?\d+\b(?:,\s*|\.?$)){3}",
    re.IGNORECASE,
)

_CONNECTIVE_EN = re.compile(
    r"^(?:(?:meanwhile|moreover|furthermore|therefore|nevertheless|nonetheless|consequently|and|"
    r"but(?! for\b))\s*,?|"
    r"(?:however|in addition(?: to (?:this|that|these))?|additionally|thus|hence|even so|"
    r"on the other hand|on the contrary|besides(?: (?:this|that))?|apart from (?:this|that)|"
    r"in the meantime|then|also|so|still|for (?:this|that) reason|because of (?:this|that)|"
    r"as a result(?: of (?:this|that))?|not only that|after that|since then|for its part|after all)"
    r"\s*,|(?:(?:this|that) is )?because|the reason(?: is)?(?: that)?,?|"
    r"so(?= (?:the|he|she|it|they|we|that)\b))"
    r"\s+(?=\S)",
    re.IGNORECASE,
)
"""Connectives; those that may as well begin a phrase ("So far", "As a result of the quake") only
with a comma."""


def opens_dangling(sentence: str) -> bool:
    """Whether an Indonesian sentence opens on a pronoun or demonstrative it does not explain."""
    return bool(_DANGLING.match(sentence))


def opens_connected(sentence: str) -> bool:
    """Whether an Indonesian sentence opens with a connective to the sentence before."""
    return bool(_CONNECTED.match(sentence))


def refers_back(sentence: str) -> frozenset[str]:
    """What the opening of an Indonesian sentence points back at, as lower-case words.

    "Dalam pertemuan tersebut, …" gives {"pertemuan"}; an empty set when nothing is pointed at.
    The sentence stands on its own when one of these words was introduced before it.
    """
    opening = " ".join(sentence.split()[:_REFERENCE_WINDOW])
    found = _BACK_REFERENCE.search(opening)
    return frozenset(content_words(found[1])) if found else frozenset()


def loose_quote(sentence: str) -> bool:
    """Whether an Indonesian sentence is direct speech that does not say whose it is."""
    return bool(_OPEN_QUOTE.match(sentence)) and not _ATTRIBUTED.search(sentence)


def only_attributes(sentence: str) -> bool:
    """Whether the sentence only says who said what stands before it."""
    return bool(_ONLY_ATTRIBUTES.match(sentence))


def announces(sentence: str) -> bool:
    """Whether the sentence only announces what follows it: a list, a quotation, the story."""
    return sentence.rstrip().endswith(":") or _ANNOUNCES.search(sentence) is not None


def is_result(sentence: str) -> bool:
    """Whether the sentence is a line of results ("Solo vs Blora 21-13, 11-21"), no prose."""
    return _RESULT.search(sentence) is not None


def drop_connective(english: str) -> str:
    """Take a leading English connective off and capitalise what follows."""
    rest = _CONNECTIVE_EN.sub("", english, count=1)
    return rest[:1].upper() + rest[1:] if rest != english else english
