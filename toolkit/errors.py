"""Errors a user can meet, each with its documented exit code. No printing happens here.

0 fine · 1 finished with failed documents or, under --strict, failed checks · 2 bad usage ·
3 bad input · 4 model missing or unusable · 130 interrupted. The message of each error is one
clear sentence: what is wrong, where, and how to mend it.
"""

from __future__ import annotations


class RingkasError(Exception):
    """Base of all errors that end in a one-sentence message; ``exit_code`` is the process's."""

    exit_code = 1


class ChecksFailedError(RingkasError):
    """Work was done, but documents failed or, under --strict, checks did (exit code 1)."""

    exit_code = 1


class UsageError(RingkasError):
    """The call's options or arguments are off (exit code 2)."""

    exit_code = 2


class InputError(RingkasError):
    """The input can't be read or is not what the job needs (exit code 3)."""

    exit_code = 3


class ModelError(RingkasError):
    """A model or backend is missing or unusable (exit code 4)."""

    exit_code = 4
