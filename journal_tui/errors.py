"""The errors of journal; each message says in plain words what happened, then what to do."""


class JournalError(Exception):
    """Any error that is shown to the user; `str()` is its message, which has no text of an entry."""

    exit_code = 1


class UsageError(JournalError):
    """A command, an option or an argument that can't be used as given."""

    exit_code = 2


class NoJournal(UsageError):
    """No journal was found, or the folder given isn't a journal."""


class UnavailableJournal(NoJournal):
    """The folder given, or named in the settings, is missing or isn't a journal."""


class JournalExists(NoJournal):
    """A journal can't be made in a folder, because the folder already is one."""


class ForeignJournal(UsageError):
    """The journal in the current folder belongs to another user, and wasn't given by name."""


class WhenError(UsageError):
    """Words that aren't a date or a period; the message lists the forms that are."""


class QueryError(UsageError):
    """A query that can't be parsed; `column` is the offset of the mistake, from 0.

    The part of the query before the offset `begin` can be searched for by itself.
    """

    def __init__(self, sentence: str, column: int = 0, begin: int | None = None) -> None:
        super().__init__(sentence)
        self.column = column
        self.begin = column if begin is None else begin


class SettingsError(JournalError):
    """A journal.toml or settings.toml that can't be used; the message includes its path."""


class UneditableSettings(SettingsError):
    """A file of settings in which a value can't be changed without changing more; it is as it was."""


class WrongSetting(SettingsError):
    """A value in a file of settings that can't be used: the setting's `name`, and what is `wanted`."""

    def __init__(self, path: object, name: str, wanted: str) -> None:
        super().__init__(f"{path}: `{name}` should be {wanted}.")
        self.name, self.wanted = name, wanted


class EntryError(JournalError):
    """A change that can't be made to an entry."""


class UnreadableEntry(EntryError):
    """A file that can't be read as an entry: binary, too large, not a plain file, no permission."""


class SaveError(JournalError):
    """The entry was not saved; the file is as it was unless the message says otherwise."""


class DocumentExists(JournalError):
    """A document wasn't written, because there is a file of that name."""

    def __init__(self, file: object) -> None:
        super().__init__(f"Nothing was written: {file} already exists. Choose another name.")


class IndexBusy(JournalError):
    """Another process has held the lock of the index for more than ten seconds."""
