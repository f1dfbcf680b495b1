"""The CTranslate2 backend: int8 on the CPU, no torch, only sentencepiece beside it.

Runs Marian/OPUS-MT checkpoints and, where converted, NLLB, M2M-100, mBART and T5. The steps
``tokenize`` → ``submit`` → ``detokenize`` are public, so that a pipeline can overlap them. Checks,
splitting and retries are the guard's; finding folders is ``toolkit.models.registry``'s.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from toolkit import config
from toolkit.errors import ModelError
from toolkit.models.card import Card, problems, read_card, read_json, sha256
from toolkit.models.registry import embedded_remedy, pull_again
from toolkit.translate.base import Decoding, Encoded
from toolkit.translate.batching import equal_length_batches
from toolkit.translate.frames import (
    Family,
    as_family,
    family_of_vocabulary,
    make_frame,
    special_tokens,
)
from toolkit.translate.subwords import Subwords, read_vocabulary

VERIFIED_BYTES = 128 * 2**20
"""Files up to this size have their hash checked at every load (about 50 ms in the worst case)."""

_POSITIONS: dict[Family, int] = {
    "marian": 512,
    "nllb": 1024,
    "m2m": 1024,
    "mbart": 1024,
    "t5": 512,
}
_LONG = 128


def _done(future: Any) -> bool:
    """Whether a result is there; one that another thread is just taking is."""
    try:
        return bool(future.done())
    except RuntimeError:  # std::future_error: its state has gone to who waits for it
        return True


@dataclass(frozen=True, slots=True)
class EngineWork:
    """Hypotheses that the engine is working on; ``result`` waits for them."""

    count: int
    batches: list[tuple[list[int], list[Any]]]
    skip: int
    length_penalty: float = 1.0
    scores: list[list[float]] = field(default_factory=list)
    """See ``base.Pending``."""

    def share(self) -> float:
        """Share of the sources that are done, 0 … 1; does not wait."""
        done = sum(len(at) for at, futures in self.batches if all(map(_done, futures)))
        return done / self.count if self.count else 1.0

    def result(self) -> list[list[list[str]]]:
        """Hypotheses of each source, best first, in the order in which the sources were given."""
        results: list[list[list[str]]] = [[] for _ in range(self.count)]
        for positions, hypotheses in self.arrivals():
            for position, found in zip(positions, hypotheses, strict=True):
                results[position] = found
        return results

    def arrivals(self) -> Iterator[tuple[list[int], list[list[list[str]]]]]:
        """The same batch by batch, as the engine gets done: positions and their hypotheses."""
        self.scores[:] = [[] for _ in range(self.count)]
        skip = self.skip
        for positions, futures in self.batches:
            hypotheses = []
            for position, future in zip(positions, futures, strict=True):
                done = future.result()
                found = done.hypotheses
                # The engine's score is the sum over the tokens, end of sentence included, by
                # length ** length_penalty.
                self.scores[position] = [
                    score * (len(hypothesis) + 1) ** (self.length_penalty - 1)
                    for hypothesis, score in zip(found, done.scores, strict=True)
                ]
                hypotheses.append([h[skip:] for h in found] if skip else found)
            yield positions, hypotheses


class CTranslate2Backend:
    """A CTranslate2 model directory as a backend (see ``base.Backend`` and ``TokenBackend``).

    ``folder`` is the model's directory; ``device`` cpu, cuda or auto; ``compute_type`` one of
    CTranslate2's (default: int8 on a CPU, the model's own elsewhere); ``threads`` the number of
    batches translated at once. Languages and prefix as in ``frames.make_frame``. Raises ModelError
    when the model is missing, damaged or not of a known family.
    """

    name = "ctranslate2"
    scores_hypotheses = True

    def __init__(
        self,
        folder: Path,
        *,
        device: str = "cpu",
        compute_type: str = "default",
        threads: int | None = None,
        source_lang: str | None = None,
        target_lang: str | None = None,
        prefix: str | None = None,
    ) -> None:
        self.folder = folder
        self.card = read_card(folder) or Card()
        check_files(folder, self.card)
        settings = read_json(folder / "config.json")
        vocabulary = read_vocabulary(folder)
        self.family = (
            as_family(self.card.family, folder / "ringkas.json")
            if self.card.family
            else family_of_vocabulary(vocabulary)
        )
        self.max_source_tokens = self.card.max_source_tokens or _POSITIONS[self.family]
        self.long_source_tokens = self.card.long_source_tokens or _LONG
        self.unsure_below = self.card.unsure_below
        frame = make_frame(
            self.family,
            vocabulary,
            source_lang=source_lang,
            target_lang=target_lang,
            prefix=self.card.prefix if prefix is None else prefix,
        )
        special = special_tokens(self.family, vocabulary)
        self.subwords = Subwords(folder, vocabulary, frame, special, self.card.normalise)
        self._own_end = bool(settings.get("add_source_eos"))
        self._engine = load_engine(folder, device, compute_type, threads or config.threads())
        record = self.card.files.get("model.bin")
        digest = record.sha256 if record else sha256(folder / "model.bin")
        self.signature = f"ctranslate2:{digest[:16]}|{self._engine.compute_type}|{frame!r}"

    def tokenize(self, segments: Sequence[str]) -> list[Encoded]:
        """Source tokens of each segment, end of sentence included."""
        return self.subwords.encode(segments)

    def detokenize(self, hypotheses: Sequence[Sequence[str]]) -> list[str]:
        """Text of each hypothesis."""
        return self.subwords.decode(hypotheses)

    def submit(
        self, sources: Sequence[list[str]], decoding: Decoding, *, best: int = 1
    ) -> EngineWork:
        """Give sources to the engine and return at once; no source may be empty or too long."""
        end = 1 if self._own_end else 0
        first = self.subwords.frame.target_prefix
        batches = []
        for positions in equal_length_batches([len(s) for s in sources], decoding.batch_tokens):
            batch = [sources[i][:-1] if end else sources[i] for i in positions]
            futures = self._engine.translate_batch(
                batch,
                target_prefix=[list(first)] * len(batch) if first else None,
                asynchronous=True,
                max_input_length=0,
                disable_unk=True,
                beam_size=decoding.beam_size,
                num_hypotheses=min(best, decoding.beam_size),
                length_penalty=decoding.length_penalty,
                repetition_penalty=decoding.repetition_penalty,
                no_repeat_ngram_size=decoding.no_repeat_ngram_size,
                max_decoding_length=decoding.max_length + len(first),
                return_scores=True,
            )
            batches.append((positions, futures))
        return EngineWork(len(sources), batches, len(first), decoding.length_penalty)

    def score(
        self, sources: Sequence[list[str]], targets: Sequence[list[str]]
    ) -> Callable[[], list[float]]:
        """Start scoring targets (hypotheses as ``submit``'s) given their sources, as one batch.

        The result waits, and gives the mean log-probability of a token of each target, end of
        sentence included, as ``EngineWork.scores``. No side may be empty or too long.
        """
        end = 1 if self._own_end else 0
        first = list(self.subwords.frame.target_prefix)
        futures = self._engine.score_batch(
            [s[:-1] if end else s for s in sources],
            [first + t for t in targets],
            max_input_length=0,
            asynchronous=True,
        )

        def result() -> list[float]:
            found = [future.result() for future in futures]
            return [sum(f.log_probs) / len(f.log_probs) for f in found]

        return result

    def count_tokens(self, segment: str) -> int:
        """Number of source tokens, end of sentence included."""
        return len(self.subwords.encode([segment])[0].tokens)

    def generate(self, segments: Sequence[str], decoding: Decoding) -> list[str]:
        """Translate non-empty segments; same length and order."""
        sources = [e.tokens for e in self.tokenize(segments)]
        return self.detokenize([h[0] for h in self.submit(sources, decoding).result()])


def check_files(folder: Path, card: Card) -> None:
    """Compare the files with the card; ModelError for the first that is missing or damaged."""
    found = problems(folder, card, hashes=True, largest=VERIFIED_BYTES)
    if not found and not (folder / "model.bin").is_file():
        found = [f"{folder / 'model.bin'} is missing"]
    if found:
        raise ModelError(f"{found[0]}; {_remedy(folder, card)}.")


def load_engine(folder: Path, device: str, compute_type: str, threads: int) -> Any:
    """A ``ctranslate2.Translator``; its errors become a ModelError of one sentence."""
    import ctranslate2

    if device == "cpu" and compute_type == "default":
        compute_type = "int8"
    try:
        return ctranslate2.Translator(
            str(folder),
            device=device,
            compute_type=compute_type,
            inter_threads=threads,
            intra_threads=1,
            max_queued_batches=-1,
        )
    except (RuntimeError, ValueError, MemoryError) as error:
        reason = " ".join(str(error).split()).rstrip(".")
        card = read_card(folder) or Card()
        if device != "cpu" and re.search("device|cuda|driver", reason, re.IGNORECASE):
            raise ModelError(f"The device '{device}' can't be used: {reason}.") from error
        raise ModelError(
            f"The model in {folder} can't be loaded ({reason}); {_remedy(folder, card)}."
        ) from error


def _remedy(folder: Path, card: Card) -> str:
    if folder == config.embedded_model_dir():
        return embedded_remedy()
    if " " in card.source or card.source.startswith("scripts/"):
        return "install ringkas again to get its embedded model back"
    return f"bring it again with: {pull_again(folder, card)}"
