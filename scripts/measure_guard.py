"""Measure how often the guard's checks flag human translations and those of six public systems.

Usage: python scripts/measure_guard.py [--show KIND] [--only SET] [--changes]

Needs the data folder ../shared beside the checkout. A check earns its place when it flags few of
the careful translations and more of the machine's. Prints one row a set: share of pairs with any
warning or error, then by kind. ``--show`` prints the flagged pairs of one kind. ``--changes``
measures the checks of exchanged numbers, words and roles alone, on all careful pairs there are.
"""

from __future__ import annotations

import argparse
import lzma
import random
import re
import time
from collections import Counter
from pathlib import Path

from scripts.corpus.sources import press_sources
from toolkit.text.numbers import find_numbers
from toolkit.translate.checks import words_of
from toolkit.translate.confusions import check_confusions
from toolkit.translate.exchanged import check_exchanged
from toolkit.translate.judge import Judge
from toolkit.translate.roles import check_roles, verbs
from toolkit.types import Check

SHARED = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
SYSTEMS = ("google", "microsoft", "bergamot-tiny", "nllb", "opusmt", "argos")
KINDS = ("omission", "length", "repetition", "copied", "symbols", "word", "number", "date", "name")


def pairs(path: Path) -> list[tuple[str, str]]:
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        rows = (line.rstrip("\n").split("\t") for line in file)
        return [(row[0].strip(), row[1].strip()) for row in rows]


def without_a_clause(text: str, rng: random.Random) -> str | None:
    """The text less one clause of five words or more and at most half of it; None: it has none."""
    parts = re.split(r"(?<=[,;.:])\s+", text)
    size = len(text.split())
    places = [i for i, p in enumerate(parts) if 5 <= len(p.split()) <= size / 2]
    if not places:
        return None
    out = rng.choice(places)
    return " ".join(parts[:out] + parts[out + 1 :])


def with_exchanged_numbers(source: str, text: str, rng: random.Random) -> str | None:
    """The text with two numbers that both sides hold once in each other's place; None: no two."""
    here, there = find_numbers(source, "id"), find_numbers(text, "en")
    values, others = [n.value for n in here], [n.value for n in there]
    once = [n for n in there if n.value > 1 and values.count(n.value) == others.count(n.value) == 1]
    once = [
        n
        for n in once
        if n.kind in ("cardinal", "money", "percent", "measure", "duration")
        and not 1900 <= n.value <= 2100
    ]
    if len(once) < 2:
        return None
    one, other = sorted(rng.sample(once, 2), key=lambda n: n.start)
    between = text[one.end : other.start]
    return text[: one.start] + other.text + between + one.text + text[other.end :]


_NAMES = r"([A-Z][\w'-]+(?: [A-Z][\w'-]+){0,2})"
_DONE = re.compile(rf"{_NAMES} ((?:has |have |had )?\w+ed|shot|beat|led|struck) {_NAMES}(?=\W)")


def with_exchanged_roles(text: str) -> str | None:
    """The text with two names beside a verb ("Chelsea defeated Arsenal") in each other's place."""
    found = _DONE.search(text)
    if found is None:
        return None
    return f"{text[: found.start()]}{found[3]} {found[2]} {found[1]}{text[found.end() :]}"


def measure_changes(*, show: bool) -> None:
    """How often careful pairs are reported for something exchanged; how many exchanges are seen."""
    press = [pair for source in press_sources(SHARED) for pair in source.read() if all(pair)]
    sets = {
        "our translations of the press": press,
        "newswire_translated": pairs(SHARED / "parallel" / "newswire_translated.tsv.xz"),
        "panl_bppt_news": pairs(SHARED / "parallel" / "panl_bppt_news.tsv.xz"),
    }
    turned = [(s, with_exchanged_roles(h)) for rows in sets.values() for s, h in rows]
    held = [(s, h) for s, h in turned if h and not verbs().keys().isdisjoint(words_of(s))]
    sets["two names beside a verb exchanged"] = held
    print(f"{'set':36} {'pairs':>7} {'numbers':>8} {'words':>8} {'roles':>8}")
    for name, rows in sets.items():
        counts: Counter[str] = Counter()
        for source, hypothesis in rows:
            found: dict[str, list[Check]] = {
                "numbers": check_exchanged(source, hypothesis),
                "words": check_confusions(source, hypothesis),
                "roles": check_roles(source, hypothesis, words_of(source)),
            }
            counts.update(kind for kind, checks in found.items() if checks)
            for kind, checks in found.items() if show else ():
                for check in checks:
                    print(f"\n{kind}: {check.detail}\n  {source}\n  {hypothesis}")
        print(
            f"{name:36} {len(rows):7} {counts['numbers']:8} {counts['words']:8} {counts['roles']:8}"
        )


def load_sets(sample: int) -> dict[str, list[tuple[str, str]]]:
    newswire = pairs(SHARED / "parallel" / "newswire_translated.tsv.xz")
    flores = pairs(SHARED / "dev" / "flores-dev.tsv")
    sets = {
        f"newswire ({sample} careful)": random.Random(1).sample(newswire, sample),
        "flores-dev reference": flores,
        "tico19-dev reference": pairs(SHARED / "dev" / "tico19-dev.tsv"),
        "news-valid (web pairs)": pairs(SHARED / "dev" / "news-valid.tsv"),
    }
    for name in SYSTEMS:
        path = SHARED / "dev" / "systems" / f"flores-dev.{name}.en"
        lines = path.read_text(encoding="utf-8").split("\n")[: len(flores)]
        sets[f"flores-dev {name}"] = [
            (s, h.strip()) for (s, _), h in zip(flores, lines, strict=True)
        ]
    rng = random.Random(3)
    for name in [n for n in sets if "careful" in n or "reference" in n]:
        cut = [(s, without_a_clause(h, rng)) for s, h in sets[name]]
        sets[f"{name.split()[0]} less a clause"] = [(s, h) for s, h in cut if h]
        turned = [(s, with_exchanged_numbers(s, h, rng)) for s, h in sets[name]]
        sets[f"{name.split()[0]} exchanged numbers"] = [(s, h) for s, h in turned if h]
    return sets


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sample", type=int, default=3000)
    parser.add_argument("--show", choices=[*KINDS, "repaired"])
    parser.add_argument("--only", help="only the sets whose name holds this text")
    parser.add_argument("--changes", action="store_true", help="exchanged facts only, all pairs")
    options = parser.parse_args()
    if options.changes:
        measure_changes(show=bool(options.show))
        return
    judge = Judge()
    print(
        f"{'set':30} {'pairs':>6} {'any':>7} "
        + " ".join(f"{k[:8]:>8}" for k in KINDS)
        + f" {'repaired':>8} {'ms/pair':>8}"
    )
    for name, rows in load_sets(options.sample).items():
        if options.only and options.only not in name:
            continue
        counts: Counter[str] = Counter()
        started = time.process_time()
        for source, hypothesis in rows:
            verdict = judge(source, hypothesis)
            kinds = {c.kind for c in verdict.checks if c.severity != "info"}
            counts.update(kinds)
            counts["any"] += bool(kinds)
            counts["repaired"] += any(c.kind == "repaired" for c in verdict.checks)
            if options.show:
                for check in verdict.checks:
                    if check.kind == options.show:
                        print(f"\n{check.severity}: {check.detail}\n  {source}\n  {hypothesis}")
        spent = 1000 * (time.process_time() - started) / len(rows)
        shares = [counts[k] / len(rows) for k in ("any", *KINDS, "repaired")]
        print(
            f"{name:30} {len(rows):6} {shares[0]:7.2%} "
            + " ".join(f"{s:8.2%}" for s in shares[1:])
            + f" {spent:8.3f}"
        )


if __name__ == "__main__":
    main()
