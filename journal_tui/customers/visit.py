"""What one entry says about customers: the visit, what was said, and what was promised.

`visit_reader` reads it from an entry, and the index keeps it in the form that `as_values` returns.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from journal_tui.entry.model import CLOSED, Problem
from journal_tui.entry.tokenizer import fold, fold_name

if TYPE_CHECKING:
    from journal_tui.entry.entry import Entry

KIND = "service-review"
"""The kind of the notes that are visits, or how it begins: `service-review-lab` is one, too."""
TAG = "customer/"
"""The beginning of a customer's tag, after its #."""
UNSORTED = "feedback"
"""The section of feedback under a heading that doesn't say of what kind it is."""
TOLD, CONFIRMED = "told", "confirmed"
QUOTES = "\"“”'‘’"


class LoopMark(NamedTuple):
    """A line saying that the customer heard of what was done, or confirmed that it helped.

    `what` is `told` or `confirmed`, and `day` is None if no day is written.
    """

    what: str
    day: date | None


class Promise(NamedTuple):
    """A follow-up for a customer, done or not.

    `closed` is the day on which it was done or dropped, if the text says so, and `reason` why it was
    dropped. `about` is the name after its `re:`, which says what feedback it is for. `marks` say when the
    customer heard of it or confirmed it. `customers` are the keys of those that its own text names.
    """

    text: str
    line: int
    owner: str
    due: date | None
    state: str
    closed: date | None
    reason: str
    about: str = ""
    themes: tuple[str, ...] = ()
    customers: tuple[str, ...] = ()
    marks: tuple[LoopMark, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.state not in CLOSED

    @property
    def without_reason(self) -> str:
        """The text without why it was dropped."""
        if not self.reason:
            return self.text
        left = self.text.removesuffix(self.reason).rstrip().rstrip("–—-").rstrip()
        return left or self.text


class Feedback(NamedTuple):
    """What a customer said: the words, the part of the review that it is in, and its themes.

    `section` is `dealings`, `frustrations`, `values` or `feedback`, or "" if it is under no such heading.
    `customers` are the keys of those that the item itself names, and `topics` the stems of its words, by
    which it is compared with other feedback.
    """

    text: str
    line: int
    section: str
    themes: tuple[str, ...] = ()
    customers: tuple[str, ...] = ()
    promises: tuple[Promise, ...] = ()
    marks: tuple[LoopMark, ...] = ()
    topics: tuple[str, ...] = ()


class Visit(NamedTuple):
    """What an entry says about customers.

    `customers` are the keys of those that the whole entry is about, and `met` the people in its prose.
    It `is_visit` if it is the note of a visit, rather than another entry that has feedback. `promises`
    are those that aren't under an item of feedback. `names` are the customers' names in the front
    matter, without those that are keys.
    """

    customers: tuple[str, ...] = ()
    is_visit: bool = False
    met: tuple[str, ...] = ()
    feedback: tuple[Feedback, ...] = ()
    promises: tuple[Promise, ...] = ()
    problems: tuple[Problem, ...] = ()
    names: tuple[str, ...] = ()


NO_VISIT = Visit()


def may_name_customers(entry: "Entry", kind: str) -> bool:
    """Return quickly whether an entry may say something about customers; `kind` is the note's kind."""
    return is_review(kind) or bool(entry.outline.customers) or TAG in entry.text.casefold()


def is_review(kind: str) -> bool:
    """Return whether a note of a kind is a service review."""
    return kind == KIND or kind.startswith(f"{KIND}-")


def keys_of(visit: Visit) -> Iterator[str]:
    """Yield the keys of the customers of a visit and of its items; a key may come several times."""
    yield from visit.customers
    for one in visit.feedback:
        yield from one.customers
        for promise in one.promises:
            yield from promise.customers
    for promise in visit.promises:
        yield from promise.customers


def customers_in(tags: Iterable[str]) -> tuple[str, ...]:
    """Return the keys of the customers among some tags: `lab` for `customer/lab`."""
    found = (fold_name(tag) for tag in tags)
    return tuple(
        dict.fromkeys(tag.split("/")[1] for tag in found if tag.startswith(TAG) and tag[len(TAG) :])
    )


def themes_in(tags: Iterable[str]) -> tuple[str, ...]:
    """Return the themes among some tags, folded: all but customers."""
    found = (fold_name(tag) for tag in tags)
    return tuple(dict.fromkeys(tag for tag in found if not tag.startswith(TAG)))


def names_feedback(about: str, feedback: Feedback) -> bool:
    """Return whether the name after `re:` means a piece of feedback: by a theme, or by words of its text."""
    wanted = about.strip()
    if wanted.startswith("#"):
        theme = fold_name(wanted[1:])
        return any(one == theme or one.startswith(f"{theme}/") for one in feedback.themes)
    plain = " ".join(fold(wanted.strip(QUOTES)).split())
    if wanted[:1] not in QUOTES and plain in feedback.themes:
        return True
    return bool(plain) and plain in " ".join(fold(feedback.text).split())


def as_values(visit: Visit) -> dict[str, Any]:
    """Return a visit as values for JSON; an empty dictionary for NO_VISIT."""
    if visit == NO_VISIT:
        return {}
    said = [
        [
            one.text, one.line, one.section, list(one.themes), list(one.customers),
            [_promise_values(promise) for promise in one.promises], _mark_values(one.marks), list(one.topics),
        ]
        for one in visit.feedback
    ]  # fmt: skip
    return {
        "customers": list(visit.customers),
        "visit": visit.is_visit,
        "met": list(visit.met),
        "said": said,
        "promises": [_promise_values(promise) for promise in visit.promises],
        "names": list(visit.names),
    }


def _promise_values(one: Promise) -> list[object]:
    return [
        one.text, one.line, one.owner, _iso(one.due), one.state, _iso(one.closed), one.reason,
        one.about, list(one.themes), list(one.customers), _mark_values(one.marks),
    ]  # fmt: skip


def _mark_values(marks: Iterable[LoopMark]) -> list[list[str | None]]:
    return [[mark.what, _iso(mark.day)] for mark in marks]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def from_values(values: Mapping[str, Any]) -> Visit:
    """Return the visit that `as_values` returned these values for, without its problems."""
    if not values:
        return NO_VISIT
    return Visit(
        tuple(values["customers"]),
        values["visit"],
        tuple(values["met"]),
        tuple(
            Feedback(
                text,
                line,
                section,
                tuple(themes),
                tuple(named),
                tuple(map(_promise_of, under)) if under else (),
                _marks_of(marks) if marks else (),
                tuple(topics),
            )
            for text, line, section, themes, named, under, marks, topics in values["said"]
        ),
        tuple(map(_promise_of, values["promises"])),
        names=tuple(values["names"]),
    )


def _promise_of(values: Sequence[Any]) -> Promise:
    text, line, owner, due, state, closed, reason, about, themes, customers, marks = values
    return Promise(
        text,
        line,
        owner,
        _day(due),
        state,
        _day(closed),
        reason,
        about,
        tuple(themes),
        tuple(customers),
        _marks_of(marks) if marks else (),
    )


def _marks_of(values: Iterable[Sequence[str | None]]) -> tuple[LoopMark, ...]:
    return tuple(LoopMark(what or "", _day(day)) for what, day in values)


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None
