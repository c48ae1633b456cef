"""What was thrown away and can be brought back for 30 days: deleted entries, discarded drafts."""

from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from journal_tui.errors import SaveError, UnreadableEntry
from journal_tui.library import drafts, reading

if TYPE_CHECKING:
    from journal_tui.library.drafts import Draft
    from journal_tui.library.library import Library, Saved
    from journal_tui.library.trash import Trashed


class Thrown(NamedTuple):
    """A deleted entry or a discarded draft of the entry at `path` below the journal.

    Entries have the numbers from 1, the last deleted first; the drafts follow in the same way.
    """

    number: int
    when: datetime
    path: str
    entry: "Trashed | None" = None
    draft: "Draft | None" = None

    def text(self) -> str:
        """What it says. Raises OSError."""
        if self.draft:
            return self.draft.text
        assert self.entry
        return reading.decode(reading.read_plain(self.entry.file, follow=False)[0])[0]


def listed(library: "Library") -> list[Thrown]:
    """All that is there; a draft whose text was saved after all is no more to be brought back."""
    found = [
        Thrown(entry.number, entry.when, entry.path, entry=entry)
        for entry in library.trash.listed()
    ]
    for when, draft in drafts.discarded(library.state / "trash"):
        if not _is_saved(library, draft):
            found.append(Thrown(len(found) + 1, when, draft.path, draft=draft))
    return found


def _is_saved(library: "Library", draft: "Draft") -> bool:
    # A draft may hold what no file can.
    data = draft.text.encode("utf-8", "surrogatepass")
    versions = library.history.versions(draft.path)
    if reading.digest(data) in {version.digest for version in versions}:
        return True
    try:
        return library.text(draft.path) == draft.text
    except (FileNotFoundError, UnreadableEntry):
        return False


def bring_back(library: "Library", thrown: Thrown, now: datetime) -> "Saved":
    """Write it to its place and take it out of the trash.

    Raises SaveError, with nothing changed, where an entry's place is taken by another.
    A draft is merged with what was written since, or put beside it.
    """
    if thrown.draft:
        saved = restore(library, thrown.draft, now)
        if not saved.unconfirmed:
            # One that stays is listed no more: its text is saved.
            with suppress(OSError):
                thrown.draft.file.unlink(missing_ok=True)
        return saved
    assert thrown.entry
    saved = _put_back(library, thrown.entry, now)
    if not saved.unconfirmed:
        library.trash.forget(thrown.entry)
    return saved


def _put_back(library: "Library", entry: "Trashed", now: datetime) -> "Saved":
    """Byte for byte: what is no UTF-8 text comes back too."""
    path = entry.path
    try:
        data, _ = reading.read_plain(entry.file, follow=False)
    except OSError as error:
        why = error.strerror or error
        raise SaveError(f"{path} cannot be read in the trash ({why}).") from None
    if library.stamp(path) is not None:
        raise SaveError(
            f"{path} has been written again. Delete that first; it goes to the trash too."
        )
    return library.replace_bytes(path, data, None, now)


def restore(library: "Library", draft: "Draft", now: datetime) -> "Saved":
    """Save a draft as its session would have: what changed since is merged or kept beside it."""
    opened = reading.Loaded(draft.base, draft.opened, "") if draft.opened else None
    return library.save(draft.path, draft.text, opened, draft.base, now)
