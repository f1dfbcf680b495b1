"""Renderers: one result object → text, Markdown, JSON or a self-contained HTML page.

A renderer is a function ``render(result: Result, view: View) -> str``; one file each.
"""

from __future__ import annotations

from toolkit.registry import Registry

RENDERERS = Registry(
    "format",
    {
        "text": "toolkit.render.plain:render_text",
        "markdown": "toolkit.render.plain:render_markdown",
        "json": "toolkit.render.as_json:render",
        "html": "toolkit.render.html:render",
    },
)
