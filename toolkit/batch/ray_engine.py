"""The Ray engine: Ray Data with a pool of actors, each with one model, on one or many machines.

Shards flow from a feeder on the driver's node through Ray Data's streaming executor to the actors
and back. An actor runs a one-worker local engine, so that a document that breaks its worker is
dealt with there, as on one machine. When a node or an actor is lost, the pipeline is built anew
with what is left of the cluster, and the shards that did not come back are done again. Part
files, ledger and outputs stay with the driver: nodes share no disk.
"""

from __future__ import annotations

import contextlib
import inspect
import os
import pickle
import queue
import threading
import warnings
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from toolkit.batch.engine import Done, Resources
from toolkit.batch.local import plan
from toolkit.batch.ray_parts import Feeder, ShardActor, probe, shard_source
from toolkit.batch.recipe import Recipe
from toolkit.batch.shards import Shard
from toolkit.errors import ModelError, RingkasError, UsageError

_TICK = 0.5
_MOST_LOSSES = 5
"""Pipelines that may be lost in a row without a shard coming back."""
_OBJECT_STORE = 256 << 20


class RayEngine:
    """See the module's text and ``engine.Engine``."""

    def __init__(self, recipe: Recipe, resources: Resources) -> None:
        try:
            os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
            os.environ.setdefault("RAY_DATA_DISABLE_PROGRESS_BARS", "1")
            os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
            import ray
            import ray.data
        except ImportError as error:
            raise UsageError(
                "--engine ray needs Ray; install it with: pip install 'ringkas[ray]'."
            ) from error
        self._ray: Any = ray
        self._recipe = recipe
        self._resources = resources
        self._started = False
        self._signatures: dict[str, str] = {}
        self._pipeline: _Pipeline | None = None
        self._gpus = False
        self.incidents: list[str] = []
        self.underway: dict[int, float] = {}
        self.description = "ray"

    def open(self) -> dict[str, str]:
        """Join or start the cluster; load the models once, on some node, for their signatures."""
        ray = self._ray
        if not ray.is_initialized():
            options: dict[str, Any] = {"log_to_driver": False, "logging_level": "ERROR"}
            address = self._resources.address
            if address is None:
                workers, threads = plan(self._resources, os.cpu_count() or 1)
                options |= {
                    "num_cpus": max(workers * threads, len(os.sched_getaffinity(0))),
                    "include_dashboard": False,
                    "object_store_memory": _OBJECT_STORE,
                }
            try:
                ray.init(address=address or "local", **options)
            except (ConnectionError, ValueError, RuntimeError) as error:
                reason = str(error).split("\n")[0]
                raise UsageError(f"There is no Ray cluster at '{address}': {reason}.") from error
            self._started = True
        _quieten(ray)
        self._gpus = self._wants_gpus()
        device = "cuda" if self._gpus else "cpu"
        self._recipe = replace(self._recipe, device=device)
        workers, threads = self._size()
        self._recipe = replace(self._recipe, threads=threads)
        task = ray.remote(probe).options(num_cpus=threads, num_gpus=int(self._gpus), max_retries=3)
        found = ray.get(task.remote(self._recipe))
        if isinstance(found, RingkasError):
            raise found
        self._signatures = found
        nodes = sum(n["Alive"] for n in ray.nodes())
        on = "GPU" if self._gpus else f"{threads} thread{'s' * (threads > 1)}"
        self.description = (
            f"ray, {nodes} node{'s' * (nodes > 1)}, {workers} actor{'s' * (workers > 1)} × {on}"
        )
        return self._signatures

    def _wants_gpus(self) -> bool:
        if self._recipe.device == "cpu":
            return False
        there = self._ray.cluster_resources().get("GPU", 0) >= 1
        if not there and self._recipe.device != "auto":
            raise UsageError(f"The Ray cluster has no GPU for --device {self._recipe.device}.")
        return bool(there)

    def _size(self) -> tuple[int, int]:
        """Actors and threads of each that the living nodes have room for."""
        alive = [n["Resources"] for n in self._ray.nodes() if n["Alive"]]
        if self._gpus:
            return self._resources.workers or int(sum(n.get("GPU", 0) for n in alive)), 1
        cores = [int(n.get("CPU", 0)) for n in alive]
        fits = [c for c in cores if c > 0]
        if not fits:
            raise RingkasError("The Ray cluster has no CPU left; what is done is kept.")
        threads = self._resources.threads or min(4, *fits)
        room = sum(c // threads for c in fits)
        if not room:
            raise UsageError(f"No node of the Ray cluster has {threads} CPUs for --threads.")
        return min(self._resources.workers or room, room), threads

    def run(self, shards: Iterator[Shard], stop: threading.Event) -> Iterator[Done | None]:
        """Work on shards; see ``engine.Engine.run``."""
        waiting: dict[int, Shard] = {}
        losses = 0
        more = True
        while more or waiting:
            workers, _ = self._size()
            pipeline = self._pipeline = _Pipeline(
                self._ray, self._recipe, workers, self._gpus, self._signatures
            )
            try:
                for shard in list(waiting.values()):
                    pipeline.put(shard)
                while more or waiting:
                    if stop.is_set():
                        more = False
                    if more and len(waiting) < pipeline.window:
                        shard_or_none = next(shards, None)
                        if shard_or_none is None:
                            more = False
                        else:
                            waiting[shard_or_none.position] = shard_or_none
                            pipeline.put(shard_or_none)
                        if more and len(waiting) < pipeline.window:
                            continue
                    if not more:
                        pipeline.end()
                    result = pipeline.take()
                    if result is None:
                        yield None
                        continue
                    losses = 0
                    yield self._done(result, waiting)
                pipeline.end()
            except _LostError as error:
                losses += 1
                self.incidents.append(
                    f"Part of the Ray cluster was lost ({error}); {len(waiting)} shards are done "
                    "again."
                )
                if losses > _MOST_LOSSES:
                    raise RingkasError(
                        f"The Ray cluster loses its actors again and again ({error}); what is done "
                        "is kept."
                    ) from error
            finally:
                pipeline.close()
                self._pipeline = None

    def _done(self, result: dict[str, Any], waiting: dict[int, Shard]) -> Done:
        if "error" in result:
            raise result["error"]
        if result["signatures"] != self._signatures:
            raise ModelError(
                "The nodes of the Ray cluster have different models (or settings of them); install "
                "the same on all."
            )
        self.incidents += result["incidents"]
        part = result["part"]
        shard = waiting.pop(result["position"])
        return Done(shard, part.data, part.counts, part.usage, part.note)

    def close(self) -> None:
        """Let go of the actors, and of the cluster when it was started here."""
        if self._pipeline is not None:
            self._pipeline.close()
        if self._started:
            self._ray.shutdown()
            self._started = False


class _LostError(Exception):
    """The pipeline broke: an actor, a node or the feeder is gone."""


class _Pipeline:
    """One Ray Data pipeline: feeder → actor pool → results, read in a thread of its own."""

    def __init__(
        self, ray: Any, recipe: Recipe, workers: int, gpus: bool, signatures: dict[str, str]
    ) -> None:
        from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

        self._ray = ray
        self.window = 2 * workers + 2
        here = NodeAffinitySchedulingStrategy(ray.get_runtime_context().get_node_id(), soft=False)
        self._feeder = ray.remote(Feeder).options(num_cpus=0, scheduling_strategy=here).remote()
        self._results: queue.Queue[dict[str, Any] | Exception] = queue.Queue()
        self._ended = False
        read = ray.data.read_datasource
        free: dict[str, Any] = {"num_cpus": 0}
        if "num_cpus" not in inspect.signature(read).parameters:  # Ray before 2.5x
            free = {"ray_remote_args": free}
        data = read(shard_source(self._feeder), override_num_blocks=1, **free)
        with warnings.catch_warnings():
            # Actors must not be restarted by Ray: it would wait for room on nodes that are gone.
            warnings.simplefilter("ignore", DeprecationWarning)
            self._data = data.map_batches(
                ShardActor,
                batch_size=1,
                batch_format="pyarrow",
                compute=ray.data.ActorPoolStrategy(size=workers, max_tasks_in_flight_per_actor=2),
                fn_constructor_kwargs={
                    "recipe": recipe,
                    "expected": signatures,
                    "feeder": self._feeder,
                },
                num_cpus=0 if gpus else recipe.threads,
                num_gpus=1 if gpus else 0,
                max_restarts=0,
                max_task_retries=0,
            )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        try:
            for batch in self._data.iter_batches(
                batch_size=None, batch_format="pyarrow", prefetch_batches=0
            ):
                for data in batch.column("result").to_pylist():
                    self._results.put(pickle.loads(data))
        except Exception as error:
            self._results.put(error)
        else:
            self._results.put(_LostError("the pipeline ended early"))

    def put(self, shard: Shard) -> None:
        """Give a shard to the feeder."""
        self._guarded(self._feeder.put.remote(shard.position, shard.payload))

    def end(self) -> None:
        """Tell the feeder that nothing more will come."""
        if not self._ended:
            self._ended = True
            self._guarded(self._feeder.end.remote())

    def take(self) -> dict[str, Any] | None:
        """A result, or None after a while without. Raises _LostError."""
        try:
            found = self._results.get(timeout=_TICK)
        except queue.Empty:
            return None
        if isinstance(found, Exception):
            reason = str(found).strip().split("\n")[0][:200] or type(found).__name__
            raise _LostError(reason) from found
        return found

    def close(self) -> None:
        """Stop the pipeline and its actors.

        Ray lets go of the actors of a broken pipeline only once nothing refers to them any more,
        and until then they hold the CPUs that the next pipeline waits for: so they are killed.
        """
        with contextlib.suppress(Exception):
            self._ray.get(self._feeder.end.remote(), timeout=5)
        self._reader.join(10 if self._ended else 1)
        with contextlib.suppress(Exception):
            for worker in self._ray.get(self._feeder.workers.remote(), timeout=5):
                self._ray.kill(worker)
        with contextlib.suppress(Exception):
            executor = getattr(self._data, "_current_executor", None)
            if executor is not None:
                executor.shutdown(force=True)
        with contextlib.suppress(Exception):
            self._ray.kill(self._feeder)

    def _guarded(self, reference: Any) -> None:
        try:
            self._ray.get(reference)
        except self._ray.exceptions.RayError as error:
            raise _LostError(str(error).split("\n")[0]) from error


def _quieten(ray: Any) -> None:
    """No progress bars and chatter of Ray Data: this program shows its own."""
    import logging

    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    context.print_on_execution_start = False
    context.target_max_block_size = 1
    for name in ("ray.data", "ray"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
