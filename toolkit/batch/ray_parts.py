"""What runs on the nodes of a Ray cluster: the feeder, the source of blocks, the actor."""

from __future__ import annotations

import asyncio
import pickle
import threading
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from toolkit.batch.engine import Resources
from toolkit.batch.local import LocalEngine
from toolkit.batch.process import Part
from toolkit.batch.recipe import Recipe
from toolkit.batch.shards import Shard
from toolkit.errors import RingkasError


def probe(recipe: Recipe) -> dict[str, str] | RingkasError:
    """Load the models on some node; their signatures, or the error that loading them gave."""
    engine = LocalEngine(recipe, Resources(1, recipe.threads))
    try:
        return engine.open()
    except RingkasError as error:
        return type(error)(str(error))
    finally:
        engine.close()


class Feeder:
    """An actor on the driver's node that holds the shards until the pipeline takes them."""

    def __init__(self) -> None:
        self._shards: asyncio.Queue[tuple[int, bytes] | None] = asyncio.Queue()
        self._ended = False
        self._workers: list[Any] = []

    async def join(self, worker: Any) -> None:
        """Remember an actor of the pipeline, so that it can be let go with it."""
        self._workers.append(worker)

    async def workers(self) -> list[Any]:
        """The actors that have joined."""
        return self._workers

    async def put(self, position: int, payload: bytes) -> None:
        """Add a shard; the driver sees to it that there are never many."""
        await self._shards.put((position, payload))

    async def end(self) -> None:
        """Nothing more will come."""
        if not self._ended:
            self._ended = True
            await self._shards.put(None)

    async def take(self) -> tuple[int, bytes] | None:
        """The next shard, or None at the end; waits for it."""
        return await self._shards.get()


def shard_source(feeder: Any) -> Any:
    """A Ray Data source with a single task that yields each shard as a block of one row."""
    import pyarrow
    import ray
    from ray.data.block import BlockMetadata
    from ray.data.datasource import Datasource, ReadTask

    def blocks() -> Iterator[Any]:
        while (item := ray.get(feeder.take.remote())) is not None:
            position, payload = item
            yield pyarrow.table({"position": [position], "payload": [payload]})

    class ShardSource(Datasource):  # type: ignore[misc]
        def estimate_inmemory_data_size(self) -> int | None:
            return None

        def get_read_tasks(
            self,
            *_: Any,
            **__: Any,
        ) -> list[Any]:
            metadata = BlockMetadata(
                num_rows=None, size_bytes=None, input_files=None, exec_stats=None
            )
            return [ReadTask(blocks, metadata)]

    return ShardSource()


class ShardActor:
    """One model: shards in, pickled results out."""

    def __init__(self, recipe: Recipe, expected: dict[str, str], feeder: Any) -> None:
        import ray

        # Fails, and ends this actor, where the pipeline has gone meanwhile.
        ray.get(feeder.join.remote(ray.get_runtime_context().current_actor))
        self._engine = LocalEngine(replace(recipe), Resources(1, recipe.threads))
        self._expected = expected
        self._signatures: dict[str, str] = {}

    def __call__(self, batch: Any) -> Iterable[dict[str, list[Any]]]:
        """Work on a block of shards; errors travel as results, so that Ray does not retry them."""
        for row in batch.to_pylist():
            try:
                result = self._work(row["position"], row["payload"])
            except RingkasError as error:
                result = {"error": type(error)(str(error))}
            yield {"result": [pickle.dumps(result)]}

    def _work(self, position: int, payload: bytes) -> dict[str, Any]:
        if not self._signatures:
            self._signatures = self._engine.open()
        shard = Shard(position, "", payload, 0, 0, "")
        parts: list[Part] = []
        for done in self._engine.run(iter([shard]), threading.Event()):
            if done is not None:
                parts.append(Part(done.data, done.counts, done.usage, done.note))
        incidents, self._engine.incidents = self._engine.incidents, []
        return {
            "position": position,
            "part": parts[0],
            "signatures": self._signatures,
            "incidents": incidents,
        }

    def __del__(self) -> None:
        self._engine.close()
