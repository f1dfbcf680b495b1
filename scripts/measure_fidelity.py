"""Measure the number, date and name checks on careful human translations.

A flag on a careful pair is counted as a false alarm, although some are slips of the translator.
To see what the checks catch, the same pairs are damaged in known ways (a number changed, left out
or written with the other language's marks; a weekday or month changed; a name replaced) and the
share of damage that is flagged is counted. Even lines are for tuning, odd lines for reporting.
Run: python scripts/measure_fidelity.py [--part tune|report] [--limit N] [--show KIND] [FOLDER]
"""

from __future__ import annotations

import argparse
import lzma
import random
import re
from collections.abc import Iterator
from pathlib import Path

from toolkit.text.calendar_words import MONTHS_EN, WEEKDAYS_EN
from toolkit.text.dates import compare_dates
from toolkit.text.names import compare_names
from toolkit.text.numbers import compare_numbers, find_numbers

DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "data"
SETS = {
    "newswire": "parallel/newswire_translated.tsv.xz",
    "ud_pud": "parallel/ud_pud_news_wiki.tsv.xz",
    "flores": "dev/flores-dev.tsv",
    "tico19": "dev/tico19-dev.tsv",
}
Pair = tuple[str, str]


def read(path: Path) -> Iterator[Pair]:
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            source, _, target = line.rstrip("\n").partition("\t")
            if source and target:
                yield source, target


def sample(folder: Path, name: str, part: str, limit: int) -> list[Pair]:
    pairs = list(read(folder / SETS[name]))[0 if part == "tune" else 1 :: 2]
    return random.Random(7).sample(pairs, min(limit, len(pairs)))


def findings(source: str, target: str) -> dict[str, list[str]]:
    numbers = compare_numbers(source, target)
    dates = compare_dates(source, target)
    names = compare_names(source, target)
    return {
        "number missing": [n.text for n in numbers.missing],
        "number added": [n.text for n in numbers.added],
        "number format": [f"{e.digits}→{e.correct}" for e in numbers.format_errors],
        "date missing": [f"{p.part} {p.name} ({p.text})" for p in dates.missing],
        "date changed": [f"{a.name} → {b.name}" for a, b in dates.changed],
        "date added": [f"{p.part} {p.name} ({p.text})" for p in dates.added],
        "name missing": [n.text for n in names.missing],
    }


def flagged(source: str, target: str, kind: str) -> bool:
    if kind == "number":
        return not compare_numbers(source, target).ok
    if kind == "date":
        return not compare_dates(source, target).ok
    return not compare_names(source, target).ok


def damage(source: str, target: str, kind: str, rng: random.Random) -> str | None:
    """A copy of ``target`` with one thing wrong, or None when it holds nothing to damage."""
    if kind.startswith("number"):
        found = [
            n
            for n in find_numbers(target, "en")
            if re.search(r"\d", n.text) and n.kind not in ("date", "code", "time", "decade")
        ]
        if not found:
            return None
        number = rng.choice(found)
        digits = re.search(r"\d[\d.,]*\d|\d", number.text)
        assert digits is not None
        start, old = number.start + digits.start(), digits.group()
        if kind == "number changed":
            at = rng.randrange(len(old))
            while not old[at].isdigit():
                at = rng.randrange(len(old))
            new = old[:at] + rng.choice([d for d in "123456789" if d != old[at]]) + old[at + 1 :]
        elif kind == "number dropped":
            return target[: number.start] + target[number.end :]
        else:
            if not re.search(r"\d[.,]\d", old):
                return None
            new = old.translate({44: ".", 46: ","})
        return target[:start] + new + target[start + len(old) :]
    if kind == "date changed":
        names = [*WEEKDAYS_EN, *(m for m in MONTHS_EN if m not in ("May", "March"))]
        there = [n for n in names if re.search(rf"\b{n}\b", target)]
        if not there:
            return None
        old = rng.choice(there)
        pool = WEEKDAYS_EN if old in WEEKDAYS_EN else MONTHS_EN
        return re.sub(rf"\b{old}\b", rng.choice([n for n in pool if n != old]), target, count=1)
    shared = [
        w
        for w in re.findall(r"\b[A-Z][a-z]{4,}\b", target)
        if re.search(rf"\b{w}\b", source) and not source.startswith(w)
    ]
    if not shared:
        return None
    return re.sub(rf"\b{rng.choice(shared)}\b", "Somebody", target)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", nargs="?", type=Path, default=DEFAULT)
    parser.add_argument("--part", choices=["tune", "report"], default="report")
    parser.add_argument("--limit", type=int, default=5000)
    parser.add_argument("--show", default="")
    parser.add_argument("--set", default="")
    args = parser.parse_args()
    for name in [args.set] if args.set else list(SETS):
        pairs = sample(args.folder, name, args.part, args.limit)
        counts: dict[str, int] = {}
        for source, target in pairs:
            for kind, found in findings(source, target).items():
                counts[kind] = counts.get(kind, 0) + bool(found)
                if found and args.show and kind.startswith(args.show):
                    print(f"[{kind}] {found}\n   {source}\n   {target}")
        print(f"{name} ({args.part}, {len(pairs)} pairs): false alarms in % of pairs")
        for kind, count in counts.items():
            print(f"  {kind:<15} {100 * count / len(pairs):5.2f}")
        rng = random.Random(11)
        for kind in ("number changed", "number dropped", "number marks", "date changed", "name"):
            tried = caught = 0
            for source, target in pairs:
                bad = damage(source, target, kind, rng)
                base = kind.split()[0]
                if bad is None or bad == target or flagged(source, target, base):
                    continue
                tried += 1
                caught += flagged(source, bad, base)
            if tried:
                print(f"  caught, {kind:<15} {100 * caught / tried:5.1f} % of {tried}")


if __name__ == "__main__":
    main()
