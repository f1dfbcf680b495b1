"""Builds HTML and SVG so that nothing goes in unescaped: text is escaped, only ``Html`` is not.

``tag("p", "a < b", tag("b", "c"), class_="x")`` → ``<p class="x">a &lt; b<b>c</b></p>``.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

_VOID = frozenset({"br", "hr", "img", "input", "link", "meta"})


class Html(str):
    """Markup that is known to be safe."""

    __slots__ = ()


def safe(child: str) -> str:
    """The child as markup: as it stands when it is ``Html``, escaped otherwise."""
    return child if isinstance(child, Html) else escape(child, quote=True)


def join(children: Iterable[str], separator: str = "") -> Html:
    """Children in a row, each escaped unless it is ``Html``."""
    return Html(separator.join(safe(child) for child in children))


def tag(name: str, /, *children: str, **attributes: str | int | float | bool | None) -> Html:
    """An element. Attribute names lose a trailing "_" and get "-" for other "_".

    None and False leave an attribute out, True writes it without a value.
    """
    parts = [name]
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        attribute = key.rstrip("_").replace("_", "-")
        if attribute in ("viewBox", "preserveAspectRatio") or value is not True:
            parts.append(f'{attribute}="{escape(str(value), quote=True)}"')
        else:
            parts.append(attribute)
    opening = f"<{' '.join(parts)}>"
    if name in _VOID:
        return Html(opening)
    return Html(f"{opening}{join(children)}</{name}>")
