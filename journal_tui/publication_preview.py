"""The preview of a publication: everything that would leave the journal, as lines for a terminal or a screen."""

from collections.abc import Sequence
from typing import Protocol

from journal_tui.counts import counted
from journal_tui.entry.sanitize import one_line
from journal_tui.publications import LocatedFinding, PublicationPlan, PublishedEntry
from journal_tui.publish.findings import (
    CUSTOMER,
    EMAIL,
    IMAGE,
    LEFT_OUT,
    LINK,
    PERHAPS_NAME,
    PERSON,
    PHONE,
    PLATE,
)

_HEADINGS = {
    PERSON: "People",
    CUSTOMER: "Customers",
    PERHAPS_NAME: "Words that may be names, published as they are",
    PLATE: "Possible number plates",
    EMAIL: "E-mail addresses",
    PHONE: "Possible phone numbers",
    LINK: "Links",
    IMAGE: "Images",
    LEFT_OUT: "Left out",
}
_MAX_WORDS, _MAX_ENTRIES = 60, 40
_NEW = "*"


class Say(Protocol):
    """A function that takes a line of output; the rest of a long one may begin in the column `hanging`."""

    def __call__(self, text: str = "", hanging: int = 0) -> None:
        """Take a line of output."""


def show_plan(plan: PublicationPlan, say: Say) -> None:
    """Say what would leave: the entries, what was found in them, and which files change."""
    if not plan.entries:
        say(
            "No entry is marked, so nothing would be published. To mark one, begin it with these three lines: ---, "
            "publish: true, ---."
        )
    else:
        _show_entries(plan.entries, say)
    if plan.query:
        taken = sum(it.is_by_query for it in plan.entries)
        say(
            f"The search “{one_line(plan.query)}” in journal.toml takes in {counted(taken, 'entry')}."
        )
    withdrawn = [one_line(title) for title in plan.withdrawn]
    _show_entries_that(("is no longer published", "are no longer published"), withdrawn, say)
    refused = [f"{one.path}: {one_line(one.why)}" for one in plan.refused]
    _show_entries_that(("isn't published", "aren't published"), refused, say)
    show_found(plan.found, say)
    if not plan.entries and not plan.removes_files:
        return
    say()
    if not plan.generator:
        say(f"The blog is called “{one_line(plan.title)}”.")
    if not plan.options.base_url and not plan.generator:
        say("It has no address (publish.base-url), so there is no site map.")
    say(plan.summary())


def _show_entries(entries: Sequence[PublishedEntry], say: Say) -> None:
    number = len(entries)
    say(f"{counted(number, 'entry')} {'leaves' if number == 1 else 'leave'} the journal:")
    changed = [it for it in entries if it.state != "same"]
    for it in changed[:_MAX_ENTRIES]:
        by = ", by the search" if it.is_by_query else ""
        say(f"  {it.state:8} {one_line(it.title)} ({it.path}{by})", 11)
    if len(changed) > _MAX_ENTRIES:
        say(f"  and {len(changed) - _MAX_ENTRIES:,} more that are new or changed; --json lists all")
    if same := number - len(changed):
        say(f"  {same:,} as before")


def _show_entries_that(verbs: tuple[str, str], entries: Sequence[str], say: Say) -> None:
    if entries:
        say()
        say(f"{counted(len(entries), 'entry')} {verbs[len(entries) > 1]}:")
        for one in entries:
            say(f"  {one}", 4)


def show_found(found: Sequence[LocatedFinding], say: Say) -> None:
    """Say what was found in the entries that would leave, by kind."""
    for kind, heading in _HEADINGS.items():
        listed = [it for it in found if it.kind == kind]
        if not listed:
            continue
        say()
        if kind == PERHAPS_NAME:
            _show_words(heading, listed, say)
            continue
        say(f"{heading}:")
        by_result: dict[str, list[LocatedFinding]] = {}
        for it in listed:
            by_result.setdefault(
                it.leaves_as if kind in (PERSON, CUSTOMER) else it.text, []
            ).append(it)
        for result, its in by_result.items():
            say(f"  {_row(result, its)}", 6)
    if any(it.is_new for it in found):
        say()
        say(f"{_NEW} new since the last time")


def _row(result: str, its: Sequence[LocatedFinding]) -> str:
    entries = len({path for it in its for path in it.paths})
    sign = f"{_NEW} " if any(it.is_new for it in its) else ""
    where = (
        f" ({counted(entries, 'entry')})"
        if entries > 1 or not its[0].paths
        else f" ({its[0].paths[0]})"
    )
    first = its[0]
    if first.kind in (PERSON, CUSTOMER):
        names = ", ".join(dict.fromkeys(one_line(it.text) for it in its))
        said = (
            names if result in (it.text for it in its) and len(its) == 1 else f"{names} → {result}"
        )
        return f"{sign}{said}{where}"
    if first.leaves_as in (first.text, ""):
        return f"{sign}{one_line(first.text)}{where}"
    return f"{sign}{one_line(first.text)} → {first.leaves_as}{where}"


def _show_words(heading: str, listed: Sequence[LocatedFinding], say: Say) -> None:
    ordered = sorted(listed, key=lambda it: not it.is_new)
    words = [f"{_NEW if it.is_new else ''}{it.text}" for it in ordered[:_MAX_WORDS]]
    more = len(listed) - len(words)
    rest = f", and {more:,} more (--json lists all)" if more else ""
    say(f"{heading}: {', '.join(words)}{rest}.")


def plan_text(plan: PublicationPlan) -> str:
    """Return the preview as one text."""
    lines: list[str] = []

    def say(text: str = "", hanging: int = 0) -> None:
        lines.append(text)

    show_plan(plan, say)
    return "\n".join(lines)
