"""Draw the pictures of the README and the guide from the sample journal: `python -m tests.pictures.make`."""

import asyncio
import re
import shutil
import subprocess
import tempfile
from datetime import date, datetime
from pathlib import Path

from textual import events
from textual.widgets import Input, TextArea

from journal_tui.app.app import JournalApp
from journal_tui.journal import Journal, copy_sample
from journal_tui.publications import Publications
from journal_tui.settings import Places

HERE = Path(__file__).parent
SAMPLE = HERE.parents[1] / "entries"
DAY = date(2026, 11, 20)
PICTURES: dict[str, tuple[tuple[int, int], list[str]]] = {
    "write": ((100, 36), []),
    "find": ((120, 24), ["ctrl+l", *"silence", "down"]),
    "rate": ((80, 24), ["ctrl+r"]),
    "wide": ((140, 36), []),
    "read": ((80, 24), ["f2"]),
    "follow-ups": ((100, 26), ["f7"]),
    "people": ((100, 22), ["ctrl+p", *"people", "enter", "enter"]),
    "review": ((120, 39), ["f5", "y", "tab", "tab"]),
    "customers": ((110, 24), ["ctrl+p", *"customers", "enter"]),
    "customer": ((110, 30), ["ctrl+p", *"customers", "enter", "enter"]),
    "calendar": ((80, 24), ["f9"]),
    "close": ((100, 28), ["ctrl+p", *"close the week", "enter", "tab"]),
    "history": ((100, 26), ["ctrl+p", *"earlier versions", "enter", "down"]),
}

PAGES = {
    "published-day": ("2026/2026-06-26.html", (900, 1080)),
    "published-phone": ("index.html", (500, 1000)),
}
"""The pictures of published pages: the page, and the size of the window."""


def opened(places: Places) -> Journal:
    """Return a copy of the sample journal, with a clock that shows the end of the day."""
    root = places.state.parent / "Sample"
    if not root.exists():
        copy_sample(SAMPLE, root)
    return Journal(root, places, lambda: datetime(2026, 11, 20, 18, 5))


def keep_versions(journal: Journal) -> None:
    """Add earlier, ever shorter versions of the day's entry to the history."""
    path = journal.path_of(DAY) or ""
    lines = (SAMPLE / path).read_text("utf-8").splitlines(keepends=True)
    points = [number for number, line in enumerate(lines) if line.startswith("- ")]
    ends = len(lines), points[-1] + 1, points[-2] + 1, points[0]
    for minute, end in reversed(list(zip((58, 51, 37, 22), ends, strict=True))):
        text = "".join(lines[:end]).encode()
        journal.history.keep(path, text, datetime(2026, 11, 20, 17, minute))


async def draw(name: str, size: tuple[int, int], keys: list[str], places: Places) -> None:
    """Write one picture as SVG, without external fonts."""
    journal = opened(places)
    app = JournalApp(journal, DAY)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await app.workers.wait_for_complete()
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
        await app.workers.wait_for_complete()
        # Some panels are drawn only after the cursor has rested.
        await pilot.pause(0.4)
        # The cursor is then drawn in every picture.
        for line in (*app.screen.query(TextArea), *app.screen.query(Input)):
            line.cursor_blink = False
        if app.focused:
            app.focused.post_message(events.Focus())
        await pilot.pause()
        picture = app.export_screenshot(title="journal")
    picture = re.sub(r"@font-face \{.*?\}", "", picture, flags=re.DOTALL)
    picture = picture.replace("Fira Code", "Menlo, Consolas, DejaVu Sans Mono")
    # Some programs, such as librsvg, leave out blanks at the start of a text without this.
    picture = picture.replace("<svg ", '<svg xml:space="preserve" ', 1)
    picture = "\n".join(line.rstrip() for line in picture.splitlines()) + "\n"
    (HERE / f"{name}.svg").write_text(picture, "utf-8")


def photograph(places: Places) -> None:
    """Write the pictures of published pages, if there is a browser to show them."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if not browser:
        print("Without chromium, the pictures of published pages stay as they are.")
        return
    folder = places.state.parent / "Blog"
    found = Publications(opened(places))
    found.apply(found.plan(folder))
    for name, (page, (width, height)) in PAGES.items():
        subprocess.run(
            [
                browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                f"--user-data-dir={places.state.parent / 'browser'}", f"--window-size={width},{height}",
                "--blink-settings=preferredColorScheme=1", f"--screenshot={HERE / name}.png",
                (folder / page).as_uri(),
            ],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip


def main() -> None:
    """Draw all pictures."""
    with tempfile.TemporaryDirectory() as folder:
        places = Places(*(Path(folder) / part for part in ("config", "cache", "state")))
        opened(places).refresh()
        keep_versions(opened(places))
        for name, (size, keys) in PICTURES.items():
            asyncio.run(draw(name, size, keys, places))
        photograph(places)


if __name__ == "__main__":
    main()
