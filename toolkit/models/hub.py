"""Fetching a checkpoint from the Hugging Face hub into its cache: only the files that matter.

Called only when the user names a hub model; every failure is one sentence. Converting and
installing what was fetched is ``pulling``'s and ``conversion``'s.
"""

from __future__ import annotations

import fnmatch
import os
from pathlib import Path

from toolkit.errors import ModelError
from toolkit.models.registry import HUB_NAME

_WANTED = (
    *("*.json", "*.spm", "*.model", "*.txt", "README.md", "LICENSE*", "LICENCE*"),
    *("*.safetensors", "model.bin"),
)
_OTHER_WEIGHTS = "pytorch_model*.bin"


def wanted_files(names: list[str]) -> list[str]:
    """The files of a repository that a translation model needs, top folder only.

    Safetensors are preferred; ``pytorch_model*.bin`` is taken only where there are none.
    """
    top = [n for n in names if "/" not in n]
    files = [n for n in top if any(fnmatch.fnmatch(n, p) for p in _WANTED)]
    weights = any(n.endswith(".safetensors") or n == "model.bin" for n in files)
    if not weights:
        files += [n for n in top if fnmatch.fnmatch(n, _OTHER_WEIGHTS)]
    return sorted(set(files))


def fetch(name: str, revision: str | None = None) -> tuple[Path, str]:
    """Download a hub model; returns the folder it lies in and the commit it is at.

    Raises ModelError when the name is wrong, the model is not there, or there is no network.
    """
    if not HUB_NAME.fullmatch(name):
        raise ModelError(f"'{name}' is neither a folder nor a hub name such as owner/model.")
    from huggingface_hub import HfApi, constants, snapshot_download
    from huggingface_hub.errors import (
        GatedRepoError,
        HfHubHTTPError,
        OfflineModeIsEnabled,
        RepositoryNotFoundError,
        RevisionNotFoundError,
    )

    at = f" at revision '{revision}'" if revision else ""
    try:
        if constants.is_offline_mode():
            raise OfflineModeIsEnabled("offline")
        endpoint = os.environ.get("HF_ENDPOINT") or constants.ENDPOINT
        info = HfApi(endpoint=endpoint).model_info(name, revision=revision)
        files = wanted_files([s.rfilename for s in info.siblings or []])
        folder = snapshot_download(
            name,
            revision=info.sha,
            allow_patterns=files,
            endpoint=endpoint,
            cache_dir=constants.HF_HUB_CACHE,
        )
        return Path(folder), info.sha or ""
    except GatedRepoError as error:
        raise ModelError(
            f"The model '{name}' needs its licence accepted on its hub page; do that, run "
            "`hf auth login`, then pull it again."
        ) from error
    except RevisionNotFoundError as error:
        raise ModelError(f"The model '{name}' has no revision '{revision}'.") from error
    except RepositoryNotFoundError as error:
        raise ModelError(f"There is no model '{name}' on the hub; check the name.") from error
    except HfHubHTTPError as error:
        reason = str(error).strip().splitlines()[0]
        raise ModelError(f"The model '{name}'{at} can't be fetched: {reason}") from error
    except Exception as error:
        if not _no_network(error):
            raise
        raise ModelError(
            f"The model '{name}'{at} can't be fetched: the hub can't be reached. Connect to the "
            "network and try again, or give a local folder of the same layout."
        ) from error


def _no_network(error: Exception) -> bool:
    """Whether the error is a connection's; the hub client's HTTP library differs by version."""
    from huggingface_hub.errors import LocalEntryNotFoundError, OfflineModeIsEnabled

    library = type(error).__module__.split(".")[0]
    return isinstance(error, (OfflineModeIsEnabled, LocalEntryNotFoundError, OSError)) or (
        library in ("httpx", "httpx2", "httpcore", "httpcore2", "requests", "urllib3")
    )
