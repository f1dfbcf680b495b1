"""Article text as data: delimiters that the text can't close, and neutralised look-alikes.

The tag of a fence is a digest of what it encloses, so that the same article makes the same
request (and can be cached), while an article can't hold its own tag: it would have to contain
the hash of itself. Angle brackets inside are replaced by typographic ones, so that neither a
guessed fence nor a chat template's control token (``<|im_start|>``, ``</s>``, ``[INST]``)
survives. The wording that declares the blocks as data is the prompts'.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping

_ANGLES = {"<": "‹", ">": "›"}
_CONTROL_BRACKETS = re.compile(r"\[(\s*/?\s*(?:INST|SYS|SYSTEM_PROMPT|AVAILABLE_TOOLS)\s*)\]", re.I)
_MANY_NEWLINES = re.compile(r"\n{3,}")
TAG_DIGITS = 16


def neutralise(text: str) -> str:
    """Return ``text`` without anything that could pass for a delimiter or a control token.

    Every character that is, or under NFKC becomes, ``<`` or ``>`` turns into ``‹`` or ``›``;
    invisible characters (zero-width, bidirectional, tag, other format and control characters
    but line feed) go; ``[INST]`` and its like turn into ``(INST)``. Letters, digits and
    punctuation stay as they are.
    """
    kept = []
    for char in text.replace("\r\n", "\n").replace("\r", "\n"):
        if char == "\n":
            kept.append(char)
            continue
        category = unicodedata.category(char)
        if category in ("Zl", "Zp"):
            kept.append("\n")
        elif category == "Zs" or char == "\t":
            kept.append(" ")
        elif category in ("Cf", "Cc", "Cs", "Co"):
            continue
        else:
            plain = unicodedata.normalize("NFKC", char) if ord(char) > 0x7F else char
            kept.append(_ANGLES.get(plain, char))
    return _MANY_NEWLINES.sub("\n\n", _CONTROL_BRACKETS.sub(r"(\1)", "".join(kept)))


def fence(blocks: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """Enclose each block of text; return the tag and the enclosed blocks by name.

    ``blocks`` maps a block's name (lower-case letters) to untrusted text. Each comes back as
    ``<name-tag>``, the neutralised text, ``</name-tag>`` on lines of their own; an empty text
    gives an empty block. All blocks of a request share the tag.
    """
    clean = {name: neutralise(text).strip() for name, text in blocks.items()}
    digest = hashlib.sha256()
    for name, text in clean.items():
        digest.update(f"{name}\0{text}\0".encode())
    tag = digest.hexdigest()[:TAG_DIGITS]
    return tag, {
        name: f"<{name}-{tag}>\n{text}\n</{name}-{tag}>"
        if text
        else f"<{name}-{tag}>\n</{name}-{tag}>"
        for name, text in clean.items()
    }
