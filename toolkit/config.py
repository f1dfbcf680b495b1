"""Where things lie: package data, prompts, the user's data and cache directories.

Environment: RINGKAS_HOME (all of the user's Ringkas data in one folder) wins over
XDG_DATA_HOME / XDG_CACHE_HOME. Nothing is created here; whoever writes makes the folder.
"""

from __future__ import annotations

import os
from pathlib import Path

from toolkit.errors import UsageError

PACKAGE = Path(__file__).resolve().parent


def data_home() -> Path:
    """The folder of the user's models and other kept data."""
    if home := os.environ.get("RINGKAS_HOME"):
        return Path(home).expanduser() / "data"
    base = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(base).expanduser() / "ringkas"


def cache_home() -> Path:
    """The folder of what can be made again: translation memory, response cache."""
    if home := os.environ.get("RINGKAS_HOME"):
        return Path(home).expanduser() / "cache"
    base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(base).expanduser() / "ringkas"


def prompts_dir() -> Path:
    """The shipped prompts: inside the package in a wheel, beside it in a checkout."""
    inside = PACKAGE / "_prompts"
    return inside if inside.is_dir() else PACKAGE.parent / "prompts"


def embedded_model_dir() -> Path:
    """The embedded Indonesian→English checkpoint (CTranslate2 int8 and its tokenizer)."""
    return PACKAGE / "models" / "embedded" / "id-en"


def threads() -> int:
    """Number of CPU threads to use: RINGKAS_THREADS, or the cores this process may run on.

    Raises UsageError where the variable is no count.
    """
    if value := os.environ.get("RINGKAS_THREADS", "").strip():
        if not value.isdecimal() or int(value) < 1:
            raise UsageError(f"RINGKAS_THREADS is '{value}'; give a number from 1 on.")
        return int(value)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
