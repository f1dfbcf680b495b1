"""What a document offers as evidence: its sentences as weighted English stems and as Indonesian.

A source sentence offers the words of its translation, where there is one, and every English stem
that one of its Indonesian words may stand for (a word list learnt by scripts/train_lexicon.py).
Numbers, dates and names are looked for in the Indonesian, which no translation can spoil. Judging
a summary sentence is ``support``'s.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from toolkit.summarize.hostile import addresses_software
from toolkit.summarize.lexical import content_words
from toolkit.types import Document, Translation, clean_text

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:[.,]\d+)*")
_CAPITAL = re.compile(r"\b[A-Z][\w'’]*|\d+(?:[.,]\d+)*")
_ENDINGS = (
    *("ational", "ization", "isation", "iveness", "fulness", "ousness"),
    *("ments", "ities", "ively", "ings", "edly", "ment", "ness", "tion", "sion", "ally"),
    *("ies", "ied", "ing", "ity", "ive", "ion", "ers", "est", "ly", "ed", "er", "es", "'s", "’s"),
    *("s", "e", "y"),
)
STOPWORDS = frozenset(
    """a about above after again against all almost along already also although always am among an
    and another any anyone anything are around as at away back be became because become becomes
    been before behind being below between both but by came can cannot come could did do does doing
    done down due during each either else enough etc even ever every few first for from further get
    gets getting given go goes going gone got had has have having he hence her here hers herself him
    himself his how however i if in indeed instead into is it its itself just last later least less
    like made make makes making many may me meanwhile might mine more moreover most much must my
    myself near nearly neither never next no nor not nothing now of off often on once one only onto
    or other others our ours ourselves out over own part per perhaps put rather said same say saying
    says second see seem seen several shall she should since so some someone something soon still
    such take taken than that the their them themselves then there therefore these they this those
    though through thus till to together too toward towards under until up upon us use used very via
    was way we well were what when where whether which while who whole whom whose why will with
    within without would yet you your yours according added told explained stated including
    regarding""".split()
)
FUNCTION_WORDS = frozenset(
    """a an the of to in on at by for from with and or but as is are was were be been has have had
    will would that this these those he she it they his her its their who which not said after
    before during over into about more than""".split()
)


def stem(word: str) -> str:
    """A crude stem of an English word: one ending off, at least three letters kept."""
    word = word.lower()
    if word[0].isdigit():
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    if len(word) > 3 and word[-1] == word[-2]:
        word = word[:-1]
    return word[:-1] + "i" if len(word) > 3 and word.endswith("y") else word


def stems(text: str) -> list[str]:
    """Stems of the content words and numbers of English text, in order."""
    found = (m.group() for m in _WORD.finditer(text))
    return [stem(w) for w in found if w.lower() not in STOPWORDS and len(w) > 1]


@dataclass(frozen=True, slots=True)
class Source:
    """One source sentence as evidence.

    ``english`` is "" without a translation; ``hostile`` what ``addresses_software`` says of it;
    ``foreign``: an English sentence in an Indonesian article.
    """

    id: int
    indonesian: str
    english: str
    stems: frozenset[str]
    hostile: str
    foreign: bool
    heading: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """All source sentences of a document, and the weight of each stem in it."""

    sources: tuple[Source, ...]
    title: str
    date: str
    weights: dict[str, float] = field(default_factory=dict)
    rare: float = 1.0

    def weight(self, word: str) -> float:
        """Inverse document frequency within the document; unseen stems weigh most."""
        return self.weights.get(word, self.rare)

    def overlap(self, words: set[str], source: int) -> float:
        """Weighted share of ``words`` that a source sentence has; 0 for an id that is none."""
        if not 0 <= source < len(self.sources):
            return 0.0
        total = sum(self.weight(w) for w in sorted(words))
        has = self.sources[source].stems
        return sum(self.weight(w) for w in sorted(words & has)) / total if total else 0.0


def gather(document: Document, translation: Translation | None) -> Evidence:
    """The evidence of a document; without a translation the Indonesian alone."""
    sentences = document.sentences
    english = {i: h.text for i, h in translation.hypotheses.items()} if translation else {}
    headings = {s.id for p in document.paragraphs if p.kind == "heading" for s in p.sentences}
    sources = []
    hostile_paragraphs: set[int] = set()
    for sentence in sentences:
        text = sentence.clean
        hostile = addresses_software(text)
        foreign = document.language == "id" and looks_english(text)
        if hostile:
            hostile_paragraphs.add(sentence.paragraph)
        translated = clean_text(english.get(sentence.id, ""))
        names = " ".join(m.group() for m in _CAPITAL.finditer(text))
        own = frozenset(stems(translated)) | frozenset(stems(text if foreign else names))
        own |= glosses(text)
        sources.append(
            Source(
                id=sentence.id,
                indonesian=text,
                english=translated,
                stems=own,
                hostile=hostile,
                foreign=foreign,
                heading=sentence.id in headings,
            )
        )
    counts = Counter(w for s in sources for w in s.stems)
    n = max(1, len(sources))
    return Evidence(
        sources=tuple(sources),
        title=clean_text(document.title),
        date=document.date,
        weights={w: math.log(1 + n / c) for w, c in counts.items()},
        rare=math.log(1 + n),
    )


@cache
def _lexicon() -> tuple[dict[str, tuple[str, ...]], frozenset[str]]:
    """English stems that each Indonesian word may stand for, and the stems that are no names."""
    found: dict[str, list[str]] = {}
    ordinary = set()
    path = Path(__file__).with_name("lexicon.tsv")
    for line in path.read_text(encoding="utf-8").splitlines():
        english, words, *mark = line.split("\t")
        if not mark:
            ordinary.add(english)
        for word in words.split():
            found.setdefault(word, []).append(english)
    return {word: tuple(english) for word, english in found.items()}, frozenset(ordinary)


def plain_word(stemmed: str) -> bool:
    """Whether an English stem is an ordinary word of the word list, not a name."""
    return stemmed in _lexicon()[1]


def glosses(indonesian: str) -> frozenset[str]:
    """English stems that the words of an Indonesian sentence may stand for."""
    table, _ = _lexicon()
    return frozenset(e for w in content_words(indonesian) for e in table.get(w, ()))


def looks_english(text: str) -> bool:
    """Whether a sentence is English: of at least four words, a fifth are English function words
    that Indonesian does not have."""
    found = [w.lower() for w in _WORD.findall(text) if not w[0].isdigit()]
    if len(found) < 4:
        return False
    return sum(w in FUNCTION_WORDS for w in found) / len(found) >= 0.2
