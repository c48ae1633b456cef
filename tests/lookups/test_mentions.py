"""Tags and people: counts, first and last use, nesting, and which look alike."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from journal_tui.index.index import Index
from journal_tui.lookups.mentions import Mentions, Name, similar_names
from tests.extent import examples
from tests.index.index_fixture import Place

FIRST = date(2014, 12, 20)


def indexed(place: Place, *texts: str) -> Index:
    """The index of a journal with one text a day, from 20 December 2014 on."""
    for number, text in enumerate(texts):
        place.put(f"{FIRST + timedelta(number)}.md", text)
    index = place.index()
    index.refresh()
    return index


def listed(index: Index, sign: str = "#", by_name: bool = False) -> list[str]:
    """The rows, each as `name days`, indented by a dot for each parent listed above."""
    return [f"{'.' * n.depth}{n.spelled} {n.days}" for n in Mentions(index).all(sign, by_name)]


def test_days_are_counted_from_the_first_to_the_last(place: Place) -> None:
    texts = [""] * 20
    texts[1] = "#plan #plan @colm"
    texts[14] = texts[15] = "#plan"
    index = indexed(place, *texts)
    place.put("2014-12-21-note.md", "#plan @zoe")
    index.refresh()
    last = FIRST + timedelta(15)
    assert last.year == 2015
    first = FIRST + timedelta(1)
    assert Mentions(index).all("#") == [Name("#plan", "plan", 3, first, last)]
    assert Mentions(index).all("@") == [
        Name("@colm", "colm", 1, first, first),
        Name("@zoe", "zoe", 1, first, first),
    ]


def test_the_most_used_come_first_or_those_with_the_first_letter(place: Place) -> None:
    index = indexed(place, "#b #c #a", "#b #c #z", "#c")
    assert listed(index) == ["c 3", "b 2", "a 1", "z 1"]
    assert listed(index, by_name=True) == ["a 1", "b 2", "c 3", "z 1"]


def test_names_are_spelled_as_they_were_last(place: Place) -> None:
    index = indexed(place, "#Hiring @ZOË", "#HIRING @zoe", "#hirIng @Zoë", "@x #y")
    assert listed(index) == ["hirIng 3", "y 1"]
    assert listed(index, "@") == ["Zoë 3", "x 1"]
    place.put("2015-02-01.md", "#HirinG")
    place.put("2013-02-01.md", "#hiriNG")
    index.refresh()
    assert listed(index) == ["HirinG 5", "y 1"]


def test_a_day_of_a_nested_tag_is_one_of_its_parents(place: Place) -> None:
    index = indexed(place, "#Job/lab #job/yard", "#job/lab", "#job", "#job/lab/roof", "#rain")
    assert listed(index) == ["job 4", ".job/lab 3", "..job/lab/roof 1", ".job/yard 1", "rain 1"]
    job = Mentions(index).all("#")[0]
    assert (job.first, job.last) == (FIRST, FIRST + timedelta(3))


def test_a_parent_that_was_not_written_is_listed_above_several(place: Place) -> None:
    index = indexed(place, "#Job/lab #one/two/three", "#JOB/yard", "#zoo/a/x #zoo/a/y", "#zoo/a/y")
    assert listed(index) == [
        "JOB 2", ".Job/lab 1", ".JOB/yard 1", "zoo/a 2", ".zoo/a/y 2", ".zoo/a/x 1", "one/two/three 1",
    ]  # fmt: skip


def test_by_name_children_follow_their_parent(place: Place) -> None:
    index = indexed(place, "#job-x #job/z #job/a #job #jobs #job/a/b")
    assert listed(index, by_name=True) == [
        "job 1", ".job/a 1", "..job/a/b 1", ".job/z 1", "job-x 1", "jobs 1",
    ]  # fmt: skip


def test_tags_of_front_matter_may_hold_anything(place: Place) -> None:
    deep = "/".join("x" * 3_000)
    tags = ["old machines", "日本", "a//b", "/c", "d/", "///", "#", "!", "~", "%41", deep]
    index = indexed(place, "---\ntags:\n" + "".join(f"- '{tag}'\n" for tag in tags) + "---\n#a/q")
    found = [name.spelled for name in Mentions(index).all("#")]
    assert {"日本", "a//b", "a", "a/q", deep} <= set(found)
    assert len(found) == len(set(found))
    similar_names(Mentions(index).all("#"))


def test_nothing_is_mentioned(place: Place) -> None:
    index = indexed(place, "nothing")
    assert Mentions(index).all("#") == Mentions(index).all("@") == []
    assert similar_names([]) == []


TAGS = st.lists(
    st.lists(st.sampled_from(["a", "B", "ä", "b-c", "dd"]), min_size=1, max_size=4).map("/".join), max_size=4
)  # fmt: skip


@given(st.lists(TAGS, min_size=1, max_size=5))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(60))
@example([["a/b-c/dd", "a/b-c"], [], ["ä/B"]])
def test_a_tag_has_the_days_of_the_tags_below_it(
    places: Callable[[], Place], days: list[list[str]]
) -> None:
    index = indexed(places(), *(" ".join(f"#{tag}" for tag in tags) for tags in days))
    written = [{"#" + tag.lower().replace("ä", "a") for tag in tags} for tags in days]
    rows = Mentions(index).all("#")
    assert {row.term for row in rows} >= set().union(*written)
    assert len({row.term for row in rows}) == len(rows)
    for row in rows:
        found = [
            FIRST + timedelta(number)
            for number, terms in enumerate(written)
            if any(f"{term}/".startswith(f"{row.term}/") for term in terms)
        ]
        assert (row.days, row.first, row.last) == (len(found), found[0], found[-1])
    assert sorted(rows) == sorted(Mentions(index).all("#", by_name=True))


def pairs(sign: str, *spelled: str) -> list[str]:
    """The pairs among tags, each used less than the one before, as `one=other`."""
    found = [
        Name(sign + name.lower(), name, 100 - number, FIRST, FIRST)
        for number, name in enumerate(spelled)
    ]
    return [f"{one.spelled}={other.spelled}" for one, other in similar_names(found)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("one-to-one", "one-on-one"), ("one-to-one", "onetoone"), ("oncall", "on-call"), ("project-wifi", "project/wifi"),
        ("vendor", "vendors"), ("box", "boxes"), ("process", "processes"), ("reply", "replies"), ("branch", "branches"),
        ("planning", "plannning"), ("hiring", "hirring"), ("hiring", "hixing"), ("colleague", "collaegue"), ("feedback", "feedbakc"), ("communication", "comunicatoin"),
        ("team-site", "team-sites"), ("q1-plan", "q1plan"), ("customer/depot", "customer/deport"), ("customer/depot", "customers/depot"),
        ("ana.lopez", "ana-lopez"), ("john", "jon"), ("anna", "ana"), ("brain", "brian"), ("michael", "micheal"), ("søren", "sørren"),
    ],
)  # fmt: skip
def test_these_look_alike(one: str, other: str) -> None:
    assert pairs("#", one, other) == [f"{one}={other}"]
    assert pairs("#", other, one) == [f"{other}={one}"]
    assert pairs("#", "zebra", one, "yak", other, "xylophone") == [f"{one}={other}"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2014", "2015"), ("sprint-41", "sprint-42"), ("q1", "q2"), ("project1", "project2"), ("v1-0", "v1-1"), ("work", "word"), ("team", "beam"),
        ("jo", "joe"), ("bea", "mea"), ("tim", "tom"), ("lena", "lina"), ("lead", "load"), ("meetings", "planning"), ("a/north", "b/north"),
        ("depot", "customer/depot"), ("customer", "customer/depot"), ("bus", "business"), ("c++", "c#"), ("plan", "planning"), ("x" * 500, "x" * 499 + "y"),
        ("日本", "日中"),
    ],
)  # fmt: skip
def test_these_do_not(one: str, other: str) -> None:
    assert pairs("#", one, other) == []


def test_the_most_used_pair_comes_first_and_all_point_to_the_most_used() -> None:
    assert pairs("#", "vendors", "hiring", "vendor", "ven-dor", "hirring") == [
        "vendors=vendor", "vendors=ven-dor", "hiring=hirring",
    ]  # fmt: skip


def test_faults_of_a_parent_are_not_repeated_for_each_child() -> None:
    spelled = ("customer", "customers", "customer/depot", "customers/depot", "customers/lab")
    assert pairs("#", *spelled) == ["customer=customers"]
    assert pairs("#", *spelled[2:]) == ["customer/depot=customers/depot"]


def test_names_with_nothing_but_signs() -> None:
    assert pairs("#", "-", "--", "/", "") == []
