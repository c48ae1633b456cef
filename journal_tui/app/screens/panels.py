"""What stands beside the text on a wide screen, and comes and goes with its width."""

from typing import TYPE_CHECKING

from textual.containers import Horizontal

if TYPE_CHECKING:
    from journal_tui.app.screens.write import Write

SIDE_COLUMNS, SEARCH_COLUMNS = 100, 130


async def fit(screen: "Write", width: int) -> None:
    """Put the month and the past on the left, the search on the right, where there is room."""
    from journal_tui.app.screens.find import rows
    from journal_tui.app.widgets.finder import Finder
    from journal_tui.app.widgets.sidepanel import SidePanel

    journal = screen.journal
    middle = screen.query_one("#middle", Horizontal)
    sides, finders = screen.query(SidePanel), screen.query(Finder)
    if width >= SIDE_COLUMNS and not sides:
        day, today = screen.page.day, journal.today()
        side = SidePanel(day, today, journal.marks, journal.on_this_day, screen.recall.open)
        await middle.mount(side, before=0)
    elif width < SIDE_COLUMNS and sides:
        await sides.remove()
    if width >= SEARCH_COLUMNS and not finders:
        await middle.mount(Finder(lambda words: rows(journal, words)))
    elif width < SEARCH_COLUMNS and finders:
        await finders.remove()
    screen.recall.show()
    if screen.focused is None:
        screen.focus_text()


def freshen(screen: "Write") -> None:
    """Bring the panels in line with the day and the index."""
    from journal_tui.app.widgets.finder import Finder
    from journal_tui.app.widgets.sidepanel import SidePanel

    for side in screen.query(SidePanel):
        side.show_day(screen.page.day, screen.journal.today())
    for finder in screen.query(Finder):
        if not finder.words:
            finder.search_again()
