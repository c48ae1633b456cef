"""The dialogs of the app under one roof."""

from journal_tui.app.screens.choicedialog import ChoiceDialog
from journal_tui.app.screens.gotodialog import GoToDialog
from journal_tui.app.screens.pointdialog import PointDialog
from journal_tui.app.screens.ratingdialog import RatingDialog
from journal_tui.app.screens.textdialog import TextDialog

__all__ = ["ChoiceDialog", "GoToDialog", "PointDialog", "RatingDialog", "TextDialog"]
