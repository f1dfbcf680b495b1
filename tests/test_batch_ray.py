"""The Ray engine: the same bytes as the local one, and a node that is lost in the middle.

Needs the ``ray`` extra; the nodes are processes of this machine and talk over loopback.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.batch_fakes import OPENER
from tests.batch_samples import rows, write_jsonl
from toolkit.batch import Geometry, Job, Recipe, Resources, run_job
from toolkit.batch.ray_engine import RayEngine, _LostError, _Pipeline
from toolkit.batch.shards import Shard
from toolkit.errors import ModelError, UsageError

pytestmark = [
    pytest.mark.slow,
    pytest.mark.enable_socket,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    # Ray says so when one shard is left for two actors.
    pytest.mark.filterwarnings("ignore:The minimum number of concurrent actors"),
]
FAKE = Recipe(opener=OPENER, translator="fake")
STORE = 100 << 20


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Two nodes of one CPU each."""
    pytest.importorskip("ray", reason="needs the 'ray' extra")
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    from ray.cluster_utils import Cluster

    made = Cluster(
        initialize_head=True,
        head_node_args={"num_cpus": 1, "object_store_memory": STORE, "include_dashboard": False},
    )
    made.second = made.add_node(num_cpus=1, object_store_memory=STORE)
    made.wait_for_nodes()
    yield made
    made.shutdown()


def make(tmp_path: Path, engine: str, **changes: Any) -> Job:
    values = rows(24)
    values[9]["text"] += " Kalimat RAISE."
    values[17] = {"id": "bad", "text": ""}
    path = write_jsonl(tmp_path / "in.jsonl", values)
    base = Job(
        inputs=(str(path),), out=tmp_path / engine, recipe=FAKE, geometry=Geometry(2),
        resources=Resources(None, 1), engine=engine, exports=("tmx",), quiet=True,
        output_format="csv",
    )  # fmt: skip
    return replace(base, **changes)


def files(job: Job) -> dict[str, bytes]:
    return {
        p.name: p.read_bytes() for p in job.out.iterdir() if p.is_file() and p.stem != "manifest"
    }


def until(what: Callable[[], object], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.1)


def test_a_broken_pipeline_gives_its_processors_back(cluster: Any) -> None:
    """Else the next one waits for them for ever; here while its error is still referred to."""
    recipe = replace(FAKE, translator="slow", threads=1)
    engine = RayEngine(recipe, Resources(None, 1, None, cluster.address))
    try:
        signatures = engine.open()
        ray = engine._ray
        until(lambda: ray.available_resources().get("CPU") == 2)
        pipeline = _Pipeline(ray, recipe, 2, False, signatures)
        for position in range(4):
            pipeline.put(Shard(position, "", b"", 0, 0, ""))
        until(lambda: len(ray.get(pipeline._feeder.workers.remote())) == 2)
        ray.kill(ray.get(pipeline._feeder.workers.remote())[0])
        with pytest.raises(_LostError) as found:
            until(pipeline.take)
        pipeline.close()
        until(lambda: ray.available_resources().get("CPU") == 2)
        assert found.value.__cause__ is not None
    finally:
        engine.close()


def test_two_nodes_one_of_them_killed_give_the_same_bytes(tmp_path: Path, cluster: Any) -> None:
    local = make(tmp_path, "local", resources=Resources(1, 1))
    run_job(local)
    remote = make(
        tmp_path, "ray",
        recipe=replace(FAKE, translator="slow"),
        resources=Resources(None, 1, None, cluster.address),
    )  # fmt: skip

    parts = remote.out / ".ringkas" / "parts"

    def kill() -> None:
        while not over.is_set() and len(list(parts.glob("*.zst"))) < 3:
            over.wait(0.05)
        cluster.remove_node(cluster.second, allow_graceful=False)

    over = threading.Event()
    killer = threading.Thread(target=kill)
    killer.start()
    try:
        outcome = run_job(remote)
    finally:
        over.set()
        killer.join()
    assert outcome.counts.documents == 22
    assert outcome.counts.rejected == {"failed": 1, "empty": 1}
    assert any("was lost" in n for n in outcome.notes)
    assert files(remote) == files(local)
    assert run_job(replace(local, out=remote.out)).progress.kept_documents == 21


def test_a_model_that_is_missing_on_the_nodes_ends_the_job(tmp_path: Path, cluster: Any) -> None:
    job = make(
        tmp_path, "ray",
        recipe=replace(FAKE, translator="missing"),
        resources=Resources(1, 1, None, cluster.address),
    )  # fmt: skip
    with pytest.raises(ModelError, match="no such model"):
        run_job(job)


def test_without_ray_the_way_to_get_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(UsageError, match=r"pip install 'ringkas\[ray\]'"):
        RayEngine(FAKE, Resources())
