"""The keys below the page; they are imported after the first paint."""

from collections.abc import Sequence

from journal_tui.app.widgets.mode_footer import ModeFooter

_READING_GIVES_WAY, _WRITING_GIVES_WAY = (
    ("rate", "point", "files", "links", "go_to"),
    ("files", "go_to"),
)
"""The commands whose keys give way in a footer without room, the least needed first."""


class PageFooter(ModeFooter):
    """The keys of the page, to write or to read; without room for all, the least needed give way."""

    def giving_way(self, shown: Sequence[str]) -> Sequence[str]:
        """Return the commands whose keys give way in the current mode."""
        is_reading = any(action.endswith("read('back')") for action in shown)
        return _READING_GIVES_WAY if is_reading else _WRITING_GIVES_WAY
