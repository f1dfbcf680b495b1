"""Plain line-by-line files as a bench: outputs of any system, references, source, document ids.

Columns, counts, order, language and blank lines are checked here, before anything is scored; run
directories are ``runs``'s business, the content check ``alignment``'s.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from toolkit.compare.alignment import check_content, check_ids
from toolkit.compare.bench import Bench, Output, System, Task, Unit
from toolkit.compare.files import read_lines
from toolkit.compare.runs import digest_units
from toolkit.errors import InputError, UsageError

SURE = 0.5
"""A text is taken for the wrong language when the identifier is at least so sure of it."""


@dataclass(frozen=True, slots=True)
class _Given:
    """A file of references or source: its path and lines, ``source`` None without a first column
    of Indonesian."""

    path: Path
    lines: list[str]
    source: list[str] | None


def plain_bench(
    outputs: Sequence[Path],
    *,
    references: Sequence[Path] = (),
    source: Path | None = None,
    task: Task = "translation",
    documents: Path | None = None,
    check: bool = True,
) -> Bench:
    """A bench of line-by-line files: one segment a line, ids are line numbers from 1.

    ``references`` may be several files (a line of each is a reference of the segment); ``source``
    is Indonesian; ``documents`` names the document of each line. Systems are called by file name
    (``system_names``). A reference or source file in the form ``Indonesian<TAB>English`` gives
    both sides. Raises InputError when columns or counts differ, a cell, a document's name or a
    whole output file is blank, sources contradict one another, languages are swapped or lines are
    out of place (the last two unless ``check`` is False).
    """
    given = [_read(path, "reference file") for path in references]
    sources = [_Given(g.path, g.source, None) for g in given if g.source is not None]
    if source is not None:
        read = _read(source, "source file")
        sources.insert(0, _Given(source, read.source or read.lines, None))
    files = [*given, *sources]
    if not files:
        raise UsageError(
            "Plain output files need something to be held against: give --references FILE, "
            "--source FILE or both."
        )
    named = [(g.path, g.lines) for g in files]
    groups = read_lines(documents, "documents file") if documents is not None else None
    if documents is not None and groups is not None:
        named.append((documents, groups))
        blank = next((i for i, name in enumerate(groups, 1) if not name.strip()), 0)
        if blank:
            raise InputError(f"{documents}, line {blank}: it names no document; every line must.")
    _same_length(named)
    _same_source(sources)
    if check:
        _check_languages(given, sources[0] if sources else None)
    units = tuple(
        Unit(
            id=str(i + 1),
            source=sources[0].lines[i] if sources else "",
            references=tuple(g.lines[i] for g in given),
            document=groups[i] if groups is not None else "",
        )
        for i in range(len(files[0].lines))
    )
    ids = [unit.id for unit in units]
    systems = []
    for path, name in zip(outputs, system_names(outputs), strict=True):
        lines = read_lines(path, "output file")
        check_ids(name, ids, [str(i + 1) for i in range(len(lines))], str(path))
        if not any(line.strip() for line in lines):
            raise InputError(f"{path} says nothing: all of its {len(lines)} lines are blank.")
        if all("\t" in line for line in lines):
            raise InputError(
                f"{path} has columns: all of its lines hold a tab; give the English alone."
            )
        if (tab := next((n for n, line in enumerate(lines, 1) if "\t" in line), 0)) != 0:
            raise InputError(
                f"{path}, line {tab}, holds a tab; give the English alone, one segment a line."
            )
        if check and given:
            check_content(name, ids, lines, [unit.references for unit in units])
        made = tuple(Output(i, text) for i, text in zip(ids, lines, strict=True))
        systems.append(System(name, made, info={"file": str(path)}))
    label = files[0].path.name.split(".")[0]
    return Bench(label, task, units, tuple(systems), digest=digest_units(units))


def system_names(paths: Sequence[Path]) -> list[str]:
    """What the systems of output files are called: each file's stem ("google" for google.en).

    Where two stems are the same, the whole file name; where that is the same too, the path as it
    was given. "references" is the name of the references' own row and never a file's.
    """
    stems = Counter([path.stem for path in paths] + ["references"])
    names = [path.stem if stems[path.stem] == 1 else path.name for path in paths]
    count = Counter(names)
    return [n if count[n] == 1 else str(p) for n, p in zip(names, paths, strict=True)]


def _read(path: Path, what: str) -> _Given:
    """Lines, all with one tab or all without; InputError names the first that departs."""
    lines = read_lines(path, what)
    if not lines:
        raise InputError(f"{what[:1].upper()}{what[1:]} {path} is empty.")
    paired = "\t" in lines[0]
    for number, line in enumerate(lines, 1):
        cells = line.split("\t")
        where = f"{path}, line {number}"
        if len(cells) > 2:
            raise InputError(
                f"{where}: {len(cells)} columns; expected one line of text, or "
                "Indonesian<TAB>English."
            )
        if (len(cells) == 2) is not paired:
            first, this = ("a tab", "none") if paired else ("no tab", "one")
            raise InputError(
                f"{where}: line 1 has {first} and this line {this}; write all lines as text, or "
                "all as Indonesian<TAB>English."
            )
        if not all(cell.strip() for cell in cells):
            side = ""
            if paired:
                side = " Indonesian" if not cells[0].strip() else " English"
            raise InputError(f"{where}: the{side} text is empty; every line must have one.")
    if not paired:
        return _Given(path, lines, None)
    return _Given(path, [r.split("\t")[1] for r in lines], [r.split("\t")[0] for r in lines])


def _same_length(named: Sequence[tuple[Path, list[str]]]) -> None:
    first, count = named[0][0], len(named[0][1])
    for path, lines in named[1:]:
        if len(lines) != count:
            raise InputError(
                f"{first.name} has {count} lines and {path.name} {len(lines)}; they must be "
                f"equal: the first line without a partner is '{min(count, len(lines)) + 1}'."
            )


def _same_source(sources: Sequence[_Given]) -> None:
    """Raise InputError at the first line on which two files give another Indonesian text."""
    for other in sources[1:]:
        for number, (a, b) in enumerate(zip(sources[0].lines, other.lines, strict=True), 1):
            if a.split() != b.split():
                raise InputError(
                    f"{sources[0].path}, line {number} is not the Indonesian that {other.path} "
                    "has there; give files of the same set."
                )


def _check_languages(given: Sequence[_Given], source: _Given | None) -> None:
    """Raise InputError when references are Indonesian, or the source is English."""
    for side in given:
        if not _written_in(side.lines, ("id", "ms")):
            continue
        if side.source is not None and _written_in(side.source, ("en",)):
            raise InputError(
                f"The columns of {side.path} are swapped: the first is English and the second "
                "Indonesian; write Indonesian<TAB>English."
            )
        raise InputError(
            f"The references in {side.path} are Indonesian; they must be English "
            "(--no-check takes them as they are)."
        )
    if source is not None and _written_in(source.lines, ("en",)):
        raise InputError(
            f"The source in {source.path} is English; it must be Indonesian "
            "(--no-check takes it as it is)."
        )


def _written_in(lines: Sequence[str], codes: Sequence[str]) -> bool:
    from toolkit.text.language import identify

    found = identify("\n".join(lines))
    return found.code in codes and found.confidence >= SURE
