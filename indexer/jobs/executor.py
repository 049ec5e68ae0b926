"""Doing a job with many items, in this process or in several: each item has its result, or a reason why there is none.

Items are handed over in bundles, so that small ones cost little each. A bundle that fails is done again item by item.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

T = TypeVar("T")
R = TypeVar("R")
T_contra = TypeVar("T_contra", contravariant=True)
R_co = TypeVar("R_co", covariant=True)

BUNDLE = 64
"""Items in a bundle at most: enough for numpy to pay, few enough for progress to be seen."""

BUNDLE_BYTES = 256 << 10
"""Size of the items of a bundle from which on no further one is taken up: pages may have megabytes."""


class Job(Protocol[T_contra, R_co]):
    """What is to be done with items. Made without arguments, once in each process that needs it."""

    def do(self, items: Sequence[T_contra]) -> Sequence[R_co]:
        """A result for each item, in order."""


@dataclass(frozen=True, slots=True)
class Lost:
    """Instead of a result, why there is none."""

    reason: str


Size = Callable[[Any], int]


class Executor(Protocol):
    """What does jobs: this process (:class:`SerialExecutor`) or several (:mod:`indexer.jobs.processes`)."""

    def map(self, job: type[Job[T, R]], items: Iterable[T], size: Size = lambda _: 0) -> Iterator[tuple[T, R | Lost]]:
        """Each item with its result, in the order of the items. ``size`` tells how many bytes one holds."""


class SerialExecutor:
    """Does jobs in this process."""

    def map(self, job: type[Job[T, R]], items: Iterable[T], size: Size = lambda _: 0) -> Iterator[tuple[T, R | Lost]]:
        """See :class:`Executor`."""
        doing = job()
        for bundle in bundled(items, size):
            yield from zip(bundle, done(doing, bundle), strict=True)


def bundled(items: Iterable[T], size: Size) -> Iterator[list[T]]:
    """The items in bundles."""
    bundle: list[T] = []
    held = 0
    for item in items:
        bundle.append(item)
        held += size(item)
        if len(bundle) == BUNDLE or held >= BUNDLE_BYTES:
            yield bundle
            bundle, held = [], 0
    if bundle:
        yield bundle


def done(doing: Job[T, R], items: Sequence[T]) -> Sequence[R | Lost]:
    """The results of a bundle; where it fails as a whole, item by item."""
    try:
        return doing.do(items)
    except Exception as error:
        if len(items) == 1:
            return [Lost(f"{type(error).__name__}: {error}")]
    return [done(doing, [item])[0] for item in items]
