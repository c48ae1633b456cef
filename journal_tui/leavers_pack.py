"""A leaver's pack of a journal: plan it, and write it to a folder.

The handover half is for a successor, the personal half for the author. An entry is in a half if it is marked with
`publish: true` or found by the search of that half; one that says `publish: false` never is.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from journal_tui.entry.model import CLOSED
from journal_tui.entry.relative_time import plain_date
from journal_tui.errors import SaveError
from journal_tui.publications import LocatedFinding, NotPublished, Progress, Publications
from journal_tui.publish.options import PublishingOptions
from journal_tui.publish.pack import HANDOVER, PERSONAL, CustomerSaid, PackMaker
from journal_tui.publish.redaction import Redacted, Redactor

if TYPE_CHECKING:
    from journal_tui.customers.loop import Loop
    from journal_tui.journal import FolderPlan, Journal


class HalfPlan(NamedTuple):
    """What would be in a half: its search, its entries as path and title, and the findings in them."""

    name: str
    query: str
    entries: Sequence[tuple[str, str]]
    found: Sequence[LocatedFinding]


class PackPlan(NamedTuple):
    """What writing a pack would do; nothing of a half without entries is written."""

    folder: Path
    halves: Sequence[HalfPlan]
    refused: Sequence[NotPublished]
    files: "dict[str, bytes]"
    changes: "FolderPlan"

    @property
    def is_empty(self) -> bool:
        """Whether no entry would be in the pack."""
        return not any(half.entries for half in self.halves)


class LeaversPack:
    """The pack of a journal, whose index has to be up to date."""

    def __init__(self, journal: "Journal") -> None:
        self.journal = journal
        self._publications = Publications(journal)

    def plan(
        self,
        folder: Path,
        handover: str = "",
        personal: str = "",
        *,
        names: bool = False,
        progress: Progress | None = None,
    ) -> PackPlan:
        """Return what would be in a pack; nothing is written.

        With `names`, the handover half names people and customers. Raise SaveError for a folder that can't be
        used, and QueryError for a search that can't be parsed.
        """
        target = self.journal.published_folder(folder)
        target.check()
        said = self.journal.config.publish
        for_successor = PublishingOptions(
            named=said.named, people=names, customers=names, follow_ups=True
        )
        for_oneself = PublishingOptions(named=said.named, ratings=True)
        files: dict[str, bytes] = {}
        halves: list[HalfPlan] = []
        refused: dict[NotPublished, None] = {}
        for name, query, options in (
            (HANDOVER, handover, for_successor),
            (PERSONAL, personal, for_oneself),
        ):
            selected, not_taken = self._publications.selected(query)
            refused |= dict.fromkeys(not_taken)
            redactor = self._publications.redactor(options, selected)
            redacted = self._publications.redacted(selected, redactor, progress)
            maker = PackMaker(redacted, self.journal.vocabulary, said.language)
            if name == HANDOVER and redacted:
                files |= dict(maker.handover([*self._customers(redacted, redactor)]))
            elif redacted:
                files |= dict(maker.personal())
            entries = [(it.source.path, it.title) for it in redacted]
            halves.append(HalfPlan(name, query, entries, self._publications.found(redacted)))
        digests = {path: target.digest_of(data) for path, data in files.items()}
        changes = target.plan(digests)
        if any(path.partition("/")[0] not in (HANDOVER, PERSONAL) for path in changes.removed):
            raise SaveError(
                f"Nothing was written: a blog was published to {target.folder}, and its files would be "
                "removed. Choose another folder."
            )
        return PackPlan(target.folder, halves, [*refused], files, changes)

    def apply(self, plan: PackPlan, progress: Progress | None = None) -> "FolderPlan":
        """Write a pack to files that only their owner can read; return what was done. Raise SaveError."""
        target = self.journal.published_folder(plan.folder)
        return target.write(plan.files.items(), progress, private=True)

    def _customers(
        self, redacted: Sequence[Redacted], redactor: Redactor
    ) -> Iterator[CustomerSaid]:
        """Yield what customers said and were promised in these entries."""
        paths = {it.source.path for it in redacted}
        pseudonyms = redactor.pseudonyms
        for loop in self.journal.without_private_passages(self.journal.customer_loops()):
            if loop.place.path not in paths:
                continue
            promises = tuple(_promises(loop, paths, redactor))
            said = redactor.text(loop.text) if loop.is_feedback else ""
            for key in loop.customers:
                named = pseudonyms.may_name_customer(key)
                customer = pseudonyms.customer_name(key) if named else pseudonyms.of_customer(key)
                yield CustomerSaid(customer, loop.place.day, said, promises)


def _promises(loop: "Loop", paths: set[str], redactor: Redactor) -> Iterator[str]:
    for made in loop.promises:
        promise = made.promise
        if made.place.path not in paths:
            continue
        facts = promise.state if promise.state in CLOSED else "open"
        if promise.due and promise.state not in CLOSED:
            facts += f", due {plain_date(promise.due)}"
        yield f"{redactor.text(promise.text)} ({facts})"
