"""The palette of themes, which shows each one while it is selected."""

from collections.abc import Callable, Iterable
from functools import partial

from textual.widgets import OptionList

from journal_tui.app.commands import PaletteCommand
from journal_tui.app.screens.palette import Palette


class ThemePalette(Palette):
    """A list of the names of `themes`, each with whether it is dark; returns the chosen one.

    `show` shows a theme, at first the `present` one; the caller shows that again if none is chosen.
    The command that is returned calls `choose` with the name.
    """

    def __init__(
        self,
        themes: Iterable[tuple[str, bool]],
        present: str,
        show: Callable[[str], None],
        choose: Callable[[str], None],
    ) -> None:
        super().__init__(
            (
                PaletteCommand(name, "dark" if is_dark else "light", partial(choose, name))
                for name, is_dark in sorted(themes)
            ),
            title="Themes",
            placeholder="Type part of a theme's name",
        )
        self._present, self._show_theme = present, show

    def _show(self, letters: str) -> None:
        """Show the themes that match; as long as nothing is typed, the present one is selected."""
        super()._show(letters)
        names = [command.title for command in self._found]
        if not letters.strip() and self._present in names:
            self.query_one(OptionList).highlighted = names.index(self._present)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show the selected theme, and its help."""
        super().on_option_list_option_highlighted(event)
        at = self.query_one(OptionList).highlighted
        if self.is_open and at is not None and at < len(self._found):
            self._show_theme(self._found[at].title)
