"""Rename or merge a tag, a person or a customer in all entries: plan it, do it, and undo it.

A plan says which lines of which entries would change. Only entries that are still as they were when
planned are changed, each by a save that keeps its earlier version. The edits that undo the renaming are
logged first, so that a renaming that is interrupted can be finished or undone.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from journal_tui.counts import counted
from journal_tui.customers.visit import TAG
from journal_tui.entry.edit import TextEdit, apply
from journal_tui.entry.entry import Entry
from journal_tui.entry.line_map import LINE_END, line_start
from journal_tui.entry.mention_changes import check_name, check_pair, is_mentioned, rename
from journal_tui.entry.merge import merge
from journal_tui.entry.tokenizer import term_of
from journal_tui.errors import EntryError, JournalError, SaveError, UnreadableEntry, UsageError

if TYPE_CHECKING:
    from journal_tui.journal import Journal, LoadedFile, LoggedRename, Name, RenamedEntry

Progress = Callable[[int, int], None]
"""Called with how many entries are done, and how many there are."""
_CHANGED = "it has changed since"
_CUSTOMER = f"#{TAG}"
# The sign that a name has elsewhere, but not as the value of one of these fields: waiting:ann.
_SIGNS = {"waiting": "@", "customer": _CUSTOMER, "theme": "#"}


class LineChange(NamedTuple):
    """A line that a renaming changes: its number from 1, and its text before and after."""

    line: int
    before: str
    after: str


class EntryChange(NamedTuple):
    """An entry that a renaming changes: its day and path, its text and digest, and the edits."""

    day: date
    path: str
    text: str
    digest: str
    edits: Sequence[TextEdit]

    @property
    def lines(self) -> list[LineChange]:
        """The lines that change, in order."""
        return list(_lines(self.text, self.edits))


class SkippedEntry(NamedTuple):
    """An entry that isn't changed, and the end of a sentence about why."""

    path: str
    why: str


class RenamePlan(NamedTuple):
    """What a renaming would do. `old` is the folded name and `new` the one to write, with signs.

    `uses` says how the old name is used, and `existing` how the new one is already, or is None: if it is
    used, the two are merged. `nested` are the tags nested in the old one, which are renamed as well.
    `searches` are the names of saved searches that have the old name, and `settings` those of
    other settings in journal.toml; both stay as they are.
    """

    old: str
    new: str
    uses: "Name"
    existing: "Name | None"
    nested: Sequence[str]
    entries: Sequence[EntryChange]
    skipped: Sequence[SkippedEntry]
    searches: Sequence[str] = ()
    settings: Sequence[str] = ()

    @property
    def line_count(self) -> int:
        """How many lines change."""
        return sum(len(entry.lines) for entry in self.entries)

    @property
    def is_merge(self) -> bool:
        """Whether the new name is already used."""
        return self.existing is not None and self.existing.term != self.old

    def summary(self) -> str:
        """Return a sentence about what changes: “12 lines of 9 entries change.”"""
        if not self.entries:
            return "No line changes."
        lines, entries = counted(self.line_count, "line"), counted(len(self.entries), "entry")
        return f"{lines} of {entries} change{'s' if self.line_count == 1 else ''}."

    def notes(self) -> list[str]:
        """Return sentences to show before the changes: what is merged, what is nested, what stays."""
        found: list[str] = []
        if self.is_merge and self.existing:
            days = counted(self.existing.days, "day")
            found.append(
                f"{self.old[0]}{self.existing.spelled} is already used, on {days}: the two are merged."
            )
        if self.nested:
            named = ", ".join(self.nested[:3]) + (" and others" if len(self.nested) > 3 else "")
            found.append(f"The tags nested in it are renamed too: {named}.")
        if self.searches:
            found.append(f"These saved searches stay as they are: {', '.join(self.searches)}.")
        if self.settings:
            found.append(
                f"journal.toml keeps the old name in {', '.join(self.settings)}: change it there, too."
            )
        return found


class RenameResult(NamedTuple):
    """The result of a renaming, or of undoing one: how many entries were changed, and which weren't.

    `untried` is how many entries weren't tried, because the renaming was stopped. `failed` is how many
    of the skipped ones couldn't be read or saved while undoing; if any, the undo can be repeated.
    """

    old: str
    new: str
    changed: int
    skipped: Sequence[SkippedEntry]
    warnings: Sequence[str] = ()
    untried: int = 0
    failed: int = 0


class StoppedRename(NamedTuple):
    """A renaming that stopped halfway: how many of its entries were changed."""

    old: str
    new: str
    changed: int
    entries: int

    def __str__(self) -> str:
        return (
            f"Renaming {self.old} to {self.new} stopped halfway: {self.changed:,} of "
            f"{counted(self.entries, 'entry')} {'has' if self.changed == 1 else 'have'} the new name."
        )


class Renames:
    """The renamings of tags and people in a journal."""

    def __init__(self, journal: "Journal") -> None:
        self.journal = journal

    def plan(self, old: str, new: str, progress: Progress | None = None) -> RenamePlan:
        """Return what renaming a tag or a person would change; nothing is written.

        The index has to be up to date. Raise UsageError if a name can't be used or isn't there.
        """
        new, term = check_name(new), term_of(" ".join(old.split()))
        if term[:1] not in ("#", "@") or len(term) < 2:
            raise UsageError(f"“{old}” isn't a tag or a person. Write it with its # or @.")
        check_pair(term, new)
        mentions = self.journal.mentions
        # A customer may be named without its tag.
        notes = self._notes_of_customer(term)
        uses = mentions.one(term) or self.journal.customer_uses(term)
        if uses is None:
            alike = mentions.complete(term[:3], 3)
            advice = f" Did you mean {' or '.join(alike)}?" if alike else ""
            raise UsageError(f"No entry mentions {old}.{advice}")
        entries: list[EntryChange] = []
        skipped: list[SkippedEntry] = []
        files = list(dict.fromkeys([*mentions.files(term), *notes]))
        for number, (day, path) in enumerate(files):
            if progress:
                progress(number, len(files))
            try:
                if change := self._change(day, path, term, new):
                    entries.append(change)
            except FileNotFoundError:
                skipped.append(SkippedEntry(path, "it is gone"))
            except JournalError as error:
                skipped.append(SkippedEntry(path, str(error).rstrip(".")))
        if progress and files:
            progress(len(files), len(files))
        existing = mentions.named(term_of(new)) or self.journal.customer_uses(term_of(new))
        nested = mentions.nested(term)
        if term == term_of(new):
            # Only the spelling changes, and a search finds every spelling of a name.
            return RenamePlan(term, new, uses, existing, nested, entries, skipped)
        queries = self.journal.saved_searches.all().items()
        searches = [name for name, query in queries if _has_name(query, term)]
        return RenamePlan(
            term, new, uses, existing, nested, entries, skipped, searches, self._settings(term)
        )

    def _change(self, day: date, path: str, term: str, new: str) -> EntryChange | None:
        """Return the change of an entry; None if nothing in it changes. Raise EntryError."""
        entries = self.journal.entries
        loaded = entries.load(path)
        entry = Entry(day, loaded.text, self.journal.vocabulary)
        edits = rename(entry, term, new)
        if term.startswith(_CUSTOMER) and new.startswith(_CUSTOMER):
            from journal_tui.customers.changes import name_customer

            old, key = (name.removeprefix(_CUSTOMER) for name in (term, term_of(new)))
            edits += name_customer(entry, self.journal.kind_of_note(path, entry), old, key)
        if not edits:
            return None
        why = loaded.read_only_reason or entries.protection(path)
        if why:
            raise EntryError(why)
        return EntryChange(day, path, loaded.text, loaded.digest, edits)

    def _notes_of_customer(self, term: str) -> list[tuple[date, str]]:
        """Return the notes about the customer of a tag."""
        if not term.startswith(_CUSTOMER):
            return []
        key = term.removeprefix(_CUSTOMER)
        notes = self.journal.customer_notes()
        return [(it.day, it.path) for it in notes if key in it.visit.customers]

    def _settings(self, term: str) -> list[str]:
        """Return the names of the settings in journal.toml, besides searches, that contain a name."""
        config = self.journal.config
        texts = [(f"templates.{key}", text) for key, text in config.templates.items()]
        for key, kind in config.notes.items():
            texts += (
                [(f"notes.{key}.template", kind["template"])] if kind and "template" in kind else []
            )
        named = (it if it[:1] in ("#", "@") else _CUSTOMER + it for it in config.publish.named)
        return [
            *(f"customers.{key}" for key in config.customers if _is_of(f"{_CUSTOMER}{key}", term)),
            *(["publish.query"] if _has_name(config.publish.query, term) else ()),
            *(["publish.named"] if any(_is_of(name, term) for name in named) else ()),
            *(name for name, text in texts if self._mentions(text, term)),
        ]

    def _mentions(self, text: str, term: str) -> bool:
        return is_mentioned(Entry(self.journal.today(), text, self.journal.vocabulary), term)

    def apply(
        self,
        plan: RenamePlan,
        progress: Progress | None = None,
        stop: Callable[[], bool] = lambda: False,
    ) -> RenameResult:
        """Change the entries of a plan that are still as planned, and bring the index up to date.

        Raise EntryError in a sample journal, and SaveError if the edits that undo the renaming can't be
        logged: then nothing was changed.
        """
        journal = self.journal
        journal.entries.check_writable()
        if not plan.entries:
            return RenameResult(plan.old, plan.new, 0, plan.skipped)
        changed, untried = 0, 0
        skipped, warnings = [*plan.skipped], list[str]()
        with journal.renaming_lock():
            number = self._begin(plan)
            for at, entry in enumerate(plan.entries):
                if stop():
                    untried = len(plan.entries) - at
                    break
                try:
                    text = apply(entry.text, entry.edits)
                    saved = journal.entries.replace_text(
                        entry.path, text, entry.digest, journal.clock()
                    )
                except SaveError as error:
                    skipped.append(SkippedEntry(entry.path, self._why(entry, error)))
                else:
                    changed += 1
                    warnings += [saved.warning] if saved.warning else []
                if progress:
                    progress(at + 1, len(plan.entries))
            if not untried:
                journal.rename_log.note(number, "done")
        self._refresh()
        return RenameResult(plan.old, plan.new, changed, skipped, warnings, untried)

    def _why(self, entry: EntryChange, error: SaveError) -> str:
        try:
            if self.journal.entries.load(entry.path).digest != entry.digest:
                return _CHANGED
        except (FileNotFoundError, EntryError):
            return _CHANGED
        return str(error).rstrip(".")

    def _begin(self, plan: RenamePlan) -> int:
        """Log the edits that undo a renaming, and return its number in the log.

        Those of an earlier run of the same renaming that stopped halfway are logged with them.
        """
        log, entries = self.journal.rename_log, self.journal.entries
        steps = [
            (
                it.path,
                it.digest,
                entries.digest_of(apply(it.text, it.edits)),
                _inverse_edits(it.text, it.edits),
            )
            for it in plan.entries
        ]
        before = log.latest()
        is_same = before is not None and (before.old, before.new) == (plan.old, plan.new)
        if before is None or before.is_finished or not is_same:
            return log.begin(plan.old, plan.new, self._now, steps)
        planned = {it.path for it in plan.entries}
        carried = [
            it
            for it in before.entries
            if it.path not in planned and self._digest(it.path) != it.before
        ]
        number = log.begin(plan.old, plan.new, self._now, [*carried, *steps])
        log.drop(before.number)
        return number

    @property
    def _now(self) -> str:
        return self.journal.clock().isoformat(timespec="seconds")

    def _digest(self, path: str) -> str:
        """Return the digest of an entry's file; "" if it can't be read."""
        try:
            return self.journal.entries.load(path).digest
        except (FileNotFoundError, EntryError):
            return ""

    def stopped(self) -> StoppedRename | None:
        """Return the latest renaming if it stopped halfway, or None."""
        log = self.journal.rename_log.latest()
        if log is None or log.is_finished:
            return None
        digests = [(it, self._digest(it.path)) for it in log.entries]
        if not any(digest == it.before for it, digest in digests):
            return None
        changed = sum(digest == it.after for it, digest in digests)
        return StoppedRename(log.old, log.new, changed, len(log.entries))

    def undoable(self) -> "LoggedRename | None":
        """Return the renaming that `undo` would undo, or None."""
        return self.journal.rename_log.latest()

    def undo(self, progress: Progress | None = None) -> RenameResult:
        """Undo the latest renaming: write the mentions that it changed as they were before.

        An entry that was edited since keeps its later edits; if they are in the lines of the renaming, the entry
        stays as it is. If an entry can't be read or saved, the undo can be repeated. Raise
        EntryError if there is nothing to undo.
        """
        journal = self.journal
        journal.entries.check_writable()
        changed, skipped, warnings, failed = 0, list[SkippedEntry](), list[str](), 0
        with journal.renaming_lock():
            log = journal.rename_log.latest()
            if log is None:
                raise EntryError("There is no renaming to undo.")
            for at, entry in enumerate(log.entries):
                try:
                    loaded = journal.entries.load(entry.path)
                    text = self._text_before(log, entry, loaded)
                    if text is not None:
                        saved = journal.entries.replace_text(
                            entry.path, text, loaded.digest, journal.clock()
                        )
                        changed += 1
                        warnings += [saved.warning] if saved.warning else []
                except FileNotFoundError:
                    skipped.append(SkippedEntry(entry.path, "it is gone"))
                except JournalError as error:
                    skipped.append(SkippedEntry(entry.path, str(error).rstrip(".")))
                    failed += isinstance(error, SaveError | UnreadableEntry)
                if progress:
                    progress(at + 1, len(log.entries))
            if not failed:
                journal.rename_log.note(log.number, "undone")
        self._refresh()
        return RenameResult(log.old, log.new, changed, skipped, warnings, failed=failed)

    def _text_before(
        self, log: "LoggedRename", entry: "RenamedEntry", loaded: "LoadedFile"
    ) -> str | None:
        """Return an entry's text with the renaming undone; None if it doesn't have the new name.

        Raise EntryError if the lines were edited since.
        """
        if loaded.digest == entry.before:
            return None
        back = [TextEdit(*edit) for edit in entry.back]
        if loaded.digest == entry.after:
            return apply(loaded.text, back)
        if loaded.read_only_reason:
            raise EntryError(loaded.read_only_reason)
        renamed = self._version(entry)
        if renamed is None:
            day = self.journal.entries.day_of(entry.path) or self.journal.today()
            now = Entry(day, loaded.text, self.journal.vocabulary)
            if not is_mentioned(now, term_of(log.new)):
                return None
            raise EntryError(f"{_CHANGED}, and the text from then is no longer kept")
        text = merge(renamed, apply(renamed, back), loaded.text, self.journal.vocabulary)
        if text is None:
            raise EntryError(f"{_CHANGED}, in the same lines")
        return None if text == loaded.text else text

    def _version(self, entry: "RenamedEntry") -> str | None:
        """Return the text that the renaming wrote, from the entry's history, or None."""
        for version in self.journal.history.versions(entry.path):
            if version.digest == entry.after:
                with suppress(OSError):
                    return version.load()[0]
        return None

    def _refresh(self) -> None:
        try:
            self.journal.refresh()
        except JournalError:
            # The next refresh finds the changes.
            return


def _is_of(name: str, term: str) -> bool:
    """Return whether a name with its sign is that of a term, or a tag nested in it."""
    found = term_of(name)
    return found == term or found.startswith(f"{term}/")


def _has_name(query: str, term: str) -> bool:
    """Return whether a search contains a tag, a person or a customer, also as the value of a field."""
    for word in query.split():
        field, _, value = word.strip("()-").rpartition(":")
        value = value.strip('()"')
        sign = "" if value.startswith(("#", "@")) else _SIGNS.get(field.casefold(), "")
        if _is_of(sign + value, term):
            return True
    return False


def _lines(text: str, edits: Sequence[TextEdit]) -> Iterator[LineChange]:
    """Yield each line that the edits change once, even if it has several of them."""
    at, ordered = 0, sorted(edits)
    while at < len(ordered):
        start = line_start(text, ordered[at].start)
        ending = LINE_END.search(text, ordered[at].end)
        end = ending.start() if ending else len(text)
        here = [edit for edit in ordered[at:] if edit.end <= end]
        shifted = [edit._replace(start=edit.start - start, end=edit.end - start) for edit in here]
        before = text[start:end]
        line = 1 + len(LINE_END.findall(text, 0, start))
        yield LineChange(line, before, apply(before, shifted))
        at += len(here)


def _inverse_edits(text: str, edits: Sequence[TextEdit]) -> list[tuple[int, int, str]]:
    """Return the edits that turn the new text back into the old one."""
    found: list[tuple[int, int, str]] = []
    shift = 0
    for start, end, new in sorted(edits):
        found.append((start + shift, start + shift + len(new), text[start:end]))
        shift += len(new) - (end - start)
    return found
