"""The training loop: rounds over a mixture, updates, logs, checkpoints, dev scores, resuming.

Ends after ``minutes`` of training time (over all resumed runs together) or ``steps`` updates. The
learning rate and the mixture follow the share of that budget which is used up. SIGTERM and Ctrl-C
save the state and end the run; the same command goes on from there.
"""

from __future__ import annotations

import json
import math
import signal
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from scripts.train.checkpoints import load_state, save_half, save_state
from scripts.train.data import Batch, Round, Source
from scripts.train.evaluation import read_dev, score
from scripts.train.loss import smoothed_loss
from scripts.train.parallel import Group
from scripts.train.schedule import LearningRate, Phase, phase_at
from scripts.train.weights import Weights

BLIND = 0.05
"""Nats a token under which a model makes nothing of its sources."""
ADVICE = "The model does not look at its sources; stop, and begin anew with half the --peak."


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run does besides its model and data. Times in minutes of training."""

    out: Path
    tokenizer: Path
    rate: LearningRate
    minutes: float = math.inf
    steps: int = 10**9
    tokens: int = 2048
    accumulate: int = 1
    smoothing: float = 0.1
    seed: int = 1
    save_minutes: float = 5.0
    log_steps: int = 50
    dev: tuple[Path, ...] = ()
    dev_lines: int = 200
    dev_minutes: float = 15.0
    only_stated: bool = False
    reverse: bool = False


@dataclass(slots=True)
class Progress:
    """Where a run is; saved with every checkpoint."""

    step: int = 0
    tokens: int = 0
    seconds: float = 0.0
    round: int = 0
    batch: int = 0
    phase: int = 0
    best: dict[str, float] = field(default_factory=dict)

    def share(self, settings: Settings) -> float:
        """How much of the budget is used, 0 to 1."""
        return min(1.0, max(self.seconds / 60 / settings.minutes, self.step / settings.steps))


class Trainer:
    """Trains ``weights`` on ``store`` by ``phases``; ``run`` does it all."""

    def __init__(
        self,
        weights: Weights,
        store: dict[str, Source],
        phases: list[Phase],
        settings: Settings,
        group: Group | None = None,
    ) -> None:
        self.weights, self.store, self.phases, self.settings = weights, store, phases, settings
        self.group = group or Group()
        config = weights.model.config
        self.pad, self.end = config.pad_token_id, config.eos_token_id
        self.progress = Progress()
        self._stop = False
        self._sums = [0.0, 0.0]
        self._dev = [(p.stem, *read_dev(p, settings.dev_lines, reverse=settings.reverse))
                     for p in settings.dev]  # fmt: skip

    def run(self) -> Progress:
        """Train to the end of the budget, or to a signal; returns where it got."""
        out = self.settings.out
        out.mkdir(parents=True, exist_ok=True)
        if found := load_state(out, self.weights):
            self.progress = Progress(**found)
            self._log(event="resumed")
        seed = self.settings.seed + self.progress.step * self.group.size + self.group.rank
        torch.manual_seed(seed)
        before = {s: signal.signal(s, self._on_signal) for s in (signal.SIGTERM, signal.SIGINT)}
        try:
            self._train()
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
        self._save()
        return self.progress

    def _on_signal(self, *_: object) -> None:
        self._stop = True

    def _train(self) -> None:
        self.weights.model.train()
        now = self.progress
        norm, rate = None, 0.0
        clock = saved = scored = shown = time.monotonic()
        for batch in self._batches():
            loss, count = self._gradients(batch)
            if now.batch % self.settings.accumulate == 0:
                rate = self.settings.rate.at(now.step, now.share(self.settings))
                norm = self.weights.step(rate, group=self.group)
                now.step += 1
            moment = time.monotonic()
            total, counted, spent, stop = self.group.total(
                [loss * count, count, moment - clock, float(self._stop)]
            )
            self._stop = stop > 0
            self._sums[0] += total
            self._sums[1] += counted
            now.tokens += int(counted)
            now.seconds += spent / self.group.size
            clock = moment
            if now.step % self.settings.log_steps == 0 and self._sums[1] and norm is not None:
                nll, tokens = self._sums[0] / self._sums[1], self._sums[1]
                gap = self._source_gap(batch)
                self._log(nll=round(nll, 4), norm=round(norm, 3), rate=rate,
                          source_gap=round(gap, 3),
                          tokens_per_second=round(tokens / (moment - shown)))  # fmt: skip
                blind = gap < BLIND and len(batch.source) > 1
                if blind and now.step >= 3 * self.settings.rate.warmup:
                    self._log(event="blind", advice=ADVICE)
                self._sums, shown = [0.0, 0], moment
            if moment - saved > self.settings.save_minutes * 60:
                self._save()
                saved = time.monotonic()
            if self._dev and moment - scored > self.settings.dev_minutes * 60:
                self._score()
                clock = scored = shown = time.monotonic()
                self._sums = [0.0, 0]
            if self._stop:
                return
        if self._dev:
            self._score()

    def _batches(self) -> Iterator[Batch]:
        now, settings = self.progress, self.settings
        while now.share(settings) < 1:
            now.phase = phase_at(self.phases, now.share(settings))
            weights = {
                name: self.phases[now.phase].of(name, source.domain)
                for name, source in self.store.items()
                if source.licence_stated or not settings.only_stated
            }
            seed = settings.seed * 100003 + now.round
            part = Round(self.store, weights, settings.tokens, seed, self.group)
            self._log(event="round", batches=len(part))
            while now.batch < len(part):
                if now.share(settings) >= 1:
                    return
                if phase_at(self.phases, now.share(settings)) != now.phase:
                    break
                now.batch += 1
                yield part.batch(now.batch - 1, self.pad, self.end)
            now.round += 1
            now.batch = 0

    def _source_gap(self, batch: Batch) -> float:
        """How much worse the targets are explained by other sources, nats a token: about zero for
        a model that has learnt its target language and does not look at what it translates."""
        turned = replace(batch, source=np.roll(batch.source, 1, axis=0))
        with torch.no_grad():
            own, other = (float(self._loss(b)[0]) for b in (batch, turned))
        return other - own

    def _gradients(self, batch: Batch) -> tuple[float, int]:
        loss, count = self._loss(batch)
        (loss / self.settings.accumulate).backward()
        return float(loss.detach()), count

    def _loss(self, batch: Batch) -> tuple[torch.Tensor, int]:
        """Mean negative log-likelihood a token, and the number of tokens."""
        model = self.weights.model
        device = self.weights.master.device
        source, decoder, labels = (
            torch.from_numpy(a).to(device, non_blocking=True)
            for a in (batch.source, batch.decoder, batch.labels)
        )
        mask = source != self.pad
        states = model.model.encoder(input_ids=source, attention_mask=mask).last_hidden_state
        hidden = model.model.decoder(
            input_ids=decoder, encoder_hidden_states=states, encoder_attention_mask=mask,
            use_cache=False,
        ).last_hidden_state  # fmt: skip
        places = torch.from_numpy((batch.labels.reshape(-1) >= 0).nonzero()[0]).to(device)
        count = len(places)
        extra = -count % 256
        places = torch.cat([places, places[:1].expand(extra)])
        wanted = labels.reshape(-1)[places]
        if extra:
            wanted[count:] = -1
        loss = smoothed_loss(
            hidden.reshape(-1, hidden.shape[-1])[places], wanted, model.model.shared.weight,
            self.pad, self.settings.smoothing, 1024 if device.type == "cpu" else 8192,
        )  # fmt: skip
        return loss, count

    def _score(self) -> None:
        for name, sources, references in self._dev if self.group.first else []:
            found = score(self.weights.model, self.settings.tokenizer, sources, references)
            self._log(event="dev", set=name, **found)
            key = f"{name}.chrf++"
            self.progress.best[key] = max(self.progress.best.get(key, 0.0), found["chrf++"])

    def _save(self) -> None:
        if not self.group.first:
            return
        save_state(self.settings.out, self.weights, asdict(self.progress))
        save_half(self.settings.out, self.weights, self.progress.step)

    def _log(self, **values: Any) -> None:
        if not self.group.first:
            return
        now = self.progress
        row = {"step": now.step, "minutes": round(now.seconds / 60, 2), "tokens": now.tokens,
               "round": now.round, "phase": now.phase, **values}  # fmt: skip
        line = json.dumps(row)
        print(line, flush=True)
        with (self.settings.out / "log.jsonl").open("a", encoding="utf-8") as file:
            file.write(line + "\n")
