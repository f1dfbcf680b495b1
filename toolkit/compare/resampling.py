"""Draws for bootstrap and randomisation tests over summed statistics, and intervals of them.

Seeds are numpy ``default_rng`` seeds; the index draws are sacrebleu's, so that p-values can be set
beside its own. What the draws are used for is ``statistics``'s business.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    FloatArray: TypeAlias = NDArray[np.float64]

EXACT_LIMIT = 12
"""Up to so many units the randomisation test goes through all 2^n swaps instead of drawing."""
_BLOCK = 4_000_000
"""Cells of one block of draws; bounds the memory of a product."""


def group_rows(rows: FloatArray, groups: Sequence[str]) -> FloatArray:
    """Sum statistics by group (document), in order of first appearance.

    ``groups`` holds one name a row; an empty name keeps the row a unit of its own.
    """
    import numpy as np

    order: dict[str, int] = {}
    index = [order.setdefault(name or f"\0{i}", len(order)) for i, name in enumerate(groups)]
    summed = np.zeros((len(order), rows.shape[1]), dtype=np.float64)
    np.add.at(summed, index, rows)
    return summed


class Swaps:
    """Which units keep their place (1) or are swapped (0), one row a trial; kept as bits.

    With at most EXACT_LIMIT units all 2^units patterns are gone through and ``exact`` is True;
    otherwise the draws are those of ``rng.integers(2, size=(trials, units), dtype=bool)``.
    """

    def __init__(self, units: int, trials: int, seed: int) -> None:
        import numpy as np

        self.units = units
        self.exact = units <= EXACT_LIMIT
        self.trials = 2**units if self.exact else trials
        blocks = []
        rng = np.random.default_rng(seed)
        rows = max(32, _BLOCK // units // 32 * 32)
        for start in range(0, self.trials, rows):
            count = min(rows, self.trials - start)
            if self.exact:
                numbers = np.arange(start, start + count)[:, None]
                block = ((numbers >> np.arange(units)) & 1).astype(bool)
            else:
                # A multiple of 32 draws a block: the stream is that of one single call.
                block = rng.integers(2, size=(count, units), dtype=bool)
            blocks.append((count, np.packbits(block, axis=None)))
        self._blocks = blocks

    def dot(self, rows: FloatArray) -> FloatArray:
        """Patterns times rows (units × columns): (trials, columns)."""
        import numpy as np

        parts = [
            np.unpackbits(bits, count=count * self.units)
            .reshape(count, self.units)
            .astype(np.float64)
            @ rows
            for count, bits in self._blocks
        ]
        return np.concatenate(parts)


class Draws:
    """How often each unit is drawn in each bootstrap resample; rows sum to the units.

    The draws are those of ``rng.choice(units, size=(resamples, units))``, sacrebleu's own.
    """

    def __init__(self, units: int, resamples: int, seed: int) -> None:
        import numpy as np

        self.units = units
        self.resamples = resamples
        rng = np.random.default_rng(seed)
        rows = max(1, _BLOCK // units)
        kind = np.uint8 if units < 256 else np.uint16 if units < 65536 else np.uint32
        blocks = []
        for start in range(0, resamples, rows):
            count = min(rows, resamples - start)
            drawn = rng.choice(units, size=(count, units), replace=True)
            offsets = np.arange(count)[:, None] * units
            counts = np.bincount((drawn + offsets).ravel(), minlength=count * units)
            blocks.append(counts.reshape(count, units).astype(kind))
        self._blocks = blocks

    def dot(self, rows: FloatArray) -> FloatArray:
        """Counts times rows (units × columns): (resamples, columns)."""
        import numpy as np

        return np.concatenate([block.astype(np.float64) @ rows for block in self._blocks])


def interval(values: FloatArray, level: float = 0.95) -> tuple[float, float]:
    """Percentile interval of resampled scores by sacrebleu's index rule.

    Undefined (NaN) resamples are left out; with none left both ends are NaN.
    """
    import numpy as np

    kept = np.sort(values[~np.isnan(values)])
    n = len(kept)
    if n == 0:
        return (math.nan, math.nan)
    low = int(n * (1.0 - level) / 2.0 + 1e-9)
    return float(kept[low]), float(kept[n - low - 1])
