"""How much is read for an answer: the texts only of what the index leaves open, and of what is shown."""

import pytest

from journal_tui.index.search import Search
from journal_tui.library.library import Library
from journal_tui.query.parser import parse
from tests.index.index_fixture import TODAY, Place, asked


class Counting(Library):
    """A library that notes which texts are read."""

    read: list[str]

    def text(self, path: str) -> str:
        self.read.append(path)
        return super().text(path)


@pytest.fixture
def counting(place: Place) -> Place:
    """Sixty days, with a library that counts."""
    for month in (1, 2, 3):
        for day in range(1, 21):
            text = (
                f"# Day\n\nthe plan of n{day}\n\n## Learning points\n\n- the port\n\nEnjoyment: 7\n"
            )
            place.put(f"2014/2014-{month:02d}-{day:02d}.md", text)
    place.library = Counting(place.root, place.folder / "state")
    place.library.read = []
    place.index().refresh()
    place.library.read.clear()
    return place


@pytest.mark.parametrize(
    "query",
    ["plan", "pla", "*la", '"the plan"', '"the pl', 'in:prose "plan of', "is:open", "is:late OR is:done", "plan -port OR n7", "rating:7 plan", "-rating:7", "in:title day", "#x", "plan since:2014-02"],
)  # fmt: skip
def test_what_the_index_knows_is_not_read(counting: Place, query: str) -> None:
    assert isinstance(counting.library, Counting)
    hits = asked(counting.index(), counting, query)
    assert counting.library.read == []
    for hit in hits[:2]:
        assert hit.text and hit.line
    assert len(counting.library.read) == sum(hit.part in ("entry", "prose") for hit in hits[:2])


def test_hits_are_found_as_they_are_asked_for(counting: Place) -> None:
    """The first rows of a common answer come without a look at the rest."""
    assert isinstance(counting.library, Counting)
    # Of a day with several files the index can't say which of them matches.
    for month in (1, 2, 3):
        counting.put(f"2014/2014-{month:02d}-07-note.md", "# A note\n")
    index = counting.index()
    index.refresh()
    counting.library.read.clear()
    search = Search(index, counting.library, lambda day: None, TODAY)
    hits = search.hits(parse('"plan of n7"', TODAY))
    assert counting.library.read == []
    assert next(hits).path == "2014/2014-03-07.md"
    assert counting.library.read == ["2014/2014-03-07.md"]
    assert len(list(hits)) == 2


def test_a_file_that_has_gone_since_is_not_reported(counting: Place) -> None:
    index = counting.index()
    hits = asked(index, counting, "plan")
    for month in (1, 2, 3):
        for day in range(1, 21):
            (counting.root / f"2014/2014-{month:02d}-{day:02d}.md").unlink()
    assert (hits[0].text, hits[0].line) == ("the port", 7)
    assert asked(index, counting, '"plan of', "entries")[0].text == "the port"
    assert asked(counting.index(), counting, '"plan of n7"')[0].text == "the port"
