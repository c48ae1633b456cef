"""Write and read what the note of a closed week, month, quarter or year keeps of this period.

`Closing` has the lines, points and promises that a note keeps. `format_closing` returns them as Markdown,
`read_closing` finds them in a note among other text, and `complete_note` adds those that a note lacks.
`points_to_keep` returns the points to choose from.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple
from urllib.parse import unquote

from journal_tui.entry.follow_ups import FollowUp
from journal_tui.entry.markdown_lines import CODE, block_kinds, heading, is_rule, list_item
from journal_tui.entry.model import DONE, DROPPED
from journal_tui.entry.template import end_of_prose
from journal_tui.entry.verdicts import without_verdicts
from journal_tui.entry.vocabulary import Vocabulary
from journal_tui.period import CalendarPeriod, Period, containing, iso_day, parse_name
from journal_tui.review.written_day import LearningPoint, WrittenDay

MAX_KEPT = {"week": 3, "month": 5, "quarter": 7, "year": 10}
"""How many learning points a period keeps at most."""
MOVED, KEPT, SETTLED = "What moved", "Kept points", "Settled promises"
"""The label of the line about what moved, and the headings of the two lists."""
_PARTS = {"month": "week", "quarter": "month", "year": "quarter"}
_FORMS = {MOVED: ("what moved",), KEPT: ("kept points", "kept"), SETTLED: ("settled promises", "settled")}  # fmt: skip
_ARROW = " → "
_LABEL = re.compile(
    r"[*_]{0,2}what moved\??[*_]{0,2}\s*[:：][*_]{0,2}\s*(?P<text>.*)", re.IGNORECASE
)
_LINK = re.compile(r"\[(?P<name>[^\[\]]+)\]\((?P<path>[^()\s]*)\)\s*:?\s*|\[\[(?P<wiki>[^\[\]|]+)\]\]\s*:?\s*")  # fmt: skip
# The characters that would end a link's target, or that have another meaning in it.
_UNSAFE = re.compile(r"[\x00-\x20%#?()<>\\\[\]\x7f]")


class KeptPoint(NamedTuple):
    """A learning point that a note keeps: its words, and the day or period in which it was written.

    `name` is an ISO date or the name of a period, and `path` that of the entry, relative to the
    journal's folder. Both are "" for a point that was written by hand without a link.
    """

    text: str
    name: str = ""
    path: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """The text and the name, which identify the point even if its entry's file is moved."""
        return self.text, self.name


class SettledPromise(NamedTuple):
    """A follow-up that was settled: its words, the name and path of its entry, and its outcome."""

    text: str
    name: str
    path: str
    outcome: str


class Closing(NamedTuple):
    """What a note keeps of a period: lines about what moved, learning points, and settled promises."""

    moved: tuple[str, ...] = ()
    kept: tuple[KeptPoint, ...] = ()
    settled: tuple[SettledPromise, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was kept, so that the period isn't closed."""
        return not (self.moved or self.kept or self.settled)


class PeriodNote(NamedTuple):
    """The note of a period: its path, what it keeps, and its own learning points."""

    path: str
    closing: Closing
    points: tuple[LearningPoint, ...] = ()


class DayGlance(NamedTuple):
    """A written day at a glance: its first sentence with its line, its rating and remark."""

    day: date
    path: str
    line: int
    sentence: str
    rating: float | None = None
    remark: str = ""


class ClosingFacts(NamedTuple):
    """The facts needed to close a period.

    `path` is that of the period's note, `is_written` whether the note exists, and `known` what it keeps
    already. `points` are the points to choose from. `promises` are the open follow-ups that were written
    or are due in the period, `closed` those of a week that are done or were dropped.
    """

    period: CalendarPeriod
    path: str
    is_written: bool
    known: Closing
    days: tuple[DayGlance, ...] = ()
    points: tuple[KeptPoint, ...] = ()
    promises: tuple[FollowUp, ...] = ()
    closed: tuple[SettledPromise, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look at, to keep or to settle."""
        return not (self.days or self.points or self.promises)

    @property
    def most(self) -> int:
        """How many points the period keeps at most."""
        return MAX_KEPT[self.period.kind]

    @property
    def all_points(self) -> tuple[KeptPoint, ...]:
        """The points to choose from; points in the note that aren't among them come first."""
        listed = {point.key for point in self.points}
        return (*(it for it in self.known.kept if it.key not in listed), *self.points)

    def keeps(self, point: KeptPoint) -> bool:
        """Return whether the note keeps a point already."""
        return point.key in {it.key for it in self.known.kept}


def plain(text: str) -> str:
    """Return a text in one line, without control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def format_closing(closing: Closing, path: str) -> str:
    """Return what a note at `path` keeps, as Markdown without a title."""
    blocks = [f"{MOVED}: {line}" for line in closing.moved]
    for title, items in ((KEPT, closing.kept), (SETTLED, closing.settled)):
        if items:
            blocks += [f"## {title}", "\n".join(_item(one, path) for one in items)]
    return "\n\n".join(blocks) + "\n" if blocks else ""


def _item(one: KeptPoint | SettledPromise, path: str) -> str:
    """Return the item of a list. The link comes first, so that no word is read as a label or a box."""
    target = _UNSAFE.sub(lambda found: f"%{ord(found[0]):02X}", _relative(one.path, path))
    link = f"[{one.name}]({target}): " if one.name else ""
    if isinstance(one, SettledPromise):
        return f"- {link}{one.text}{_ARROW}{one.outcome}"
    return f"- {link}“{one.text}”"


def _relative(path: str, note: str) -> str:
    """Return a path as the target of a link in a note."""
    parts, above = path.split("/"), note.split("/")[:-1]
    while above and len(parts) > 1 and parts[0] == above[0]:
        parts, above = parts[1:], above[1:]
    return "/".join([".."] * len(above) + parts)


def _absolute(target: str, note: str) -> str:
    """Return the path, relative to the journal's folder, of the target of a link in a note."""
    parts = note.split("/")[:-1]
    for part in unquote(target).split("/"):
        if part == "..":
            del parts[-1:]
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def read_closing(text: str, path: str) -> Closing:
    """Return what a note at `path` keeps, without anything else that a person wrote in it."""
    moved: list[str] = []
    kept: list[KeptPoint] = []
    settled: list[SettledPromise] = []
    for part, said in _passages(text.splitlines()):
        if part == MOVED:
            moved.append(said)
        elif part == KEPT:
            name, target, words = _without_link(said, path)
            is_quoted = len(words) > 1 and words[0] == "“" and words[-1] == "”"
            words = words[1:-1].strip() if is_quoted else words
            if words:
                kept.append(KeptPoint(words, name, target))
        else:
            name, target, words = _without_link(said, path)
            words, _, outcome = words.rpartition(_ARROW)
            if words and outcome:
                settled.append(SettledPromise(words, name, target, outcome))
    return Closing(tuple(moved), tuple(kept), tuple(settled))


def _without_link(said: str, path: str) -> tuple[str, str, str]:
    """Return the name and the path of the link at the beginning of an item, and the words after it."""
    found = _LINK.match(said)
    if not found:
        return "", "", said
    name = (found["name"] or found["wiki"]).strip()
    target = _absolute(found["path"], path) if found["path"] else ""
    return name, target, said[found.end() :].strip()


def _passages(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield each list item, and each paragraph about what moved, after the name of its part."""
    part = ""
    open_part, said = "", list[str]()
    for line, kind in zip([*lines, ""], [*block_kinds(lines), ""], strict=True):
        title = heading(line) if kind != CODE else None
        item = None if title or kind == CODE else list_item(line)
        is_text = bool(line.strip()) and kind != CODE and not title and not is_rule(line)
        label = _LABEL.match(line.strip()) if is_text and not item else None
        is_nested = item is not None and bool(open_part) and item.column >= 2
        if said and (not is_text or label or (item and not is_nested)):
            yield open_part, plain(" ".join(said))
            open_part, said = "", []
        if title:
            part = _part_of(title.text)
        elif label and label["text"].strip():
            open_part, said = MOVED, [label["text"]]
        elif item and not is_nested and part in (KEPT, SETTLED):
            words = line[len(item.prefix) :].strip()
            open_part, said = (part, [words]) if words else ("", [])
        elif is_nested:
            # A nested item isn't yielded, and its words don't belong to those of the item above.
            yield open_part, plain(" ".join(said))
            open_part, said = "", []
        elif is_text and said:
            said.append(line.strip())
        elif is_text and part == MOVED and not item:
            open_part, said = MOVED, [line.strip()]


def _part_of(title: str) -> str:
    """Return the part that a heading begins, or ""."""
    words = title.strip(" *_:?").casefold()
    return next((part for part, forms in _FORMS.items() if words in forms), "")


def missing_parts(closing: Closing, known: Closing) -> Closing:
    """Return those items of a closing that `known` doesn't have."""
    points = {point.key for point in known.kept}
    return Closing(
        tuple(line for line in closing.moved if line not in known.moved),
        tuple(point for point in closing.kept if point.key not in points),
        tuple(
            one
            for one in closing.settled
            if all(
                (one.text, one.name, one.outcome) != (it.text, it.name, it.outcome)
                for it in known.settled
            )
        ),
    )


def complete_note(text: str, closing: Closing, path: str, vocabulary: Vocabulary) -> str:
    """Return a note's text with those items of a closing that it lacks; its own text is unchanged."""
    new = missing_parts(closing, read_closing(text, path))
    newline = "\r\n" if "\r\n" in text else "\n"
    for line in new.moved:
        text = _with_block(text, f"{MOVED}: {line}", (KEPT, SETTLED), newline, vocabulary)
    for title, items, before in ((KEPT, new.kept, (SETTLED,)), (SETTLED, new.settled, ())):
        if not items:
            continue
        rows = newline.join(_item(one, path) for one in items)
        added = _with_items(text, title, rows, newline)
        if added is None:
            block = f"## {title}{newline}{newline}{rows}"
            added = _with_block(text, block, before, newline, vocabulary)
        text = added
    return text


def _with_block(
    text: str, block: str, before: Sequence[str], newline: str, vocabulary: Vocabulary
) -> str:
    """Return a text with a block above the headings `before`, or else at the end of the prose."""
    places = [start for part, start, _ in _sections(text) if part in before]
    at = len(text[: min(places)].rstrip()) if places else end_of_prose(text, vocabulary)
    head, rest = text[:at], text[at:].lstrip("\r\n")
    gap = newline * 2
    return f"{head}{gap if head.strip() else ''}{block}{gap + rest if rest.strip() else newline}"


def _with_items(text: str, title: str, rows: str, newline: str) -> str | None:
    """Return a text with items at the end of the list below a heading; None without the heading."""
    for part, start, end in _sections(text):
        if part != title:
            continue
        head, rest = text[:end].rstrip(), text[end:]
        last = head.splitlines()[-1] if len(head) > start else ""
        is_list = list_item(last) is not None or last.startswith((" ", "\t"))
        gap = newline if is_list else newline * 2
        return f"{head}{gap}{rows}{newline * 2 + rest if rest.strip() else newline}"
    return None


def _sections(text: str) -> list[tuple[str, int, int]]:
    """Return the parts with a heading, each with the offset of its heading and that of its end."""
    lines = text.splitlines(keepends=True)
    kinds = block_kinds([line.rstrip("\r\n") for line in lines])
    found: list[tuple[str, int, int]] = []
    at, part, start = 0, "", 0
    for line, kind in zip(lines, kinds, strict=True):
        title = heading(line.rstrip("\r\n")) if kind != CODE else None
        if title:
            if part:
                found.append((part, start, at))
            part, start = _part_of(title.text), at
        at += len(line)
    return [*found, (part, start, at)] if part else found


def points_to_keep(
    period: CalendarPeriod, days: Mapping[date, WrittenDay], notes: Mapping[str, PeriodNote]
) -> tuple[KeptPoint, ...]:
    """Return the learning points of a period from which some are kept, in the order of their days.

    A week has those of its days. A longer period has what its weeks, months or quarters kept, with
    the learning points in their notes; one that kept nothing gives all its points. `notes` are those
    of shorter periods by their names.
    """
    return tuple(dict.fromkeys(_points(period, period.days, days, notes)))


def _points(
    period: CalendarPeriod,
    within: Period,
    days: Mapping[date, WrittenDay],
    notes: Mapping[str, PeriodNote],
) -> Iterator[KeptPoint]:
    """Yield the points of a period on the days `within`."""
    kind = _PARTS.get(period.kind)
    if kind is None:
        for day in sorted(days):
            if period.days.contains(day) and within.contains(day):
                yield from map(kept_point, days[day].points)
        return
    # A week may reach into another month; its points on the days of that month aren't this month's.
    within = Period(max(within.start, period.days.start), min(within.end, period.days.end))
    for part in _parts(kind, period):
        note = notes.get(part.name)
        if note and note.closing.kept:
            for point in note.closing.kept:
                named = point if point.name else point._replace(name=part.name, path=note.path)
                if within.contains(_day_of(named.name, part)):
                    yield named
        else:
            yield from _points(part, within, days, notes)
        if note and within.contains(_middle(part)):
            yield from map(kept_point, note.points)


def _parts(kind: str, period: CalendarPeriod) -> Iterator[CalendarPeriod]:
    """Yield the weeks, months or quarters that a period has days of."""
    part = containing(kind, period.first)
    while part and part.first < period.days.end:
        yield part
        part = part.step(1)


def _day_of(name: str, part: CalendarPeriod) -> date:
    """Return the day that decides to which period a point belongs."""
    period = parse_name(name)
    return _middle(period) if period else iso_day(name) or _middle(part)


def _middle(period: CalendarPeriod) -> date:
    """Return the day of a period that decides to which longer period it belongs; of a week, the Thursday."""
    return date.fromordinal(period.first.toordinal() + 3)


def kept_point(point: LearningPoint) -> KeptPoint:
    """Return a learning point as a note keeps it, without later verdicts."""
    name = point.period or point.day.isoformat()
    return KeptPoint(plain(without_verdicts(point.text)), name, point.path)


def settled_promise(one: FollowUp, outcome: str) -> SettledPromise:
    """Return a follow-up as a note lists it."""
    text = plain(one.text).replace("→", "->")
    return SettledPromise(text, one.period or one.day.isoformat(), one.path, outcome)


def closed_promises(follow_ups: Iterable[FollowUp]) -> tuple[SettledPromise, ...]:
    """Return those of some follow-ups that are done or dropped, with the day if it is known."""
    words = {DONE: "done", DROPPED: "dropped"}
    return tuple(
        settled_promise(one, f"{words[one.state]} {one.since}" if one.since else words[one.state])
        for one in follow_ups
        if one.state in words
    )


def is_same(now: FollowUp, before: FollowUp) -> bool:
    """Return whether both are the same follow-up, which may have been dropped with a reason since."""
    if now.path != before.path:
        return False
    return now.text == before.text or (now.state == DROPPED and now.text.startswith(before.text))


def settled_since(
    before: Iterable[FollowUp], now: Iterable[FollowUp]
) -> tuple[SettledPromise, ...]:
    """Return which of the follow-ups that were open before are closed, postponed or waiting now."""
    listed = list(now)
    found: list[SettledPromise] = []
    for was in before:
        one = next((it for it in listed if is_same(it, was)), None)
        if one is None:
            continue
        if one.is_closed:
            found += closed_promises([one])
        elif one.waiting != was.waiting and one.waiting:
            found.append(settled_promise(one, f"waiting for {one.people}"))
        elif one.due != was.due and one.due:
            found.append(settled_promise(one, f"due {one.due}"))
    return tuple(found)
