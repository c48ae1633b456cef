"""What the word being typed may become, and the line that takes it."""

import pytest
from textual.app import App, ComposeResult
from textual.widgets import Input

from journal_tui.app.widgets import inputs
from journal_tui.app.widgets.inputs import QueryInput, complete_query

FIELDS = {"in": ("learning", "feedback"), "rating": (), "on": ("Monday", "Sunday"), "is": ("open",)}
KNOWN = ["#planning", "#plans", "@mei", "@mina"]


def mentions(word: str) -> list[str]:
    return [name for name in KNOWN if name.startswith(word)]


@pytest.mark.parametrize(
    ("line", "word", "candidates"),
    [
        ("ra", "ra", ("rating:",)),
        ("trust RAT", "RAT", ("rating:",)),
        ("-(in", "in", ("in:",)),
        ("in:", "", ("learning", "feedback")),
        ("trust IN:fe", "fe", ("feedback",)),
        ("on:monday,s", "s", ("sunday",)),
        ("#pl", "#pl", ("#planning", "#plans")),
        ("-@m", "@m", ("@mei", "@mina")),
        ("#planning", "#planning", ()),
        ("in:learning", "learning", ()),
        ("r", "r", ()),
        ("rx", "rx", ()),
        ("rating:", "", ()),
        ('"about ra', "ra", ()),
        ('"a b" ra', "ra", ("rating:",)),
        ("", "", ()),
        ("trust ", "", ()),
        ("nothing:fe", "fe", ()),
    ],
)
def test_what_a_word_may_become(line: str, word: str, candidates: tuple[str, ...]) -> None:
    found = complete_query(line, len(line), FIELDS, mentions)
    assert (found.candidates if found else ()) == candidates
    assert not found or line[found.start : found.end] == word


def test_in_the_middle_of_a_word_there_is_nothing_to_complete() -> None:
    assert complete_query("rating", 2, FIELDS, mentions) is None
    found = complete_query("ra trust", 2, FIELDS, mentions)
    assert found and (found.start, found.end) == (0, 2)


class Host(App[None]):
    """The line alone, and what it tells."""

    def __init__(self) -> None:
        super().__init__()
        self.typed: list[str] = []
        self.offered: tuple[tuple[str, ...], int | None] = ((), None)
        self.submitted = 0

    def compose(self) -> ComposeResult:
        def offered(candidates: object, chosen: int | None) -> None:
            self.offered = tuple(candidates), chosen  # type: ignore[arg-type]

        yield QueryInput(self.typed.append, offered, FIELDS, mentions)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self.submitted += 1


async def test_each_text_is_reported_at_once_and_without_a_message() -> None:
    app = Host()
    heard: list[object] = []
    async with app.run_test(size=(60, 10), message_hook=heard.append) as pilot:
        await pilot.press(*"ab", "backspace")
        assert app.typed == ["a", "ab", "a"]
        assert not any(isinstance(message, Input.Changed) for message in heard)


async def test_tab_goes_round_the_candidates_and_enter_takes_one() -> None:
    app = Host()
    async with app.run_test(size=(60, 10)) as pilot:
        line = app.query_one(QueryInput)
        await pilot.press(*"x #pl", "tab")
        assert line.value == "x #planning" and app.offered == (("#planning", "#plans"), 0)
        await pilot.press("tab")
        assert line.value == "x #plans" and app.typed[-1] == "x #plans"
        await pilot.press("tab", "shift+tab")
        assert line.value == "x #plans"
        await pilot.press("enter")
        assert (line.value, app.submitted, line.is_completing) == ("x #plans", 0, False)
        await pilot.press("enter")
        assert app.submitted == 1


async def test_a_pause_after_tab_takes_no_choice_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tab may come sooner than the pause after which candidates are shown unasked."""
    monkeypatch.setattr(inputs, "OFFER_SECONDS", 1.0)
    app = Host()
    async with app.run_test(size=(60, 10)) as pilot:
        line = app.query_one(QueryInput)
        await pilot.press(*"x #pl", "tab")
        assert app.offered == (("#planning", "#plans"), 0)
        await pilot.pause(1.2)
        assert app.offered == (("#planning", "#plans"), 0)
        await pilot.press("tab")
        assert line.value == "x #plans"


async def test_escape_gives_back_what_was_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shift+tab may come sooner than the pause, too."""
    monkeypatch.setattr(inputs, "OFFER_SECONDS", 60)
    app = Host()
    async with app.run_test(size=(60, 10)) as pilot:
        line = app.query_one(QueryInput)
        await pilot.press(*"#pl", "shift+tab")
        assert line.value == "#plans"
        await pilot.press("escape")
        assert line.value == "#pl" and not line.is_completing and app.offered == ((), None)


async def test_keys_that_choose_nothing_keep_their_meaning() -> None:
    app = Host()
    async with app.run_test(size=(60, 10)) as pilot:
        line = app.query_one(QueryInput)
        await pilot.press(*"#pl")
        assert line.offer()
        await pilot.press("enter")
        assert app.submitted == 1
        await pilot.press("a")
        assert line.value == "#pla"
        line.offer()
        await pilot.press("left")
        assert not line.is_completing
        await pilot.press("x")
        assert line.value == "#plxa"


async def test_a_single_candidate_is_taken_and_its_values_offered() -> None:
    app = Host()
    async with app.run_test(size=(60, 10)) as pilot:
        line = app.query_one(QueryInput)
        await pilot.press(*"in", "tab")
        assert line.value == "in:" and app.offered == (("learning", "feedback"), None)
        await pilot.press("tab", "tab", "enter", "space", *"x")
        assert line.value == "in:feedback x"


async def test_the_place_of_a_fault_is_underlined() -> None:
    app = Host()
    async with app.run_test(size=(60, 10)) as pilot:
        line = app.query_one(QueryInput)
        await pilot.press(*"a bad:x y")
        line.show_fault(2)
        await pilot.pause()
        marked = [piece for piece in line.render_line(0) if piece.style and piece.style.underline]
        assert "".join(piece.text for piece in marked) == "bad:x"
        line.show_fault(None)
        pieces = line.render_line(0)
        assert not any(piece.style and piece.style.underline for piece in pieces)
