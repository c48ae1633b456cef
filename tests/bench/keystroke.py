"""Measure the cost of a keystroke in the editor and in a plain TextArea, in the same run.

Run by hand: `python -m tests.bench.keystroke [keys]`. Each figure is the median time in ms from a
key's event to the screen being drawn, over keys typed in turn into the two, in an 80x24 terminal.
"""

import asyncio
import gc
import statistics
import sys
from time import perf_counter

from textual import events
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widgets import TextArea

from journal_tui.app.editor.editor import Editor

PROSE = "we lost the first twenty minutes to an old thread again and parked it in writing"
WORDS = PROSE.split()


def entry(lines: int) -> str:
    """Return a long entry: headings, prose, points, tasks, tags, people, and some fences."""
    rows = ["# Day 168 – Monday 6 October 2014", ""]
    number = 0
    while len(rows) < lines:
        number += 1
        prose = " ".join(WORDS[(number * 7 + i) % len(WORDS)] for i in range(22))
        block = [f"## Part {number}", "", f"{prose} **{number}** with @jo about #planning.", ""]
        block += [
            f"- point {number} #tag/{number % 9}",
            f"- [ ] ask @team due:2014-10-{number % 28 + 1:02}",
        ]
        if number % 20 == 0:
            block += ["", "```python", "print('#not a tag')", "```"]
        rows += [*block, ""]
    return "\n".join([*rows[: lines - 1], "Enjoyment: 9/10 – good day"])


def paragraph(characters: int) -> str:
    """Return one paragraph without a newline."""
    text = " ".join(WORDS) + " with @jo about the **hiring** of #planning. "
    return (text * (characters // len(text) + 1))[:characters].rstrip()


def list_items(words: int) -> str:
    """Return a long list of nested items and tasks, each of several rows."""
    rows = ["# Day 168 – Monday 6 October 2014", ""]
    for number in range(words // 40):
        text = " ".join(WORDS[(number * 7 + i) % len(WORDS)] for i in range(40))
        rows.append(
            f"{'  ' * (number % 3)}- {'[ ] ' if number % 4 == 0 else ''}{text} @jo #planning"
        )
    return "\n".join(rows)


class OneArea(App[None]):
    """An app with nothing but one text area."""

    def __init__(self, area: TextArea) -> None:
        super().__init__()
        self.area = area

    def compose(self) -> ComposeResult:
        """Yield the text area."""
        yield self.area


async def key(pilot: Pilot[None], area: TextArea, name: str) -> float:
    """Press a key; return the seconds from its event until the screen shows its effect."""
    app = pilot.app
    shown = asyncio.Event()
    start = perf_counter()
    character = {"space": " "}.get(name, name if len(name) == 1 else None)
    app.post_message(events.Key(name, character))
    # Every key of the benchmark moves the cursor; getting the text would take time itself.
    before = area.selection
    while area.selection == before:
        await asyncio.sleep(0)
    app.screen.call_after_refresh(shown.set)
    await shown.wait()
    return perf_counter() - start


async def compare(name: str, text: str, row: float, keys: int, is_list: bool = False) -> None:
    """Print the medians of editor and TextArea at one row of the text, and their ratio.

    In a list no `enter` is typed, since the editor alone continues the list.
    """
    plain = TextArea(text, soft_wrap=True, show_line_numbers=False)
    editor = Editor(text, complete=lambda word: ["#planning", "#people"])
    times: dict[str, list[float]] = {"plain": [], "editor": []}
    pilots: dict[str, tuple[Pilot[None], TextArea]] = {}
    apps = {"plain": OneArea(plain), "editor": OneArea(editor)}
    async with (
        apps["plain"].run_test(size=(80, 24)) as one,
        apps["editor"].run_test(size=(80, 24)) as two,
    ):
        pilots = {"plain": (one, plain), "editor": (two, editor)}
        for pilot, area in pilots.values():
            area.focus()
            area.cursor_blink = False
            at = int(row * (area.document.line_count - 1))
            column = len(area.document.get_line(at))
            area.move_cursor((at, int(column * row) if at == 0 and row else column))
            await pilot.pause()
        typed = [
            *"word by word",
            "space" if is_list else "enter",
            *"more #pla and",
            "left",
            "backspace",
        ]
        names = [{" ": "space"}.get(name, name) for name in typed]
        gc.collect()
        for number in range(keys):
            for which, (pilot, area) in pilots.items():
                seconds = await key(pilot, area, names[number % len(names)])
                await pilot.pause()
                if number >= 5:
                    times[which].append(seconds)
    same = plain.text == editor.text
    medians = {which: statistics.median(values) * 1000 for which, values in times.items()}
    slow = {
        which: sorted(values)[int(len(values) * 0.95)] * 1000 for which, values in times.items()
    }
    print(
        f"{name:<34} plain {medians['plain']:7.2f}  editor {medians['editor']:7.2f}"
        f"  ratio {medians['editor'] / medians['plain']:.2f}"
        f"  (p95 {slow['plain']:.1f}, {slow['editor']:.1f}){'' if same else '  TEXTS DIFFER'}"
    )


async def main(keys: int) -> None:
    """Measure at several places of the long entry, then in a long list and one long paragraph."""
    text = entry(2000)
    for name, row in (("top", 0.0), ("middle", 0.5), ("end", 1.0)):
        await compare(f"2,000 lines, {name}", text, row, keys)
    await compare("a list of 20,000 words, middle", list_items(20_000), 0.5, keys, is_list=True)
    for name, row in (("middle", 0.5), ("end", 1.0)):
        await compare(
            f"one paragraph of 28,000, {name}", paragraph(28_000), row, max(30, keys // 4)
        )


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200))
