"""What a search finds is what one finds who reads every file: 500 entries, thousands of queries."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path

import pytest
from asking import queries
from conditions import Asked, Vocabulary
from fivehundred import COUNT, KINDS, MENTIONS, PHRASES, START, TODAY, WORDS, number, write
from hypothesis import given, settings
from places import Place
from plainly import Plainly

from journal_tui.entry.entry import Entry
from journal_tui.entry.words import words
from journal_tui.index import passages as indexed
from journal_tui.journal import Journal
from journal_tui.settings import Places

ROWS = ("mixed", "learning", "entries")
ALL = Vocabulary(WORDS, PHRASES, MENTIONS, KINDS, START, date(2015, 12, 31))


class Both:
    """One journal of 500 entries, as the index has it and as it is read plainly."""

    def __init__(self, place: Place) -> None:
        write(place)
        places = Places(place.folder / "config", place.folder / "index", place.folder / "state")
        now = datetime.combine(TODAY, datetime.min.time())
        self.journal = Journal(place.root, places, lambda: now)
        self.journal.refresh()
        self.paths = place.paths()
        self.plainly = Plainly(self.journal.library, self.paths, TODAY, number)

    def differ(self, asked: Asked) -> list[str]:
        """The kinds of rows for which the two answers are not the same."""
        query = self.journal.query(asked.text)
        assert (query.is_scoped, bool(query.wanted)) == (asked.scoped, asked.wanted)
        found = []
        for rows in ROWS:
            hits = self.journal.find(query, rows)
            said = [(h.path, h.kind, "" if h.kind in ("prose", "entry") else h.text) for h in hits]
            if said != asked.rows(self.plainly, rows):
                found.append(rows)
        return found


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    """Made once: nothing here changes it, so that each text is read and divided once as well."""
    both = Both(Place(tmp_path_factory.mktemp("five-hundred")))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(indexed, "words", cache(indexed.words))
        patch.setattr(both.journal.library, "text", cache(both.journal.library.text))
        yield both


def test_the_journal_holds_what_it_should(both: Both) -> None:
    """A search for what is nowhere proves nothing."""
    passages = both.plainly.passages
    files = {passage.file for passage in passages}
    assert len(files) == len(both.plainly.files) == COUNT
    assert {file.day.year for file in files} >= {2011, 2012, 2013, 2014}
    per_day = Counter(file.day for file in files)
    assert sum(count > 1 for count in per_day.values()) > 0.1 * len(per_day)
    assert max(per_day.values()) == 3
    for kind in ("learning", "feedback", "follow-up", "title", "remark", "prose"):
        assert sum(passage.kind == kind for passage in passages) >= 100, kind
    for state in ("open", "done", "late"):
        assert sum(state in passage.states for passage in passages) >= 50, state
    for what in (
        "learning",
        "feedback",
        "follow-ups",
        "rating",
        "remark",
        "tags",
        "people",
        "problems",
    ):
        assert 50 <= sum(what in file.has for file in files) <= COUNT - 20, what
    assert sum(file.kind == "service-review" for file in files) >= 10
    assert sum(file.length == 0 for file in files) >= 5
    said = [passage for passage in passages if passage.kind == "entry"]
    for phrase in PHRASES:
        assert sum(f" {' '.join(words(phrase))} " in entry.said for entry in said) >= 10, phrase
    assert {line_end(both.journal.root / path) for path in both.paths} >= {"\r\n", "\n", "\r"}
    rated: dict[date, list[float]] = {}
    for path in both.paths:
        entry = both.journal.library.load(path)
        if found := Entry(TODAY, entry.text).rating:
            day = date.fromisoformat(path.rpartition("/")[2][:10])
            rated.setdefault(day, []).append(found.value)
    assert sum(len(set(values)) > 1 for values in rated.values()) >= 5


def line_end(file: Path) -> str:
    """How the lines of a file end."""
    found = re.search(rb"\r\n|\r|\n", file.read_bytes())
    return found.group().decode() if found else ""


def test_answers_are_those_of_reading_everything(
    both: Both, record_property: Callable[[str, object], None]
) -> None:
    # About a third of them have been asked before.
    examples = 3_400 if settings.default and settings.default.derandomize else 16_000
    tried: dict[str, bool] = {}

    @settings(max_examples=examples)
    @given(queries(ALL, TODAY))
    def ask(asked: Asked) -> None:
        if asked.text not in tried:
            assert both.differ(asked) == []
            tried[asked.text] = asked.among(both.plainly) != 0

    ask()
    record_property("queries", len(tried))
    print(f"{len(tried)} queries, {sum(tried.values())} of them with hits")
    assert len(tried) >= 2_000
    assert sum(tried.values()) >= len(tried) / 2
