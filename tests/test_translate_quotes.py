"""Quotation marks that stand apart are attached; others are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.corpus.characters import model_form
from toolkit.translate.quotes import attach_quotes


@pytest.mark.parametrize(
    "text",
    [
        '"We will go," he said.',
        'He said: "We will go. They will stay."',
        'He called it "a massive change" and "a risk", officials said.',
        'They will fill it in and build houses," Rahma said on Monday.',
        'Rahma added, "The houses will stand for years.',
        'The "Musi" bridge ("the old one") is closed.',
        '"Is it true?" he asked. "No."',
        "No marks at all.",
    ],
)
def test_what_was_set_apart_comes_back(text: str) -> None:
    assert attach_quotes(model_form(text)) == text
    assert attach_quotes(text) == text


@given(st.text(alphabet='ab ",.AB', max_size=30))
def test_only_spaces_beside_marks_change(text: str) -> None:
    done = attach_quotes(text)
    assert done.replace(" ", "") == text.replace(" ", "")
    assert attach_quotes(done) == done or '" ' in done or ' "' in done
