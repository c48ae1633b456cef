"""A row of an answer tells how the day was, also where a note of the day is found."""

from places import Place

from journal_tui.index.search import all_points, search
from journal_tui.query.grammar import parse


def test_a_note_has_the_rating_of_its_day(place: Place) -> None:
    place.put("2014/2014-10-06.md", "# Day\n\nEnjoyment: 7/10\n")
    place.put("2014/2014-10-06-visit.md", "# Visit\n\n## Learning points\n\n- ask twice\n")
    place.put("2014/2014-10-07.md", "## Learning points\n\n- ask once\n")
    index = place.index()
    index.refresh()
    hits = list(search(index, place.library, parse("ask"), "learning"))
    assert [(hit.text, hit.rating) for hit in hits] == [("ask once", None), ("ask twice", 7.0)]
    assert list(all_points(index)) == hits
