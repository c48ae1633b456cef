"""Lay out a period's document as one HTML page that has no script and makes no request.

The templates are in `templates/`. Everything that is put into them is escaped, so the text of an entry
can't become markup.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from markupsafe import Markup, escape

from journal_tui.counts import counted
from journal_tui.entry.follow_ups import FollowUp
from journal_tui.entry.model import shown
from journal_tui.entry.relative_time import plain_date
from journal_tui.entry.sanitize import one_line, visible
from journal_tui.entry.verdicts import verdicts_in, without_verdicts
from journal_tui.page_template import page_templates
from journal_tui.period import MONTHS, long_date
from journal_tui.review import charts
from journal_tui.review.document import Claim, Document, Quote, own_title, task_facts
from journal_tui.review.review import Share
from journal_tui.review.written_day import WrittenDay

_DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


class _Day(NamedTuple):
    """A day in the list at the end of the page; `items` are (text, facts) of its points and follow-ups."""

    iso: str
    long: str
    address: str
    path: str
    rating: str
    remark: str
    title: str
    items: tuple[tuple[str, str], ...]
    names: str


class _Row(NamedTuple):
    label: str
    target: str
    values: tuple[str, ...]


class _Table(NamedTuple):
    caption: str
    heads: tuple[str, ...]
    rows: tuple[_Row, ...]


def html(document: Document, link: Callable[[str], str], version: str) -> str:
    """Return the document as HTML; `link` returns the address of an entry's path."""
    template = page_templates("journal_tui.review").get_template("document.html")
    return template.render(document=document, page=_Page(document, link, version)) + "\n"


class _Page:
    """The values and functions that the templates use besides the document."""

    few = 6
    """The most days that are listed after a claim; more are folded away."""

    def __init__(self, document: Document, link: Callable[[str], str], version: str) -> None:
        self._document, self._link, self.version = document, link, version
        self.journal = one_line(document.journal)
        self._sections = {section.key for section in document.sections}
        review = self._review = document.review
        found = review.enjoyment
        self.lowest = found.scale.low
        self.unit = charts.unit_of(review)
        self.time_chart = Markup(charts.enjoyment(review))
        self.maps = [(title, Markup(svg)) for title, svg in charts.heat_maps(review)]
        self.share_chart = Markup(charts.distribution(found))
        self.has_usual = found.usual.median is not None
        self.counts_days = review.counting.is_known
        self.missing = f"{review.counting.noun} without an entry"
        if any(title == "Months" for title, _ in self.maps):
            self.missing = "month without an entry"

    @staticmethod
    def counted(number: int, noun: str) -> str:
        """Return a count with its noun."""
        return counted(number, noun)

    @staticmethod
    def plain(day: date) -> str:
        """Return a day in words."""
        return plain_date(day)

    @staticmethod
    def with_dates(words: str) -> Markup:
        """Return words in which no date is broken at the end of a line."""
        return Markup(_DATE.sub(r'<span class="date">\g<0></span>', str(escape(words))))

    def has(self, key: str) -> bool:
        """Return whether the document has a section."""
        return key in self._sections

    # Links

    def target(self, day: date) -> str:
        """Return the address of a day: in the list of days, or else of its file; "" if it has no entry."""
        if day in self._review.written:
            return f"#d-{day.isoformat()}"
        path = self._document.paths.get(day)
        return self._link(path) if path else ""

    def quote_target(self, quote: Quote) -> str:
        """Return the address of a quotation: its day in the list of days, or its file."""
        is_listed = not (quote.period or quote.is_of_note) and quote.day in self._review.written
        return f"#d-{quote.day.isoformat()}" if is_listed else self._link(quote.path)

    def notes(self, claim: Claim) -> list[tuple[str, str]]:
        """Return the days of the notes of a claim, each with the address of its file."""
        return [(day.isoformat(), self._link(path)) for day, path in claim.notes]

    def are_quoted(self, claim: Claim) -> bool:
        """Return whether each day of a claim is that of one of its quotations."""
        return {quote.day for quote in claim.quotes if not quote.period}.issuperset(claim.days)

    def are_listed(self, claim: Claim) -> bool:
        """Return whether all days of a claim are in the list of days."""
        return all(day in self._review.written for day in claim.days)

    @staticmethod
    def months(days: Sequence[date]) -> list[tuple[str, list[date]]]:
        """Return days by month, each month after its name."""
        found: dict[str, list[date]] = {}
        for day in days:
            found.setdefault(_month(day), []).append(day)
        return list(found.items())

    # Charts

    @property
    def time_caption(self) -> str:
        """The caption that explains the marks of the chart of enjoyment."""
        found = self._review.enjoyment
        dot = "day" if self.unit == "day" else f"{self.unit}’s median"
        said = f"A dot is a {dot}. The line breaks where nothing is rated."
        if found.band is not None:
            said += (
                f" The dashed line is the median; hollow dots are in the shaded band from "
                f"{found.band}, which is about the same, because a rating isn’t more exact."
            )
        if self.unit == "day" and found.unrated.number:
            said += " Small dots below the scale are days written without a rating."
        return said

    @property
    def time_table(self) -> _Table:
        """The chart of enjoyment as a table of days, weeks or quarters."""
        found = self._review.enjoyment
        scale = found.scale
        if self.unit == "day":
            rows = (
                _Row(day.day.isoformat(), self.target(day.day), (scale.shown(day.rating or 0.0),))
                for day in found.rated
            )
            return _Table("Rated days", ("Day", "Rating"), tuple(rows))
        bins = (
            _Row(
                one.span.title,
                f"#d-{charts.first_written_day(self._review, one.span)}",
                (f"{one.rated:,}", scale.shown(round(one.median, 2))),
            )
            for one in self._review.bins(self.unit)
            if one.median is not None
        )
        heads = (self.unit.capitalize(), "Ratings", "Median")
        return _Table(f"Ratings by {self.unit}", heads, tuple(bins))

    @property
    def month_rows(self) -> list[_Row]:
        """The months, each with the numbers of its rated, unrated and missing days, and its median rating."""
        review, found = self._review, list[_Row]()
        scale, missing = review.enjoyment.scale, dict[str, int]()
        for day in review.missing:
            missing[_month(day)] = missing.get(_month(day), 0) + 1
        for one in review.bins("month"):
            name = _month(one.span.days.start)
            if not one.written and not missing.get(name):
                continue
            values = [f"{one.rated:,}", f"{one.written - one.rated:,}"]
            if self.counts_days:
                values.append(f"{missing.get(name, 0):,}")
            middle = "" if one.median is None else scale.shown(round(one.median, 2))
            target = f"#m-{one.span.days.start:%Y-%m}" if one.written else ""
            found.append(_Row(name, target, (*values, middle)))
        return found

    @property
    def share_caption(self) -> str:
        """The caption that explains the marks of the distribution."""
        found = self._review.enjoyment
        said = "The number at a bar is how many days it has."
        if self.has_usual:
            said += f" The upright line is your usual share, from {counted(found.usual.number, 'other rating')}."
        return said

    def usually(self, share: Share) -> str:
        """Return how many of the rated days would be in a step of the scale by its usual share."""
        return shown(round((share.usual or 0.0) * len(self._review.enjoyment.rated), 1))

    # The list of days

    def evidence(self) -> Iterator[tuple[str, list[_Day]]]:
        """Yield the months with their written days."""
        found: dict[str, list[WrittenDay]] = {}
        for day in self._review.written.values():
            found.setdefault(_month(day.day), []).append(day)
        for month, days in found.items():
            yield month, [self._day(day) for day in days]

    def _day(self, day: WrittenDay) -> _Day:
        scale = self._review.enjoyment.scale
        points = [
            (
                one_line(without_verdicts(point.text)),
                ", ".join(one_line(str(verdict)) for verdict in verdicts_in(point.text)),
            )
            for point in day.points
        ]
        tasks = [self._task(task) for task in day.follow_ups]
        return _Day(
            day.day.isoformat(),
            long_date(day.day),
            self._link(day.path),
            visible(day.path),
            scale.shown(day.rating) if day.rating is not None else "",
            one_line(day.remark),
            own_title(day),
            (*points, *tasks),
            # In a printed document, these show on which days a person or tag was mentioned.
            ", ".join(map(one_line, dict.fromkeys(day.names))),
        )

    def _task(self, task: FollowUp) -> tuple[str, str]:
        return one_line(task.text), "follow-up, " + ", ".join(task_facts(task, self._review.today))


def _month(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}"
