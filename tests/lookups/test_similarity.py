"""Learned before? Which earlier points are found, and that it is worth being asked."""

import threading
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.index.index import Index
from journal_tui.library.library import Library
from journal_tui.lookups.similarity import CLOSE, SimilarPoint, SimilarPointSearch, topics
from tests.index.index_fixture import Place
from tests.lookups.repeated_lessons import CHOOSING, PANEL, REPORTED, SAMPLE, Judgements

LATER = date(2030, 1, 1)
OWNER = "Ask for the name of the owner before the meeting begins"


def write(place: Place, day: str, *points: str, rating: str = "") -> None:
    """A day with these learning points."""
    listed = "\n".join(f"- {point}" for point in points)
    place.put(
        f"{day[:4]}/{day}.md", f"# A day\n\n## Learning points\n\n{listed}\n\nEnjoyment: {rating}\n"
    )


def test_tags_and_names_are_not_words() -> None:
    found = topics("Bring @helen.west times #Customer/Lab and #14 of meetings")
    assert found == {"#customer/lab", "bring", "time", "meet"}
    assert topics("") == frozenset()


@given(st.text(max_size=80))
def test_no_topic_is_empty(text: str) -> None:
    assert "" not in topics(text)


@pytest.fixture
def written(place: Place) -> Place:
    """A year of days that teach something else each, and two that ask for the owner."""
    for number in range(1, 29):
        write(
            place, f"2014-01-{number:02}", f"lantern{number} weighs kettle{number}", "Rain #depot"
        )
    write(place, "2013-05-02", OWNER, "Silence is a tool", rating="4/10")
    write(
        place,
        "2014-02-03",
        "Owners have names: ask them, and asking begins each good meeting",
        rating="8.5",
    )
    return place


def earlier(place: Place) -> SimilarPointSearch:
    """As another start of the program asks."""
    index = place.index()
    index.refresh()
    return SimilarPointSearch(index)


def days(found: list[SimilarPoint]) -> list[str]:
    """The days found."""
    return [str(point.day) for point in found]


def test_other_forms_of_the_words_are_found_closest_first(written: Place) -> None:
    found = earlier(written).find("the owner's name, asked early in meetings", LATER)
    assert days(found) == ["2013-05-02", "2014-02-03"]
    assert found[0] == (
        date(2013, 5, 2),
        "2013/2013-05-02.md",
        OWNER,
        5,
        4.0,
        pytest.approx(found[0].score),
    )
    assert 1 > found[0].score > found[1].score >= CLOSE
    assert found[1].rating == 8.5


def test_the_same_words_are_the_same(written: Place) -> None:
    found = earlier(written).find("ask for the NAME of the owner before the meeting begins!", LATER)
    assert days(found) == ["2013-05-02", "2014-02-03"]
    assert found[0].score == 1.0
    assert CLOSE <= found[1].score < 1.0


def test_only_days_before_the_one_that_is_written(written: Place) -> None:
    asked = earlier(written)
    assert days(asked.find(OWNER, date(2014, 2, 4))) == ["2013-05-02", "2014-02-03"]
    assert days(asked.find(OWNER, date(2014, 2, 3))) == ["2013-05-02"]
    assert asked.find(OWNER, date(2013, 5, 2)) == []
    assert asked.find(OWNER, date(1, 1, 1)) == []


def test_not_more_than_asked_for_and_the_later_of_equals_first(place: Place) -> None:
    for month in range(1, 10):
        write(place, f"2014-{month:02}-01", OWNER, OWNER)
    found = earlier(place).find(OWNER, LATER, 3)
    assert days(found) == ["2014-09-01", "2014-09-01", "2014-08-01"]
    assert [point.line for point in found] == [5, 6, 5]


def test_a_tag_makes_no_two_alike_but_the_same_words_do(written: Place) -> None:
    asked = earlier(written)
    assert asked.find("#depot", LATER) == []
    assert days(asked.find("Rain, rains #depot", LATER, 1)) == ["2014-01-28"]


def test_a_tag_hides_no_earlier_point_of_the_same_words(written: Place) -> None:
    write(written, "2014-03-01", "Rain weighs")
    write(written, "2014-03-02", "Rain weighs again #depot")
    asked = earlier(written)
    same = ["2014-03-01", "2014-03-02"]
    assert sorted(days(asked.find("rain weighs", LATER))) == same
    for tags in ("#meetings", "#depot", "#meetings #customer/lab #planning"):
        found = asked.find(f"Rain weighs {tags}", LATER)
        assert sorted(days(found)) == same
        assert {point.score for point in found} == {1.0}


@pytest.mark.parametrize("text", ["", "  ", "the", "14", "#", "@helen", "\x00", "nothingofthis"])
def test_a_point_without_words_is_similar_to_nothing(written: Place, text: str) -> None:
    assert earlier(written).find(text, LATER) == []


def test_a_long_text_is_asked_about_as_well(written: Place) -> None:
    text = " ".join(f"word{number}" for number in range(5_000)) + " " + OWNER
    earlier(written).find(text, LATER)


def test_a_journal_without_entries(place: Place) -> None:
    assert earlier(place).find(OWNER, LATER) == []
    assert earlier(place).repeated(OWNER, LATER) == []


def test_a_note_is_as_its_day_was(place: Place) -> None:
    write(place, "2014-03-01", "Nothing", rating="7")
    place.put("2014/2014-03-01-depot.md", f"# Depot\n\n## Learning points\n\n- {OWNER}\n")
    (found,) = earlier(place).find(OWNER, LATER)
    assert (found.path, found.rating) == ("2014/2014-03-01-depot.md", 7.0)


def test_it_keeps_up_with_the_index(written: Place) -> None:
    index = written.index()
    index.refresh()
    asked = SimilarPointSearch(index)
    assert len(asked.find(OWNER, LATER)) == 2
    write(written, "2014-02-03", "Something else")
    write(written, "2015-07-01", OWNER, rating="6")
    index.refresh()
    assert days(asked.find(OWNER, LATER)) == ["2015-07-01", "2013-05-02"]
    (written.root / "2013/2013-05-02.md").unlink()
    index.refresh()
    assert days(asked.find(OWNER, LATER)) == ["2015-07-01"]


def test_several_may_ask_at_once(written: Place) -> None:
    asked = earlier(written)
    found: list[list[int]] = []

    def ask() -> None:
        ends = range(1, len(OWNER) + 1)
        found.append([len(asked.find(OWNER[:end], LATER)) for end in ends])

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert found[0][-1] == 2
    assert all(counts == found[0] for counts in found)


def test_learned_for_the_third_time(written: Place) -> None:
    asked = earlier(written)
    assert asked.repeated(OWNER, LATER) == [date(2013, 5, 2), date(2014, 2, 3)]
    assert asked.repeated(OWNER, date(2014, 2, 3)) == []
    assert asked.repeated("Silence is a tool", LATER) == []
    write(written, "2016-07-01", OWNER, OWNER)
    assert len(earlier(written).repeated(OWNER, LATER)) == 3


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Judgements:
    """The sample journal's index, and what was judged of its points."""
    folder = tmp_path_factory.mktemp("sample")
    index = Index(folder / "cache", Library(SAMPLE, folder / "state"))
    index.refresh()
    return Judgements(index)


def test_the_judged_pairs_are_enough_and_do_not_contradict(judged: Judgements) -> None:
    for half in (CHOOSING, REPORTED):
        pairs = judged.pairs(half)
        assert sum(pair.same for pair in pairs) >= 100
        assert sum(not pair.same for pair in pairs) >= 100
        assert all(pair.earlier.day < pair.later.day for pair in pairs)
        assert len(set(pairs)) == len(pairs)
    assert not judged.repeats & judged.differing


def test_no_lesson_is_in_both_halves(judged: Judgements) -> None:
    halves = [
        {(pair.earlier, pair.later) for pair in judged.pairs(half)} for half in (CHOOSING, REPORTED)
    ]
    assert not halves[0] & halves[1]


def test_the_panel_finds_as_many_repeats_as_before(judged: Judgements) -> None:
    """Counts with some slack, on the half that nothing was chosen on: beside 25 points it
    helped, beside 53 it did not."""
    figures = judged.panel_figures(REPORTED, CLOSE)
    assert figures.right >= 22
    assert figures.wrong <= 60
    assert judged.recall(REPORTED, 1e-9) >= 0.2


def test_similar_pairs_are_recognised_as_well_as_before(judged: Judgements) -> None:
    """34 right and 82 wrong, of pairs that were picked for having the same words."""
    figures = judged.of_pairs(REPORTED, CLOSE)
    assert figures.right >= 30
    assert figures.wrong <= 92


def test_a_third_time_is_seldom_claimed_wrongly(judged: Judgements) -> None:
    claims = [judged.of_claims(half) for half in (CHOOSING, REPORTED)]
    assert sum(claim.right for claim in claims) >= 4
    assert sum(claim.wrong for claim in claims) <= 3


TAGS = ["#communication", "#leadership", "#customer/lab", "#unheard-of"]


@given(st.data())
def test_a_tag_makes_no_point_less_similar(judged: Judgements, data: st.DataObject) -> None:
    one, other = (data.draw(st.sampled_from(judged.points)).text for _ in range(2))
    tag = data.draw(st.sampled_from(TAGS))
    words = judged.earlier.terms(one)
    tagged = judged.earlier.terms(f"{one} {tag}")
    for found in (topics(other), topics(f"{other} {tag}")):
        assert tagged.score(found) >= words.score(found) - 1e-9
    assert words.score(topics(f"{other} {tag}")) >= words.score(topics(other)) - 1e-9


def test_the_same_words_are_found_with_and_without_tags(judged: Judgements) -> None:
    for point in judged.points:
        words = " ".join(word for word in point.text.split() if word[0] != "#")
        for text in (words, f"{words} #unheard-of", f"{words} #communication #leadership"):
            assert point in judged.shown(point._replace(text=text, day=LATER), CLOSE)


@given(st.data())
def test_searching_only_the_likely_days_finds_what_searching_all_finds(
    judged: Judgements, data: st.DataObject
) -> None:
    point = data.draw(st.sampled_from(judged.points))
    words = point.text.split()
    text = " ".join(data.draw(st.lists(st.sampled_from(words), min_size=1)))
    sought = judged.earlier.terms(text)
    every = [
        (sought.score(topics(other.text)), other.day.toordinal())
        for other in judged.points
        if other.day < point.day
    ]
    best = sorted((row for row in every if row[0] >= CLOSE), reverse=True)[:PANEL]
    found = judged.earlier.find(text, point.day, PANEL)
    assert [(point.score, point.day.toordinal()) for point in found] == best
