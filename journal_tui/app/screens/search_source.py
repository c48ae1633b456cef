"""What the Find screen and the panel ask of a journal: rows for what is typed, and what to try."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from journal_tui.app.widgets.gathering import Found
from journal_tui.app.widgets.results_row import Marks, Offer, Row
from journal_tui.errors import JournalError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from journal_tui.app.widgets.results import Lead
    from journal_tui.index.hits import Hit
    from journal_tui.journal import Journal
    from journal_tui.query.grammar import Query

LEARNING, ENTRIES = "learning", "entries"
NEWEST, BEST = "newest", "best"
_ALL_DAYS = "words:>=0"
_ELSEWHERE = "in:prose,title,remark,feedback,follow-ups"
_MOST_SAVED = 6


def rows(journal: "Journal", words: str, where: str = LEARNING, sort: str = NEWEST) -> Found:
    """The hits as rows; of a search that is not finished, those of its beginning, and its fault.

    Without words all learning points, or all days.
    """
    from journal_tui.query.highlight import spans

    if not words.strip():
        if where == ENTRIES:
            return Found(_rows(journal.find(_ALL_DAYS, ENTRIES), None))
        return Found(_rows(journal.learning_points(), None))
    query, error = journal.understood(words)
    found: Iterator[Row | None] = iter(())
    if query:
        hits, marks = journal.find(query, where), partial(spans, query)
        found = _best(hits, query, marks) if sort == BEST else _rows(hits, marks)
    elif error and error.column >= len(words.rstrip()):
        # The first condition has only been begun: it does not narrow anything yet.
        found = rows(journal, "", where).rows
    return Found(found, str(error), error.column) if error else Found(found)


def _rows(hits: "Iterable[Hit]", marks: Marks | None) -> Iterator[Row]:
    return (Row(hit, marks) for hit in hits)


def _best(hits: "Iterator[Hit]", query: "Query", marks: Marks) -> "Iterator[Row | None]":
    """The best first, which is not known before all have been looked at, one at a time."""
    from journal_tui.index.ranking import Ranking

    ranking = Ranking(query)
    for hit in hits:
        ranking.add(hit)
        yield None
    for hit in ranking.ordered():
        yield Row(hit, marks)


def _finds(journal: "Journal", words: str, where: str) -> bool:
    try:
        return next(journal.find(words, where), None) is not None
    except JournalError:
        return False


def to_try(journal: "Journal", saved: "dict[str, str]", room: int) -> "Lead":
    """What stands above the newest points while nothing is typed, in so many lines at most."""
    examples = [
        *(Offer(f"{tag} rating:>=8", "on days rated 8 or higher") for tag in _used(journal, "#")),
        *(Offer(f"{name} since:last-month", "recently") for name in _used(journal, "@")),
        Offer("in:feedback OR in:remark", "feedback and remarks on ratings"),
        Offer("is:open", "follow-ups that are still open"),
        Offer("on:friday rating:<6", "Fridays you did not enjoy"),
    ]
    own = [Offer(query, f"saved as “{name}”") for name, query in list(saved.items())[-_MOST_SAVED:]]
    offers = [*own, *examples][: max(len(own[:3]), room - 2)]
    heading = "Saved and suggested searches" if own else "Suggested searches"
    return [f"{heading} · ↑ to choose · F1 for help", *offers, "Newest first"]


def _used(journal: "Journal", sign: str) -> list[str]:
    """The most used tag or person; none in a journal without."""
    try:
        return journal.complete(sign)[:1]
    except JournalError:
        return []


def instead(journal: "Journal", words: str, where: str) -> "Lead":
    """What to try where nothing was found: searches that find something here, or elsewhere."""
    try:
        likely = [query for query in journal.nearly(words) if _finds(journal, query, where)]
    except JournalError:
        likely = []
    lead: list[Offer | str] = [Offer(query, "nearly the same") for query in likely]
    if where == LEARNING and "in:" not in words:
        elsewhere = f"{words.strip()} {_ELSEWHERE}"
        if _finds(journal, elsewhere, where):
            lead.append(Offer(elsewhere, "outside learning points"))
    return ["Try one of these · ↑↓ and enter to choose", *lead] if lead else []
