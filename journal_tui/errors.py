"""The tree of errors: each is one plain sentence for the person, saying what and what to do."""


class JournalError(Exception):
    """Anything that journal tells its user about; `str()` is one plain sentence, never entry text."""

    exit_code = 1


class UsageError(JournalError):
    """The person asked for something that cannot be asked that way."""

    exit_code = 2


class NoJournal(UsageError):
    """No journal was found, or the folder named is not one."""


class ForeignJournal(UsageError):
    """The journal that one stands in belongs to another user, and was not named."""


class WhenError(UsageError):
    """Words that name no day; the sentence says which forms do."""


class QueryError(UsageError):
    """A search that cannot be read; `column` is the 0-based place of what is wrong in the query.

    What stands before `begin` can be searched for by itself.
    """

    def __init__(self, sentence: str, column: int = 0, begin: int | None = None) -> None:
        super().__init__(sentence)
        self.column = column
        self.begin = column if begin is None else begin


class SettingsError(JournalError):
    """A journal.toml or settings file that cannot be used, with its path."""


class EntryError(JournalError):
    """A change that this entry cannot take."""


class UnreadableEntry(EntryError):
    """A file that is no text of an entry: binary, too large, not a plain file, no permission."""


class SaveError(JournalError):
    """The entry was not saved; the file is as it was, where the sentence does not say otherwise."""


class IndexBusy(JournalError):
    """Another process has been writing the index for longer than one waits."""
