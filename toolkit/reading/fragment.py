"""Takes HTML tags and entities off running text, as fields of exported databases have them.

For text that is no HTML page: "Jembatan ditutup.<br>Warga mengeluh &amp; protes." Nothing is
judged here (whole pages are ``html``'s): every word stays, blocks become paragraphs.
"""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

_BLOCKS = frozenset(
    "p br div li ul ol tr table thead tbody h1 h2 h3 h4 h5 h6 blockquote figure figcaption hr dl "
    "dt dd pre".split()
)
_INLINE = frozenset(
    "a b i u s em strong span font small big sub sup mark img iframe td th cite q abbr time center "
    "picture source video audio label input button svg path".split()
)
_HIDDEN = frozenset("script style template noscript".split())
_KNOWN = _BLOCKS | _INLINE | _HIDDEN
_WRITTEN = _BLOCKS | frozenset("a b i u em strong span font".split())
"""Tags that say that a text was written as HTML; a lone <img> is debris (``furniture``)."""
_TAG = re.compile(rf"</?(?:{'|'.join(sorted(_WRITTEN))})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_ENTITY = re.compile(
    r"&(?:amp|nbsp|lt|gt|quot|apos|[lr][ds]quo|[mn]dash|hellip|bull|middot|deg|times|rsaquo|laquo"
    r"|raquo|euro|copy|reg|#\d{2,6}|#x[0-9a-f]{2,5});",
    re.IGNORECASE,
)


def without_markup(text: str) -> tuple[str, str]:
    """The text without HTML tags and entities, and a note for the reader ("" where it has none)."""
    if "<" in text and _TAG.search(text):
        stripper = _Stripper()
        stripper.feed(text)
        stripper.close()
        return stripper.text(), "The text has HTML tags; they were taken off."
    if "&" in text and _ENTITY.search(text):
        return _ENTITY.sub(_character, text), "HTML entities were turned into characters."
    return text, ""


def _character(match: re.Match[str]) -> str:
    return html.unescape(match.group()).replace("\xa0", " ")


class _Stripper(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self._made: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        if tag in _HIDDEN:
            self._hidden += 1
        elif tag not in _KNOWN:
            self._made.append(self.get_starttag_text() or "")
        elif tag in _BLOCKS:
            self._made.append("\n\n")
        elif tag in ("td", "th"):
            self._made.append(" ")

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        if tag not in _HIDDEN:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        elif tag in _BLOCKS:
            self._made.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._made.append(data)

    def handle_entityref(self, name: str) -> None:
        self._made.append(_ENTITY.sub(_character, f"&{name};"))

    def handle_charref(self, name: str) -> None:
        self._made.append(_ENTITY.sub(_character, f"&#{name};"))

    def text(self) -> str:
        return re.sub(r"[ \t]*\n[ \t]*(?:\n[ \t]*)+", "\n\n", "".join(self._made)).strip()
