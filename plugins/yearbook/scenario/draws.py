"""Random draws that are the same on every machine and with every version of numpy.

Only whole numbers, and only the raw stream of PCG64, which numpy promises to keep: `exp`, `log` and the distributions
of `Generator` may differ in the last digit from one processor to the next. Not its business: what is drawn.
"""

import zlib
from collections.abc import Sequence
from itertools import accumulate, pairwise

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
HALF_WORD = np.uint64(32)
MANTISSA = 256
SIGNED_BITS = 62
_ONES = np.array([number.bit_count() for number in range(1 << 16)], dtype=np.int64)


class Draws:
    """One named stream of a seed: what one stream draws never moves the draws of another."""

    def __init__(self, seed: int, stream: str) -> None:
        self._bits = np.random.PCG64(np.random.SeedSequence([seed, zlib.crc32(stream.encode())]))

    def raw(self, count: int) -> npt.NDArray[np.uint64]:
        """Return `count` words of 64 bits."""
        return np.asarray(self._bits.random_raw(count), dtype=np.uint64)

    def below(self, count: int, bound: int) -> Integers:
        """Return whole numbers from 0 to `bound` - 1, evenly."""
        return (((self.raw(count) >> HALF_WORD) * np.uint64(bound)) >> HALF_WORD).astype(np.int64)

    def between(self, count: int, low: int, high: int) -> Integers:
        """Return whole numbers from `low` to `high`, both included, evenly."""
        return low + self.below(count, high - low + 1)

    def chance(self, count: int, per_mille: int) -> Flags:
        """Return flags that are true `per_mille` times in a thousand."""
        return self.below(count, 1000) < per_mille

    def pick(self, count: int, weights: Sequence[int] | Integers) -> Integers:
        """Return positions in `weights`, each as often as its weight says."""
        edges = np.cumsum(np.asarray(weights, dtype=np.int64))
        return np.searchsorted(edges, self.below(count, int(edges[-1])), side="right").astype(np.int64)

    def shuffled(self, count: int) -> Integers:
        """Return the positions 0 to `count` - 1 in random order."""
        return np.argsort(self.raw(count), kind="stable").astype(np.int64)

    def skewed(self, count: int, bits: int = 16) -> Integers:
        """Return weights of roughly lognormal shape (powers of two, binomially many): a few great, many small."""
        powers = _ONES[(self.raw(count) & np.uint64((1 << bits) - 1)).astype(np.int64)]
        return (MANTISSA + self.below(count, MANTISSA)) << powers


def split(total: int, weights: Integers, step: int = 1) -> Integers:
    """Split `total` by `weights` into multiples of `step`; what is less than a step goes to the greatest part.

    The parts add up to `total` exactly: each ends where the next begins, so that rounding never piles up anywhere.
    """
    edges = np.cumsum(weights)
    units, rest = divmod(total, step)
    # The product of edge and factor stays within a signed word: it is about `units` shifted by so many bits.
    bits = max(0, SIGNED_BITS - units.bit_length())
    ends = (edges * ((units << bits) // int(edges[-1]))) >> bits
    ends[-1] = units
    parts: Integers = np.diff(ends, prepend=0) * step
    parts[int(np.argmax(parts))] += rest
    return parts


def share_out(total: int, weights: Sequence[int], step: int = 1) -> list[int]:
    """Split as `split` does, in whole numbers of Python: exact however large `total` and `weights` are."""
    units, rest = divmod(total, step)
    whole = sum(weights)
    ends = [units * edge // whole for edge in accumulate(weights)]
    parts = [(end - begin) * step for begin, end in pairwise([0, *ends])]
    parts[max(range(len(parts)), key=parts.__getitem__)] += rest
    return parts
