"""Look at a folder that isn't a journal yet: what is in it, and how its owner writes.

Nothing is written, and no file stays open.
"""

import shlex
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from journal_tui.counts import counted
from journal_tui.entry.conventions import Conventions, HeadingUse, conventions
from journal_tui.entry.line_map import shortened
from journal_tui.entry.markdown_lines import OPEN_BOX
from journal_tui.entry.model import FEEDBACK, FOLLOW_UP, LEARNING
from journal_tui.library import file_reader, naming
from journal_tui.library.config import Proposal
from journal_tui.library.folder_pattern import (
    NamedFile,
    forms,
    latest_files,
    named_files,
    pattern_of,
    shown_pattern,
)
from journal_tui.library.scan import LeftOutFiles, Scan, scan

if TYPE_CHECKING:
    from journal_tui.entry.entry import Entry
    from journal_tui.entry.vocabulary import Vocabulary

MAX_SAMPLED = 300
LARGEST_SAMPLED = 200_000
SCAN_SECONDS = 5.0
SAMPLE_SECONDS = 1.5
READ_SECONDS, UNREAD_SECONDS = 2.5, 1.0
GLANCED_AT, GLANCE_SECONDS = 60, 0.5
"""The limits of a survey in files, bytes and seconds: a folder may be a whole, or slow, disk."""
PROGRESS_SECONDS = 0.1
MAX_FORMS = 4
MAX_HEADINGS = 6
MAX_REMARKED = 12
LONGEST_EXAMPLE = 60
FOLDERS = frozenset({"tools", "linked"})
"""The kinds of reasons for which folders, not files, are left out."""
DATED = frozenset(
    {"invalid", "order", "inside", "words", "short year", "folder", "format", "period", "copy"}
)
"""The kinds of reasons for which a file is left out although a person sees a date in its path."""
# The names of folders that static site generators and web servers publish.
_PUBLISHED = frozenset(
    [
        "blog",
        "blogs",
        "content",
        "contents",
        "docs",
        "drafts",
        "htdocs",
        "post",
        "posts",
        "public",
        "public_html",
        "site",
        "website",
        "www",
    ]
)
_NO_DAY = date(2000, 1, 1)
_SECTION_WORDS = {LEARNING: "Learning points", FEEDBACK: "Feedback", FOLLOW_UP: "Follow-ups"}

Progress = Callable[[str], None]
"""A function that gets a few words about how far a survey is, at most ten times a second."""


class ReadCounts(NamedTuple):
    """What the app reads in a number of texts, by the section names that the survey proposes.

    `with_points` is the number of texts with learning points, and `rated` that of texts with a rating;
    `rating` is one of their lines. `open` counts the open follow-ups, `closed` those that are done or
    were dropped, and `problems` what `journal check` would report.
    """

    texts: int = 0
    points: int = 0
    with_points: int = 0
    open: int = 0
    closed: int = 0
    rated: int = 0
    rating: str = ""
    problems: int = 0

    def is_half(self, count: int, texts: int, of: int) -> bool:
        """Return whether the share of `count` in these texts is at least half that of `texts` in `of`."""
        return count * 2 * of >= texts * self.texts

    def with_entry(self, entry: "Entry") -> "ReadCounts":
        """Return the counts with those of one more entry."""
        points, tasks, outline = len(entry.points), entry.tasks, entry.outline
        done, rating = sum(task.is_closed for task in tasks), self.rating
        if entry.rating and not rating and outline.rating_start is not None:
            line = entry.text[outline.rating_start :].partition("\n")[0]
            rating = shortened(line.strip(), LONGEST_EXAMPLE)
        return ReadCounts(
            self.texts + 1,
            self.points + points,
            self.with_points + bool(points),
            self.open + len(tasks) - done,
            self.closed + done,
            self.rated + (entry.rating is not None),
            rating,
            self.problems + len(outline.problems),
        )


class Survey(NamedTuple):
    """What is in a folder. `first` and `last` are the days of the earliest and the latest entry.

    `periods` is how many of the entries are notes of weeks, months, quarters and years. `forms` are
    the patterns of the other entries' names with the number of each, most used first, and `file` is
    the pattern proposed for new entries, or "" if there are no entries. `left_out` says what isn't
    read, by the keys of `naming.REASONS`. `is_complete` is false if time ran out.
    `shared_days` is the number of days for which several files claim to be the day's own.
    `conventions` come from a sample, and `read` is what is read in as many texts as there is time for.
    `unread` is what would be read in the `unread_files` text files that aren't entries.
    """

    root: Path
    entries: int
    periods: int
    first: date | None
    last: date | None
    forms: tuple[tuple[str, int], ...]
    file: str
    left_out: dict[str, LeftOutFiles]
    is_complete: bool
    conventions: Conventions
    read: ReadCounts
    shared_days: int = 0
    unread_files: int = 0
    unread: ReadCounts = ReadCounts()

    @property
    def files(self) -> int:
        """The number of files, without those in folders that were left out."""
        left = sum(found.number for kind, found in self.left_out.items() if kind not in FOLDERS)
        return self.entries + left

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in the folder but hidden files."""
        return self.files == self.left_out.get("hidden", LeftOutFiles(0, [])).number

    def describe(self) -> list[str]:
        """Return what was found, and what is proposed, as lines of plain words.

        The lines with details are indented. There is none for an empty folder.
        """
        if self.is_empty:
            return []
        dated = [kind for kind in naming.REASONS if kind in self.left_out and kind in DATED]
        others = [kind for kind in naming.REASONS if kind in self.left_out and kind not in DATED]
        lines = [_first_line(self), *_form_lines(self)]
        if self.shared_days:
            have = "has" if self.shared_days == 1 else "have"
            lines.append(
                f"  {counted(self.shared_days, 'day')} {have} more than one file, and all of them are read"
            )
        if dated:
            total = sum(self.left_out[kind].number for kind in dated)
            was = "was" if total == 1 else "were"
            lines.append(f"{counted(total, 'file')} with a date {was} not read:")
            lines += [_reason(self, kind) for kind in dated]
        if self.first:
            lines += [*_convention_lines(self), *_read_lines(self), *_proposal_lines(self)]
        elif not self.entries:
            lines += _advice(self)
        if others:
            lines += ["Also left out:", *(_reason(self, kind) for kind in others)]
        if unread := _unread_line(self.unread, self.unread_files):
            lines.append(unread)
        if not self.is_complete:
            lines.append("Not all of it was looked at, since that would take too long.")
        return lines

    @property
    def proposal(self) -> Proposal:
        """What to write to journal.toml, so that it suits the folder as it is."""
        written = self.conventions
        remarks = {
            "On many days, but of unknown meaning": tuple(
                h.text for h in written.of_kind("")[:MAX_REMARKED]
            ),
            "Without boxes; if you name these, each item becomes an open follow-up": tuple(
                h.text for h in written.of_kind(FOLLOW_UP) if not (h.has_boxes or h.is_read)
            ),
        }
        scale = "{}-{}".format(*written.scale) if written.scale else ""
        remarks = {remark: headings for remark, headings in remarks.items() if headings}
        return Proposal(self.file, written.names, scale, remarks)


class _Clock:
    """A time limit that also reports progress."""

    def __init__(self, seconds: float, progress: Progress | None, stop: Callable[[], bool]) -> None:
        self._end, self._progress, self._stop = time.monotonic() + seconds, progress, stop
        self._next = time.monotonic() + PROGRESS_SECONDS
        self.was_up = False

    def is_up(self, words: str) -> bool:
        """Report progress in these words; return whether the time is up or a stop was asked for."""
        now = time.monotonic()
        if self._progress and now >= self._next:
            self._next = now + PROGRESS_SECONDS
            self._progress(words)
        self.was_up = self.was_up or now > self._end or self._stop()
        return self.was_up


def survey(
    root: Path, progress: Progress | None = None, stop: Callable[[], bool] = lambda: False
) -> Survey:
    """Look at a folder for at most a few seconds. Raise OSError if it can't be listed."""
    clock, folders = _Clock(SCAN_SECONDS, progress, stop), 0

    def is_up() -> bool:
        nonlocal folders
        folders += 1
        return clock.is_up(counted(folders, "folder"))

    found = scan(str(root), stop=is_up, with_unread=True)
    entries = named_files(found)
    # Spread over the years, even if time runs out before the last.
    most = min(len(entries), MAX_SAMPLED)
    sampled = [entries[i * len(entries) // most] for i in range(most)]
    reading = _Clock(SAMPLE_SECONDS, progress, stop)
    written = conventions(text for _, text in _texts(root, _days_of(sampled), reading))
    vocabulary = _vocabulary(written)
    clock_of_reading = _Clock(READ_SECONDS, progress, stop)
    read = _read(_texts(root, _days_of(entries), clock_of_reading), vocabulary)
    unread = _unread(root, found, vocabulary, _Clock(UNREAD_SECONDS, progress, stop))
    file = pattern_of(found)
    return Survey(
        root,
        found.entries,
        found.entries - len(entries),
        entries[0].day if entries else None,
        entries[-1].day if entries else None,
        forms(entries),
        file,
        found.left_out,
        not clock.was_up,
        written,
        read,
        _shared_days(entries, file, found.order),
        len(found.unread or ()),
        unread,
    )


def unread_conventions(root: Path, found: Scan, pattern: str) -> str:
    """Return a sentence about what only a journal.toml would set right in a folder without one.

    It names headings and ratings that aren't read, by a quick look at the latest entries, and says
    if `pattern` puts new entries into a folder that seems to be published. It is "" if all is well.
    """
    written = conventions(
        text
        for _, text in _texts(
            root,
            _days_of(latest_files(found)[-GLANCED_AT:]),
            _Clock(GLANCE_SECONDS, None, lambda: False),
        )
    )
    headings = [
        f"“{heading.text}”"
        for kind in (LEARNING, FEEDBACK)
        for heading in written.of_kind(kind)
        if not heading.is_read
    ]
    unread = [f"items under {' and '.join(headings[:2])}"] if headings else []
    if written.ratings and ("rating" in written.names or written.scale):
        unread.append(f"ratings such as “{written.ratings[0].example}”")
    parts = [f"{' and '.join(unread)} aren't read"] if unread else []
    if published := _published_folder(pattern):
        parts.append(f"new entries go to {published}/, which seems to be published")
    if not parts:
        return ""
    return (
        f"This folder has no journal.toml: {', and '.join(parts)}. "
        f"To see what would be set, and to accept it, run: journal new {shlex.quote(str(root))}"
    )


def _shared_days(entries: list[NamedFile], file: str, order: str) -> int:
    """Return for how many days several files claim to be the day's own."""
    days: defaultdict[date, list[str]] = defaultdict(list)
    for entry in entries:
        days[entry.day].append(entry.path)
    pattern = file or naming.YEARS
    return sum(
        len(p) > 1 and bool(naming.competing_entries(p, pattern, order)) for p in days.values()
    )


def _days_of(files: list[NamedFile]) -> list[tuple[date, str]]:
    return [(file.day, file.path) for file in files]


def _texts(root: Path, files: list[tuple[date, str]], clock: _Clock) -> Iterator[tuple[date, str]]:
    """Yield the days and texts of the readable files, in an order that soon covers all years."""
    order = sorted(range(len(files)), key=lambda i: i * 0.618033988749895 % 1)
    for done, index in enumerate(order):
        if clock.is_up(f"reading {done} of {len(order)} files"):
            return
        day, path = files[index]
        try:
            data, _ = file_reader.read_plain(root / path, LARGEST_SAMPLED)
        except OSError:
            # What can't be read is reported by the scan or by `journal check`.
            continue
        yield day, file_reader.decode(data)[0]


def _vocabulary(written: Conventions) -> "Vocabulary":
    """Return the names of sections that the texts use, and their scale."""
    from journal_tui.entry.model import TEN, Scale
    from journal_tui.entry.vocabulary import Vocabulary

    return Vocabulary(written.names, Scale(*written.scale) if written.scale else TEN)


def _read(texts: Iterable[tuple[date, str]], vocabulary: "Vocabulary") -> ReadCounts:
    """Count what is read in the texts."""
    from journal_tui.entry.entry import Entry

    counts = ReadCounts()
    for day, text in texts:
        counts = counts.with_entry(Entry(day, text, vocabulary))
    return counts


def _unread(root: Path, found: Scan, vocabulary: "Vocabulary", clock: _Clock) -> ReadCounts:
    """Count what would be read in the text files that aren't entries."""
    # The day would only matter for due dates in words.
    files = [(_NO_DAY, path) for path in sorted(found.unread or ())]
    return _read(_texts(root, files, clock), vocabulary)


def describe_unread(root: Path, found: Scan, vocabulary: "Vocabulary") -> str:
    """Return a line about learning points and follow-ups in text files that aren't entries, or "".

    `found` is from a scan `with_unread`. As many files are read as there is time for.
    """
    clock = _Clock(READ_SECONDS, None, lambda: False)
    return _unread_line(_unread(root, found, vocabulary, clock), len(found.unread or ()))


def _unread_line(read: ReadCounts, files: int) -> str:
    counts = []
    if read.points:
        counts.append(counted(read.points, "learning point"))
    if read.open:
        counts.append(counted(read.open, "open follow-up"))
    if read.closed:
        counts.append(f"{counted(read.closed, 'follow-up')} done or dropped")
    if not counts:
        return ""
    which = counted(files, "text file")
    if read.texts < files:
        which = f"{read.texts:,} of {which}"
    are = "isn't an entry" if files == 1 else "aren't entries"
    return f"Not read, in {which} that {are}: {', '.join(counts)}."


def _first_line(seen: Survey) -> str:
    if not seen.entries:
        return f"No entries were found among {counted(seen.files, 'file')}."
    notes = ""
    if seen.periods:
        of = "a week, a month, a quarter or a year"
        of = of if seen.periods == 1 else "weeks, months, quarters or years"
        notes = f"{counted(seen.periods, 'note')} of {of}"
    if not (seen.first and seen.last):
        return f"{notes}, and no entries of days."
    years = f"from {seen.first.year} to {seen.last.year}"
    if seen.first.year == seen.last.year:
        years = f"from {seen.first.year}"
    days = counted(seen.entries - seen.periods, "entry")
    said = f"{days}, {years}"
    if len(seen.forms) == 1:
        said = f"{days}, named {shown_pattern(seen.forms[0][0])}, {years}"
    return f"{said}, and {notes}." if notes else f"{said}."


def _form_lines(seen: Survey) -> list[str]:
    """Return a line for each form of the names, if there are several."""
    if len(seen.forms) < 2:
        return []
    shown, others = seen.forms[:MAX_FORMS], seen.forms[MAX_FORMS:]
    lines = [f"  {counted(count, 'entry')} named {shown_pattern(form)}" for form, count in shown]
    if others:
        number = sum(count for _, count in others)
        lines.append(f"  {counted(number, 'entry')} named in other ways")
    return lines


def _reason(seen: Survey, kind: str) -> str:
    noun, reason = naming.REASONS[kind]
    number, examples, _ = seen.left_out[kind]
    some = ", ".join(examples[:2])
    such_as = f": {some}" if number <= len(examples[:2]) else f", such as {some}"
    return f"  {counted(number, noun)} {reason}".rstrip() + such_as


def _convention_lines(seen: Survey) -> list[str]:
    """Return the lines about headings, ratings and front matter, from the sample."""
    written = seen.conventions
    if not written.texts:
        return ["None of the entries could be read."]
    lines = []
    for kind, words in _SECTION_WORDS.items():
        if found := written.of_kind(kind):
            lines.append(f"  {words.lower()} under {_listed(found)}")
    learning = written.of_kind(LEARNING)
    if learning and not seen.read.is_half(seen.read.with_points, learning[0].texts, written.texts):
        lines.append("  few of these have list items, and only those are read as learning points")
    if unclear := tuple(h for h in written.of_kind("") if h.is_unclear):
        lines.append(f"  not read unless journal.toml names them: {_listed(unclear)}")
    if others := tuple(h for h in written.of_kind("") if not h.is_unclear):
        lines.append(f"  other headings on many days: {_listed(others)}")
    if written.ratings:
        rating = written.ratings[0]
        out_of = f", out of {rating.scale}" if rating.scale else ""
        where = ", only in the front matter" if rating.is_in_front_matter else ""
        lines.append(f"  ratings such as “{rating.example}” in {rating.texts}{where}{out_of}")
        if not seen.read.is_half(seen.read.rated, rating.texts, written.texts):
            lines.append("  most of these ratings cannot be read; journal check lists the reasons")
    if written.front_matter:
        lines.append(f"  front matter in {written.front_matter}")
    return [f"In {_which(written.texts, seen)}:", *lines] if lines else []


def _which(texts: int, seen: Survey) -> str:
    """Return the number of entries in words: a sample of 3 entries, or the 3 entries."""
    sample = "a sample of" if texts < seen.entries - seen.periods else "the"
    return f"{sample} {counted(texts, 'entry')}"


def _listed(headings: tuple[HeadingUse, ...]) -> str:
    """Return headings with the numbers of their texts, the most used first."""
    shown = [
        f"“{h.text}” ({h.texts}{'' if _is_read(h) else ', without boxes, so not read'})"
        for h in headings[:MAX_HEADINGS]
    ]
    others = len(headings) - len(shown)
    return ", ".join(shown) + (f" and {others:,} more" if others else "")


def _is_read(heading: HeadingUse) -> bool:
    """Return whether items below a heading are read, if its words mean a section."""
    return heading.kind != FOLLOW_UP or heading.is_read or heading.has_boxes


def _read_lines(seen: Survey) -> list[str]:
    """Return the lines about what the app reads in the entries."""
    read = seen.read
    if not read.texts:
        return []
    lines = [f"What is read in {_which(read.texts, seen)}:"]
    if read.points:
        where = "in 1 entry" if read.with_points == 1 else f"in {read.with_points:,} entries"
        lines.append(f"  {counted(read.points, 'learning point')} {where}")
    else:
        lines.append("  no learning points")
    if read.open or read.closed:
        closed = f", and {read.closed:,} done or dropped" if read.closed else ""
        lines.append(f"  {counted(read.open, 'open follow-up')}{closed}")
    else:
        lines.append(f"  no follow-ups; each needs a box, as in - {OPEN_BOX}Call Ann")
    if read.rated:
        such_as = (
            f", such as “{read.rating}”" if read.rating and not seen.conventions.ratings else ""
        )
        lines.append(f"  {counted(read.rated, 'rating')}{such_as}")
    else:
        lines.append("  no ratings; one is a line such as Enjoyment: 7/10")
    if read.problems:
        lines.append(f"  {counted(read.problems, 'problem')}, listed by journal check")
    return lines


def _proposal_lines(seen: Survey) -> list[str]:
    """Return the lines about what journal.toml will say, besides what it says in every journal."""
    names = seen.proposal.names
    without_title = naming.file_pattern(seen.file).without_title if seen.file else ""
    lines = [f"New entries will be named {shown_pattern(without_title)}."]
    if without_title != seen.file:
        notes = f"and notes {shown_pattern(seen.file)}"
        lines = [f"New entries will be named {shown_pattern(without_title)}, {notes}."]
    if published := _published_folder(seen.file):
        lines.append(
            f"They go to {published}/, a folder that seems to be published. If they are private, make a "
            "journal in a folder of its own, or set file in journal.toml to another place."
        )
    if seen.conventions.front_matter * 2 > seen.conventions.texts:
        lines.append("Front matter isn't added to them; a template in journal.toml can do that.")
    for kind, words in _SECTION_WORDS.items():
        if kind in names:
            first, *others = (f"“{name}”" for name in names[kind])
            also = f", and also read under {', '.join(others)}" if others else ""
            lines.append(f"{words} will be written under {first}{also}.")
    if "rating" in names:
        lines.append(f"Ratings will be written as “{names['rating'][0]}: …”.")
    if seen.proposal.scale:
        lines.append(f"Ratings are from {seen.proposal.scale.replace('-', ' to ')}.")
    if seen.conventions.of_kind(""):
        lines.append(
            "If another heading has learning points, feedback or follow-ups, name it in journal.toml."
        )
    return lines


def _published_folder(pattern: str) -> str:
    """Return the first folder of a pattern that has one of the names in `_PUBLISHED`, or ""."""
    folders = pattern.split("/")[:-1]
    return next((folder for folder in folders if folder.lower().strip("_") in _PUBLISHED), "")


_RENAMED = frozenset({"invalid", "inside", "words", "short year", "folder"})
_RENAME = (
    "To have them read, rename the files so that each begins with its date, such as 2024-01-06.md."
)
_ORDER = (
    'If their names begin with the day, make the journal and put file = "{dd}-{mm}-{yyyy}.md" in '
    'its journal.toml; if with the month, file = "{mm}-{dd}-{yyyy}.md". New entries are then named '
    "so, too."
)
_SAVE_AS_TEXT = (
    "To have them read, save the files as Markdown or plain text, such as 2024-01-06.md."
)
_ENTRY_NAMES = "An entry is a file whose name begins with its date, such as 2024-01-06.md."


def _advice(seen: Survey) -> list[str]:
    """Return what to do about a folder without entries."""
    kinds, lines = seen.left_out.keys(), []
    if kinds & _RENAMED:
        lines.append(_RENAME)
    if "order" in kinds:
        lines.append(_ORDER)
    if "format" in kinds:
        lines.append(_SAVE_AS_TEXT)
    return lines or [_ENTRY_NAMES]
