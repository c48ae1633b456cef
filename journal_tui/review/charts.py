"""Draw the charts of a period as SVG: enjoyment over time, the heat map of days, and the distribution.

Each function returns the text of one `<svg>` element, or "" if there is nothing to draw. Colours come
from the page's style sheet, by classes; marks of different colours differ in shape as well. A day is a
link to `#d-` and its ISO date; links are for the mouse, since the table beside a chart has the same days
for the keyboard.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from html import escape
from typing import NamedTuple

from journal_tui.counts import counted
from journal_tui.entry.model import Scale, shown
from journal_tui.entry.relative_time import plain_date
from journal_tui.period import MONTHS, WEEKDAYS
from journal_tui.review.review import NOT_WRITTEN, RATED, UNRATED, Bin, Cell, Enjoyment, Review
from journal_tui.review.span import Span

MAX_DAYS, MAX_YEARS_OF_WEEKS, MAX_YEARS_OF_DAYS = 400, 12, 12
"""With more days than the first number, a dot is a week; with more years than the second, a quarter.

With more years than the third, a cell of the heat map is a month.
"""
_WIDTH, _HEIGHT = 760, 240
_LEFT, _RIGHT, _TOP, _BOTTOM = 40, 64, 12, 40
_CELL, _GAP = 12, 2
_STEP = _CELL + _GAP
_SHORT_MONTHS = tuple(month[:3] for month in MONTHS)


class _Dot(NamedTuple):
    """A rating in the chart of enjoyment; `joins` is whether a line leads to it from the dot before."""

    day: date
    rating: float
    title: str
    target: str
    joins: bool


def _element(name: str, inner: str = "", **attributes: object) -> str:
    """Return an element; `class_` is written as class, and `text_anchor` as text-anchor."""
    listed = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_number(value))}"'
        for key, value in attributes.items()
    )
    return f"<{name}{listed}>{inner}</{name}>" if inner else f"<{name}{listed}/>"


def _number(value: object) -> str:
    return shown(round(value, 1)) if isinstance(value, float) else str(value)


def _text(words: str, x: float, y: float, anchor: str = "start", **attributes: object) -> str:
    return _element("text", escape(words), x=x, y=y, text_anchor=anchor, **attributes)


def _svg(key: str, width: float, height: float, title: str, about: str, inner: str) -> str:
    """Return a picture that screen readers know by its title and description."""
    head = _element("title", escape(title), id=f"{key}-title")
    head += _element("desc", escape(about), id=f"{key}-desc")
    return _element(
        "svg",
        f'{head}<g aria-hidden="true">{inner}</g>',
        class_="wide" if width > 400 else "narrow",
        viewBox=f"0 0 {_number(float(width))} {_number(float(height))}",
        width=width,
        height=height,
        role="graphics-document",
        aria_labelledby=f"{key}-title {key}-desc",
    )


def _linked(target: str, title: str, inner: str) -> str:
    if not target:
        return inner
    return _element("a", f"<title>{escape(title)}</title>{inner}", href=target, tabindex=-1)


# Enjoyment over time


def enjoyment(review: Review) -> str:
    """Return the ratings over time, with the median and its band, as a line that breaks at gaps."""
    found, scale = review.enjoyment, review.enjoyment.scale
    if len(found.rated) < 2:
        return ""
    first, last = review.days.start, review.days.last
    unit = unit_of(review)
    dots = list(_days(review) if unit == "day" else _bins(review, review.bins(unit), unit))
    across, down = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _TOP - _BOTTOM
    length = max(1, (last - first).days)

    def x(day: date) -> float:
        return _LEFT + across * min(1.0, (day - first).days / length)

    def y(rating: float) -> float:
        return _TOP + down * (1 - (rating - scale.low) / (scale.high - scale.low))

    right, bottom = _WIDTH - _RIGHT, _HEIGHT - _BOTTOM
    inner: list[str] = []
    if found.band:
        top = y(found.band.high)
        inner.append(
            _element(
                "rect", class_="band", x=_LEFT, y=top, width=across, height=y(found.band.low) - top
            )
        )
    for value in _marks(scale):
        inner.append(_line(_LEFT, y(value), right, y(value), "grid"))
        inner.append(_text(shown(value), _LEFT - 8, y(value) + 4, "end"))
    inner += _ticks(first, last, x, bottom)
    if found.median is not None:
        inner.append(_line(_LEFT, y(found.median), right, y(found.median), "median"))
        inner.append(_text("median", right + 6, y(found.median) - 2))
        inner.append(_text(shown(found.median), right + 6, y(found.median) + 12))
    path: list[str] = []
    for dot in dots:
        path.append(f"{'L' if dot.joins else 'M'}{_number(x(dot.day))} {_number(y(dot.rating))}")
    inner.append(_element("path", class_="line", d="".join(path)))
    if unit == "day":
        # Days without a rating are dots below the scale.
        inner += (
            _element("circle", class_="unrated-dot", cx=float(x(day)), cy=bottom + 8, r=1.8)
            for day in found.unrated.days
        )
    for dot in dots:
        at, height = float(x(dot.day)), float(y(dot.rating))
        outside = found.band is None or dot.rating not in found.band
        shape = (
            _element("circle", class_=f"dot {_level(dot.rating, found)}", cx=at, cy=height, r=3.2)
            if outside
            else _element("circle", class_="dot inside", cx=at, cy=height, r=2.6)
        )
        inner.append(_linked(dot.target, dot.title, shape))
    return _svg(
        "time", _WIDTH, _HEIGHT, "Enjoyment over time", _about(review, unit), "".join(inner)
    )


def unit_of(review: Review) -> str:
    """Return the period of one dot in the chart of enjoyment: `day`, `week` or `quarter`."""
    days = review.days
    if (days.last - days.start).days < MAX_DAYS:
        return "day"
    return "week" if days.last.year - days.start.year < MAX_YEARS_OF_WEEKS else "quarter"


def _about(review: Review, unit: str) -> str:
    found = review.enjoyment
    days = counted(len(found.rated), "rated day")
    dot = "" if unit == "day" else f" Each dot is the median of a {unit}."
    if found.median is None or found.band is None:
        return f"{days}, too few for a median.{dot}"
    outside = sum(1 for day in found.rated if found.stands_out(day))
    return (
        f"{days} on a scale from {found.scale}. The median is {shown(found.median)}; days from "
        f"{found.band} are about the same, and {counted(outside, 'day')} "
        f"{'is' if outside == 1 else 'are'} clearly better or worse."
        f"{dot}"
    )


def _days(review: Review) -> Iterator[_Dot]:
    scale, counting = review.enjoyment.scale, review.counting
    before: date | None = None
    for found in review.written.values():
        day, rating = found.day, found.rating
        if rating is None:
            before = None
            continue
        joins = before is not None and not any(
            counting.counts(between) or not counting.is_known for between in _between(before, day)
        )
        title = f"{plain_date(day)}: {scale.shown(rating)}"
        yield _Dot(day, rating, title, f"#d-{day}", joins)
        before = day


def _between(first: date, last: date) -> Iterator[date]:
    for number in range(first.toordinal() + 1, last.toordinal()):
        yield date.fromordinal(number)


def _bins(review: Review, bins: Iterable[Bin], unit: str) -> Iterator[_Dot]:
    scale, first, last = review.enjoyment.scale, review.days.start, review.days.last
    joins = False
    for found in bins:
        if found.median is None:
            joins = False
            continue
        start = max(found.span.days.start, first)
        middle = start + (min(found.span.days.last, last) - start) // 2
        rated = counted(found.rated, "rating")
        title = f"{found.span.title}: median {scale.shown(round(found.median, 2))} of {rated}"
        yield _Dot(
            middle, found.median, title, f"#d-{first_written_day(review, found.span)}", joins
        )
        joins = True


def first_written_day(review: Review, span: Span) -> date | None:
    """Return the first written day of a span, or None."""
    days = tuple(review.written)
    at = bisect_left(days, span.days.start)
    return days[at] if at < len(days) and days[at] <= span.days.last else None


def _marks(scale: Scale) -> list[float]:
    """Return the ratings at which the scale is marked: its ends, and its middle or whole steps."""
    width = scale.high - scale.low
    if width <= 5:
        return [float(scale.low + n) for n in range(width + 1)]
    return [float(scale.low), scale.low + width / 2, float(scale.high)]


def _line(x1: float, y1: float, x2: float, y2: float, name: str) -> str:
    return _element("line", class_=name, x1=float(x1), y1=float(y1), x2=float(x2), y2=float(y2))


def _ticks(first: date, last: date, x: Callable[[date], float], bottom: float) -> Iterator[str]:
    """Yield the marks of the time axis: weeks, months, or years."""
    length = (last - first).days
    if length <= 70:
        every = 1 if length <= 10 else 7
        start = first if every == 1 else first + timedelta(-first.weekday() % 7)
        at = [
            (day, f"{day.day} {_SHORT_MONTHS[day.month - 1]}")
            for day in (start + timedelta(n) for n in range(0, length + 1, every))
            if day <= last
        ]
    elif length < MAX_DAYS:
        months = _firsts_of_months(first, last)
        at = [(day, _SHORT_MONTHS[day.month - 1]) for day in months]
    else:
        years = range(first.year + (first > date(first.year, 1, 1)), last.year + 1)
        every = max(1, -(-len(years) // 12))
        at = [(date(year, 1, 1), str(year)) for year in years if year % every == 0]
    for day, label in at:
        yield _line(x(day), bottom, x(day), bottom + 15, "axis")
        yield _text(label, float(x(day)), bottom + 28)


def _firsts_of_months(first: date, last: date) -> Iterator[date]:
    day = first if first.day == 1 else _next_month(first)
    while day is not None and day <= last:
        yield day
        day = _next_month(day)


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


# Heat map


def heat_maps(review: Review) -> list[tuple[str, str]]:
    """Return the title and the heat map of each year; of many years, those of a single map by months.

    Three kinds of cells differ in shape: a bar for a rating, a dot for a day that is written without
    one, and an empty square for a day that counts and isn't written.
    """
    first, last = review.days.start, review.days.last
    if (last - first).days < 7 or not review.written:
        return []
    if last.year - first.year >= MAX_YEARS_OF_DAYS:
        return [("Months", _map_of_months(review))]
    return [
        (
            str(year),
            _map_of_days(review, max(first, date(year, 1, 1)), min(last, date(year, 12, 31))),
        )
        for year in range(first.year, last.year + 1)
    ]


def _map_of_days(review: Review, first: date, last: date) -> str:
    scale = review.enjoyment.scale
    begin = first.toordinal() - first.weekday()
    left, top = 40, 22
    inner = [
        _text(WEEKDAYS[row][:3], left - 6, top + row * _STEP + 10, "end") for row in (0, 2, 4, 6)
    ]
    inner.append(_text(str(first.year), left - 6, 12, "end"))
    columns = (last.toordinal() - begin) // 7 + 1
    for month in _firsts_of_months(first, last):
        column = (month.toordinal() - begin) // 7
        if column + 1 < columns or month == first:
            inner.append(_text(_SHORT_MONTHS[month.month - 1], left + column * _STEP, 12))
    missing = frozenset(review.missing)
    counts = dict.fromkeys((NOT_WRITTEN, UNRATED, RATED), 0)
    for cell in review.cells(first, last):
        column, row = divmod(cell.day.toordinal() - begin, 7)
        # Days off, days in the future, and today until it is written are left empty.
        if cell.state == NOT_WRITTEN and cell.day not in missing:
            continue
        counts[cell.state] += 1
        drawn = _cell(cell, left + column * _STEP, top + row * _STEP, review.enjoyment)
        title = f"{plain_date(cell.day)}: {_state(cell, scale)}"
        target = f"#d-{cell.day}" if cell.state != NOT_WRITTEN else ""
        inner.append(_linked(target, title, drawn))
    noun = review.counting.noun
    about = (
        f"{counted(counts[RATED], 'day')} rated, {counted(counts[UNRATED], 'day')} written without a "
        f"rating, {counted(counts[NOT_WRITTEN], noun)} not written."
    )
    key = f"map-{first.year}"
    width = max(left + columns * _STEP, 120)
    return _svg(key, width, top + 7 * _STEP, f"Days of {first.year}", about, "".join(inner))


def _state(cell: Cell, scale: Scale) -> str:
    return scale.shown(cell.rating) if cell.rating is not None else cell.state


def _cell(cell: Cell, x: float, y: float, found: Enjoyment) -> str:
    if cell.state == NOT_WRITTEN:
        return _square(x, y, "missing")
    if cell.rating is None:
        dot = _element("circle", class_="unrated-dot", cx=x + _CELL / 2, cy=y + _CELL / 2, r=2)
        return _square(x, y, "written") + dot
    return _square(x, y, "written") + _bar(cell.rating, x, y, found)


def _bar(rating: float, x: float, y: float, found: Enjoyment) -> str:
    """Return a bar that fills a cell from the bottom; the lowest rating of the scale has a thin bar."""
    scale = found.scale
    share = min(1.0, max(0.0, (rating - scale.low) / (scale.high - scale.low)))
    height = 1.5 + share * (_CELL - 1.5)
    return _element(
        "rect",
        class_=f"bar {_level(rating, found)}",
        x=x,
        y=float(y + _CELL - height),
        width=_CELL,
        height=float(height),
    )


def _level(rating: float, found: Enjoyment) -> str:
    if found.band is None or rating in found.band:
        return "middle"
    return "high" if rating > found.band.high else "low"


def _square(x: float, y: float, name: str) -> str:
    return _element(
        "rect", class_=name, x=x + 0.5, y=y + 0.5, width=_CELL - 1, height=_CELL - 1, rx=1.5
    )


def _map_of_months(review: Review) -> str:
    bins = [found for found in review.bins("month") if found.written]
    if not bins:
        return ""
    years = range(bins[0].span.days.start.year, bins[-1].span.days.start.year + 1)
    left, top, wide = 48, 22, 34
    of_month = {found.span.days.start: found for found in bins}
    inner = [_text(name, left + n * wide, 12) for n, name in enumerate(_SHORT_MONTHS)]
    scale = review.enjoyment.scale
    for row, year in enumerate(years):
        y = top + row * _STEP
        inner.append(_text(str(year), left - 8, y + 10, "end"))
        for month in range(12):
            x, first = left + month * wide, date(year, month + 1, 1)
            found = of_month.get(first)
            if found is None:
                if review.days.contains(first):
                    inner.append(_square(x, y, "missing"))
                continue
            drawn = _square(x, y, "written")
            said = "without a rating"
            if found.median is None:
                drawn += _element(
                    "circle", class_="unrated-dot", cx=x + _CELL / 2, cy=y + _CELL / 2, r=2
                )
            else:
                drawn += _bar(found.median, x, y, review.enjoyment)
                said = f"median {scale.shown(round(found.median, 2))}"
            title = f"{found.span.title}: {counted(found.written, 'day')} written, {said}"
            inner.append(_linked(f"#m-{first:%Y-%m}", title, drawn))
    rated = sum(1 for found in bins if found.median is not None)
    about = f"{counted(len(bins), 'month')} with entries, {rated:,} of them with ratings."
    height = top + len(years) * _STEP
    return _svg("map-months", left + 12 * wide, height, "Months", about, "".join(inner))


# Distribution


def distribution(found: Enjoyment) -> str:
    """Return how often each rating was given, with its usual share if that is known."""
    if found.median is None:
        return ""
    left, row, most_wide = 60, 22, 250
    most = max(max(share.part, share.usual or 0.0) for share in found.shares) or 1.0
    inner: list[str] = []
    for n, share in enumerate(found.shares):
        y = 8 + n * row
        wide = most_wide * share.part / most
        inner.append(_text(share.step.label, left - 8, y + 13, "end"))
        if share.figure.number:
            middle = (share.step.low + share.step.high) / 2
            inner.append(
                _element(
                    "rect",
                    class_=f"bar {_level(middle, found)}",
                    x=left,
                    y=y + 2,
                    width=float(wide),
                    height=14,
                )
            )
        end = left + wide
        if share.usual is not None:
            at = float(left + most_wide * share.usual / most)
            inner.append(_line(at, y - 1, at, y + 19, "usual"))
            inner.append(_line(at - 3, y - 1, at + 3, y - 1, "usual"))
            inner.append(_line(at - 3, y + 19, at + 3, y + 19, "usual"))
            end = at if -4 < at - end < 40 else end
        inner.append(_text(f"{share.figure.number:,}", float(end + 8), y + 13))
    usual = "Lines show your usual share." if found.usual.median is not None else ""
    listed = ", ".join(
        f"{share.step.label}: {share.figure.number:,}"
        for share in found.shares
        if share.figure.number
    )
    height = 16 + len(found.shares) * row
    width = left + most_wide + 50
    title = "How often each rating was given"
    return _svg("shares", width, height, title, f"{listed}. {usual}".strip(), "".join(inner))
