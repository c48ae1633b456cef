"""“You said, we did”: what customers said and what became of it, as a page to send before a visit.

A sheet is about one customer, or about a theme of all of them. It has feedback and promises only, never
any other text of an entry, and people have pseudonyms unless they may be named. Markdown and HTML are
reduced to their words, without comments, the addresses of links, and what is hidden.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from journal_tui.counts import counted, join_words
from journal_tui.customers.loop import PROMISED, REFUSED, REOPENED, SAID, Loop, MadePromise
from journal_tui.customers.visit import CONFIRMED, TOLD
from journal_tui.entry.mentions import mention_spans
from journal_tui.entry.model import DEALINGS, DONE, DROPPED, FRUSTRATIONS, IMPROVEMENTS, VALUES
from journal_tui.entry.relative_time import plain_date
from journal_tui.entry.sanitize import one_line
from journal_tui.period import Period
from journal_tui.pseudonyms import Pseudonyms

VISITS_BACK = 2
"""How many visits back a customer's sheet goes; what was settled before them is left out."""


class SheetPromise(NamedTuple):
    """A promise on a sheet: what is promised, by whom, and its state."""

    text: str
    owner: str
    facts: str


class SheetRow(NamedTuple):
    """One thing that was said, or promised to a customer in general, with what became of it.

    `said` is "" for a promise that answers nothing in particular, and `customer` is "" on a sheet of one
    customer. `when` is the day in words. `outcome` is a sentence or two about saying it before or again,
    telling or confirming; "" if none of these happened.
    """

    customer: str
    said: str
    when: str
    promises: tuple[SheetPromise, ...]
    outcome: str


class SheetPart(NamedTuple):
    """A part of a sheet: its key, its title, and its rows, the latest first."""

    key: str
    title: str
    rows: tuple[SheetRow, ...]


class Sheet(NamedTuple):
    """A page about a customer or a theme: `about` names it, and `notes` are the sentences below the title."""

    title: str
    about: str
    made: date
    notes: tuple[str, ...]
    parts: tuple[SheetPart, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said or promised."""
        return not self.parts


class Choice(NamedTuple):
    """What a sheet is made of: the loops of `customer`, or those with `theme`, of a period if given.

    `visits` are the days on which the customer was visited, the latest last, and `name_of` returns the
    name of the customer with a key. With `names`, people are named instead of masked.
    """

    customer: str = ""
    theme: str = ""
    period: Period | None = None
    visits: Sequence[date] = ()
    name_of: Callable[[str], str] = str
    names: bool = False


TITLES = {
    "done": "Done",
    "under-way": "Under way",
    "again": "Said again since it was done",
    "refused": "Not done, and why",
    "heard": "Heard, without a promise so far",
    "valued": "What you value",
    "else": "What else you said",
}
"""The parts of a sheet by their keys, in their order."""
_BEFORE_SIGN = re.compile(r"\s+(?=[,.;:!?](?:\s|\Z))")
_SIGN_IN_WORD = re.compile(r"(?<=\w)\*(?=\w)")
_QUOTE_SIGNS = frozenset('"“”„«»')
_LEADING = frozenset((
    "about", "and", "ask", "at", "by", "call", "for", "from", "help", "meet", "of", "or", "remind",
    "ring", "see", "show", "tell", "than", "to", "with",
))  # fmt: skip
"""The words after which a name at the end of a promise is part of the sentence."""
_OF_ALL = {"valued": "What they value", "else": "What else they said"}
"""The titles that differ on a sheet of a theme, which is about all customers."""
_PART_OF_STAGE = {SAID: "heard", PROMISED: "under-way", REOPENED: "again", REFUSED: "refused"}


def make_sheet(
    loops: Iterable[Loop],
    choice: Choice,
    pseudonyms: Pseudonyms,
    redacted: Callable[[str], str],
    today: date,
) -> Sheet:
    """Return the sheet of the loops that are chosen.

    `pseudonyms` is the table of the whole journal. `redacted` returns the words of a text that may be sent.
    """
    chosen = [loop for loop in loops if _is_about(loop, choice)]
    words = _Words(choice, pseudonyms, redacted, chosen)
    # What was said again is on the sheet once, as it was said last.
    latest = [loop for loop in chosen if not words.is_said_again(loop)]
    shown = [loop for loop in latest if _is_shown(loop, choice)]
    rows: dict[str, list[SheetRow]] = {key: [] for key in TITLES}
    for loop in sorted(shown, key=_latest_first):
        rows[part_of(loop)].append(words.row(loop))
    titles = TITLES if choice.customer else {**TITLES, **_OF_ALL}
    parts = [SheetPart(key, titles[key], tuple(listed)) for key, listed in rows.items() if listed]
    about = one_line(choice.name_of(choice.customer)) if choice.customer else f"#{choice.theme}"
    return Sheet(
        "You said, we did" if choice.customer else "They said, we did",
        about,
        today,
        tuple(_notes(choice, len(latest) - len(shown))),
        tuple(parts),
    )


def part_of(loop: Loop) -> str:
    """Return the key of the part of a sheet that a loop is in."""
    if loop.section == VALUES and not loop.promises:
        return "valued"
    if loop.stage == SAID and loop.earlier:
        return "again"
    if loop.stage == SAID and loop.section not in (DEALINGS, FRUSTRATIONS, IMPROVEMENTS):
        # Under a heading such as “Feedback”, it may be praise, for which nothing needs to be promised.
        return "else"
    return _PART_OF_STAGE.get(loop.stage, "done")


def _latest_first(loop: Loop) -> tuple[int, str, int]:
    place = loop.place
    return -place.day.toordinal(), place.path, place.line


def _is_about(loop: Loop, choice: Choice) -> bool:
    if choice.customer and choice.customer not in loop.customers:
        return False
    theme = choice.theme
    themes = (*loop.themes, *(it for made in loop.promises for it in made.promise.themes))
    return not theme or any(it == theme or it.startswith(f"{theme}/") for it in themes)


def _is_shown(loop: Loop, choice: Choice) -> bool:
    """Return whether a loop is on the sheet.

    That is so if something of it was in the chosen period. Without a period, it is so if the loop is open,
    or if something of it was since the last visit but one.
    """
    days = _days(loop)
    if choice.period is not None:
        return any(choice.period.contains(day) for day in days)
    if loop.is_open and loop.stage != SAID:
        return True
    visits = choice.visits[-VISITS_BACK:]
    return len(visits) < VISITS_BACK or max(days) >= visits[0]


def _days(loop: Loop) -> list[date]:
    """Return the days on which something was said, promised, done, told or confirmed."""
    made = [made.place.day for made in loop.promises]
    known = (loop.closed, loop.told, loop.confirmed)
    return [loop.place.day, *made, *(day for day in known if day)]


def _notes(choice: Choice, left_out: int) -> Iterable[str]:
    if choice.customer and choice.visits:
        yield f"Last visit: {plain_date(choice.visits[-1])}."
    if choice.period is not None:
        yield f"What was said, promised, done or told from {_to(choice.period)}."
    elif left_out:
        is_one = left_out == 1
        yield (
            f"{counted(left_out, 'thing')} that {'was' if is_one else 'were'} settled earlier "
            f"{'isn’t' if is_one else 'aren’t'} listed."
        )


def _to(period: Period) -> str:
    first, last = (plain_date(day) for day in (period.start, period.last))
    return f"{first} to {last}" if first != last else first


class _Words:
    """Put loops into words, in which people are masked unless they may be named."""

    def __init__(
        self,
        choice: Choice,
        pseudonyms: Pseudonyms,
        redacted: Callable[[str], str],
        loops: Sequence[Loop],
    ) -> None:
        self._choice, self._pseudonyms, self._redacted = choice, pseudonyms, redacted
        self._at = {loop.place: loop for loop in loops}

    def is_said_again(self, loop: Loop) -> bool:
        """Return whether a loop was said again in a later one that is on the sheet, too."""
        return loop.again in self._at

    def row(self, loop: Loop) -> SheetRow:
        choice = self._choice
        named = (
            ""
            if choice.customer
            else ", ".join(one_line(choice.name_of(it)) for it in loop.customers)
        )
        said = quoted(self._plain(loop.text)) if loop.is_feedback else ""
        promises = tuple(self._promise(made) for made in loop.promises)
        outcome = " ".join(filter(None, (self._before(loop), self._outcome(loop))))
        return SheetRow(named, said, plain_date(loop.place.day), promises, outcome)

    def _before(self, loop: Loop) -> str:
        """Return a sentence with the days on which the same was said before, or ""."""
        days: list[date] = []
        known = self._at.get(loop.earlier) if loop.earlier else None
        while known:
            days.insert(0, known.place.day)
            known = self._at.get(known.earlier) if known.earlier else None
        if not days:
            return ""
        whom = "You" if self._choice.customer else "They"
        return f"{whom} said so before, on {join_words([plain_date(day) for day in dict.fromkeys(days)])}."

    def _promise(self, made: MadePromise) -> SheetPromise:
        promise = made.promise
        text = promise.without_reason
        if promise.state == DROPPED and promise.reason:
            facts = f"not done: {self._plain(promise.reason)}"
        elif promise.state == DROPPED:
            facts = "not done; no reason is written"
        elif promise.state == DONE:
            facts = f"done on {plain_date(promise.closed)}" if promise.closed else "done"
        else:
            due = promise.due
            facts = f"due {plain_date(due)}" if due else "no date yet"
        owner = promise.owner
        shown = "" if not owner else self._person(owner)
        return SheetPromise(self._plain(text, owner), shown, facts)

    def _outcome(self, loop: Loop) -> str:
        whom = "You" if self._choice.customer else "They"
        if loop.again:
            return f"{whom} said it again on {plain_date(loop.again.day)}."
        if loop.stage == CONFIRMED:
            on = f" on {plain_date(loop.confirmed)}" if loop.confirmed else ""
            return f"{whom} confirmed that it helped{on}."
        if loop.is_told:
            on = f" on {plain_date(loop.told)}" if loop.told else ""
            asked = " Did it help?" if loop.stage == TOLD and self._choice.customer else ""
            were = f"{whom} were told{on}."
            return were + asked
        if loop.awaits_telling:
            return (
                "We haven’t told you about this before."
                if self._choice.customer
                else "Not yet told."
            )
        return ""

    def _person(self, name: str) -> str:
        return plain_name(name) if self._choice.names else self._pseudonyms.of(name)

    def _plain(self, text: str, owner: str = "") -> str:
        # Markdown would take the signs of 3*4*5 for emphasis.
        said = _SIGN_IN_WORD.sub(r"\*", without_mentions(text, self._person, owner))
        return self._redacted(said)


def without_mentions(text: str, person: Callable[[str], str], owner: str = "") -> str:
    """Return a text on one line, without tags and with `person(name)` instead of each person.

    The owner of a promise is left out at the end of its text, unless the sentence needs the name.
    """
    spans = sorted(mention_spans(text), key=lambda span: span.start)
    end = len(text)
    for span in reversed(spans):
        if not text[span.end : end].strip(" .,;:"):
            end = span.start
    pieces: list[str] = []
    position = 0
    for span in spans:
        before = text[: span.start].split()[-1:]
        is_aside = span.start >= end and span.name == owner.lstrip("@")
        is_aside = is_aside and _LEADING.isdisjoint(word.casefold() for word in before)
        pieces.append(text[position : span.start])
        if span.sign == "@" and not is_aside:
            pieces.append(person(span.name))
        position = max(position, span.end)
    plain = one_line("".join([*pieces, text[position:]]))
    return _BEFORE_SIGN.sub("", plain).rstrip(",;: ")


def plain_name(name: str) -> str:
    """Return a person's name without its @, beginning with a capital."""
    plain = one_line(name.lstrip("@"))
    return plain[:1].upper() + plain[1:]


def quoted(text: str) -> str:
    """Return words in quotation marks, unless they contain some."""
    return text if not _QUOTE_SIGNS.isdisjoint(text) else f"“{text}”"
