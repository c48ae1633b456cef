"""A field of the search is one declaration: help, completion, explanation, index and oracle know it."""

from pathlib import Path

import pytest
from hypothesis import given, settings

from journal_tui import guide
from journal_tui.app.widgets.inputs import QueryInput
from journal_tui.cli.main import main
from journal_tui.errors import QueryError
from journal_tui.index.query_planner import QueryPlanner
from journal_tui.query.fields import ENTRY, FIELDS, LEARNING, NumberField
from journal_tui.query.parser import language, parse
from tests.app.app_fixture import Desk, settle
from tests.extent import examples
from tests.index import query_strategies
from tests.index.index_fixture import TODAY, Place, asked
from tests.index.query_strategies import WRITTEN, Asked, queries
from tests.index.sample_500 import TODAY as TODAY_OF_500
from tests.index.test_brute_force import ALL, opened

TALLY = NumberField(
    "tally",
    ("tally:>1",),
    "how many learning points it has",
    unit="learning points:",
    stored=lambda record: len(record["learning"]),
    values=(">1", "0", "1..2"),
    aliases=("lessons",),
)
LINE = "    tally:>1                   how many learning points it has"


@pytest.fixture
def tally(monkeypatch: pytest.MonkeyPatch) -> None:
    """The fields with one more."""
    monkeypatch.setitem(FIELDS, "tally", TALLY)


def test_without_the_declaration_there_is_no_such_field() -> None:
    assert LINE not in language()
    with pytest.raises(QueryError, match="There is no field “tally:”"):
        parse("tally:>1", TODAY)


@pytest.mark.usefixtures("tally")
@pytest.mark.parametrize("words", [["help", "finding"], ["find", "--help"]])
def test_it_is_in_the_help_of_the_command_line(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 0
    assert LINE.strip() in capsys.readouterr().out


@pytest.mark.usefixtures("tally")
def test_it_is_in_the_page_that_f1_shows() -> None:
    assert LINE.strip() in guide.page("finding").rest


@pytest.mark.usefixtures("tally")
def test_its_mistakes_are_told_as_those_of_the_others() -> None:
    for text, said in (
        ("tally:", "“tally:” needs something after it, such as tally:>1."),
        ("tally:many", "“many” isn't a number for “tally:”"),
        ("lessons:2", "There is no field “lessons:”. Did you mean “tally:”?"),
        ("tlaly:2", "There is no field “tlaly:”. Did you mean “tally:”?"),
    ):
        with pytest.raises(QueryError) as refused:
            parse(text, TODAY)
        assert str(refused.value).startswith(said)


@pytest.mark.usefixtures("tally")
async def test_it_is_completed_in_find(tmp_path: Path) -> None:
    async with Desk(tmp_path).open() as (pilot, _):
        await pilot.press("f3")
        await settle(pilot)
        line = pilot.app.screen.query_one(QueryInput)
        await pilot.press(*"tal", "tab")
        assert line.value == "tally:"
        await pilot.press("tab")
        assert line.value == "tally:>1"


@pytest.mark.usefixtures("tally")
def test_it_is_found_and_explained_on_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("journal.toml").touch()
    Path("2014-10-06.md").write_text("## Learning points\n\n- one\n- two\n", "utf-8")
    Path("2014-10-07.md").write_text("## Learning points\n\n- one\n", "utf-8")
    assert main(["find", "tally:>1", "--paths", "--explain"]) == 0
    said = capsys.readouterr()
    assert said.out.splitlines() == [str(tmp_path / "2014-10-06.md")]
    assert said.err == "learning points: above 1\n"


def _write(place: Place) -> None:
    for day in range(1, 10):
        points = "".join(f"- point {number}\n" for number in range(day % 4))
        place.put(f"2014/2014-10-0{day}.md", f"# Day\n\n## Learning points\n\n{points}")


def test_an_index_without_its_terms_is_rebuilt(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(place)
    assert place.index().refresh().read == 9
    assert place.index().refresh().read == 0
    monkeypatch.setitem(FIELDS, "tally", TALLY)
    index = place.index()
    assert index.refresh().read == 9
    assert place.index().refresh().read == 0
    found = {hit.path for hit in asked(index, place, "tally:>1", "entries")}
    assert found == {f"2014/2014-10-0{day}.md" for day in (2, 3, 6, 7)}


@pytest.mark.usefixtures("tally")
@pytest.mark.parametrize(
    ("text", "days"),
    [("tally:>1", 4), ("tally:3", 2), ("tally:0", 2), ("tally:>3", 0), ("-tally:>1", 5)],
)
def test_the_index_chooses_its_days(place: Place, text: str, days: int) -> None:
    _write(place)
    index = place.rebuilt()
    found = QueryPlanner(index, parse(text, TODAY).matcher, TODAY).days("2014", ENTRY)
    assert (len(found.codes), found.exact) == (days, True)
    assert len(asked(index, place, text, "entries")) == days


def test_a_field_without_terms_is_answered_by_looking_at_each_day(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Plain(NumberField):
        terms, days = NumberField.__mro__[1].terms, NumberField.__mro__[1].days

    plain = Plain(
        "tally",
        ("tally:1",),
        "",
        unit="learning points:",
        stored=lambda record: len(record["learning"]),
    )
    monkeypatch.setitem(FIELDS, "tally", plain)
    _write(place)
    index = place.rebuilt()
    planner = QueryPlanner(index, parse("tally:>1", TODAY).matcher, TODAY)
    assert (len(planner.days("2014", ENTRY).codes), planner.days("2014", ENTRY).exact) == (9, False)
    assert len(planner.days("2014", LEARNING).codes) == 7
    assert len(asked(index, place, "tally:>1", "entries")) == 4


@pytest.mark.usefixtures("tally")
def test_the_oracle_asks_for_it_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # It asks only for this one of the fields that it knows no meaning of.
    monkeypatch.setattr(query_strategies, "WRITTEN", FIELDS.keys() - {"tally"})
    tried: dict[str, bool] = {}

    @settings(max_examples=examples(200), database=None)
    @given(queries(ALL, TODAY_OF_500))
    def ask(asked: Asked) -> None:
        assert both.differ(asked) == []
        if "tally:" in asked.text:
            tried[asked.text] = asked.among(both.plainly) != 0

    with opened(tmp_path / "five-hundred") as both:
        ask()
    assert len(tried) >= 10
    assert sum(tried.values()) >= len(tried) / 4


def test_the_oracle_has_a_meaning_of_its_own_for_fields_that_there_are() -> None:
    assert FIELDS.keys() >= WRITTEN
