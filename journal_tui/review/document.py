"""The document of a period: what a review says, with the quotations and days that prove it.

`make_document` returns a `Document` of `Section`s, `Part`s, `Claim`s and `Quote`s, which
`document_markdown` and `document_page` lay out. A document only counts and quotes: it has no praise and no
score.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from journal_tui.counts import counted
from journal_tui.entry.follow_ups import FollowUp
from journal_tui.entry.mentions import mentions
from journal_tui.entry.model import DONE, DROPPED, WAITING
from journal_tui.entry.sanitize import one_line
from journal_tui.entry.task_marks import read_marks
from journal_tui.entry.tokenizer import term_of
from journal_tui.entry.verdicts import verdicts_in, without_verdicts
from journal_tui.period import iso_day, long_date, parse_name
from journal_tui.review import overview
from journal_tui.review.ratings import FEWEST_RATINGS, SPREAD_FROM
from journal_tui.review.review import Enjoyment, Figure, Review, Tally
from journal_tui.review.thanks import Thanks
from journal_tui.review.written_day import LearningPoint, WrittenDay

MAX_QUOTED, MAX_NAMES = 10, 10
"""How many quotations of a group, and how many people and tags, are listed."""
CUSTOMER = "#customer/"
"""The beginning of a customer's tag."""
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LINK = re.compile(r"!?\[+([^\[\]|]*)(?:\|([^\[\]]*))?\]+(?:\([^)]*\))?")
_DAY_NUMBER = re.compile(r"\bDay [0-9]+\b", re.IGNORECASE)
_NOT_LETTERS = re.compile(r"[\W_]+")


class Quote(NamedTuple):
    """Words of an entry with the day or period, its file, and short facts about them.

    `is_of_note` is whether the file is a note, which the list of days doesn't show.
    """

    text: str
    day: date
    path: str
    facts: tuple[str, ...] = ()
    period: str = ""
    is_of_note: bool = False

    @property
    def label(self) -> str:
        """The ISO date of the day, or the name of the period: `2014-10-06`, `2014-W41`."""
        return self.period or self.day.isoformat()


class Claim(NamedTuple):
    """A sentence, the days that it comes from, and quotations.

    `left_out` is the number of further passages that aren't quoted; their days are among `days`. `query` is
    a search for days outside the period, which the document doesn't list, or "". `notes` are the days and
    paths of visits' notes; if there are any, they are opened instead of the days.
    """

    text: str
    days: tuple[date, ...] = ()
    quotes: tuple[Quote, ...] = ()
    left_out: int = 0
    query: str = ""
    notes: tuple[tuple[date, str], ...] = ()


class DocumentPart(NamedTuple):
    """Claims with a title, which is "" for the claims at the beginning of a section."""

    title: str
    claims: tuple[Claim, ...]


class DocumentSection(NamedTuple):
    """A section of the document: its name for links and programs, its title and its parts."""

    key: str
    title: str
    parts: tuple[DocumentPart, ...]


class DocumentNumber(NamedTuple):
    """A number at the head of the document, and the name of the section that proves it."""

    label: str
    value: str
    section: str


class QuotedItem(NamedTuple):
    """An item of a list in the note of a period, which may quote a learning point."""

    text: str
    period: str


class CustomerClaims(NamedTuple):
    """The tag and the name of a customer, and the claims about the customer in the period."""

    tag: str
    name: str
    claims: tuple[Claim, ...]


class DocumentFacts(NamedTuple):
    """What a document needs besides a review: sentences of thanks, passages of period notes, and customers.

    `items` are the list items of period notes, and `moved` the notes' lines about what moved, in order.
    """

    thanks: tuple[Thanks, ...] = ()
    items: tuple[QuotedItem, ...] = ()
    moved: tuple[Quote, ...] = ()
    customers: tuple[CustomerClaims, ...] = ()


class Document(NamedTuple):
    """A period as one document, made on the day `made`.

    `paths` has the file of each day that the document mentions. `customers`, `kept`, `thanks` and `moved`
    are for `review_data`; the sections have them in words.
    """

    title: str
    subtitle: str
    journal: str
    made: date
    review: Review
    counts: tuple[DocumentNumber, ...]
    sections: tuple[DocumentSection, ...]
    paths: Mapping[date, str]
    customers: tuple[Tally, ...] = ()
    kept: tuple[LearningPoint, ...] = ()
    thanks: tuple[Thanks, ...] = ()
    moved: tuple[Quote, ...] = ()

    @property
    def emptiness(self) -> str:
        """Why the document is empty, or ""."""
        return overview.emptiness(self.review)

    def is_all(self, days: Sequence[date]) -> bool:
        """Return whether these are all the written days, which the document lists at its end."""
        return len(days) > 1 and len(days) == len(self.review.written)


def make_document(
    review: Review, facts: DocumentFacts, journal: str, most: int = MAX_QUOTED
) -> Document:
    """Return the document of a review; `journal` is the journal's name.

    At most `most` passages of a group are quoted, the newest first; 0 quotes all.
    """
    limit = most or None
    kept = kept_points(review, facts.items)
    customers = tuple(t for t in review.tags if _is_customer(t.name))
    sections = (
        DocumentSection("moved", "What moved", tuple(_moved(facts.moved))),
        DocumentSection("enjoyment", "Enjoyment", tuple(_enjoyment(review))),
        DocumentSection("points", "What was learned", tuple(_points(review, kept, limit))),
        DocumentSection("follow-ups", "Follow-ups", tuple(_follow_ups(review, limit))),
        DocumentSection(
            "customers",
            "Customers",
            tuple(_customers(review, customers, facts.customers, kept, limit)),
        ),
        DocumentSection("people", "People and tags", tuple(_names(review, facts.thanks, limit))),
        DocumentSection("written", "What was written", tuple(_written(review))),
        DocumentSection(
            "unknown",
            "What these days don’t show",
            (DocumentPart("", tuple(_unknown(review, customers or facts.customers))),),
        ),
    )
    return Document(
        f"Review: {review.span.title}",
        overview.subtitle(review),
        journal,
        review.today,
        review,
        tuple(_counts(review)),
        tuple(one for one in sections if one.parts) if not review.is_empty else (),
        _paths(review, facts.thanks),
        customers,
        tuple(point for point in _all_points(review) if point in kept),
        facts.thanks,
        facts.moved,
    )


def _moved(lines: Sequence[Quote]) -> Iterator[DocumentPart]:
    """Yield a claim that quotes all lines about what moved, since the writer chose these for the period."""
    if lines:
        notes = counted(len({line.path for line in lines}), "note")
        text = f"{counted(len(lines), 'line')} in {notes} of weeks or longer periods."
        yield DocumentPart("", (Claim(text, (), tuple(lines)),))


def _counts(review: Review) -> Iterator[DocumentNumber]:
    enjoyment, tasks = review.enjoyment, review.follow_ups
    if review.coverage.possible != 0:
        yield DocumentNumber("Written", review.coverage.words, "written")
    yield DocumentNumber("Rated", counted(len(enjoyment.rated), "day"), "enjoyment")
    if enjoyment.median is not None:
        yield DocumentNumber("Median rating", enjoyment.scale.shown(enjoyment.median), "enjoyment")
    yield DocumentNumber("Learning points", f"{review.points.number:,}", "points")
    closed = f", {tasks.done.number:,} done" if tasks.done.number else ""
    yield DocumentNumber("Follow-ups", f"{tasks.made.number:,}{closed}", "follow-ups")
    yield DocumentNumber("Words", f"{review.words.number:,}", "written")


def _paths(review: Review, thanks: Iterable[Thanks]) -> dict[date, str]:
    """Return the path of each day that the document mentions."""
    found = {task.day: task.path for task in review.follow_ups.closed_earlier if not task.period}
    found |= {one.day: one.path for one in thanks if not one.period}
    return found | {day: written.path for day, written in review.written.items()}


# Enjoyment


def _enjoyment(review: Review) -> Iterator[DocumentPart]:
    found = review.enjoyment
    lines = [
        line
        for section in overview.sections(review)
        if section.key == "enjoyment"
        for line in section.lines
        if not line.level
    ]
    claims = [Claim(line.text, line.days) for line in lines]
    if found.usual.number and claims and found.rated:
        where = f" -{review.span.query}" if review.span.query else ""
        query = f"rating:{found.scale.low}..{found.scale.high}{where}"
        claims = [
            claim._replace(query=query) if claim.text == found.usual.words else claim
            for claim in claims
        ]
    if claims:
        yield DocumentPart("", tuple(claims))
    for title, days, order in (
        ("Best days", found.best, "Rated above the median, the highest first."),
        ("Worst days", found.worst, "Rated below the median, the lowest first."),
    ):
        if days:
            quotes = tuple(_day_quote(found, day) for day in days)
            yield DocumentPart(title, (Claim(order, (), quotes),))


def _day_quote(found: Enjoyment, day: WrittenDay) -> Quote:
    said = day.remark or (without_verdicts(day.points[0].text) if day.points else own_title(day))
    near = () if found.band is None or found.stands_out(day) else ("near the median",)
    rating = found.scale.shown(day.rating or 0.0)
    return Quote(one_line(said), day.day, day.path, (rating, *near))


def own_title(day: WrittenDay) -> str:
    """Return the title of a day's entry, or "" if it is only the date and the day's number."""
    rest = _DAY_NUMBER.sub("", day.title.replace(long_date(day.day), "").replace(str(day.day), ""))
    return one_line(day.title) if _NOT_LETTERS.sub("", rest) else ""


# Learning points


def kept_points(review: Review, items: Iterable[QuotedItem]) -> frozenset[LearningPoint]:
    """Return the learning points that a note of a week or a longer period quotes.

    An item may have a link or a date besides the words. A date must be that of the point's day; without
    one, the point's day must be in the note's period.
    """
    of_text: dict[str, list[LearningPoint]] = {}
    for point in _all_points(review):
        of_text.setdefault(_letters(without_verdicts(point.text)), []).append(point)
    kept: set[LearningPoint] = set()
    for item in items:
        period = parse_name(item.period)
        said = without_verdicts(item.text)
        linked = {day for found in _DATE.findall(said) if (day := iso_day(found))}
        # The words of the point are after or before a link, or are the link's name.
        for plain in (
            _LINK.sub(" ", said),
            _LINK.sub(lambda found: f" {found[2] or found[1]} ", said),
        ):
            for point in of_text.get(_letters(_DATE.sub(" ", plain)), []):
                in_note = period is not None and period.days.contains(point.day)
                if point.day in linked if linked else in_note:
                    kept.add(point)
    return frozenset(kept)


def _all_points(review: Review) -> Iterator[LearningPoint]:
    for day in review.written.values():
        yield from day.points


def _letters(text: str) -> str:
    """Return only the letters and digits of a text, without case, to be compared."""
    return _NOT_LETTERS.sub("", text).casefold()


def _points(
    review: Review, kept: frozenset[LearningPoint], limit: int | None
) -> Iterator[DocumentPart]:
    points = review.points
    if not points.number:
        return
    on = counted(len(points.days), "day")
    total = f"{counted(points.number, 'learning point')} on {on}."
    yield DocumentPart("", (Claim(total, points.days),))

    if kept:
        ordered = sorted(kept, key=lambda point: (point.day, point.path, point.line))
        days = tuple(dict.fromkeys(point.day for point in ordered))
        text = f"{counted(len(kept), 'learning point')} quoted in notes of weeks or longer periods."
        quotes = tuple(_point_quote(point, False) for point in ordered)
        yield DocumentPart("Kept", (Claim(text, days, quotes),))
    once: dict[LearningPoint, None] = {}
    for theme in review.themes:
        if _is_customer(theme.name):
            # Customers have a section of their own.
            continue
        if len(theme.points) > 1 and theme.name:
            days = theme.figure.days
            number = (
                f"{counted(len(theme.points), 'learning point')} on {counted(len(days), 'day')}."
            )
            claim = _points_claim(number, theme.points, kept, limit)
            yield DocumentPart(one_line(theme.name), (claim,))
        elif theme.name:
            once |= dict.fromkeys(theme.points)
    rest = [point for theme in review.themes if not theme.name for point in theme.points]
    for title, listed in (
        ("With a tag or a person that no other has", list(once)),
        ("Without a tag or a person", rest),
    ):
        if listed:
            number = f"{counted(len(listed), 'learning point')}."
            yield DocumentPart(title, (_points_claim(number, listed, kept, limit),))


def _points_claim(
    text: str,
    listed: Iterable[LearningPoint],
    kept: frozenset[LearningPoint],
    limit: int | None,
) -> Claim:
    """Return a claim that quotes learning points, kept ones first and then the newest."""
    ordered = sorted(listed, key=lambda it: (it in kept, it.day, it.path, -it.line), reverse=True)
    quotes = tuple(_point_quote(point, point in kept) for point in ordered[:limit])
    days = tuple(sorted({point.day for point in ordered}))
    return Claim(text, days, quotes, len(ordered) - len(quotes))


def _point_quote(point: LearningPoint, is_kept: bool) -> Quote:
    facts = [str(verdict) for verdict in verdicts_in(point.text)]
    text = one_line(without_verdicts(point.text))
    return Quote(
        text, point.day, point.path, (*(["kept"] if is_kept else []), *map(one_line, facts))
    )


# Follow-ups


def _follow_ups(review: Review, limit: int | None) -> Iterator[DocumentPart]:
    found, today = review.follow_ups, review.today
    if found.made.number:
        claims = [Claim(f"{counted(found.made.number, 'follow-up')} written.", found.made.days)]
        with_dates = [t for t in found.listed if t.state == DONE and t.since and t.due]
        if with_dates:
            in_time = [t for t in with_dates if t.since and t.due and t.since <= t.due]
            text = (
                f"{counted(len(with_dates), 'follow-up')} that had a due date "
                f"{'was' if len(with_dates) == 1 else 'were'} done: {len(in_time):,} in time."
            )
            claims.append(Claim(text, _days_of(with_dates)))
        yield DocumentPart("", tuple(claims))
    done = [task for task in found.listed if task.state == DONE]
    late = [task for task in found.listed if task.is_late(today)]
    dropped = [task for task in found.listed if task.state == DROPPED]
    still = [task for task in found.listed if not task.is_closed and not task.is_late(today)]
    groups: tuple[tuple[str, str, list[FollowUp], Callable[[FollowUp], date]], ...] = (
        ("Done", "done", done, lambda task: task.since_when),
        ("Late", "still open after the due date", late, lambda task: task.due or task.day),
        ("Dropped", "dropped", dropped, lambda task: task.since_when),
        ("Still open", "open", still, lambda task: task.due or date.max),
    )
    for title, state, tasks, order in groups:
        if tasks:
            # Of the closed ones, the last closed comes first; of the open ones, the one that is due first.
            ordered = sorted(tasks, key=order, reverse=title in ("Done", "Dropped"))
            quotes = tuple(_task_quote(task, today) for task in ordered[:limit])
            text = f"{counted(len(tasks), 'follow-up')} {state}."
            yield DocumentPart(
                title, (Claim(text, _days_of(tasks), quotes, len(tasks) - len(quotes)),)
            )
    if closed := found.closed_earlier:
        ordered = sorted(closed, key=lambda task: task.since_when, reverse=True)
        quotes = tuple(_task_quote(task, today) for task in ordered[:limit])
        text = f"{counted(len(closed), 'follow-up')} of other days closed in this time."
        claim = Claim(text, _days_of(closed), quotes, len(closed) - len(quotes))
        yield DocumentPart("Closed from other days", (claim,))


def _days_of(tasks: Iterable[FollowUp]) -> tuple[date, ...]:
    return tuple(sorted({task.day for task in tasks if not task.period}))


def _task_quote(task: FollowUp, today: date) -> Quote:
    return Quote(
        one_line(task.text), task.day, task.path, tuple(task_facts(task, today)), task.period
    )


def task_facts(task: FollowUp, today: date) -> Iterator[str]:
    """Yield facts about a follow-up: its state, its dates, whom it waits for, and whether it lacks a reason."""
    if task.state == DROPPED:
        reason = read_marks(task.said, task.state, task.day).reason
        yield f"dropped {task.since}" if task.since else "dropped"
        if not reason:
            yield "without a reason"
    elif task.state == DONE:
        yield f"done {task.since}" if task.since else "done"
    elif task.is_late(today):
        yield "late"
    elif task.state == WAITING:
        yield "waiting"
    else:
        yield "open"
    if task.due:
        yield f"due {task.due}"
    if task.people:
        yield f"waiting for {one_line(task.people)}"


# Customers, people and tags


def _customers(
    review: Review,
    customers: Sequence[Tally],
    visited: Sequence[CustomerClaims],
    kept: frozenset[LearningPoint],
    limit: int | None,
) -> Iterator[DocumentPart]:
    points = {term_of(theme.name): theme.points for theme in review.themes if theme.name}
    tallies = {term_of(customer.name): customer for customer in customers}
    visits = {term_of(customer.tag): customer for customer in visited}
    for term in dict.fromkeys((*visits, *tallies)):
        claims = list(visits[term].claims) if term in visits else []
        if term in tallies:
            days = tallies[term].figure.days
            claims.append(Claim(f"Mentioned on {counted(len(days), 'day')}.", days))
        tasks = [task for task in review.follow_ups.listed if term in _tags_of(task)]
        for state, listed in (
            ("done", [task for task in tasks if task.state == DONE]),
            ("open", [task for task in tasks if not task.is_closed]),
            ("dropped", [task for task in tasks if task.state == DROPPED]),
        ):
            if listed:
                quotes = tuple(_task_quote(task, review.today) for task in listed[::-1][:limit])
                text = f"{counted(len(listed), 'follow-up')} with this tag {state}."
                claims.append(Claim(text, _days_of(listed), quotes, len(listed) - len(quotes)))
        if found := points.get(term):
            text = f"{counted(len(found), 'learning point')} with this tag."
            claims.append(_points_claim(text, found, kept, limit))
        name = visits[term].name if term in visits else tallies[term].name
        yield DocumentPart(one_line(name), tuple(_with_few_quotes(it, limit) for it in claims))


def _with_few_quotes(claim: Claim, limit: int | None) -> Claim:
    """Return a claim with at most `limit` quotations, or with all if that is None."""
    quotes = claim.quotes[:limit]
    more = len(claim.quotes) - len(quotes)
    return claim._replace(quotes=quotes, left_out=claim.left_out + more)


def _is_customer(name: str) -> bool:
    return name.casefold().startswith(CUSTOMER)


def _tags_of(task: FollowUp) -> set[str]:
    if "#" not in task.said:
        return set()
    return {term_of("#" + tag) for tag in mentions(task.said)[0]}


def _names(review: Review, thanks: Sequence[Thanks], limit: int | None) -> Iterator[DocumentPart]:
    tags = [tag for tag in review.tags if not _is_customer(tag.name)]
    for title, what, tallies in (
        ("People mentioned most", "person", review.people),
        ("Tags used most", "tag", tags),
        ("Kinds of notes", "kind", review.kinds),
    ):
        if tallies:
            shown = tallies[:MAX_NAMES]
            claims = [_tally(tally) for tally in shown]
            if rest := tallies[MAX_NAMES:]:
                plural = {"person": "people", "tag": "tags", "kind": "kinds"}[what]
                days = tuple(sorted({day for tally in rest for day in tally.figure.days}))
                text = f"{len(rest):,} more {what if len(rest) == 1 else plural}"
                claims.append(Claim(f"{text} on {counted(len(days), 'day')}.", days))
            yield DocumentPart(title, tuple(claims))
    if thanks:
        people: dict[str, None] = {}
        for one in thanks:
            people |= dict.fromkeys(one.people)
        ordered = sorted(thanks, key=lambda one: one.day, reverse=True)
        quotes = tuple(
            Quote(one_line(one.text), one.day, one.path, (), one.period) for one in ordered[:limit]
        )
        number = counted(len(thanks), "sentence")
        text = f"{number} with thanks and the name after it: {', '.join(map(one_line, people))}."
        days = tuple(sorted({one.day for one in thanks if not one.period}))
        yield DocumentPart("Thanked", (Claim(text, days, quotes, len(thanks) - len(quotes)),))


def _tally(tally: Tally) -> Claim:
    figure: Figure = tally.figure
    return Claim(f"{one_line(tally.name)}: {counted(figure.number, 'day')}.", figure.days)


# What was written, and what these days don't show


def _written(review: Review) -> Iterator[DocumentPart]:
    lines = [
        line
        for section in overview.sections(review)
        if section.key == "written"
        for line in section.lines
        if not line.path
    ]
    yield DocumentPart("", tuple(Claim(line.text, line.days) for line in lines))
    quotes = tuple(
        Quote(one_line(note.title) or period.title, note.day, note.path, (), note.period)
        for note in review.notes
        if (period := parse_name(note.period))
    )
    if quotes:
        number = f"{counted(len(quotes), 'note')} of weeks or longer periods."
        yield DocumentPart("Notes of weeks and longer periods", (Claim(number, (), quotes),))


def _unknown(review: Review, customers: Sequence[Tally | CustomerClaims]) -> Iterator[Claim]:
    """Yield what the entries don't show, so that readers don't infer it."""
    found, coverage = review.enjoyment, review.coverage
    rated = len(found.rated)
    if not rated:
        yield Claim("No day is rated, so there is no median, no band, and no best or worst day.")
    elif rated < FEWEST_RATINGS:
        yield Claim(
            f"{counted(rated, 'rating')}: a median needs {FEWEST_RATINGS}, so there is none."
        )
    if rated and found.usual.median is None:
        yield Claim("Whether these days were better or worse than usual: too few others are rated.")
    elif rated and found.usual.low is None:
        yield Claim(f"How far ratings usually spread: that takes {SPREAD_FROM} other ratings.")
    if rated and found.unrated.number:
        text = f"How {counted(found.unrated.number, 'day')} without a rating would have been rated."
        yield Claim(text, found.unrated.days)
    if review.missing:
        which = f"{counted(len(review.missing), coverage.noun)} without an entry"
        yield Claim(f"What happened on {which}.", review.missing)
    if not review.points.number and review.written:
        yield Claim("What was learned: no entry has a learning point.")
    if not review.follow_ups.made.number and review.written:
        yield Claim("Which promises were kept: no entry has a follow-up.")
    if not customers and review.written:
        yield Claim(f"What was done for customers: no day has a tag such as {CUSTOMER}depot.")
    if rated:
        yield Claim("How well the work was done. A rating is how much a day was enjoyed.")
    yield Claim("Why a day was good or bad, unless its entry gives a reason.")
