"""The dialogs of the app under one roof, each imported when it is first asked for.

None of them is needed to show the page, and importing all of them takes a while.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from journal_tui.app.screens.choicedialog import ChoiceDialog
    from journal_tui.app.screens.gotodialog import GoToDialog
    from journal_tui.app.screens.pointdialog import PointDialog
    from journal_tui.app.screens.ratingdialog import RatingDialog
    from journal_tui.app.screens.textdialog import TextDialog

__all__ = ["ChoiceDialog", "GoToDialog", "PointDialog", "RatingDialog", "TextDialog"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(name)
    return getattr(import_module(f"journal_tui.app.screens.{name.lower()}"), name)
