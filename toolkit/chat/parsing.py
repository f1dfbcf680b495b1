"""What a chat model wrote → the JSON it was asked for, as tolerant as is safe.

Handles reasoning blocks, code fences, prose around the object, trailing commas and a reply that
was cut after its last whole item is *not* mended: a cut reply is an error of the session. What
the values mean is the caller's business.
"""

from __future__ import annotations

import json
import re
from typing import Any

from toolkit.types import clean_text

_THINK = re.compile(
    r"<(think|thinking|thought|reasoning|analysis)>.*?</\1>", re.DOTALL | re.IGNORECASE
)
_OPEN_THINK = re.compile(r"^\s*.*?</(?:think|thinking|thought|reasoning|analysis)>", re.S | re.I)
_UNCLOSED_THINK = re.compile(r"^\s*<(?:think|thinking|thought|reasoning|analysis)>", re.IGNORECASE)
_CODE = re.compile(r"```[a-zA-Z]*\s*\n?(.*?)```", re.DOTALL)
_TRAILING_COMMA = re.compile(r",(\s*[\]}])")
_BULLET = re.compile(r"^\s*(?:[-*•–]|\(?\d{1,2}[.)\]:]|\[\d{1,2}\])\s+")


def strip_reasoning(text: str) -> str:
    """``text`` without reasoning blocks; "" when the reasoning never ends."""
    text = _THINK.sub("", text)
    if "</think" in text.lower():
        text = _OPEN_THINK.sub("", text, count=1)
    return "" if _UNCLOSED_THINK.match(text) else text.strip()


def find_object(text: str) -> dict[str, Any] | None:
    """The first JSON object in a reply, or None.

    Looked for in this order: the whole reply, each code block, the first balanced ``{…}``.
    Trailing commas are forgiven.
    """
    text = strip_reasoning(text)
    for candidate in (text, *(m.group(1) for m in _CODE.finditer(text)), *_balanced(text)):
        for attempt in (candidate, _TRAILING_COMMA.sub(r"\1", candidate)):
            try:
                value = json.loads(attempt, strict=False)
            except (ValueError, RecursionError):
                continue
            if isinstance(value, dict):
                return value
    return None


def _balanced(text: str) -> list[str]:
    """Top-level ``{…}`` stretches of a text, quoting respected."""
    found, depth, start, quoted, escaped = [], 0, 0, False, False
    for i, char in enumerate(text):
        if depth and quoted:
            if escaped:
                escaped = False
            elif char == "\\":
                escaped = True
            elif char == '"':
                quoted = False
        elif char == '"' and depth:
            quoted = True
        elif char == "{":
            if depth == 0:
                start = i
            depth += 1
        elif char == "}" and depth:
            depth -= 1
            if depth == 0:
                found.append(text[start : i + 1])
    return found


def texts(reply: str, field: str) -> list[str] | None:
    """The list of texts under ``field`` of the JSON object in a reply, cleaned; None if none.

    Items may be texts or objects with the text under "text", "sentence" or "translation"; other
    shapes give None. Blank items stay, so that positions hold.
    """
    value = find_object(reply)
    if value is None or not isinstance(value.get(field), list):
        return None
    out = []
    for item in value[field]:
        if isinstance(item, dict):
            item = next((item[k] for k in ("text", "sentence", "translation") if k in item), None)
        if not isinstance(item, str):
            return None
        out.append(clean_text(item))
    return out


def text(reply: str, field: str) -> str | None:
    """The text under ``field`` of the JSON object in a reply, cleaned; None if none."""
    value = find_object(reply)
    if value is None or not isinstance(value.get(field), str):
        return None
    return clean_text(value[field])


def prose(reply: str) -> list[str]:
    """The lines of a reply that is no JSON: bullets and numbering taken off, blank lines out.

    Empty when the reply looks like broken JSON or code: such a reply is not guessed at.
    """
    plain = strip_reasoning(reply)
    if not plain or "{" in plain or "```" in plain:
        return []
    lines = [_BULLET.sub("", line).strip() for line in plain.split("\n")]
    return [clean_text(line.strip("*_ ")) for line in lines if line.strip("*_# ")]
