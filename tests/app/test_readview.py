"""The page to read: rendered Markdown, tasks as boxes, and nothing of the text obeyed."""

import asyncio
import re

import pytest
from desk import Desk, settle
from textual.pilot import Pilot
from textual.widgets import Markdown

from journal_tui.app.widgets.readview import parser

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
    strips = pilot.app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)


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


async def test_the_page_follows_the_text_and_the_day(desk: Desk) -> None:
    desk.put("# A day\n\nEnjoyment: 5/10\n")
    async with desk.open() as (pilot, write):
        await pilot.press("f2")
        await settle(pilot)
        await pilot.press("r", "8", "enter")
        write.count()
        await settle(pilot)
        assert "8/10" in shown(pilot) and write.read_view is not None
        await pilot.press("h")
        write.count()
        await settle(pilot)
        assert "Thursday 19 November" in shown(pilot)
        assert len(write.query(Markdown)) == 1


async def test_front_matter_is_not_shown_as_text(desk: Desk) -> None:
    desk.put("---\nmood: fine\n---\n\n# A day\n")
    async with desk.open() as (pilot, _):
        await pilot.press("f2")
        await settle(pilot)
        assert "mood" not in shown(pilot) and "A day" in shown(pilot)


async def test_a_text_that_changes_while_its_page_is_rendered_ends_nothing(desk: Desk) -> None:
    """A rendering that is cut short took widgets with it that the app waited for from then on."""
    desk.put("# A\n\n" + "- a\n- b\n\nc\n\n" * 20)
    async with desk.open() as (pilot, write):
        await pilot.press("f2")
        for number in range(40):
            write.editor.insert(f"{number} ", (0, 2))
            write.count()
            for _ in range(number):
                await asyncio.sleep(0)
        await asyncio.wait_for(settle(pilot), 20)
        assert "39 38 37 36 35" in shown(pilot)
