"""To read the day as a page, and to write again."""

from typing import TYPE_CHECKING

from textual import work

if TYPE_CHECKING:
    from journal_tui.app.screens.write import Write
    from journal_tui.app.widgets.readview import ReadView


def view(screen: "Write") -> "ReadView | None":
    """The rendered page while it is shown; it is made at first need."""
    for page in screen.query("ReadView"):
        if page.display:
            return page  # type: ignore[return-value]
    return None


def switch(screen: "Write", read: bool) -> None:
    """Show the page, or the text."""
    for page in screen.query("ReadView"):
        page.display = read
    screen.editor.display = not read


async def toggle(screen: "Write") -> None:
    """Show the day as a page, or the text again."""
    from journal_tui.app.widgets.readview import ReadView

    if not screen.query(ReadView):
        page = ReadView(screen.action_links)
        page.display = False
        await screen.query_one("#page").mount(page)
    switch(screen, view(screen) is None)
    if page_shown := view(screen):
        await page_shown.show_text(screen.editor.text or screen.page.locked)
    screen.focus_text()


def text(screen: "Write") -> None:
    """Back to the text, to write, from wherever the keys went."""
    switch(screen, False)
    screen.focus_text()


@work
async def find_in_text(screen: "Write") -> None:
    """Find words in this entry."""
    switch(screen, False)
    await screen.editor.action_find_in_text()
