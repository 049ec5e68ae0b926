"""From raw figures to medians, and from medians to ratios."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median, quantiles
from typing import Any

from search_app.bench.contenders.table import CONTENDERS, PLAIN

Json = dict[str, Any]


def figures(raw: Json, corpus: Json, workers: int) -> dict[str, float]:
    """The medians over all rounds of one contender, by the names of :data:`report.FIGURES`."""
    one = raw["indexing"]["1"]
    made = {
        "stories": one[-1]["stories"],
        "stories_per_cpu_s": _rate(one, "cpu_s"),
        "stories_per_wall_s": _rate(one, "wall_s"),
        "start_cpu_s": _median(one, "start_cpu_s"),
        "index_bytes": sum(one[-1]["bytes"].values()),
        "index_bytes_per_text_byte": sum(one[-1]["bytes"].values()) / max(corpus["text_bytes"], 1),
        "indexing_peak_bytes": _median(one, "peak_bytes"),
        "serving_peak_bytes": raw["serving"]["peak_bytes"],
        "cold_wall_s": _median(raw["cold"], "wall_s"),
        "cold_cpu_s": _median(raw["cold"], "cpu_s"),
        "answered": _answered(raw["queries"]),
    }
    for name in ("wall_ms", "cpu_ms"):
        for part in (50, 95):
            made[f"p{part}_{name}"] = median(percentile(batch[name], part) for batch in raw["queries"])
    if several := raw["indexing"].get(str(workers)) if workers > 1 else None:
        made["several_stories_per_cpu_s"] = _rate(several, "cpu_s")
        made["several_stories_per_wall_s"] = _rate(several, "wall_s")
        made["several_gain"] = made["several_stories_per_wall_s"] / made["stories_per_wall_s"]
        made["several_peak_bytes"] = _median(several, "peak_bytes")
        made["several_worker_bytes"] = _median(several, "largest_worker_bytes")
    return made


def ratios(measured: Mapping[str, Mapping[str, float]]) -> dict[str, dict[str, float]]:
    """Each contender's figures divided by those of the plain way; nothing where that was not measured."""
    plain = measured.get(PLAIN, {})
    return {
        name: {key: value / plain[key] for key, value in one.items() if plain.get(key)}
        for name, one in measured.items()
        if plain
    }


def beside_bare(measured: Mapping[str, Mapping[str, float]]) -> dict[str, dict[str, float]]:
    """What a query costs timbao beside its engine alone: ten stored documents with snippets, and facets."""
    return {
        name: {f"p{part}_per_bare": one[f"p{part}_cpu_ms"] / bare[f"p{part}_cpu_ms"] for part in (50, 95)}
        for name, one in measured.items()
        if (bare := measured.get(CONTENDERS[name].bare)) and all(bare[f"p{part}_cpu_ms"] for part in (50, 95))
    }


def stages(raw: Json) -> dict[str, dict[str, float]]:
    """Median seconds by stage, in the order of the work."""
    runs: list[dict[str, dict[str, float]]] = raw["stages"]
    return {
        stage: {name: median(run[stage][name] for run in runs) for name in ("wall_s", "cpu_s")}
        for stage in (runs[0] if runs else ())
    }


def by_kind(batches: Sequence[Json], name: str) -> dict[str, list[float]]:
    """All values of one figure of the queries, by their kind."""
    made: dict[str, list[float]] = {}
    for batch in batches:
        for kind, value in zip(batch["kind"], batch[name], strict=True):
            made.setdefault(kind, []).append(value)
    return made


def percentile(values: Sequence[float], part: int) -> float:
    """The value below which ``part`` per cent of these lie."""
    if len(values) < 2:
        return values[0] if values else 0.0
    return quantiles(values, n=100, method="inclusive")[part - 1]


def _answered(batches: Sequence[Json]) -> float:
    totals = [total for batch in batches for total in batch["total"]]
    return float(sum(total > 0 for total in totals) / max(len(totals), 1))


def _rate(runs: Sequence[Json], name: str) -> float:
    return float(median(run["stories"] / run[name] for run in runs))


def _median(runs: Sequence[Json], name: str) -> float:
    return float(median(run[name] for run in runs))
