"""Attaches double quotation marks that stand apart, as models write them that learnt them so.

The embedded model reads and writes ``He said: " We will go. "``: the first word of a quotation then
has the pieces that it has everywhere else, or a small model garbles it. Marks that are attached on
either side already are left as they are.
"""

from __future__ import annotations

import re

_LOOSE = re.compile(r'(?:(?<=\s)|^)"(?=\s|$)')
_OPENING = re.compile(r'(?:(?<=\s)|^)"(?=\S)')
_CLOSING = re.compile(r'(?<=\S)"')
_INSIDE = re.compile(r"[,.!?…]\s*$")
_ANNOUNCED = re.compile(
    r"\b(?:said|says|saying|say|added|adding|stated|stating|asked|told \w+|wrote|replied|noted|"
    r"explained|stressed|read|reads|quoted)(?: \w+)?[,.]?\s*$",
    re.IGNORECASE,
)


def attach_quotes(text: str) -> str:
    """``text`` with loose double quotes opened and closed by turns.

    Which comes first is told by the first mark that is attached already. Else, as a text may begin
    inside a quotation, of an odd number of marks the first one closes where a stop or comma stands
    before it, unless a verb of saying announces what follows.
    """
    if not _LOOSE.search(text):
        return text
    marks = [m.start() for m in re.finditer('"', text)]
    loose = {m.start() for m in _LOOSE.finditer(text)}
    opens = _first_opens(text, marks)
    out, last = "", 0
    for at in marks:
        before, after = text[last:at], text[at + 1 :]
        last = at + 1
        if at not in loose:
            out += before + '"'
        elif opens and after.strip():
            out += (before.rstrip() if before.rstrip()[-1:] in tuple("([") else before) + '"'
            last += len(after) - len(after.lstrip())
        else:
            out += before.rstrip() + '"'
            if after.lstrip()[:1] in tuple(",.;:!?)"):
                last += len(after) - len(after.lstrip())
        opens = not opens
    return out + text[last:]


def _first_opens(text: str, marks: list[int]) -> bool:
    for number, at in enumerate(marks):
        if _OPENING.match(text, at):
            return number % 2 == 0
        if _CLOSING.match(text, at):
            return number % 2 == 1
    before = text[: marks[0]]
    return not (len(marks) % 2 and _INSIDE.search(before) and not _ANNOUNCED.search(before))
