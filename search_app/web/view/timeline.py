"""How the found articles lie in time: a row of bars, by years or by the months of one year, each a link."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.facets import UNDATED
from search_app.answers import Facet, FacetValue, SearchAnswer
from search_app.web.params import Params
from search_app.web.view.display import shown_date, shown_number

WIDTH, HEIGHT = 1000, 100
GAP = 0.12  # of a bar's room
LEAST = 2.5  # height of a bar for a single article among thousands
MOST_BARS = 60
MOST_NUMBERED = 12  # bars with their numbers above them: more would not fit a phone
LABELS = 8  # years named below the bars; of twelve months each is


@dataclass(frozen=True, slots=True)
class Bar:
    """A year or month: what it is called below its bar and in full, how many, and the link that narrows to it."""

    time: str
    label: str
    name: str
    count: int
    chosen: bool
    link: str
    x: float
    y: float
    width: float
    height: float

    @property
    def title(self) -> str:
        """What the bar says when pointed at."""
        return f"{self.name}: {shown_number(self.count)}"


@dataclass(frozen=True, slots=True)
class Timeline:
    """The bars from left to right. ``year`` is the one whose months these are, None for years."""

    bars: tuple[Bar, ...]
    year: str | None
    room: float

    @property
    def numbered(self) -> bool:
        """Whether there is room for the number of each bar above it."""
        return len(self.bars) <= MOST_NUMBERED

    @property
    def filled(self) -> tuple[Bar, ...]:
        """The bars with something in them, for the table."""
        return tuple(bar for bar in self.bars if bar.count)


def timeline(answer: SearchAnswer, params: Params) -> Timeline | None:
    """The bars of an answer; None where there is no more than one to show."""
    years = {value.id: value for value in answer.facets.get(Facet.YEAR, ()) if value.id != UNDATED}
    chosen = {value[:4] for value in params.year if value != UNDATED and not value.startswith("-")}
    counted = [year for year, value in years.items() if value.count or any(part.count for part in value.parts)]
    if len(chosen) == 1 or len(counted) == 1:
        year = next(iter(chosen)) if len(chosen) == 1 else counted[0]
        months = {part.id: part for part in years[year].parts} if year in years else {}
        if sum(part.count > 0 for part in months.values()) < 2:
            return None
        times = [f"{year}-{month:02}" for month in range(1, 13)]
        return Timeline(_bars(times, months, params), year, WIDTH / len(times))
    if len(counted) < 2:
        return None
    first, last = int(min(counted)), int(max(counted))
    times = [str(year).zfill(4) for year in range(max(first, last - MOST_BARS + 1), last + 1)]
    return Timeline(_bars(times, years, params), None, WIDTH / len(times))


def _bars(times: list[str], values: dict[str, FacetValue], params: Params) -> tuple[Bar, ...]:
    most = max((values[time].count for time in times if time in values), default=0) or 1
    room = WIDTH / len(times)
    link = params.choosing(Facet.YEAR, "/")
    step = 1 if len(times) <= LABELS or len(times[0]) > len("2023") else -(-len(times) // LABELS)
    return tuple(
        _bar(
            time,
            values[time].count if time in values else 0,
            most,
            number * room,
            room,
            named=(len(times) - 1 - number) % step == 0,
            chosen=time in params.year,
            link=link(time),
        )
        for number, time in enumerate(times)
    )


def _bar(time: str, count: int, most: int, x: float, room: float, *, named: bool, chosen: bool, link: str) -> Bar:
    height = max(LEAST, HEIGHT * count / most) if count else 0.0
    label = str(int(time[5:])) if len(time) > len("2023") else time
    return Bar(
        time=time,
        label=label if named else "",
        name=shown_date(time),
        count=count,
        chosen=chosen,
        link=link,
        x=round(x + room * GAP, 1),
        y=round(HEIGHT - height, 1),
        width=round(room * (1 - 2 * GAP), 1),
        height=round(height, 1),
    )
