"""Publish the entries that are marked: show what would leave the journal, and write it to a folder.

A plan has every file that would be written, the findings that the writer should look at, such as names and
links, and the changes since the last publication. Only a plan can be written, so nothing leaves that wasn't shown.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from journal_tui import __version__
from journal_tui.counts import counted
from journal_tui.entry.links import path_from, relative_path
from journal_tui.entry.tokenizer import fold
from journal_tui.errors import (
    EntryError,
    JournalError,
    QueryError,
    SaveError,
    SettingsError,
    UsageError,
)
from journal_tui.publish.findings import PERHAPS_NAME, Finding, NameGuess, sorted_findings
from journal_tui.publish.generators import generator_files
from journal_tui.publish.image_metadata import CleanImage, DamagedImage, clean_image
from journal_tui.publish.options import PublishingOptions
from journal_tui.publish.pack import HANDOVER, PERSONAL
from journal_tui.publish.redaction import (
    PublishedLink,
    Redacted,
    Redactor,
    SourceEntry,
    publish_mark,
)
from journal_tui.publish.site import STYLE, TEMPLATES, Blog, Site, addresses

if TYPE_CHECKING:
    from journal_tui.journal import FolderPlan, Journal, LinkTarget

Progress = Callable[[int, int], None]
"""Called with how many entries are done, and how many there are."""
_OF_A_PACK = (f"{HANDOVER}/", f"{PERSONAL}/")
# How many words that are only at the beginning of sentences are looked up, and in how many other entries.
_MAX_UNDECIDED, _ENTRIES_TO_DECIDE = 200, 20
_PAGE_VERSION = 6
"""The version of the files' form: increase it whenever the same entries give different files."""


class LocatedFinding(NamedTuple):
    """A finding, such as a name or a link, with the paths of the entries that it is in.

    `leaves_as` is what leaves in its place, "" for nothing. `is_new` is whether the last publication lacked it.
    """

    kind: str
    text: str
    leaves_as: str
    paths: tuple[str, ...]
    is_new: bool


class PublishedEntry(NamedTuple):
    """An entry that would leave: its path, title and address, and whether only a search selected it.

    `state` is `new`, `changed` or `same`, compared with the last publication.
    """

    path: str
    title: str
    address: str
    is_by_query: bool
    state: str


class NotPublished(NamedTuple):
    """An entry that would have been published, and the end of a sentence about why it isn't."""

    path: str
    why: str


class PublicationPlan(NamedTuple):
    """What publishing would do: the entries, the findings in them, the files, and the changes in the folder.

    `folder` and `changes` are None if nothing is to be written. `generator` is the program for which the
    files are, or "" for pages. `title` is that of the blog. `withdrawn` are the titles of entries that are no
    longer published. `query` is the search in journal.toml that selects entries, or "". `record` is what the
    publication log keeps of this plan, to compare the next one with.
    """

    folder: Path | None
    generator: str
    title: str
    entries: Sequence[PublishedEntry]
    withdrawn: Sequence[str]
    found: Sequence[LocatedFinding]
    refused: Sequence[NotPublished]
    query: str
    options: PublishingOptions
    files: "dict[str, bytes]"
    changes: "FolderPlan | None"
    record: dict[str, Any]

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be written or removed."""
        return self.changes is not None and self.changes.is_empty

    @property
    def removes_files(self) -> bool:
        """Whether files of entries that are no longer published would be removed.

        `withdrawn` doesn't show it if the record of the earlier publication is lost or on another machine.
        """
        return bool(self.withdrawn or (self.changes and self.changes.removed))

    def summary(self) -> str:
        """Return a sentence about what would be written: “Files: 3 new, 1 changed, 2 removed.”"""
        if self.changes is None:
            return f"{counted(len(self.files), 'file')} in all."
        parts = [
            (len(self.changes.added), "new"),
            (len(self.changes.replaced), "changed"),
            (len(self.changes.removed), "removed"),
        ]
        said = ", ".join(f"{number:,} {word}" for number, word in parts if number)
        return f"Files: {said}." if said else "No file would change."


class SelectedEntry(NamedTuple):
    """An entry that may leave, and whether only a search selected it."""

    source: SourceEntry
    is_by_query: bool


class Publications:
    """Publishes entries of a journal, whose index has to be up to date."""

    def __init__(self, journal: "Journal") -> None:
        self.journal = journal

    def selected(self, query: str = "") -> tuple[list[SelectedEntry], list[NotPublished]]:
        """Return the entries that may leave, the earliest first, and those that should but can't.

        An entry may leave if it is marked or found by the query, but never if it says `publish: false`.
        Raise QueryError.
        """
        journal = self.journal
        asked = {hit.path for hit in journal.find(query, "entries")} if query else set()
        found: list[SelectedEntry] = []
        refused: list[NotPublished] = []
        for day, record in journal.index.newest():
            path = record["path"]
            try:
                text = journal.entries.stamped_text(path)[1]
            except FileNotFoundError:
                continue
            except JournalError as error:
                if path in asked:
                    refused.append(NotPublished(path, str(error).rstrip(".")))
                continue
            marked = publish_mark(text)
            if marked is None:
                marked = path in asked
            elif not marked and _seems_marked(text):
                why = "its front matter can't be read, or has publish more than once"
                refused.append(NotPublished(path, why))
            if marked:
                name = journal.entry_name(day, path)
                period = journal.entries.period_of(path)
                is_day = not period and not journal.entries.is_note(path)
                number = journal.number(day) if is_day else None
                source = SourceEntry(day, path, text, name, number, period.name if period else "")
                found.append(SelectedEntry(source, publish_mark(text) is None))
        found.sort(key=lambda it: (it.source.day, journal.entries.importance_key(it.source.path)))
        return found, refused

    def _selected_by_settings(self) -> tuple[list[SelectedEntry], list[NotPublished]]:
        try:
            return self.selected(self.journal.config.publish.query)
        except QueryError as error:
            raise SettingsError(
                f"The search of journal.toml (publish.query) can't be used: {error}"
            ) from None

    def plan(
        self, folder: Path | None, generator: str = "", progress: Progress | None = None
    ) -> PublicationPlan:
        """Return what publishing to a folder would do; nothing is written there.

        Raise SaveError for a folder that can't be used, and SettingsError for a search in journal.toml, or a
        template of the journal, that can't be used.
        """
        journal = self.journal
        options = journal.config.publish
        target = journal.published_folder(folder) if folder else None
        if target:
            target.check()
        selected, refused = self._selected_by_settings()
        redactor = self.redactor(options, selected)
        redacted = self.redacted(selected, redactor, progress)
        entries = [*zip(self._addresses(redacted), redacted, strict=True)]
        files = dict(self._files(entries, generator))
        last = journal.publication_log.last(str(target.folder)) if target else {}
        known = last.get("entries", {})
        listed = [
            PublishedEntry(it.source.path, it.title, address, one.is_by_query, _state(it, known))
            for (address, it), one in zip(entries, selected, strict=True)
        ]
        now = {it.source.path for it in redacted}
        found = self.found(redacted, last.get("found"))
        digests = {path: sha256(data).hexdigest() for path, data in files.items()}
        record = {
            "fingerprint": self._fingerprint(selected, generator),
            "entries": {it.source.path: [it.title, _digest(it)] for it in redacted},
            "found": [[it.kind, it.text, it.leaves_as] for it in found],
            "files": digests,
        }
        changes = target.plan(digests) if target else None
        if changes and any(path.startswith(_OF_A_PACK) for path in changes.removed):
            raise SaveError(
                f"Nothing was written: a pack is in {folder}, and its files would be removed. "
                "Choose another folder."
            )
        return PublicationPlan(
            target.folder if target else None,
            generator,
            self.blog().title,
            listed,
            [str(said[0]) for path, said in known.items() if path not in now],
            found,
            refused,
            options.query,
            options,
            files,
            changes,
            record,
        )

    def is_up_to_date(self, folder: Path, generator: str = "") -> bool:
        """Return whether the folder already has all that publishing would write, without making any of it."""
        target = self.journal.published_folder(folder)
        target.check()
        last = self.journal.publication_log.last(str(target.folder))
        files = last.get("files")
        if not isinstance(files, dict):
            return False
        selected, _ = self._selected_by_settings()
        if last.get("fingerprint") != self._fingerprint(selected, generator):
            return False
        plan = target.plan(files)
        return plan.is_empty and not plan.altered and not plan.foreign

    def apply(self, plan: PublicationPlan, progress: Progress | None = None) -> "FolderPlan":
        """Write the files of a plan; return what was done. Raise SaveError."""
        if plan.folder is None:
            raise UsageError("This plan has no folder to write to.")
        done = self.journal.published_folder(plan.folder).write(plan.files.items(), progress)
        self.journal.publication_log.note(str(plan.folder), plan.record)
        return done

    def blog(self) -> Blog:
        """Return the title, author and address of the blog from journal.toml."""
        said = self.journal.config.publish
        title = said.title or self.journal.name
        return Blog(title, said.language, said.author, said.base_url, said.description)

    def redactor(self, options: PublishingOptions, selected: Sequence[SelectedEntry]) -> Redactor:
        """Return the redactor for the selected entries, which are all that are published."""
        journal = self.journal
        published = {one.source.path for one in selected}
        names = journal.days_of_files()

        @cache
        def led_to(target: str, day: date, path: str) -> "LinkTarget":
            return journal.follow_link(target, day, path)

        def place(target: str, source: SourceEntry) -> PublishedLink | None:
            found = led_to(target, source.day, source.path)
            for entry in found.entries:
                if entry.path in published:
                    return PublishedLink(journal.entry_name(entry.day, entry.path), entry.path)
            for entry in found.entries:
                return PublishedLink(journal.entry_name(entry.day, entry.path), "")
            if found.day or found.period:
                day = found.day or (found.period.first if found.period else source.day)
                name = found.period.title if found.period else journal.entry_name(day, "")
                return PublishedLink(name, "")
            return None

        def image(target: str, source: SourceEntry) -> CleanImage | str:
            named = relative_path(target)
            path = path_from(source.path.rpartition("/")[0], named) if named else None
            if path is None:
                return "it isn't a file of the journal"
            try:
                data = journal.entries.attachment(path)
                return clean_image(data) if data is not None else "there is no such file"
            except EntryError as error:
                return str(error)
            except DamagedImage as error:
                return str(error)

        pseudonyms = journal.pseudonyms(options)
        # An entry may name someone whose title, such as Mrs, is only in a later entry.
        for one in selected:
            pseudonyms.note_names(one.source.text)
        return Redactor(options, pseudonyms, journal.vocabulary, place, image, names)

    @staticmethod
    def redacted(
        selected: Sequence[SelectedEntry], redactor: Redactor, progress: Progress | None
    ) -> list[Redacted]:
        """Return what leaves of the selected entries."""
        found: list[Redacted] = []
        for number, one in enumerate(selected):
            if progress:
                progress(number, len(selected))
            found.append(redactor.redact(one.source))
        if progress and selected:
            progress(len(selected), len(selected))
        return found

    def _addresses(self, redacted: Iterable[Redacted]) -> list[str]:
        entries = self.journal.entries
        named = []
        for it in redacted:
            period = entries.period_of(it.source.path)
            is_note = not period and entries.is_note(it.source.path)
            named.append((it.source.day, period.name if period else "", it.title, is_note))
        return addresses(named)

    def _files(
        self, entries: Sequence[tuple[str, Redacted]], generator: str
    ) -> Iterator[tuple[str, bytes]]:
        if generator:
            yield from generator_files(generator, entries)
            return
        own = self.journal.entries.own_templates((*TEMPLATES, STYLE))
        yield from Site(entries, self.blog(), self.journal.vocabulary, own).files()

    def found(self, redacted: Sequence[Redacted], last: object = None) -> list[LocatedFinding]:
        """Return the findings in what leaves, by kind, with the words that may be names.

        `last` are those in the record of the last publication, or None without one.
        """
        places: dict[Finding, dict[str, None]] = {}
        guess = NameGuess()
        for it in redacted:
            for one in it.found:
                places.setdefault(one, {})[it.source.path] = None
            for text in it.texts:
                guess.read(text, it.source.path)
        for word in guess.undecided()[:_MAX_UNDECIDED]:
            hits = islice(self.journal.find(f'"{word}"', "entries"), _ENTRIES_TO_DECIDE)
            guess.decide(word, (hit.file.text for hit in hits))
        known = {tuple(map(str, it)) for it in last} if isinstance(last, list) else set()
        for name, paths in guess.names():
            places[Finding(PERHAPS_NAME, name, name)] = dict.fromkeys(paths)
        return [
            LocatedFinding(
                *one, tuple(places[one]), bool(last is not None and tuple(one) not in known)
            )
            for one in sorted_findings(places)
        ]

    def _fingerprint(self, selected: Sequence[SelectedEntry], generator: str) -> str:
        """Return a digest of all that the files are made of."""
        journal = self.journal
        own = journal.entries.own_templates((*TEMPLATES, STYLE))
        people = [(name.term, name.first.isoformat()) for name in journal.mentions.all("@")]
        customers = [(it.key, it.name) for it in journal.customers_by_first_mention()]
        made = sha256()
        for part in (
            (__version__, _PAGE_VERSION, generator), journal.config.publish, self.blog(), sorted(own.items()),
            sorted(people), customers, sorted(journal.config.names.items()), journal.config.scale,
            journal.config.start, journal.config.counting, sorted(journal.days_of_files().items()),
            sorted(journal.config.note_sections.items()), self._linked_titles(selected),
        ):  # fmt: skip
            made.update(repr(part).encode("utf-8", "surrogatepass"))
        for one in selected:
            source = one.source
            made.update(repr((source, one.is_by_query)).encode("utf-8", "surrogatepass"))
            for path in self._images_of(source):
                made.update(path.encode("utf-8", "surrogatepass"))
        return made.hexdigest()

    def _linked_titles(self, selected: Sequence[SelectedEntry]) -> list[tuple[str, str]]:
        """Return the titles that wiki links name, each with the path of an entry that has it."""
        names = (re.findall(r"\[\[([^\]|#\n]+)", one.source.text) for one in selected)
        wanted = {_folded(name) for listed in names for name in listed}
        records = (record for _, record in self.journal.index.newest() if wanted)
        found = ((_folded(record["title"]), record["path"]) for record in records)
        return [pair for pair in found if pair[0] in wanted]

    def _images_of(self, source: SourceEntry) -> Iterator[str]:
        """Yield the digest of each image that an entry may show, or `none` for one that can't be read."""
        if "![" not in source.text:
            return
        for named in re.findall(r"!\[\[([^\]|]+)|!\[[^\]]*\](?:\(<?([^)\s>]+)|\[|$)|^\[[^\]]+\]:\s*(\S+)", source.text, re.MULTILINE):  # fmt: skip
            target = next(filter(None, named), "")
            path = path_from(source.path.rpartition("/")[0], relative_path(target) or "") or ""
            try:
                data = self.journal.entries.attachment(path) if path else None
            except EntryError:
                data = None
            yield sha256(data).hexdigest() if data is not None else "none"


def _seems_marked(text: str) -> bool:
    # Only front matter marks an entry: such a line in the text below it means nothing.
    front = re.split(r"^---[ \t]*\r?$", text, maxsplit=2, flags=re.MULTILINE)[1:2]
    form = r"^publish:\s*[\"']?(?:true|yes|on)\b"
    return any(re.search(form, it, re.MULTILINE | re.IGNORECASE) for it in front)


def _folded(title: str) -> str:
    return " ".join(fold(title).split())


def _state(it: Redacted, known: dict[str, Any]) -> str:
    before = known.get(it.source.path)
    if before is None:
        return "new"
    return "same" if before[1] == _digest(it) else "changed"


def _digest(it: Redacted) -> str:
    """Return a digest of what leaves of an entry."""
    said = (it.title, it.tags, it.summary, it.texts, sorted(it.images), it.links)
    return sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()[:16]
