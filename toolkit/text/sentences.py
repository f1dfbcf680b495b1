"""Splits Indonesian or English text into sentences by rule, in one pass over the text.

A stop (``. ! ?`` or an ellipsis) ends a sentence unless what stands before it is an abbreviation,
an initial or a list number, or what stands after it goes on in lower case. Quotation marks and
brackets that close after the stop stay with the sentence; quoted speech of several sentences is
split inside the quotation. A blank line always ends a sentence; a single line break is white space
unless ``line_breaks`` is given. Paragraphs, headlines and page furniture are the reader's job.

The pieces of ``split`` joined give the text back, whatever the text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from toolkit.text.resources import rows

Language = Literal["id", "en"]

_INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufe0e\ufe0f"
# A stop, a straight double quote, or a break between paragraphs.
_EVENT = re.compile(r'[.!?…。！？‼⁇⁈⁉]+|"|\n\s*\n|[\u2029\x0c]')
_LINE_EVENT = re.compile(r'[.!?…。！？‼⁇⁈⁉]+|"|[\n\r\u2028\u2029\x0b\x0c\x85]\s*')
_CLOSER = re.compile(rf"""["'”’»›)\]}}*⁰¹²³⁴-⁹{_INVISIBLE}]|\[[0-9]{{1,3}}\]""")
_OPENER = re.compile(rf"""["'“‘«‹„‚(\[{{*{_INVISIBLE}]""")
_WORD = re.compile(r"[^\W\d_]+")
_LAST_WORD = re.compile(r"(\w+)\s+$")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,5}")
_SPACE = re.compile(r"\s+")
_TOKEN_BREAK = re.compile(r"""[\s"'“”‘’«»(\[{,;:/\u2013\u2014]""")
_LABELLED = frozenset(
    "vitamin grup group kelas class blok block hepatitis tipe type plan rencana golongan kategori "
    "category gedung huruf poin point pasal seri series tim team liga serie opsi option sektor "
    "bagian part zona zone terminal gate influenza paket fase".split()
)
_DOMAINS = frozenset(
    "com co id net org go ac sch tv news info my web biz xyz gov edu uk us au sg jp io ai me "
    "or html htm php asp js pdf jpg doc txt exe".split()
)
_ROMAN = re.compile(r"[IVXLC]{2,}")
_LOWER_NAMES = frozenset(["kumparan", "detikcom"])
_JOINERS = frozenset(["dan", "atau", "di", "yang", "dengan", "and", "or", "of", "at", "to", "by"])
_BYLINE = re.compile(r"\s+\([^\W\d_]{2,8}(?:[/.][^\W\d_]{1,8})?\)\s*(?:$|\n)")  # "(bud/ang)"
_LOOKBACK = 40
_LOOKAHEAD = 12


@lru_cache(maxsize=2)
def _abbreviations(language: Language) -> dict[str, str]:
    return {
        form: kind
        for kind, scope, forms in rows("abbreviations.tsv")
        if scope in ("both", language)
        for form in forms.split()
    }


@lru_cache(maxsize=2)
def _openers(language: Language) -> frozenset[str]:
    return frozenset(
        w for scope, ws in rows("openers.tsv") if scope == language for w in ws.split()
    )


def split(text: str, language: Language = "id", *, line_breaks: bool = False) -> list[str]:
    """Split ``text`` into sentences, each with the white space that follows it.

    ``"".join(split(text)) == text`` for every text; leading white space stays with the first
    piece. With ``line_breaks`` every line break ends a sentence, not only a blank line. An empty
    text gives an empty list.
    """
    pieces: list[str] = []
    start = 0
    for end in _ends(text, language, line_breaks):
        space = _SPACE.match(text, end)
        stop = space.end() if space else end
        if not text[start:stop].strip():
            continue
        pieces.append(text[start:stop])
        start = stop
    rest = text[start:]
    if rest.strip() or (rest and not pieces):
        pieces.append(rest)
    elif rest:
        pieces[-1] += rest
    return pieces


def sentence_spans(
    text: str, language: Language = "id", *, line_breaks: bool = False
) -> list[tuple[int, int]]:
    """Return the (start, end) offsets of the sentences, without white space around them.

    Spans are in order, do not overlap and cover every character that is not white space.
    """
    spans = []
    position = 0
    for piece in split(text, language, line_breaks=line_breaks):
        body = piece.strip()
        if body:
            start = position + piece.index(body[0])
            spans.append((start, start + len(body)))
        position += len(piece)
    return spans


def _ends(text: str, language: Language, line_breaks: bool) -> list[int]:
    """Offsets at which sentences end (before the white space that follows)."""
    ends: list[int] = []
    start = 0  # where the sentence being read began
    quoted = False  # inside straight double quotes
    counter = 0  # last number of a running list ("1. … 2. …")
    position = 0
    for event in (_LINE_EVENT if line_breaks else _EVENT).finditer(text):
        if event.start() < position:
            continue
        mark = event.group()
        if mark == '"':
            quoted = _quote_opens(text, event.start(), quoted)
            continue
        if mark[0] not in ".!?…。！？‼⁇⁈⁉":
            ends.append(event.start())
            start, quoted, counter = event.end(), False, 0
            continue
        after, quoted = _closers(text, event.end(), quoted)
        position = after
        end, following = _after(text, after, quoted)
        if end is None:
            continue
        number = _list_number(text, start, event.start(), counter)
        if number is not None:
            counter = number
            continue
        if end > after:  # a quotation mark that stands apart closes here
            quoted, position = False, end
        if _is_end(text, event.start(), mark, after, end, following, language):
            ends.append(end)
            start = end
    return ends


def _quote_opens(text: str, at: int, quoted: bool) -> bool:
    """Whether the straight quote at ``at`` opens: by the space around it, else by turn."""
    before = at > 0 and not text[at - 1].isspace() and text[at - 1] not in "([{-–—/"
    after = at + 1 < len(text) and not text[at + 1].isspace()
    if after and not before:
        return True
    if before and not after:
        return False
    return not quoted


def _closers(text: str, at: int, quoted: bool) -> tuple[int, bool]:
    """Skip closing marks from ``at``; a straight quote counts when it can close."""
    while at < len(text) and (closer := _CLOSER.match(text, at)):
        if text[at] in "\"'":
            tight = at + 1 < len(text) and text[at + 1].isalnum()
            if tight and not (text[at] == '"' and quoted):
                break
            if text[at] == '"':
                quoted = False
        at = closer.end()
    return at, quoted


def _after(text: str, after: int, quoted: bool) -> tuple[int | None, int]:
    """Where the sentence would end, and the offset of the first letter or digit behind it.

    The end is None when nothing behind the stop can start a sentence.
    """
    space = _SPACE.match(text, after)
    at = space.end() if space else after
    end = after
    if space and quoted and text[at : at + 1] == '"' and text[at + 1 : at + 2].isspace():
        end = at + 1  # `… pergi. " Kami …`: the quotation mark belongs to what stands before
        space = _SPACE.match(text, end)
        at = space.end() if space else end
    if at >= len(text):
        return None, at
    if not space and not _glued(text, after):
        return None, at
    limit = at + _LOOKAHEAD
    while at < len(text) and at < limit and not text[at].isalnum():
        at += 1
    return (None if at >= len(text) else end), at


def _glued(text: str, after: int) -> bool:
    """Whether a sentence starts right behind the stop, without a space ("katanya.Menurut")."""
    at = after
    if at < len(text) and _OPENER.match(text, at):
        at += 1
    word = _WORD.match(text, at)
    if not word or len(word.group()) < 2:
        return False
    head = word.group()
    if not (head[0].isupper() and head[1:].islower()) or head.lower() in _DOMAINS:
        return False
    stop = after
    while stop > 0 and not text[stop - 1].isalnum():
        stop -= 1
    left = text[max(0, stop - _LOOKBACK) : stop]
    token = _TOKEN_BREAK.split(left)[-1]
    letters = re.search(r"[^\W\d_]+$", token)
    if not letters or len(letters.group()) < 3 or not letters.group().islower():
        return bool(re.search(r"\d{2,}$", token)) and "." not in token
    return "." not in token and "@" not in token and text[word.end() : word.end() + 1] != "."


def _list_number(text: str, start: int, stop: int, counter: int) -> int | None:
    """The number when the stop at ``stop`` belongs to a list number ("2."), else None."""
    left = stop
    while left > 0 and stop - left < 3 and text[left - 1] in "0123456789":
        left -= 1
    if left == stop or (left > 0 and not text[left - 1].isspace()):
        return None
    value = int(text[left:stop])
    before = text[max(start, left - 4) : left].rstrip()
    if not before and left - start < _LOOKBACK and not text[start:left].strip():
        return value
    if before[-1:] in (":", ";") or (counter and value == counter + 1):
        return value
    return None


def _is_end(
    text: str, stop: int, mark: str, after: int, end: int, following: int, language: Language
) -> bool:
    """Decide on one stop: ``text[following]`` is the first letter or digit behind it."""
    next_char = text[following : following + 1]
    found = _WORD.match(text, following)
    word = found.group() if found else ""
    opens = word.lower() in _openers(language)
    token = _TOKEN_BREAK.split(text[max(0, stop - _LOOKBACK) : stop])[-1]
    if next_char.islower() and not (len(word) > 1 and word[1].isupper()):
        # Running on in lower case: an end only behind a plain word, before a usual opening word.
        if _BYLINE.match(text, end):
            return True
        direct = text[after:following].isspace() and end == after == stop + 1
        plain = mark == "." and direct and len(token) > 3 and token.islower()
        known = (opens and word not in _JOINERS) or word in _LOWER_NAMES
        return plain and token.isalpha() and known and token not in _abbreviations(language)
    if mark[-1] in "!?。！？‼⁇⁈⁉":
        return text[max(0, stop - 5) : stop + 1] != "Yahoo!"
    if mark != ".":
        return not next_char.isdigit()
    if _ROMAN.fullmatch(word):
        return False
    kind = _abbreviations(language).get(token.lower())
    if not token or after > stop + 1:
        return kind != "lead"
    head, _, tail = token.rpartition("-")
    token = tail if head.isdigit() else token  # `19-L. Valencia`
    if kind is None and len(token) == 1 and token.isalpha():
        previous = _LAST_WORD.search(text[max(0, stop - _LOOKBACK) : stop - 1])
        labelled = previous is not None and previous.group(1).lower() in _LABELLED
        return labelled or opens
    if kind is None and _DOTTED.fullmatch(token):
        kind = "tail"
    match kind:
        case None:
            return True
        case "lead":
            return False
        case "number":
            return not next_char.isdigit() and (opens or token.islower())
        case "tail":
            return opens
    return not next_char.isdigit() and text[end : end + 2].strip() != "("
