"""Words in a row are found in every part exactly where they stand, asked for once or again."""

from datetime import timedelta
from itertools import product
from random import Random

import pytest
from places import DAY, Place, asked

from journal_tui.entry.words import fold
from journal_tui.index.index import Index
from journal_tui.index.passages import File
from journal_tui.index.postings import escape
from journal_tui.index.sidebyside import SideBySide
from journal_tui.query.matchers import ENTRY, FOLLOW_UP, LEARNING, PROSE, Words

# Common words, which are short, one that is longer, one that is written with signs.
WORDS = ("in", "the", "and", "it", "meeting", "né")


def text_of(random: Random) -> str:
    """An entry that says little else than these words, in some of its parts."""

    def said(most: int) -> str:
        return " ".join(random.choices(WORDS, k=random.randrange(1, most)))

    points = "".join(
        f"- {said(6)}\n  - [{random.choice(' x')}] {said(4)} due:2014-10-13 {said(3)}\n"
        for _ in "ab"
    )
    return (
        f"# {said(4)}\n\n{said(9)}\n\n## Learning points\n\n{points}\nEnjoyment: 9/10 – {said(4)}\n"
    )


@pytest.fixture
def filled(place: Place) -> Place:
    random = Random("words in a row")
    for number in range(60):
        day = DAY + timedelta(number)
        place.put(f"{day}.md", text_of(random))
    return place


SCOPES = {"": ENTRY, "in:prose ": PROSE, "in:learning ": LEARNING, "in:follow-ups ": FOLLOW_UP}


def by_reading(index: Index, place: Place, words: Words, part: str) -> set[str]:
    """The paths of the files of which such a passage holds the words, by reading all of them."""
    files = [File(place.library, day, r, None, lambda _: None) for day, r in index.newest()]
    return {file.path for file in files for passage in file.passages(part, "") if words(passage)}


def test_words_in_a_row_are_found_where_they_stand(filled: Place) -> None:
    filled.index().refresh()
    again = filled.index()
    asked(again, filled, '"in the"')
    random, found = Random("phrases"), 0
    for words in random.sample([*product(WORDS, repeat=3), *product(WORDS, repeat=4)], 150):
        folded = tuple(map(fold, words))
        begun = (*folded[:-1], folded[-1][0])
        for scope, part in SCOPES.items():
            for sought in (Words(folded, "whole"), Words(begun, "begins")):
                typed = " ".join(sought.words) + '"' * (sought.last == "whole")
                wanted = by_reading(again, filled, sought, part)
                # Another start of the program reads other tables for its first question.
                for index in (again, filled.index()):
                    hits = asked(index, filled, f'{scope}"{typed}', "entries")
                    assert {hit.path for hit in hits} == wanted, (scope, typed)
                found += len(wanted)
    assert found > 400


def test_what_stands_in_three_words_is_not_looked_for_in_two() -> None:
    common = SideBySide(("in", "the", "and", "it"), begun=False)
    assert (len(common._triples), len(common._pairs)) == (2, 0)
    mixed = SideBySide(("meeting", "in", "the", "and"), begun=False)
    assert (len(mixed._triples), len(mixed._pairs)) == (1, 1)
    begun = SideBySide(("meeting", "in", "th"), begun=True)
    assert (len(begun._triples), len(begun._pairs)) == (0, 1)
    assert escape("né") != "né"
