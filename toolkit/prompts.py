"""Prompts: versioned Markdown templates with front matter, rendered into chat messages.

One file a task (``summarize.md``, ``translate.md`` …). The front matter names the prompt, its
version and its variables; the body has a part ``# System`` and a part ``# User``, in which
``$variable`` is replaced and ``$$`` is a dollar sign. A file of the same name in the user's
directory stands in for the shipped one. Nothing here knows of models, nor of how article text is
fenced (``toolkit.chat.fence``).
"""

from __future__ import annotations

import hashlib
import os
import re
import string
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from toolkit import config
from toolkit.errors import UsageError


@dataclass(frozen=True, slots=True)
class Task:
    """What the program hands to a prompt: variables it must use, and those it may use."""

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()

    @property
    def variables(self) -> frozenset[str]:
        """All variables that are at hand for the task."""
        return frozenset(self.required) | frozenset(self.optional)


TASKS: Mapping[str, Task] = {
    "summarize": Task(("fence", "article", "length"), ("part", "language", "glossary")),
    "translate": Task(("fence", "passage", "count"), ("context", "note", "glossary")),
    "headline": Task(("fence", "summary"), ("title", "glossary")),
    "merge": Task(("fence", "parts", "length"), ("glossary",)),
    "revise": Task(("fence", "article", "draft", "findings", "length"), ("language", "glossary")),
}
"""The tasks that have a prompt, with the variables of each."""

_KEYS = ("name", "version", "variables", "description")
_HEADING = re.compile(r"^# (System|User)[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Message:
    """One chat message; ``role`` is "system", "user" or "assistant"."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """A template as read from its file.

    ``digest`` is the SHA-256 (hex) of the file's text with LF line ends: any edit changes it.
    """

    name: str
    version: str
    variables: tuple[str, ...]
    description: str
    system: str
    user: str
    digest: str
    path: Path

    @property
    def signature(self) -> str:
        """Name, version and the first 12 digits of the digest, as signatures quote it."""
        return f"{self.name}/{self.version}:{self.digest[:12]}"

    def render(self, **values: str) -> tuple[Message, ...]:
        """The system message (when the prompt has one) and the user message.

        ``values`` must give every variable of the task and no other; those that the template does
        not use are left out. Raises UsageError that names the missing or unknown variable. A
        ``$`` inside a value stays as it is.
        """
        known = TASKS[self.name].variables
        if unknown := sorted(set(values) - known):
            raise UsageError(f"Prompt '{self.name}' has no variable '{unknown[0]}'.")
        if missing := sorted(known - set(values)):
            raise UsageError(f"Prompt '{self.name}' was given no value for '${missing[0]}'.")
        parts = (("system", self.system), ("user", self.user))
        return tuple(
            Message(role, string.Template(text).substitute(values)) for role, text in parts if text
        )


def user_dir() -> Path:
    """The user's own prompts: RINGKAS_PROMPTS, or ``prompts`` in the user's data folder.

    Raises UsageError where the variable names no folder.
    """
    if given := os.environ.get("RINGKAS_PROMPTS"):
        folder = Path(given).expanduser()
        if not folder.is_dir():
            raise UsageError(f"RINGKAS_PROMPTS is '{given}', which is no folder; mend or unset it.")
        return folder
    return config.data_home() / "prompts"


def find(name: str, directory: Path | None = None) -> Path:
    """Path of the file that holds prompt ``name``: ``directory``, the user's folder, the shipped.

    Raises UsageError for an unknown task, for a ``directory`` that is not a folder, and when the
    shipped file is missing.
    """
    if name not in TASKS:
        raise UsageError(f"Unknown prompt '{name}'; known: {', '.join(TASKS)}.")
    if directory is not None and not directory.is_dir():
        raise UsageError(f"Prompt directory {directory} is not a folder.")
    own = [directory] if directory is not None else []
    for folder in (*own, user_dir(), config.prompts_dir()):
        path = folder / f"{name}.md"
        if path.is_file():
            return path
    raise UsageError(f"Prompt '{name}' is missing from {config.prompts_dir()}: install again.")


def load(name: str, directory: Path | None = None) -> Prompt:
    """Read and check prompt ``name`` (see ``find`` for where). Raises UsageError."""
    return read(find(name, directory))


def load_all(directory: Path | None = None) -> tuple[Prompt, ...]:
    """All prompts in the order of ``TASKS``. Raises UsageError.

    A stray ``.md`` file in ``directory`` that is no task's is an error: it would never be used.
    """
    if directory is not None and directory.is_dir():
        for path in sorted(directory.glob("*.md")):
            if path.stem not in TASKS and path.stem.lower() != "readme":
                raise UsageError(
                    f"{path} is no prompt of this program; known names: {', '.join(TASKS)}."
                )
    return tuple(load(name, directory) for name in TASKS)


def read(path: Path) -> Prompt:
    """Read and check one prompt file. Raises UsageError with the file and the fault."""
    try:
        text = path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        raise UsageError(f"Can't read prompt {path}: {error.strerror or error}.") from None
    except UnicodeDecodeError:
        raise UsageError(f"Prompt {path} is not UTF-8; convert it.") from None
    head, body = _split(text, path)
    name = head["name"]
    if name != path.stem:
        raise UsageError(f"Prompt {path}: its front matter names it '{name}', not '{path.stem}'.")
    if name not in TASKS:
        raise UsageError(f"Prompt {path}: there is no task '{name}'; known: {', '.join(TASKS)}.")
    variables = tuple(part.strip() for part in head["variables"].split(",") if part.strip())
    system, user = _sections(body, path)
    _check_variables(name, variables, (system, user), path)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Prompt(
        name, head["version"], variables, head.get("description", ""), system, user, digest, path
    )


def _split(text: str, path: Path) -> tuple[dict[str, str], str]:
    """Front matter (``key: value`` lines between two ``---``) and body."""
    lines = text.split("\n")
    if lines[0].strip() != "---" or "---" not in (line.strip() for line in lines[1:]):
        raise UsageError(f"Prompt {path} must begin with front matter between two '---' lines.")
    end = next(i for i, line in enumerate(lines[1:], 1) if line.strip() == "---")
    head: dict[str, str] = {}
    for number, line in enumerate(lines[1:end], 2):
        if not line.strip():
            continue
        key, colon, value = line.partition(":")
        key = key.strip()
        if not colon or key not in _KEYS:
            raise UsageError(
                f"Prompt {path}, line {number}: expected one of {', '.join(_KEYS)}, then ':'."
            )
        if key in head:
            raise UsageError(f"Prompt {path}, line {number}: '{key}' stands there twice.")
        head[key] = value.strip()
    for key in _KEYS[:3]:
        if not head.get(key):
            raise UsageError(f"Prompt {path}: the front matter lacks '{key}'.")
    return head, "\n".join(lines[end + 1 :])


def _sections(body: str, path: Path) -> tuple[str, str]:
    """The texts under ``# System`` and ``# User``."""
    pieces = _HEADING.split(body)
    if pieces[0].strip():
        raise UsageError(f"Prompt {path}: text stands before '# System' or '# User'.")
    names = pieces[1::2]
    if names not in (["System", "User"], ["User"]):
        raise UsageError(f"Prompt {path}: expected '# System' (may be absent), then '# User'.")
    texts = dict(zip(names, (p.strip() for p in pieces[2::2]), strict=True))
    if not texts["User"]:
        raise UsageError(f"Prompt {path}: nothing stands under '# User'.")
    return texts.get("System", ""), texts["User"]


def _check_variables(
    name: str, declared: tuple[str, ...], texts: tuple[str, ...], path: Path
) -> None:
    """Declared variables, used variables and the task's variables must fit each other."""
    used: set[str] = set()
    for text in texts:
        template = string.Template(text)
        if not template.is_valid():
            raise UsageError(f"Prompt {path}: a lone '$' stands in the text; write '$$' for it.")
        used.update(template.get_identifiers())
    task = TASKS[name]
    for variable in declared:
        if variable not in task.variables:
            raise UsageError(
                f"Prompt {path} declares '{variable}', which task '{name}' does not have; "
                f"known: {', '.join(task.required + task.optional)}."
            )
        if variable not in used:
            raise UsageError(f"Prompt {path} declares '{variable}' but never uses it.")
    if len(set(declared)) != len(declared):
        raise UsageError(f"Prompt {path} declares a variable twice.")
    if undeclared := sorted(used - set(declared)):
        raise UsageError(f"Prompt {path} uses '${undeclared[0]}' without declaring it.")
    if missing := [v for v in task.required if v not in declared]:
        raise UsageError(f"Prompt {path} must use '${missing[0]}'.")
