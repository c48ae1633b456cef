"""The entry being written, apart from any widget: its text outlives the screen that shows it."""

from contextlib import suppress
from datetime import date, datetime
from typing import TYPE_CHECKING

from journal_tui.entry.edit import smallest
from journal_tui.entry.entry import Entry
from journal_tui.entry.merge import merge
from journal_tui.entry.newlines import LoadedText, matched_lines, plain_newlines
from journal_tui.errors import JournalError, UnreadableEntry
from journal_tui.journal import Opened
from journal_tui.library.drafts import DraftLog
from journal_tui.library.reading import Loaded, encode, is_settled

if TYPE_CHECKING:
    from journal_tui.journal import Journal
    from journal_tui.library.library import Saved

_MARK = "\ufeff"
_CONFLICT = (
    "Another program changed the same lines. "
    "When you save, its text stays here and yours goes into a file beside it."
)
_GONE = "This entry's file is gone. Press ctrl+s to write it again."
_EMPTIED = (
    "Another program emptied this entry's file. Its text is still here and in its history; "
    "change anything to save it again."
)
_TAKEN_IN = "Another program changed this entry; its changes are now on the page."


class Page:
    """One open entry and what became of it; a file that cannot be read gives an empty locked one.

    `cursor` is the (row, column) to begin at; `shown` is its text as an editor holds it, with
    `\\n` for newlines; `saved_at` is when it was saved in this session, `draft_fault` why its
    draft could not be kept ("" when it is).
    """

    def __init__(
        self, journal: "Journal", day: date, path: str | None = None, title: str = ""
    ) -> None:
        self.journal = journal
        self.saved_at: datetime | None = None
        self.draft_fault = ""
        self._held: str | None = None
        opened = self._open(day, path, title)
        self._take(opened)
        self.cursor = _beginning(opened) if self._is_past else _location(opened)

    @property
    def writing_place(self) -> tuple[int, int]:
        """The row and column of where the writing goes on."""
        return _location(self._opened)

    @property
    def _is_past(self) -> bool:
        """Whether it is an earlier day's, to be read from the beginning rather than gone on with."""
        return self.is_written and self.day < self.journal.today()

    def _open(self, day: date, path: str | None, title: str = "") -> Opened:
        journal = self.journal
        try:
            return journal.open(day, path, title)
        except UnreadableEntry as error:
            library = journal.library
            path = path or library.find(day) or library.new_path(day, title)
            loaded = Loaded("", "", library.stamp(path) or "", str(error))
            return Opened(path, Entry(day, "", library.vocabulary), loaded, 0)

    def _take(self, opened: Opened) -> None:
        self._opened = opened
        self._loaded = LoadedText(opened.entry.text)
        self.shown = self._loaded.shown
        self._noticed = opened.loaded.stamp if opened.loaded else None
        self._writes_again = False
        self._draft = self._new_draft()

    def _new_draft(self) -> DraftLog:
        opened = self._opened
        folder = self.journal.state / "drafts"
        digest = opened.loaded.digest if opened.loaded else None
        return DraftLog(folder, opened.entry.day, opened.path, digest, opened.entry.text)

    @property
    def day(self) -> date:
        """The day that it was opened with; midnight does not change it."""
        return self._opened.entry.day

    @property
    def path(self) -> str:
        """Its file below the journal."""
        return self._opened.path

    @property
    def locked(self) -> str:
        """Why it may not be edited; "" when it may."""
        return self._opened.locked

    @property
    def is_written(self) -> bool:
        """Whether it has a file, as far as was noticed."""
        return self._opened.loaded is not None and not self.is_gone

    @property
    def is_gone(self) -> bool:
        """Whether its file was there and is no more, as far as was noticed."""
        return self._opened.loaded is not None and self._noticed is None

    @property
    def is_dirty(self) -> bool:
        """Whether there is something that is not in its file."""
        return self._writes_again or self.shown != self._loaded.shown

    @property
    def text(self) -> str:
        """What a save writes: unedited lines with their own bytes."""
        return self._loaded.original(self.shown)

    def edited(self, shown: str) -> None:
        """Take note of what the editor holds, and keep it in the draft at once."""
        self.shown = shown
        try:
            if self.is_dirty:
                self._draft.record(self.text)
            else:
                self._draft.clear()
                # One that was cleared believes that it still holds what it last recorded.
                self._draft = self._new_draft()
            self.draft_fault = ""
        except OSError as error:
            self.draft_fault = f"The draft cannot be saved: {error.strerror}."

    def hold(self, shown: str) -> None:
        """Keep in the draft alone what a dialog would make of the text; `shown` itself ends that."""
        self._held = shown if shown != self.shown else None
        if self._held is None:
            self.edited(self.shown)
            return
        try:
            self._draft.record(self._loaded.original(self._held))
        except OSError as error:
            self.draft_fault = f"The draft cannot be saved: {error.strerror}."

    def sync_draft(self) -> None:
        """Have the disk keep the draft; called about once a second."""
        try:
            self._draft.sync()
        except OSError as error:
            self.draft_fault = f"The draft cannot be saved: {error.strerror}."

    def leave_draft(self) -> None:
        """Close the draft so that the next start finds it."""
        _close(self._draft)

    def save(self, typing_at: tuple[int, int] | None = None) -> "tuple[Opened, Saved] | None":
        """Save what is not saved; None when all is. Raises SaveError and EntryError.

        `shown` then is what the file holds, which another program may have added to. Where the text
        went to a file beside it, and one goes on to type at a (row, column), that line stays on the
        page if it can: `cursor` is then in it, else where the writing goes on.
        """
        if not self.is_dirty:
            return None
        opened, draft, before = self._opened, self._draft, self.shown
        base = self._loaded.shown
        saved = self.journal.save(opened, self.text)
        self.saved_at = self.journal.clock()
        self._take(self._after(opened, saved))
        if saved.beside:
            self.cursor = self.writing_place
            if typing_at and (kept := _keep_line(base, before, self.shown, typing_at)):
                shown, self.cursor = kept
                self.edited(shown)
        is_held = self._held is not None
        if saved.unconfirmed or (is_held and self.shown != before):
            # Until the disk is known to have it. The next start lets go of what the file says.
            # And what a dialog holds fits no other text than the one before.
            _close(draft)
        else:
            _clear(draft)
        if self._held is not None and self.shown == before:
            self.hold(self._held)
        return opened, saved

    def _after(self, opened: Opened, saved: "Saved") -> Opened:
        if saved.beside:
            return self._open(self.day, self.path)
        entry = Entry(self.day, saved.text, self.journal.library.vocabulary)
        return opened._replace(entry=entry, loaded=Loaded(saved.text, saved.digest, saved.stamp))

    def would_conflict(self) -> bool:
        """Whether a save now would put this text in a file beside the entry."""
        stamp = self.journal.library.stamp(self.path)
        known = self._opened.loaded
        if stamp is None or not self.is_dirty or (known and known.stamp == stamp):
            return False
        try:
            found = self.journal.open(self.day, self.path)
        except JournalError:
            return False
        if found.loaded is None or (known and known.digest == found.loaded.digest):
            return False
        if self._base and not found.loaded.text:
            return False
        vocabulary = self.journal.library.vocabulary
        return bool(found.locked) or (
            merge(self._base, self.text, found.loaded.text, vocabulary) is None
        )

    def has_line(self, line: str) -> bool:
        """Whether the text that was read or saved last has this line."""
        return line in self._loaded.shown.split("\n")

    def look(self) -> str:
        """Notice what another program did to the file; gives a sentence, once, when it did.

        Changes elsewhere are taken into `shown` where they can be merged with what is unsaved;
        where they cannot, the next save puts this text in a file beside it.
        """
        stamp = self.journal.library.stamp(self.path)
        if stamp == self._noticed or (stamp and self._base and not is_settled(stamp)):
            return ""
        self._noticed = stamp
        if stamp is None:
            return "" if self.locked else _GONE
        try:
            found = self.journal.open(self.day, self.path)
        except UnreadableEntry as error:
            return str(error)
        loaded = self._opened.loaded
        if found.loaded is None:
            return ""
        if loaded and found.loaded.digest == loaded.digest:
            self._opened = self._opened._replace(loaded=found.loaded)
            return ""
        if self._base and not found.loaded.text:
            self._keep_version()
            return _EMPTIED
        mine, base = self.shown, self._loaded.shown
        theirs = plain_newlines(found.entry.text.removeprefix(_MARK))
        if self.is_dirty:
            merged = (
                None if found.locked else merge(base, mine, theirs, self.journal.library.vocabulary)
            )
            if merged is None:
                return _CONFLICT
            mine = merged
        else:
            mine = theirs
        draft = self._draft
        self._take(found)
        if mine != self.shown:
            self.edited(mine)
        if self.draft_fault or self._held is not None:
            # The earlier one is all there is of it.
            _close(draft)
        else:
            _clear(draft)
        return self.locked or _TAKEN_IN

    @property
    def _base(self) -> str:
        """What the file said when it was read last; "" for a day without one."""
        return self._opened.loaded.text if self._opened.loaded else ""

    def _keep_version(self) -> None:
        library = self.journal.library
        with suppress(OSError):
            library.history.keep(self.path, encode(self._base), self.journal.clock())

    def write_again(self) -> None:
        """Have the next save write a file that is no more; until then the draft holds all of it."""
        if not self.is_dirty:
            self._writes_again = True
            folder = self.journal.state / "drafts"
            self._draft = DraftLog(folder, self.day, self.path, None, "")
            self.edited(self.shown)


def _close(draft: DraftLog) -> None:
    """Leave a draft for the next start."""
    with suppress(OSError):
        draft.close()


def _clear(draft: DraftLog) -> None:
    """A draft that is left behind is offered once too often; that loses nothing."""
    try:
        draft.clear()
    except OSError:
        pass


def _keep_line(
    base: str, mine: str, theirs: str, cursor: tuple[int, int]
) -> tuple[str, tuple[int, int]] | None:
    """Return their text with my line at the cursor put in, and the cursor's place in it.

    None if the line isn't one that I wrote or changed, or if they changed it too.
    """
    old, new, lines = (text.split("\n") for text in (base, mine, theirs))
    row, column = cursor
    changed = [code for code in matched_lines(old, new) if code[0] != "equal"]
    line = new[row]
    if any(first <= row < last for *_, first, last in changed):
        if was := _earlier_line(changed, old, new, row):
            if lines.count(was) != 1:
                return None
            at = lines.index(was)
            return "\n".join([*lines[:at], line, *lines[at + 1 :]]), (at, column)
    elif column == 0 and any(row == last > first for *_, first, last in changed):
        # Below the lines that I finished, and before one that was there.
        line = ""
    else:
        return None
    at = 0
    for tag, first, last, their_first, _ in matched_lines(new, lines):
        if tag == "equal" and first < min(row, last):
            at = their_first + min(row, last) - first
    return "\n".join([*lines[:at], line, *lines[at:]]), (at, column)


def _earlier_line(
    changed: list[tuple[str, int, int, int, int]], old: list[str], new: list[str], row: int
) -> str:
    """Return the line of `old` that became the one at `row` of `new`; "" if none did."""

    def kept(before: str, after: str) -> int:
        return len(after) - sum(len(text) for _, _, text in smallest(before, after))

    for _, first, last, new_first, new_last in changed:
        if new_first <= row < new_last:
            was = max(old[first:last], key=lambda before: kept(before, new[row]), default="")
            became = max(new[new_first:new_last], key=lambda after: kept(was, after))
            return was if became == new[row] and kept(was, became) else ""
    return ""


def _beginning(opened: Opened) -> tuple[int, int]:
    """The row and column of the text below the title: what is typed there spoils no heading."""
    at = opened.entry.outline.title_at
    if at < 0:
        return 0, 0
    text = opened.entry.text
    row = plain_newlines(text[:at].removeprefix(_MARK)).count("\n")
    lines = plain_newlines(text.removeprefix(_MARK)).split("\n")
    for below in range(row + 1, len(lines)):
        # A title may be underlined.
        if lines[below].strip("=- \t"):
            return below, 0
    return len(lines) - 1, len(lines[-1])


def _location(opened: Opened) -> tuple[int, int]:
    """The row and column, as an editor counts them, of where the writing goes on."""
    before = plain_newlines(opened.entry.text[: opened.cursor].removeprefix(_MARK))
    return before.count("\n"), len(before) - before.rfind("\n") - 1
