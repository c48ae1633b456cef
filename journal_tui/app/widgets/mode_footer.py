"""The footer of a screen: as many keys as fit, and none of them cut off."""

from collections.abc import Callable, Sequence

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

WIDE_FOOTER_COLUMNS = 76
"""Columns from which the footer's keys have blanks around them."""


class ModeFooter(Footer):
    """The keys of a screen; without room for all, those of the commands in `gives_way` are left out.

    The least needed command comes first in `gives_way`, which may also be a function that returns the
    commands for the current mode.
    """

    def __init__(
        self, columns: int, gives_way: Sequence[str] | Callable[[], Sequence[str]] = ()
    ) -> None:
        super().__init__(show_command_palette=False, compact=columns < WIDE_FOOTER_COLUMNS)
        self._columns = columns
        self._gives_way = gives_way
        self._left_out: frozenset[str] = frozenset()

    def compose(self) -> ComposeResult:
        """Yield the keys for which there is room."""
        self._left_out = self._without_room()
        for widget in super().compose():
            if isinstance(widget, FooterKey):
                if _command_of(widget.action) in self._left_out:
                    continue
                # Without this, Textual computes the styles of each key two more times when it is
                # mounted.
                widget.set_reactive(FooterKey.compact, self.compact)
                widget.set_class(self.compact, "-compact", update=False)
            yield widget

    def fit(self, columns: int) -> None:
        """Adapt to the width of the screen."""
        self._columns = columns
        self.compact = columns < WIDE_FOOTER_COLUMNS
        if self._without_room() != self._left_out:
            self.refresh(recompose=True)

    def _without_room(self) -> frozenset[str]:
        """Return the commands whose keys are left out."""
        shown = {
            active.binding.action: active.binding
            for active in reversed(self.screen.active_bindings.values())
            if active.binding.show
        }
        gap = 2 if self.compact else 3
        widths = {
            _command_of(action): cell_len(self.app.get_key_display(binding))
            + (0 if binding.group else gap + cell_len(binding.description))
            for action, binding in shown.items()
        }
        groups = {binding.group.description for binding in shown.values() if binding.group}
        room = self._columns - sum(gap + 1 + cell_len(label) for label in groups)
        left_out: set[str] = set()
        for name in self._gives_way() if callable(self._gives_way) else self._gives_way:
            if sum(widths.values()) <= room:
                break
            if widths.pop(name, 0):
                left_out.add(name)
        return frozenset(left_out)


def _command_of(action: str) -> str:
    """Return the command that an action such as `switch('back')` runs."""
    return action.rpartition(".")[2].partition("(")[0]
