"""Whatever the text, reading → summary → every renderer holds its invariants or refuses clearly."""

from __future__ import annotations

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toolkit.errors import InputError
from toolkit.reading import document_from_text
from toolkit.render import RENDERERS
from toolkit.render.result import Result, Run, View
from toolkit.summarize.pipeline import open_summarizer, summarise
from toolkit.translate import open_translator
from toolkit.types import Document

# Combining marks, bidi controls, zero-width, emoji, curly quotes, NBSP, soft hyphen, line breaks.
ODD = (
    "a\u0301\u0308\u202e\u202a\u2066\u2069\u200b\u200d\u200c\ufeff\u00ad\u00a0\u2028\u2029\x85\x0c"
    "\t\r\n\U0001f600\U0001f1ee\U0001f1e9“”‘’«»\"'.,!?…:;()[]–—-•\x00\x1b<>&\u0e01\u6f22\u0627"
)
WORDS = st.sampled_from(
    "Pemerintah Indonesia menaikkan harga beras 12,5 persen pada Jumat (8/8/2025) di Jakarta "
    "kata Menteri dan yang untuk dengan Baca juga: Rp1,2 triliun WIB Dr. H. “Kami akan”".split()
)
PIECES = st.one_of(WORDS, WORDS, WORDS, st.text(ODD, max_size=4), st.text(max_size=4))
TEXTS = st.lists(PIECES, min_size=1, max_size=80).map(" ".join)
ECHO = open_translator("echo")


def check(document: Document) -> None:
    for i, sentence in enumerate(document.sentences):
        assert sentence.id == i
        assert document.text[sentence.start : sentence.end] == sentence.text
    for removed in document.removed:
        assert document.text[removed.start : removed.end] == removed.text


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS, st.sampled_from(["lead", "centrality", "ranker"]))
def test_any_text(text: str, name: str) -> None:
    refused = ""
    try:
        document = document_from_text(text, id="fuzz")
    except InputError as error:
        refused = str(error)
    if refused:
        assert "\n" not in refused
        return
    check(document)
    results = []
    for order in ("translate-first", "summarize-first"):
        summary, translation = summarise(document, open_summarizer(name), ECHO, order=order)
        results.append(summary)
        ids = {s.id for s in document.sentences}
        assert all(set(s.support) <= ids and s.support for s in summary.sentences)
    assert results[0] == results[1]
    result = Result(document, translation, Run("echo", name, "sig", 0.0), summary)
    for form in RENDERERS:
        rendered = RENDERERS.load(form)(result, View(show_sources=True))
        rendered.encode("utf-8")
        if form == "json":
            assert json.loads(rendered)["document"]["text"] == document.text
