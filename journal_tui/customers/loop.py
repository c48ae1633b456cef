"""What became of what customers said: said → promised → done → told → confirmed, or reopened.

The stage of a piece of feedback is the furthest one that the entries state, with these rules:

- It is `promised` while one of its promises is open, and `refused` if all were dropped.
- It is `told` or `confirmed` only by a mark with the day on which the last promise was done or a later day,
  or by a mark without a day.
- It is `reopened` if the same customer says it again, with a theme in common or in nearly the same words,
  after the day on which it was done. If that day isn't written, the first day on which the customer heard
  of it, or confirmed it, counts instead; without any day nothing is reopened. What a customer values reopens
  nothing, and neither does a promise.

A promise to the customer in general has the same stages from `promised` on; only a theme in common
reopens it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import NamedTuple

from journal_tui.customers.visit import (
    CONFIRMED,
    TOLD,
    Feedback,
    LoopMark,
    Promise,
    Visit,
    names_feedback,
)
from journal_tui.entry.model import DONE, IMPROVEMENTS, VALUES

SAID, PROMISED, REFUSED, REOPENED = "said", "promised", "refused", "reopened"
STAGES = (SAID, PROMISED, DONE, TOLD, CONFIRMED, REFUSED, REOPENED)
"""The stages in their order, then the two that are outside this order."""
FEWEST_SHARED = 3
"""The fewest stems that two texts must share to have nearly the same words."""
SHARE = 0.6
"""The least fraction of the stems of the shorter text that must be in the other."""


class CustomerNote(NamedTuple):
    """An entry with what it says about customers."""

    day: date
    path: str
    visit: Visit
    title: str = ""

    def was_visit(self, today: date) -> bool:
        """Return whether this is the note of a visit that was made, and isn't only planned.

        A note of today counts as planned until it has feedback or a promise.
        """
        says_something = bool(self.visit.feedback or self.visit.promises)
        return self.visit.is_visit and (self.day < today or (self.day == today and says_something))


class Place(NamedTuple):
    """A line of an entry."""

    day: date
    path: str
    line: int


class MadePromise(NamedTuple):
    """A promise with the entry that it is in."""

    place: Place
    promise: Promise


class Loop(NamedTuple):
    """What became of one thing that was said, or promised to a customer in general.

    `section` is that of the feedback, or `improvements` for a promise alone. `stage` is one of `STAGES`, and
    `reached` the stage before it was reopened. `closed` is the day on which the last promise was done or
    dropped, `told` and `confirmed` the first days of the marks that count, if these are written. `again` is
    where it was said again, and `earlier` where what it repeats was said. `topics` are the stems of the text,
    by which it is compared with others.
    """

    customers: tuple[str, ...]
    place: Place
    section: str
    text: str
    themes: tuple[str, ...]
    promises: tuple[MadePromise, ...]
    stage: str
    reached: str
    closed: date | None = None
    told: date | None = None
    confirmed: date | None = None
    is_told: bool = False
    again: Place | None = None
    earlier: Place | None = None
    topics: tuple[str, ...] = ()

    @property
    def is_feedback(self) -> bool:
        """Whether it is feedback, and not only a promise."""
        return self.section != IMPROVEMENTS

    @property
    def is_open(self) -> bool:
        """Whether something is left to do: to answer it, to keep a promise, or to look at it again."""
        return self.section != VALUES and self.stage in (SAID, PROMISED, REOPENED)

    @property
    def awaits_telling(self) -> bool:
        """Whether it was done or refused and the customer wasn't told."""
        return not self.is_told and self.reached in (DONE, REFUSED)


def loops(notes: Iterable[CustomerNote]) -> list[Loop]:
    """Return the loops of feedback, and of promises without any, in the order of the notes' days."""
    ordered = sorted(notes, key=lambda note: (note.day, note.path))
    said, alone = _collected(ordered)
    found = [_loop_of_feedback(one) for one in said]
    found += [_loop_of_promise(*one) for one in alone]
    found.sort(key=lambda loop: loop.place)
    return _reopened(found)


class _Said:
    """A piece of feedback with its customers, its place, and its promises, also those of later notes."""

    def __init__(self, note: CustomerNote, feedback: Feedback) -> None:
        self.feedback = feedback
        self.customers = feedback.customers or note.visit.customers
        self.place = Place(note.day, note.path, feedback.line)
        self.promises = [
            MadePromise(Place(note.day, note.path, promise.line), promise)
            for promise in feedback.promises
        ]


def _collected(
    notes: Sequence[CustomerNote],
) -> tuple[list[_Said], list[tuple[MadePromise, tuple[str, ...]]]]:
    """Return the feedback, each piece with its promises, and the promises for none with their customers."""
    said: list[_Said] = []
    for note in notes:
        said += [_Said(note, feedback) for feedback in note.visit.feedback]
    by_note: dict[str, list[_Said]] = defaultdict(list)
    by_customer: dict[str, list[_Said]] = defaultdict(list)
    for one in said:
        by_note[one.place.path].append(one)
        for customer in one.customers:
            by_customer[customer].append(one)
    alone: list[tuple[MadePromise, tuple[str, ...]]] = []
    for note in notes:
        for promise in note.visit.promises:
            customers = promise.customers or note.visit.customers
            made = MadePromise(Place(note.day, note.path, promise.line), promise)
            meant = _meant(made, customers, by_note[note.path], by_customer)
            for one in meant:
                one.promises.append(made)
            if not meant:
                alone.append((made, customers))
    return said, alone


def _meant(
    made: MadePromise,
    customers: Sequence[str],
    here: Sequence[_Said],
    by_customer: Mapping[str, Sequence[_Said]],
) -> list[_Said]:
    """Return the feedback that a promise names: in its own note, or else in the latest note before it."""
    about = made.promise.about
    if not about:
        return []
    wanted = set(customers)

    def is_meant(one: _Said) -> bool:
        return bool(wanted & set(one.customers)) and names_feedback(about, one.feedback)

    if found := [one for one in here if is_meant(one)]:
        return found
    earlier = [
        one
        for customer in customers
        for one in by_customer.get(customer, ())
        if (one.place.day, one.place.path) < (made.place.day, made.place.path) and is_meant(one)
    ]
    if not earlier:
        return []
    latest = max((one.place.day, one.place.path) for one in earlier)
    unique = {one.place: one for one in earlier if (one.place.day, one.place.path) == latest}
    return [unique[place] for place in sorted(unique)]


def _loop_of_feedback(said: _Said) -> Loop:
    feedback = said.feedback
    marks = list(feedback.marks)
    for made in said.promises:
        marks += made.promise.marks
    return _loop(
        said.customers,
        said.place,
        feedback.section,
        feedback.text,
        feedback.themes,
        tuple(said.promises),
        marks,
        feedback.topics,
    )


def _loop_of_promise(made: MadePromise, customers: tuple[str, ...]) -> Loop:
    promise = made.promise
    return _loop(
        customers,
        made.place,
        IMPROVEMENTS,
        promise.text,
        promise.themes,
        (made,),
        promise.marks,
    )


def _loop(
    customers: tuple[str, ...],
    place: Place,
    section: str,
    text: str,
    themes: tuple[str, ...],
    promises: tuple[MadePromise, ...],
    marks: Sequence[LoopMark],
    topics: tuple[str, ...] = (),
) -> Loop:
    if not promises and not marks:
        # The quick way for most feedback.
        return Loop(customers, place, section, text, themes, (), SAID, SAID, topics=topics)
    is_open = any(made.promise.is_open for made in promises)
    done = [made.promise for made in promises if made.promise.state == DONE]
    closed: date | None = None
    if promises and not is_open:
        kept = done or [made.promise for made in promises]
        closed = max((promise.closed for promise in kept if promise.closed), default=None)
    counting = [
        mark
        for mark in marks
        if not is_open and (mark.day is None or closed is None or mark.day >= closed)
    ]
    told = [mark.day for mark in counting if mark.what == TOLD]
    confirmed = [mark.day for mark in counting if mark.what == CONFIRMED]
    if is_open:
        stage = PROMISED
    elif promises and not done:
        stage = REFUSED
    elif confirmed:
        stage = CONFIRMED
    elif told:
        stage = TOLD
    else:
        stage = DONE if done else SAID
    return Loop(
        customers,
        place,
        section,
        text,
        themes,
        promises,
        stage,
        stage,
        closed,
        min((day for day in told if day), default=None),
        min((day for day in confirmed if day), default=None),
        bool(told or confirmed),
        topics=topics,
    )


def _reopened(found: list[Loop]) -> list[Loop]:
    """Return the loops, in which those that were said again later are reopened."""
    by_theme: dict[tuple[str, str], list[int]] = defaultdict(list)
    by_stem: dict[tuple[str, str], list[int]] = defaultdict(list)
    sizes: dict[int, int] = {}
    for number, loop in enumerate(found):
        if not loop.is_feedback or loop.section == VALUES:
            continue
        sizes[number] = len(loop.topics)
        for customer in loop.customers:
            for theme in loop.themes:
                by_theme[customer, theme].append(number)
            for stem in loop.topics:
                by_stem[customer, stem].append(number)
    first_again: dict[int, int] = {}
    for number, loop in enumerate(found):
        since = _settled(loop)
        if since is None or loop.section == VALUES:
            continue
        candidates: list[int] = []
        for customer in loop.customers:
            candidates += (
                other
                for theme in loop.themes
                for other in by_theme[customer, theme]
                if other > number
            )
            shared = Counter(chain.from_iterable(by_stem[customer, it] for it in loop.topics))
            candidates += (
                other
                for other, count in shared.items()
                if count >= FEWEST_SHARED
                and other > number
                and share_most_stems(count, len(loop.topics), sizes[other])
            )
        later = [other for other in candidates if found[other].place.day > since]
        if later:
            first_again[number] = min(later)
    result = list(found)
    for number, other in first_again.items():
        result[number] = result[number]._replace(stage=REOPENED, again=found[other].place)
        # If it repeats several loops, the latest of them stays.
        result[other] = result[other]._replace(earlier=found[number].place)
    return result


def _settled(loop: Loop) -> date | None:
    """Return the day after which saying it again reopens a loop; None if nothing can."""
    if loop.reached not in (DONE, TOLD, CONFIRMED):
        return None
    if loop.closed:
        return loop.closed
    return min((day for day in (loop.told, loop.confirmed) if day), default=None)


def share_most_stems(shared: int, first: int, second: int) -> bool:
    """Return whether two texts, one with `first` stems, one with `second`, have nearly the same words."""
    return shared >= FEWEST_SHARED and shared >= SHARE * min(first, second)
