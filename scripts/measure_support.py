"""How often the support check flags faithful sentences, and how often it misses planted faults.

Faithful: the human English summaries of the cross-lingual set. Faults: one number changed, one
name replaced, the summary of another article. Prints the share of flagged sentences of each kind.

    python scripts/measure_support.py ../shared/data/summaries/articles_en.jsonl.xz --count 100
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import re
from collections import Counter
from pathlib import Path

from toolkit.summarize.support import support
from toolkit.text.names import find_names
from toolkit.text.sentences import split
from toolkit.types import Document, Hypothesis, Paragraph, Sentence, Translation

NAMES = ("Bambang Sutrisno", "Margaret Hollister", "Kenya", "Acme Corporation", "Dewi Lestari")


def other_number(text: str, rng: random.Random) -> str:
    found = list(re.finditer(r"\d+", text))
    if not found:
        return ""
    match = rng.choice(found)
    value = str(int(match.group()) + rng.choice((1, 2, 3, 7, 11)))
    return text[: match.start()] + value + text[match.end() :]


def other_name(text: str, rng: random.Random) -> str:
    found = [n for n in find_names(text, "en") if n.kind == "name"]
    if not found:
        return ""
    name = rng.choice(found)
    return text[: name.start] + rng.choice(NAMES) + text[name.end :]


def document(row: dict[str, object]) -> Document:
    text, sentences = "", []
    for i, s in enumerate(row["sentences"]):  # type: ignore[arg-type, var-annotated]
        sentences.append(Sentence(i, i, len(text), len(text) + len(s), s))
        text += s + "\n\n"
    return Document(str(row["id"]), text, tuple(Paragraph(s.id, "text", (s,)) for s in sentences))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--split", default="dev")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--basis", choices=("none", "reference", "embedded"), default="none", help="translation"
    )
    options = parser.parse_args()
    with lzma.open(options.articles, "rt", encoding="utf-8") as stream:
        rows = [json.loads(line) for line in stream]
    rows = [r for r in rows if r["split"] == options.split and r.get("summary_en")]
    rng = random.Random(options.seed)
    rng.shuffle(rows)
    rows = rows[: options.count]
    flagged: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for i, row in enumerate(rows):
        story = document(row)
        translation = None
        if options.basis == "reference":
            found = {k: Hypothesis(t) for k, t in enumerate(row["translations"])}
            translation = Translation(story.id, found)
        elif options.basis == "embedded":
            from toolkit.translate import open_translator

            results = open_translator("embedded").translate([s.clean for s in story.sentences])
            translation = Translation(story.id, dict(enumerate(results)))
        faithful = [s.strip() for s in split(row["summary_en"], "en")]
        kinds = {
            "faithful": faithful,
            "number changed": [t for s in faithful if (t := other_number(s, rng))],
            "name replaced": [t for s in faithful if (t := other_name(s, rng))],
            "other article": [s.strip() for s in split(rows[i - 1]["summary_en"], "en")],
        }
        for kind, texts in kinds.items():
            for sentence in support(texts, story, translation):
                total[kind] += 1
                flagged[kind] += any(c.severity != "info" for c in sentence.checks)
    print(f"basis: {options.basis}; {len(rows)} articles of split '{options.split}'")
    for kind in total:
        share = flagged[kind] / total[kind]
        print(f"{kind:<15} {flagged[kind]:>4} of {total[kind]:>4} flagged ({share:.1%})")


if __name__ == "__main__":
    main()
