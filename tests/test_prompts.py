"""Prompts: strict templates, user directories, golden renderings, the command."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from toolkit import prompts
from toolkit.chat.fence import fence
from toolkit.cli.prompts_cli import prompts_app
from toolkit.errors import UsageError

GOLDEN = Path(__file__).parent / "golden" / "prompts"

ARTICLE = (
    "Headline: Jembatan Musi Tiga Dibuka\nOutlet: Kabar Sungai\nDate: 2025-03-14\n\n"
    "Gubernur membuka jembatan itu pada Jumat (14/3). Biayanya Rp 1,2 triliun.\n\n"
    "“Abaikan $fence dan ${length}!” bunyi spanduk warga."
)
CASES: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "summarize": (
        {"article": ARTICLE},
        {
            "length": "in about 75 words, at least 60 and at most 90",
            "part": "a whole article",
            "language": "Indonesian",
            "glossary": '- "Gubernur": always "Governor"',
        },
    ),
    "translate": (
        {
            "passage": "[1] Gubernur membuka jembatan itu.\n[2] Biayanya Rp 1,2 triliun.",
            "context": "Hujan turun sejak pagi.",
        },
        {"count": "2 sentences", "note": "", "glossary": "(none)"},
    ),
    "headline": (
        {"summary": "The governor opened the bridge.", "title": "Jembatan Dibuka"},
        {"glossary": "(none)"},
    ),
    "merge": (
        {"parts": "The governor opened the bridge.\n\nIt cost 1.2 trillion rupiah."},
        {"length": "in exactly 2 sentences", "glossary": "(none)"},
    ),
    "revise": (
        {
            "article": ARTICLE,
            "draft": "[1] The bridge cost 2 trillion rupiah.",
            "findings": "- The number '2 trillion' does not stand in the article.",
        },
        {"length": "in one sentence", "language": "Indonesian", "glossary": "(none)"},
    ),
}


def render(name: str, directory: Path | None = None) -> str:
    blocks, values = CASES[name]
    tag, fenced = fence(blocks)
    messages = prompts.load(name, directory).render(fence=tag, **fenced, **values)
    return "".join(f"=== {m.role}\n{m.content}\n" for m in messages)


def test_every_task_has_a_shipped_prompt_and_a_golden_case() -> None:
    assert [p.name for p in prompts.load_all()] == list(prompts.TASKS) == list(CASES)


@pytest.mark.parametrize("name", CASES)
def test_golden(name: str) -> None:
    """A change here is a change of every signature: raise the prompt's version with it."""
    prompt = prompts.load(name)
    expected = (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")
    assert f"=== {prompt.signature}\n{render(name)}" == expected


@pytest.mark.parametrize("name", CASES)
def test_missing_and_unknown_variables(name: str) -> None:
    prompt = prompts.load(name)
    values = dict.fromkeys(prompts.TASKS[name].variables, "x")
    prompt.render(**values)
    for variable in values:
        fewer = {k: v for k, v in values.items() if k != variable}
        with pytest.raises(UsageError, match=rf"no value for '\${variable}'"):
            prompt.render(**fewer)
    with pytest.raises(UsageError, match="no variable 'colour'"):
        prompt.render(**values, colour="red")


@given(st.text())
def test_values_are_never_templates(value: str) -> None:
    prompt = prompts.load("merge")
    tag, blocks = fence({"parts": "x"})
    text = prompt.render(fence=tag, **blocks, length=value, glossary="$length")[1].content
    assert f"in English, {value}." in text
    assert text.endswith("$length")


def write(folder: Path, name: str, head: str, body: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.md"
    path.write_text(f"---\n{head}\n---\n{body}", encoding="utf-8")
    return path


HEAD = "name: merge\nversion: 7\nvariables: fence, parts, length"
BODY = "# User\n\n$fence $parts $length costs $$5"


def test_a_user_directory_stands_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "own", "merge", HEAD, BODY)
    found = prompts.load("merge", tmp_path / "own")
    assert (found.version, found.system) == ("7", "")
    tag, blocks = fence({"parts": "p"})
    (message,) = found.render(fence=tag, **blocks, length="l", glossary="g")
    assert message.content == f"{tag} {blocks['parts']} l costs $5"
    assert prompts.load("headline", tmp_path / "own").version == "1"
    assert prompts.load("merge").version == "1"
    monkeypatch.setenv("RINGKAS_PROMPTS", str(tmp_path / "own"))
    assert prompts.load("merge").version == "7"
    monkeypatch.delenv("RINGKAS_PROMPTS")
    write(prompts.user_dir(), "merge", HEAD.replace("7", "8"), BODY)
    assert prompts.load("merge").version == "8"
    assert prompts.load("merge", tmp_path / "own").version == "7"


def test_any_edit_changes_the_signature(tmp_path: Path) -> None:
    first = prompts.read(write(tmp_path / "a", "merge", HEAD, BODY))
    second = prompts.read(write(tmp_path / "b", "merge", HEAD, BODY + "."))
    assert first.signature != second.signature
    (tmp_path / "c").mkdir()
    crlf = (tmp_path / "a" / "merge.md").read_bytes().replace(b"\n", b"\r\n")
    (tmp_path / "c" / "merge.md").write_bytes(crlf)
    assert prompts.read(tmp_path / "c" / "merge.md").signature == first.signature


BAD = {
    "no front matter": ("", BODY, "must begin with front matter"),
    "unknown key": (HEAD + "\nmodel: x", BODY, "line 5: expected one of"),
    "key twice": (HEAD + "\nversion: 8", BODY, "'version' stands there twice"),
    "no version": (HEAD.replace("version: 7\n", ""), BODY, "lacks 'version'"),
    "other name": (HEAD.replace("merge", "blend"), BODY, "names it 'blend'"),
    "unknown variable": (HEAD + ", colour", BODY + " $colour", "declares 'colour', which task"),
    "undeclared variable": (HEAD, BODY + " $glossary", r"uses '\$glossary' without declaring"),
    "unused variable": (HEAD + ", glossary", BODY, "declares 'glossary' but never uses it"),
    "missing variable": (
        HEAD.replace(", length", ""),
        BODY.replace("$length ", ""),
        r"must use '\$length'",
    ),
    "variable twice": (HEAD + ", parts", BODY, "declares a variable twice"),
    "lone dollar": (HEAD, BODY + " 5$ ", r"a lone '\$'"),
    "no user part": (HEAD, "# System\n\n$fence $parts $length", "expected '# System'"),
    "empty user part": (HEAD, "# System\n$fence $parts $length\n# User\n", "nothing stands under"),
    "text before": (HEAD, "Hello\n" + BODY, "text stands before"),
    "parts in wrong order": (HEAD, BODY + "\n# System\nx", "expected '# System'"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_files_are_told(case: str, tmp_path: Path) -> None:
    head, body, said = BAD[case]
    if case == "no front matter":
        path = tmp_path / "merge.md"
        path.write_text(body, encoding="utf-8")
    else:
        path = write(tmp_path, "merge", head, body)
    with pytest.raises(UsageError, match=said) as caught:
        prompts.read(path)
    assert str(path) in str(caught.value)


def test_bad_places(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Unknown prompt 'poem'"):
        prompts.load("poem")
    with pytest.raises(UsageError, match="is not a folder"):
        prompts.load("merge", tmp_path / "none")
    write(tmp_path, "summarise", HEAD, BODY)
    with pytest.raises(UsageError, match=r"summarise\.md is no prompt of this program"):
        prompts.load_all(tmp_path)
    latin = tmp_path / "merge.md"
    latin.write_bytes("---\nname: mérge".encode("latin-1"))
    with pytest.raises(UsageError, match="not UTF-8"):
        prompts.read(latin)


def test_prompts_are_immutable() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        prompts.load("merge").version = "2"  # type: ignore[misc]


# -- the command -----------------------------------------------------------------------------

runner = CliRunner()


def test_list_and_show(tmp_path: Path) -> None:
    listed = runner.invoke(prompts_app, ["list"])
    assert listed.exit_code == 0
    assert [line.split()[0] for line in listed.stdout.splitlines()] == list(prompts.TASKS)
    write(tmp_path, "merge", HEAD, BODY)
    own = runner.invoke(prompts_app, ["list", "--prompts", str(tmp_path), "--json"])
    import json

    rows = {row["name"]: row for row in json.loads(own.stdout)}
    assert rows["merge"]["version"] == "7"
    assert rows["merge"]["path"] == str(tmp_path / "merge.md")
    assert rows["revise"]["shipped"] is True
    assert rows["merge"]["shipped"] is False
    shown = runner.invoke(prompts_app, ["show", "merge", "--prompts", str(tmp_path)])
    assert shown.stdout == (tmp_path / "merge.md").read_text(encoding="utf-8") + "\n"
    path = runner.invoke(prompts_app, ["show", "merge", "--path"])
    assert path.stdout.strip().endswith("merge.md")


def test_the_command_tells_what_is_wrong(tmp_path: Path) -> None:
    unknown = runner.invoke(prompts_app, ["show", "poem"])
    assert unknown.exit_code == 2
    assert "Unknown prompt 'poem'" in unknown.stderr
    write(tmp_path, "merge", HEAD, BODY + " $colour")
    bad = runner.invoke(prompts_app, ["list", "--prompts", str(tmp_path)])
    assert bad.exit_code == 2
    assert "$colour" in bad.stderr
