"""The page to read: rendered Markdown, tasks as boxes, and nothing of the text obeyed."""

import asyncio
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.pilot import Pilot
from textual.widgets import Markdown

from journal_tui.app.write.read_view import RATING, parser
from journal_tui.entry.vocabulary import english
from tests.app.app_fixture import Desk, painted, settle
from tests.extent import Sample

pytestmark = pytest.mark.painted

UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
TEXT = """# A day

- [ ] open one
- [x] done one
- [link](http://a.b "t")

<b>bold</b> <script>alert(1)</script>

<div>block</div>

[red]no markup[/red] [@click=app.quit]x[/] | a | \x1b]0;t\x07 \x9b31m \u202eevil &#x202e;&#12;&#x1b;&#x9b;

```
[ ] code <i>
```

| a | b |
|---|---|
| ~~c~~ | \x1b[2J |
"""


def shown(pilot: Pilot[None]) -> str:
    return "\n".join(painted(pilot.app))


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (140, 40)])
async def test_the_day_as_a_page(desk: Desk, size: tuple[int, int]) -> None:
    desk.put(TEXT)
    async with desk.open(size=size) as (pilot, write):
        before = desk.file().stat().st_mtime_ns
        await pilot.press("f2")
        await settle(pilot)
        first = shown(pilot)
        assert "☐ open one" in first and "☑ done one" in first and "[ ] open" not in first
        assert "<b>bold</b> <script>alert(1)</script>" in first
        view = write.read_view
        assert view is not None
        await pilot.press("end")
        await settle(pilot)
        both = first + shown(pilot)
        assert "[red]no markup[/red]" in both and "[@click=app.quit]x[/]" in both
        assert "\u241b]0;t\u2407" in both
        assert not UNSAFE.search(both)
        await pilot.press("f2")
        assert write.editor.has_focus and write.editor.text == TEXT
    assert desk.file().stat().st_mtime_ns == before and desk.file().read_text() == TEXT


def test_entities_and_links_carry_no_control_character() -> None:
    source = (
        "&#x202e; &#12; &#x1b; &#x9b; [a&#x202e;](http://x/&#x202e; 'b&#x202e;') ![&#x2066;](y)"
    )
    for token in parser().parse(source):
        for child in token.children or ():
            assert not UNSAFE.search(child.content)
            assert not any(UNSAFE.search(str(value)) for value in child.attrs.values())


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (140, 40)])
async def test_every_form_of_a_task_has_one_box(desk: Desk, size: tuple[int, int]) -> None:
    desk.put(
        "- [ ] a\n- [ ]\n- [X]\tb\n- [x](c)\n- [ ]d\n  - [-] e\n  - f\n- [/] g\n"
        "- TODO h\n- DONE i\n- CANCELLED i\n- TODOs j\n\n4. [x] k\n5. TODO l\n"
    )
    async with desk.open(size=size) as (pilot, write):
        await pilot.press("f2")
        await settle(pilot)
        assert write.read_view
        page = write.read_view.content_region
        # The last column has the scroll bar, if there is one.
        lines = [line[page.x : page.right - 1] for line in painted(pilot.app)[page.y : page.bottom]]
    assert [" ".join(line.split()) for line in lines if line.strip()] == [
        "☐ a", "☐", "☑ b", "• x", "• [ ]d", "☒ e", "▪ f", "☐ g", "☐ TODO h", "☑ DONE i",
        "☒ CANCELLED i", "• TODOs j", "4. ☑ k", "5. ☐ TODO l",
    ]  # fmt: skip


async def test_the_title_of_a_callout_and_the_properties_of_an_outline_have_their_own_lines(
    desk: Desk,
) -> None:
    desk.put(
        "> [!tip] A title\n> the body\n> goes on\n\n[!] a sign\nin prose\n\n"
        "- ## Heading\n  - item\n    id:: 65a\n    collapsed:: true\n- prose a::b\n  c:: d\n"
    )
    async with desk.open() as (pilot, _):
        await pilot.press("f2")
        await settle(pilot)
        lines = [line.strip("│ ") for line in shown(pilot).split("\n")]
    assert "▌ [!tip] A title" in lines and "▌ the body goes on" in lines
    assert "[!] a sign in prose" in lines
    first = lines.index("• Heading")
    assert lines[first : first + 6] == [
        "• Heading", "▪ item", "id:: 65a", "collapsed:: true", "• prose a::b", "c:: d",
    ]  # fmt: skip


@pytest.mark.parametrize("key", ["f2", "e"])
async def test_the_footer_says_that_the_key_leads_back_to_writing(desk: Desk, key: str) -> None:
    async with desk.open() as (pilot, write):
        await settle(pilot)
        assert "f2 Read" in painted(pilot.app)[-1]
        await pilot.press("f2")
        await settle(pilot)
        assert "e Write" in painted(pilot.app)[-1]
        await pilot.press(key)
        await settle(pilot)
        assert "f2 Read" in painted(pilot.app)[-1] and write.editor.has_focus


async def test_the_page_follows_the_text_and_the_day(desk: Desk) -> None:
    desk.put("# A day\n\nEnjoyment: 5/10\n")
    async with desk.open() as (pilot, write):
        await pilot.press("f2")
        await settle(pilot)
        await pilot.press("ctrl+r", "8", "enter")
        write.update_status()
        await settle(pilot)
        assert "8/10" in shown(pilot) and write.read_view is not None
        await pilot.press("left")
        write.update_status()
        await settle(pilot)
        assert "Thursday 19 November" in shown(pilot)
        assert len(write.query(Markdown)) == 1


async def test_front_matter_is_not_shown_as_text(desk: Desk) -> None:
    desk.put("---\nmood: fine\n---\n\n# A day\n")
    async with desk.open() as (pilot, _):
        await pilot.press("f2")
        await settle(pilot)
        assert "mood" not in shown(pilot) and "A day" in shown(pilot)


def test_what_is_nested_deeply_and_what_follows_it_are_shown() -> None:
    text = "".join("\t" * level + f"- level {level}\n" for level in range(15)) + "\nafter\n"
    said = "\n".join(token.content for token in parser().parse(text) if token.type == "inline")
    assert [f"level {level}" in said for level in range(15)] == [True] * 15
    assert "after" in said
    deepest = next(t for t in parser().parse(text) if "level 14" in t.content)
    assert {child.type for child in deepest.children or []} == {"text", "hardbreak"}


def test_pasted_bullets_are_a_list_and_a_rule_is_not_front_matter() -> None:
    tokens = parser().parse("---\nbetween two rules\n\n---\n\n• one\n•\ttwo\n")
    assert [token.type for token in tokens if token.type in ("hr", "list_item_open")] == [
        "hr",
        "hr",
        "list_item_open",
        "list_item_open",
    ]
    assert [token.content for token in tokens if token.type == "inline"] == [
        "between two rules",
        "one",
        "two",
    ]


EMPTY = {"": "(nothing)", "learning": "(no point)", RATING: "(no rating)"}


def with_sentences(text: str, is_cut: bool = False) -> list[str]:
    """Return the lines of a text as they are shown if what is empty has a sentence."""
    tokens = parser(english(), EMPTY, is_cut).parse(text)
    return ["".join(c.content for c in it.children or ()) for it in tokens if it.type == "inline"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("## Learning points\n\n- \n", ["Learning points", "(no point)"]),
        ("## Takeaways\n\n## Feedback\n", ["Takeaways", "(no point)", "Feedback", "(nothing)"]),
        ("## Learning points\n\n- [ ] \n\nEnjoyment: \n", ["Learning points", "(no point)", "Enjoyment: (no rating)"]),
        ("## Enjoyment\n", ["Enjoyment", "(no rating)"]),
        ("## Enjoyment\n\n8/10\n", ["Enjoyment", "8/10"]),
        ("Enjoyment: 8/10\n", ["Enjoyment: 8/10"]),
        # A heading of the writer's own may be all there is to say, unless an empty list waits below it.
        ("## Went home early\n\n## Who came\n\n1. \n2.\n", ["Went home early", "Who came", "(nothing)"]),
        # What is written below a heading, in whatever form, stays alone.
        ("## Learning points\n\nNone today.\n", ["Learning points", "None today."]),
        ("## Learning points\n\n- \n- one\n", ["Learning points", "one"]),
        ("## Follow-ups\n\n- [x] \n", ["Follow-ups", ""]),
        ("## Learning points\n\n### At work\n\n- one\n", ["Learning points", "At work", "one"]),
        ("## Learning points\n\n[a]: http://a.b\n", ["Learning points"]),
        ("```\n## Learning points\n```\n", []),
    ],
)  # fmt: skip
def test_a_section_without_anything_says_so(text: str, expected: list[str]) -> None:
    assert [line.strip() for line in with_sentences(text)] == expected


def test_a_section_that_goes_on_after_the_last_line_shown_isnt_empty() -> None:
    assert with_sentences("## Feedback\n\n## Learning points\n\n", is_cut=True) == [
        "Feedback", "(nothing)", "Learning points",
    ]  # fmt: skip


@given(
    st.lists(
        st.sampled_from(
            ("# Day 3", "## Learning points", "## Feedback", "### Lunch", "- ", "- [ ] ", "- [x] done", "- one",
             "1. ", "prose", "", "Enjoyment:", "Enjoyment: 7 – so", "> - ", "---", "```", "  - deep", "• "),
        ),
        max_size=12,
    )
)  # fmt: skip
def test_sentences_replace_nothing_that_is_written(lines: list[str]) -> None:
    text = "\n".join(lines)
    tokens = parser().parse(text)
    bare = ["".join(c.content for c in it.children or ()) for it in tokens if it.type == "inline"]
    said = [line.partition("(no")[0].rstrip() for line in with_sentences(text)]
    assert list(filter(None, said)) == [line.rstrip() for line in bare if line.strip()]


async def test_the_page_says_what_is_empty_and_which_key_adds_it(desk: Desk) -> None:
    desk.put("# A day\n\nRain.\n\n## Learning points\n\n- \n\nEnjoyment: \n")
    async with desk.open(size=(60, 20)) as (pilot, write):
        await pilot.press("f2")
        await settle(pilot)
        assert "Nothing yet. Press ctrl+n to add one." in shown(pilot)
        assert "Enjoyment: Not rated yet. Press ctrl+r to rate it." in shown(pilot)
        await pilot.press("ctrl+r", "8", "enter", "ctrl+n", "o", "n", "e", "enter")
        write.update_status()
        await settle(pilot)
        text = shown(pilot)
        assert "Nothing yet" not in text and "Not rated" not in text
        assert "• one" in text and "Enjoyment: 8/10" in text


async def test_a_day_rated_in_its_front_matter_isnt_called_unrated(desk: Desk) -> None:
    desk.put("---\nenjoyment: 8\n---\n# A day\n\n## Enjoyment\n\nEnjoyment:\n")
    async with desk.open() as (pilot, _):
        await pilot.press("f2")
        await settle(pilot)
        assert "Nothing" not in shown(pilot) and "Not rated" not in shown(pilot)
        assert shown(pilot).count("Enjoyment") == 2


async def test_a_text_that_changes_while_its_page_is_rendered_ends_nothing(
    desk: Desk, sample: Sample
) -> None:
    """A rendering that is cut short took widgets with it that the app waited for from then on."""
    desk.put("# A\n\n" + "- a\n- b\n\nc\n\n" * 20)
    async with desk.open() as (pilot, write):
        await pilot.press("f2")
        changes = sample(8, 40)
        for number in range(changes):
            write.editor.insert(f"{number} ", (0, 2))
            write.update_status()
            for _ in range(number):
                await asyncio.sleep(0)
        await asyncio.wait_for(settle(pilot), 20)
        latest = range(changes - 1, changes - 6, -1)
        assert " ".join(map(str, latest)) in shown(pilot)
