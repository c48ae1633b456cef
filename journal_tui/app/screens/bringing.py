"""What was, and the ways back to it: earlier versions, deletion and the trash, a place elsewhere."""

from pathlib import Path
from typing import TYPE_CHECKING

from journal_tui.app.page import Page
from journal_tui.app.screens import dialogs
from journal_tui.app.widgets.wording import long_date, moment
from journal_tui.entry.visible import one_line
from journal_tui.errors import JournalError

if TYPE_CHECKING:
    from journal_tui.app.screens.history import Kept
    from journal_tui.app.screens.write import Write
    from journal_tui.library.library import Saved
    from journal_tui.library.thrown import Thrown

_LONGEST = 60


def history(screen: "Write") -> None:
    """Show the earlier versions of this entry; the one chosen becomes the page, and is saved."""
    from journal_tui.app.screens.history import HistoryScreen, Kept
    from journal_tui.entry.entry import Entry
    from journal_tui.library import reading
    from journal_tui.library.history import read

    def versions() -> "list[Kept]":
        found = []
        for version in library.history.versions(path):
            try:
                text, locked = reading.decode(read(version))
            except FileNotFoundError:
                # It has just made room for a newer one.
                continue
            except OSError as error:
                fault = f"This version cannot be read ({error.strerror or error})."
                found.append(Kept(version.when, "", 0, version, fault=fault))
                continue
            words = Entry(day, text, library.vocabulary).words
            found.append(Kept(version.when, text, words, version, locked))
        return found

    def answered(kept: "Kept | None") -> None:
        if kept is None:
            return
        if screen.page.locked or kept.locked:
            # What is no text cannot go through the editor.
            _put_back(screen, kept)
            return
        screen.editor.take_in(kept.text.removeprefix("\ufeff"))
        screen.action_save()
        if not screen.keeping.fault:
            screen.tell(f"Restored the version of {moment(kept.when)}. Press ctrl+z to undo.")

    screen.keeping.take_note()
    library, path, day = screen.journal.library, screen.page.path, screen.page.day
    title = f"Earlier versions of {long_date(day)}"
    text, now = screen.page.shown, screen.journal.clock()
    screen.app.push_screen(HistoryScreen(title, text, now, versions), answered)


def _put_back(screen: "Write", kept: "Kept") -> None:
    """Make a version the file, byte for byte, and show that."""
    page, journal = screen.page, screen.journal
    if not screen.save():
        return
    try:
        saved = journal.library.restore(page.path, kept.version, journal.clock())
    except JournalError as error:
        screen.tell(str(error), "error")
        return
    _show_anew(screen, saved)
    screen.tell(
        f"Restored the version of {moment(kept.when)}. What it replaced is now an earlier version."
    )


def _show_anew(screen: "Write", saved: "Saved") -> None:
    """Show the page as its file is by now, which was changed behind the editor."""
    page = screen.page
    screen.turn_to(Page(screen.journal, page.day, page.path))
    screen.focus_text()
    screen.catch_up()
    screen.tell(saved.warning, "warning")


def convert(screen: "Write") -> None:
    """Make this entry UTF-8 text where it is in another encoding, and show that."""
    from journal_tui.library import encodings

    page, journal = screen.page, screen.journal
    if not screen.save():
        return
    try:
        done = encodings.convert(journal.library, page.path, None, journal.clock())
    except FileNotFoundError:
        done = None
    except JournalError as error:
        screen.tell(str(error), "error")
        return
    if done is None:
        screen.tell("This entry is already UTF-8 text.")
        return
    name, saved = done
    _show_anew(screen, saved)
    screen.tell(
        f"Converted from {name}. If letters look wrong, restore the earlier version and choose "
        "another encoding with journal convert --from."
    )


def delete(screen: "Write") -> None:
    """Ask once, then move this entry to the trash and show the day without it."""
    screen.keeping.look_at_file()
    if not screen.save():
        return
    page, journal = screen.page, screen.journal
    if journal.library.stamp(page.path) is None:
        screen.tell("There is no entry here to delete.")
        return

    def answered(value: str | None) -> None:
        if value != "delete":
            return
        try:
            journal.library.delete(page.path, journal.clock())
        except JournalError as error:
            screen.tell(str(error), "error")
            return
        screen.turn_to(Page(journal, page.day))
        screen.focus_text()
        screen.catch_up()
        screen.tell(
            "Deleted. You can bring it back for 30 days: open Trash in the palette (ctrl+p)."
        )

    first = one_line(next((line for line in page.shown.split("\n") if line.strip()), ""))
    first = first if len(first) <= _LONGEST else f"{first[: _LONGEST - 1]}…"
    choices = [
        ("k", "Keep it", "keep"),
        ("d", "Delete it (kept in the trash for 30 days)", "delete"),
    ]
    text = f"{one_line(page.path)}\n{first}" if first else one_line(page.path)
    screen.app.push_screen(dialogs.ChoiceDialog("Delete this entry?", text, choices), answered)


def trash(screen: "Write") -> None:
    """Show what was deleted or discarded; the one chosen is brought back and shown."""
    from journal_tui.app.screens.trash import TrashScreen
    from journal_tui.library import thrown

    library, now = screen.journal.library, screen.journal.clock()

    def answered(found: "Thrown | None") -> None:
        if found:
            bring_back(screen, found)

    screen.app.push_screen(TrashScreen(thrown.listed(library), now), answered)


def bring_back(screen: "Write", found: "Thrown") -> None:
    """Put a deleted entry or a discarded draft back where it belongs, and show it."""
    from journal_tui.library import naming, thrown

    if not screen.save():
        return
    journal = screen.journal
    try:
        saved = thrown.bring_back(journal.library, found, journal.clock())
    except JournalError as error:
        screen.tell(str(error), "error")
        return
    screen.tell(saved.warning, "warning")
    if saved.beside:
        screen.tell(
            f"The file has changed since, so it was left as it is. The text is in {saved.beside}.",
            "warning",
        )
    else:
        screen.tell(f"{found.path} is back.")
    named = naming.parse_name(found.path.rpartition("/")[2])
    # A conflict copy is of no day.
    if day := found.draft.day if found.draft else named[0] if named else None:
        screen.turn_to(Page(journal, day, found.path))
    screen.focus_text()
    screen.catch_up()


def conflict_copies(screen: "Write") -> None:
    """Let the person end the conflict copies that there are."""
    from journal_tui.app.screens import conflict

    conflict.show(screen)


def save_elsewhere(screen: "Write") -> None:
    """Ask for a folder and write the text there; it stays unsaved here, and its draft stays."""
    from journal_tui.app.screens.folderdialog import FolderDialog

    def write(folder: str) -> tuple[str, str]:
        try:
            return str(screen.journal.save_elsewhere(page.day, page.text, Path(folder))), ""
        except JournalError as error:
            return "", str(error)

    def answered(place: str | None) -> None:
        if place:
            screen.tell(f"A copy of this text is in {place}.")

    screen.keeping.take_note()
    page = screen.page
    screen.app.push_screen(FolderDialog("~", write), answered)
