"""Searches to choose from: recent ones, those saved by name, and suggestions."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from journal_tui.app.commands import PaletteCommand, key_of
from journal_tui.app.screens.dialog import Dialog
from journal_tui.app.widgets.inputs import SingleLineInput
from journal_tui.app.widgets.search_results import LEARNING, Suggestion, search
from journal_tui.entry.sanitize import one_line
from journal_tui.errors import JournalError

if TYPE_CHECKING:
    from journal_tui.app.widgets.result_list import Lead
    from journal_tui.journal import Journal

MAX_NAME = 60
"""The most characters of a saved search's name."""
_ELSEWHERE = "in:prose,title,remark,feedback,follow-ups"
_MAX_SAVED = 6
"""The most saved searches that are suggested."""
_MAX_COUNTED = 100
"""The number up to which results outside learning points are counted."""


class SearchHistory:
    """The recent searches of a journal, and the position reached by stepping back and forward."""

    def __init__(self, journal: "Journal") -> None:
        self._searches = journal.recent_searches
        self._past = self._searches.all()
        self._at = len(self._past)
        self._draft = self._shown = ""

    @property
    def latest(self) -> list[str]:
        """The searches, newest first."""
        return self._past[::-1]

    def remember(self, words: str) -> None:
        """Remember a search as the newest one."""
        line = " ".join(words.split())
        if line and self._past[-1:] != [line]:
            self._searches.remember(line)
            self._past = [*(other for other in self._past if other != line), line]
        self._at = len(self._past)

    def step(self, words: str, by: int) -> str | None:
        """Return the recent search before (-1) or after (1) `words`, the one shown; None at the end."""
        if self._at == len(self._past) or words != self._shown:
            self._at, self._draft = len(self._past), words
        at = self._at + by
        while 0 <= at < len(self._past) and self._past[at] == words:
            at += by
        if not 0 <= at <= len(self._past) or at == self._at:
            return None
        self._at = at
        self._shown = self._past[at] if at < len(self._past) else self._draft
        return self._shown


def saved_searches(journal: "Journal", ask: Callable[[str], object]) -> Iterator[PaletteCommand]:
    """Yield the palette's entries for the searches saved by name; `ask` runs one."""

    def asking(query: str) -> Callable[[], object]:
        return lambda: ask(query)

    for name, query in journal.saved_searches.all().items():
        yield PaletteCommand(f"Find: {one_line(name)}", one_line(query), asking(query))


class NameDialog(Dialog[str | None]):
    """A dialog that returns a name for `query`, or None; the name may be that of a saved search."""

    def __init__(self, query: str, saved: Mapping[str, str]) -> None:
        super().__init__("Save search", [("enter", "Save"), ("esc", "Cancel")])
        self._query = query
        self._saved = saved
        self._known = next((name for name, known in saved.items() if known == query), "")

    def body(self) -> Sequence[Widget]:
        """Return the query, the input for its name, and a line about what saving does."""
        line = SingleLineInput(self._known, placeholder="A name, such as “talks with suppliers”")
        line.max_length = MAX_NAME
        return [
            Static(Content(one_line(self._query)), classes="quiet"),
            line,
            Static(classes="meaning"),
        ]

    def on_mount(self) -> None:
        """Show what saving under the initial name does."""
        self._say(self._known)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what saving under the name does."""
        self._say(event.value)

    def _say(self, text: str) -> str:
        """Show what saving under a name does; return the name without extra blanks."""
        name = " ".join(text.split())
        key = key_of("command_palette", self.app._keymap)
        said = f"→ “Find: {one_line(name)}” in Commands ({key}) and in journal.toml"
        if not name:
            said = f"The search is kept in journal.toml and appears in Commands ({key})."
        elif self._saved.get(name, self._query) != self._query:
            said = f"→ replaces the saved search {one_line(self._saved[name])}"
        meaning = self.query_one(".meaning", Static)
        meaning.set_class(not name, "-quiet")
        meaning.update(Content(said))
        return name

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer with the name, unless it is empty."""
        name = self._say(event.value)
        if name:
            self.dismiss(name)


def _count_hits(journal: "Journal", words: str, where: str, most: int) -> int:
    """Return how many hits a search has, counting no more than `most`; 0 if it is invalid."""
    try:
        return sum(1 for _ in islice(journal.find(words, where), most))
    except JournalError:
        return 0


def suggestions(journal: "Journal", where: str, room: int) -> "Lead":
    """Return the suggestions to show while nothing is typed, in at most `room` lines.

    While there is nothing to list, only those examples are suggested that find something.
    """
    saved = journal.saved_searches.all()
    scale = journal.vocabulary.scale
    good, middling = scale.at(0.8), scale.at(0.6)
    examples = [
        *(
            Suggestion(f"{tag} rating:>={good}", f"on days rated {good} or higher")
            for tag in _most_used(journal, "#")
        ),
        *(Suggestion(f"{name} since:last-month", "recently") for name in _most_used(journal, "@")),
        Suggestion("in:feedback OR in:remark", "feedback and remarks"),
        Suggestion("is:open", "open follow-ups"),
        Suggestion(f"on:friday rating:<{middling}", "Fridays you did not enjoy"),
    ]
    own = [
        Suggestion(query, f"saved as “{name}”") for name, query in list(saved.items())[-_MAX_SAVED:]
    ]
    has_rows = _has_rows(journal, where)
    if not has_rows:
        examples = [it for it in examples if _count_hits(journal, it.query, where, 1)]
    shown = [*own, *examples][: max(len(own[:3]), room - 2)]
    heading = "Saved and suggested searches" if own else "Suggested searches"
    keys = "↑ to choose" if has_rows else "↑↓ and enter to choose"
    return [f"{heading} · {keys}", *shown] if shown else []


def _has_rows(journal: "Journal", where: str) -> bool:
    """Return whether there is anything to list while nothing is typed."""
    try:
        return next(search(journal, "", where).rows, None) is not None
    except JournalError:
        return False


def _most_used(journal: "Journal", sign: str) -> list[str]:
    """Return the tag or person that is used most, as a list of one; [] if there is none."""
    try:
        return journal.mentions.complete(sign)[:1]
    except JournalError:
        return []


def _difference(words: str, query: str) -> str:
    """Return how a suggested search differs: without which words, or “nearly the same”."""
    given, kept = words.split(), query.split()
    if set(kept) < set(given):
        return one_line(f"without {' '.join(word for word in given if word not in kept)}")
    return "nearly the same"


def alternatives(journal: "Journal", words: str, where: str) -> "Lead":
    """Return the suggestions if nothing is found: the same words elsewhere, then similar searches."""
    if not words.strip():
        return []
    try:
        likely = [
            query for query in journal.suggestions(words) if _count_hits(journal, query, where, 1)
        ]
    except JournalError:
        likely = []
    lead: list[Suggestion | str] = []
    if where == LEARNING and "in:" not in words:
        elsewhere = f"({words.strip()})" if " OR " in words else words.strip()
        elsewhere = f"{elsewhere} {_ELSEWHERE}"
        if count := _count_hits(journal, elsewhere, where, _MAX_COUNTED):
            number = f"{count} or more" if count == _MAX_COUNTED else f"{count}"
            noun = "result" if count == 1 else "results"
            them = "it" if count == 1 else "them"
            label = f"{number} {noun} outside learning points · enter shows {them}"
            lead.append(Suggestion(elsewhere, label=label))
    lead += [Suggestion(query, _difference(words, query)) for query in likely]
    return ["Try one of these · ↑↓ and enter to choose", *lead] if lead else []
