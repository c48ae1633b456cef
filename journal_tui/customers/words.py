"""Put customers into words: counts with their change, stages, promises, and what was said again."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from journal_tui.counts import counted, join_words
from journal_tui.customers.loop import REOPENED, SAID, Loop, MadePromise
from journal_tui.customers.overview import (
    WITHOUT_THEME,
    CustomerPage,
    CustomerRow,
    OpenPromise,
    Overview,
    PeriodCount,
    Repeat,
)
from journal_tui.customers.spellings import OtherSpelling
from journal_tui.entry.model import DEALINGS, DONE, DROPPED, FRUSTRATIONS, IMPROVEMENTS, VALUES

NOT_TOLD = "not yet told"
"""The state of a loop that was done or refused, but whose customer wasn't told."""
SAID_AGAIN, ALIKE = "Said again after it was done", "Perhaps the same, in other words"
SPELLINGS = "Perhaps one customer in several spellings"
WITHOUT_CUSTOMER = "Without a customer"
SECTION_NAMES = {
    DEALINGS: "dealing with us",
    FRUSTRATIONS: "frustration",
    VALUES: "values",
    IMPROVEMENTS: "promise",
    "feedback": "feedback",
    "": "feedback",
}
"""What one item of each section is called."""


def theme_shown(theme: str) -> str:
    """Return a theme with its “#”, or “without a tag”."""
    return f"#{theme}" if theme != WITHOUT_THEME else "without a tag"


def change(count: PeriodCount) -> str:
    """Return the change against the period before: `+2`, `−1`, `±0`; "" if there is none before."""
    if count.change is None:
        return ""
    if count.change == 0:
        return "±0"
    return f"+{count.change:,}" if count.change > 0 else f"−{-count.change:,}"


def with_change(count: PeriodCount, is_new: bool = False) -> str:
    """Return a count with its change in brackets, `4 (+1)`; that of a new customer is alone."""
    changed = "" if is_new else change(count)
    return f"{count.now:,} ({changed})" if changed else f"{count.now:,}"


def visited(row: CustomerRow) -> str:
    """Return how often and when last a customer was visited, and whether the next visit is late."""
    number = row.visits_in_all
    words = [counted(number, "visit"), row.since_visit()]
    if row.last_visit:
        words.insert(1, f"last {row.last_visit}")
    if len(row.visits) < number:
        words[0] += f" ({len(row.visits) or 'none'} in the period)"
    said = ", ".join(words)
    if row.is_due is None:
        return said
    every = f"every {counted(row.customer.every or 0, 'day')}"
    return f"{said}; {'a visit is late' if row.is_due else 'on time'} ({every})"


def themes_of(row: CustomerRow, order: Sequence[str]) -> str:
    """Return how much was said, then by theme, in this order: `12 said, 3 more than …: #network 4 (+1)`."""
    said = f"{row.said.now:,} said"
    if row.is_new:
        said = f"{said} by a customer who is new in this period"
    elif (changed := row.said.change) is not None:
        than = (
            f"{abs(changed):,} {'more' if changed > 0 else 'fewer'} than"
            if changed
            else "as many as"
        )
        said = f"{said}, {than} in the period before"
    listed = [
        f"{theme_shown(theme)} {with_change(row.themes[theme], row.is_new)}"
        for theme in order
        if theme in row.themes
    ]
    return f"{said}: {', '.join(listed)}" if listed else said


def met(page: CustomerPage) -> str:
    """Return the people who were met on any visit, `Met so far: @ann on 2 visits, @bob`, or ""."""
    listed = ", ".join(
        f"@{one.name}" + (f" on {counted(one.visits, 'visit')}" if one.visits > 1 else "")
        for one in page.people
    )
    return f"Met so far: {listed}" if listed else ""


def by_customer(
    loops: Iterable[Loop], names: Mapping[str, str]
) -> Iterator[tuple[str, Sequence[Loop]]]:
    """Yield the name of each customer, or of several with loops in common, and the loops.

    They are in the order of `names`, which has the names by key.
    """
    found: dict[tuple[str, ...], list[Loop]] = {}
    for loop in loops:
        found.setdefault(loop.customers, []).append(loop)
    order = list(names)

    def place(keys: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
        return min((order.index(key) for key in keys if key in names), default=len(order)), keys

    for keys in sorted(found, key=place):
        yield " and ".join(names.get(key, key) for key in keys) or WITHOUT_CUSTOMER, found[keys]


def promised(promise: OpenPromise, today: date) -> str:
    """Return an open promise with its owner, its age and when it is due."""
    one = promise.made.promise
    owner = "" if not one.owner or f"@{one.owner}" in one.text else f", @{one.owner}"
    due = ""
    if one.due:
        due = f", {'was due' if promise.is_late(today) else 'due'} {one.due}"
    return f"{one.text}{owner} – for {counted(promise.age, 'day')}{due}"


def stage_shown(loop: Loop) -> str:
    """Return the stage of a loop in a few words, with `not yet told` if the customer doesn't know."""
    if loop.section == VALUES and loop.stage == SAID:
        return "valued"
    if loop.stage == REOPENED:
        return "said again"
    if loop.awaits_telling:
        return f"{loop.stage}, {NOT_TOLD}"
    return loop.stage


def promise_shown(made: MadePromise) -> str:
    """Return a promise with its box, and the day on which it is due, or was done or dropped."""
    one = made.promise
    box = {DONE: "[x]", DROPPED: "[-]"}.get(one.state, "[ ]")
    when = f" {'done' if one.state == DONE else 'dropped'} {one.closed}" if one.closed else ""
    due = f" due {one.due}" if one.due and one.is_open else ""
    return f"{box} {one.text}{due}{when}"


def how_long(overview: Overview) -> str:
    """Return the median days from saying to doing and from doing to telling, in one sentence."""
    found: list[str] = []
    for number, count, what in (
        (overview.to_done, overview.done, "from said to done"),
        (overview.to_told, overview.told, "from done to told"),
    ):
        if number is not None:
            found.append(f"{_days(number)} {what} (the median of {count:,})")
    # This doesn't claim that it wasn't told: it may have been after the period, or without a day.
    missing = "done" if overview.to_done is None else "told" if overview.to_told is None else ""
    nothing = f"Nothing in this period has a day on which it was {missing}." if missing else ""
    typically = f"Typically {', and '.join(found)}." if found else ""
    return " ".join(filter(None, (typically, nothing)))


def _days(number: float) -> str:
    return f"{number:g} {'day' if number == 1 else 'days'}"


def said_again(number: int) -> str:
    """Return how many things were said again after they were done."""
    return f"{number:,} said again after {'it was' if number == 1 else 'they were'} done"


def in_short(overview: Overview) -> str:
    """Return how many visits are late, loops not yet told or reopened as of today, and themes that return.

    A number that is 0 is left out.
    """
    late, untold, reopened = overview.late, len(overview.untold), len(overview.reopened)
    said = [f"{counted(late, 'visit')} {'is' if late == 1 else 'are'} late"] * (late > 0)
    said += [f"{untold:,} {NOT_TOLD}"] * (untold > 0)
    said += [f"{reopened:,} reopened (done, but said again)"] * (reopened > 0)
    today = ", ".join(said) or "no visit is late, and customers know all that was done"
    number = len(overview.repeats)
    returns = f" In the period: {counted(number, 'theme')} on several visits." * (number > 0)
    return f"Today: {today}.{returns}"


def untold_in_all(number: int) -> str:
    """Return how many things customers don't know yet: `2 things were done or refused, and the customers …`."""
    if number == 1:
        return "1 thing was done or refused, and the customer hasn’t been told yet"
    return f"{number:,} things were done or refused, and the customers haven’t been told yet"


def other_spelling(found: OtherSpelling) -> str:
    """Return a sentence saying that a customer may be another, with the command that merges them."""
    return f"{found.key} may be {found.usual}; to merge them: {found.command}"


def repeated(repeat: Repeat, names: Mapping[str, str]) -> str:
    """Return a theme that returns: `#network: 4 times on 3 visits, by Kelby Depot and Westmere Laboratory`.

    `names` has the name of each customer by its key.
    """
    by = join_words([names.get(key, key) for key in repeat.customers])
    visits = len({loop.place.path for loop in repeat.loops})
    return f"#{repeat.theme}: {counted(len(repeat.loops), 'time')} on {counted(visits, 'visit')}, by {by}"
