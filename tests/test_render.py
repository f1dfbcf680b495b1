"""Renderers: contract of the JSON, escaping and anchors of the HTML page, plain text styles."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest

from tests.helpers import make_document
from toolkit.render import RENDERERS
from toolkit.render.headline import headline, shortened
from toolkit.render.result import Result, Run, View
from toolkit.types import Check, Hypothesis, Removed, Summary, SummarySentence, Translation

HOSTILE = '<script>alert(1)</script> "kutip" & <img src=x onerror=alert(2)>'
CHECK = Check("number", "warning", "12 became <b>21</b>")
TITLE_CHECK = Check("name", "warning", "Not found: <i>Palu</i>")


def result(*, summarised: bool = True) -> Result:
    document = make_document(
        [["Bagian satu"], [f"Pasar {HOSTILE} dibuka.", "Harga naik 12 persen."]],
        kinds=["heading", "text"],
        title=f"Judul {HOSTILE}",
        date="2026-09-14",
    )
    from dataclasses import replace

    document = replace(document, removed=(Removed("Baca juga: <i>x</i>", "read-also", 0, 4),))
    translation = Translation(
        document.id,
        {
            0: Hypothesis("Part one"),
            1: Hypothesis(f"The market {HOSTILE} opened."),
            2: Hypothesis("Prices rose 21 percent.", (CHECK,)),
        },
        Hypothesis(f"Headline {HOSTILE}", (TITLE_CHECK,)),
    )
    summary = Summary(
        translation.title.text if translation.title else "",
        (
            SummarySentence(f"The market {HOSTILE} opened.", (1,)),
            SummarySentence("Prices rose 21 percent.", (1, 2), (CHECK,)),
        ),
        "test/1",
    )
    run = Run("my-model", "lead", "sig<1>", 0.5, engine="fake")
    return Result(document, translation, run, summary if summarised else None)


class Page(HTMLParser):
    """Collects tags, ids and links of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            self.attributes.add(name)
            if name == "id":
                self.ids.append(value or "")
            if name == "href":
                self.links.append(value or "")


@pytest.mark.parametrize("name", list(RENDERERS))
@pytest.mark.parametrize("summarised", [True, False])
def test_every_format_renders_both_kinds(name: str, summarised: bool) -> None:
    text = RENDERERS.load(name)(result(summarised=summarised), View())
    assert "market" in text


def test_json_keeps_the_contract() -> None:
    data = json.loads(RENDERERS.load("json")(result(), View()))
    assert data["schema"] == "ringkas.summary/1"
    assert data["document"].items() >= {"date": "2026-09-14", "language": "id"}.items()
    assert data["document"]["removed"][0].items() >= {"rule": "read-also"}.items()
    for sentence in data["sentences"]:
        start, end = sentence["start"], sentence["end"]
        assert data["document"]["text"][start:end] == sentence["text"]
    assert data["sentences"][2]["checks"] == [
        {"kind": "number", "severity": "warning", "detail": CHECK.detail}
    ]
    assert data["summary"]["sentences"][1]["support"] == [1, 2]
    assert data["summary"]["words"] == len(data["summary"]["text"].split())
    assert data["summary"]["title_checks"] == [
        {"kind": "name", "severity": "warning", "detail": TITLE_CHECK.detail}
    ]
    assert data["run"]["translator"] == "my-model"
    assert data["run"]["engine"] == "fake"
    assert set(data["run"]) >= {"summarizer", "signature", "version", "seconds"}


@pytest.mark.parametrize("summarised", [True, False])
def test_html_is_self_contained_and_escaped(summarised: bool) -> None:
    text = RENDERERS.load("html")(result(summarised=summarised), View())
    page = Page(text)
    assert not {"script", "img", "iframe", "link", "i"} & set(page.tags)
    assert not [a for a in page.attributes if a.startswith("on") or a == "src"]
    assert "http://" not in text
    assert "https://" not in text
    assert len(page.ids) == len(set(page.ids))
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)


def test_html_marks_support_without_script() -> None:
    text = RENDERERS.load("html")(result(), View())
    assert re.search(r"body:has\(#k1:hover\) #s2", text)
    assert re.search(r"body:has\(#k1:focus-within\) #s1", text)
    assert "12 became &lt;b&gt;21&lt;/b&gt;" in text


def test_untranslated_sentences_say_so() -> None:
    made = result()
    hypotheses = {1: made.translation.hypotheses[1]}
    partial = Result(made.document, Translation("doc", hypotheses, None), made.run, made.summary)
    assert "not translated" in RENDERERS.load("html")(partial, View())
    data = json.loads(RENDERERS.load("json")(partial, View()))
    assert data["sentences"][0]["translation"] is None


def test_text_styles() -> None:
    render = RENDERERS.load("text")
    assert render(result(), View()).count("\n") == 0
    assert render(result(), View(style="bullets")).startswith("- The market")
    assert render(result(), View(style="headline")) == headline(result())
    shown = render(result(), View(show_sources=True))
    assert "[2] Harga naik 12 persen." in shown


def test_markdown_neutralises_markup() -> None:
    text = RENDERERS.load("markdown")(result(), View())
    assert "<script>" not in text
    assert text.startswith("# ")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("On Tuesday, President Ratna visited Papua.", "On Tuesday, President Ratna visited Papua"),
        ("The quake hit Padang, Solok and Agam.", "The quake hit Padang, Solok and Agam"),
        ("Suspect Budi (43), a driver, was held.", "Suspect Budi (43), a driver, was held"),
        ("The road was closed, police said.", "The road was closed, police said"),
        ("The ship sank, as quoted by Kabar on Monday.", "The ship sank"),
        (
            "The Constitutional Court (MK) sat on Monday (April 17, 2017).",
            "The Constitutional Court sat on Monday",
        ),
        ("He left on Friday (Aug. 8).", "He left on Friday"),
    ],
)
def test_a_sentence_as_headline_keeps_its_news(sentence: str, expected: str) -> None:
    assert shortened(sentence) == expected


def test_headline_of_a_story_without_one() -> None:
    made = result()
    assert made.summary is not None
    sentence = SummarySentence("The port closed on Monday, the ministry said.", (1,))
    without = Result(made.document, made.translation, made.run, Summary("", (sentence,), "test/1"))
    assert headline(without).startswith("The port closed on Monday")
    assert not headline(without).endswith(".")


def test_flags_name_ids_and_first_words_and_are_not_told_twice() -> None:
    made = result()
    opening = 'headline "Headline <script>alert(1)</script> "kutip" & <img …"'
    summary = 'summary [1, 2] "Prices rose 21 percent."'
    assert [where for where, _ in made.flags()] == [opening, summary]
    assert [where for where, _ in made.flags(headline=False)] == [summary]
    assert [where for where, _ in made.flags(body=False)] == [opening]
    whole = result(summarised=False).flags()
    assert [where for where, _ in whole] == [opening, 'sentence [2] "Harga naik 12 persen."']


def test_sentences_outside_a_summary_are_no_flags_of_it() -> None:
    made = result()
    first = Summary("A title", made.summary.sentences[:1] if made.summary else (), "test/1")
    other = Result(made.document, made.translation, made.run, first)
    assert other.flags(headline=False) == []
    page = RENDERERS.load("html")(other, View())
    assert "Flags also stand beside 1 sentence below" in page
    assert CHECK.detail not in page
    assert "12 became &lt;b&gt;21" in page, "the flag stands beside its sentence"


def test_a_sentence_that_serves_as_headline_brings_its_flags_and_sources() -> None:
    made = result()
    sentence = SummarySentence("The price rose.", (2,), (CHECK,))
    translation = Translation("doc", made.translation.hypotheses, None)
    other = Result(made.document, translation, made.run, Summary("", (sentence,), "test/1"))
    assert [c for _, c in other.flags(body=False)] == [CHECK]
    shown = RENDERERS.load("text")(other, View(style="headline", show_sources=True))
    assert shown == "The price rose\n    [2] Harga naik 12 persen."


def test_headline_style_shows_its_source() -> None:
    text = RENDERERS.load("text")(result(), View(style="headline", show_sources=True))
    assert text.splitlines()[1] == f"    [headline] Judul {HOSTILE}"
    marked = RENDERERS.load("markdown")(result(), View(style="headline", show_sources=True))
    assert "  > [headline] Judul" in marked
    assert "<script>" not in marked


def test_html_honours_the_style() -> None:
    render = RENDERERS.load("html")
    assert '<li><span class="sum' in render(result(), View(style="bullets"))
    assert '<li><span class="sum' not in render(result(), View())
    headline_only = render(result(), View(style="headline"))
    assert 'class="summary"' not in headline_only
    assert "<h1>Headline" in headline_only
    page = Page(headline_only)
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)


def test_html_names_the_translator_and_its_engine() -> None:
    assert "Translator my-model (fake) · summarizer lead" in RENDERERS.load("html")(
        result(), View()
    )


def test_a_translation_has_its_headline_in_markdown() -> None:
    text = RENDERERS.load("markdown")(result(summarised=False), View())
    assert text.startswith("# Headline")
