"""The scripts of eval/metrics: one a metric, loaded by path offline, equal to the library."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from toolkit.metrics import METRICS, Item, minilm, open_metric, score
from toolkit.metrics.huggingface import columns

FOLDER = Path(__file__).parent.parent / "eval" / "metrics"
DATA = {
    "predictions": ["The council paid 1,500 dollars.", "Rice was cheap on Monday in Blora."],
    "references": ["The council paid 1,500 dollars.", "On Monday rice was cheap in Blora."],
    "sources": ["Dewan membayar 1.500 dolar.", "Beras murah pada Senin di Blora."],
    "articles": ["The council paid 1,500 dollars.", "Rice was cheap on Monday in Blora."],
    "seconds": [0.5, 1.5],
    "sentences": [1, 1],
}

SCRIPT = """
import json, socket, sys
def blocked(*a, **k):
    raise AssertionError("a metric script opened a socket")
socket.socket.connect = blocked
import evaluate
data, calls = json.load(sys.stdin)
results = {}
for name, path, columns in calls:
    metric = evaluate.load(path)
    results[name] = metric.compute(**{c: data[c] for c in columns})
several = [[r, "Something else."] for r in data["references"]]
metric = evaluate.load(next(p for n, p, _ in calls if n == "rouge1"))
results["best"] = metric.compute(
    predictions=data["predictions"], references=several, multi="best"
)
print(json.dumps(results))
"""


def folder_of(name: str) -> Path:
    return FOLDER / name.replace("++", "_pp").replace("-", "_").lower()


def test_every_metric_has_a_script_and_no_script_is_left_over() -> None:
    assert {p.name for p in FOLDER.iterdir() if p.is_dir()} == {
        folder_of(name).name for name in METRICS
    }
    for name in METRICS:
        script = folder_of(name) / f"{folder_of(name).name}.py"
        imports = [
            line for line in script.read_text().splitlines() if line.startswith(("import", "from"))
        ]
        assert all("," not in line for line in imports), "evaluate reads one import a line"


@pytest.mark.slow
def test_scripts_load_offline_and_give_the_librarys_numbers(tmp_path: Path) -> None:
    names = [n for n in METRICS if n != "semantic" or minilm.available()]
    calls = [(name, str(folder_of(name)), columns(name)) for name in names]
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        input=json.dumps([DATA, calls]),
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "HF_HOME": str(tmp_path), "HF_HUB_OFFLINE": "1"},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    results = json.loads(done.stdout.splitlines()[-1])
    items = [
        Item(
            str(i),
            DATA["predictions"][i],  # type: ignore[arg-type]
            (DATA["references"][i],),  # type: ignore[arg-type]
            DATA["sources"][i],  # type: ignore[arg-type]
            translation=DATA["articles"][i],  # type: ignore[arg-type]
            seconds=DATA["seconds"][i],  # type: ignore[arg-type]
            sentences=DATA["sentences"][i],  # type: ignore[arg-type]
        )
        for i in range(2)
    ]
    for name in names:
        ours = score(open_metric(name), items)
        assert results[name][name] == pytest.approx(ours.value, abs=1e-6), name
        assert results[name]["signature"] == ours.signature
        assert results[name]["per_segment"] == pytest.approx(list(ours.per_segment), nan_ok=True)
    assert results["best"]["rouge1"] == pytest.approx(results["rouge1"]["rouge1"])
    assert "refs:best" in results["best"]["signature"]
