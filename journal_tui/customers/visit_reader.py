"""Read what an entry says about customers: who was visited, what they said, and what was promised.

A service review is one entry:

    # Service review – Laboratory

    @helen and her deputy. #customer/lab

    ## Frustrations with applications and services

    - "Nobody tells us how long it will take" #estimates
      - [x] Tickets carry an estimate @priya due:2026-10-01 done:2026-09-24
      - told 2026-10-28
      - confirmed 2026-11-12

    ## What we will improve

    - [ ] A second person who knows the lab @tomas

A follow-up under an item of feedback is a promise for it. Any other names its feedback with `re:`, such as
`re:#estimates` or `re:"how long"`, or belongs to the customer in general if it is under the heading of the
improvements. Nothing is inferred: only what the entry says counts.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from journal_tui.customers.customer import customer_key
from journal_tui.customers.visit import (
    KIND,
    NO_VISIT,
    UNSORTED,
    Feedback,
    LoopMark,
    Promise,
    Visit,
    customers_in,
    is_review,
    may_name_customers,
    themes_in,
)
from journal_tui.entry.due_dates import due_dates, without_due_dates
from journal_tui.entry.line_map import shortened
from journal_tui.entry.markdown_lines import task_box, text_of, unescaped
from journal_tui.entry.mentions import PERSON, TAG, mentions
from journal_tui.entry.model import (
    CLOSED,
    DONE,
    DROPPED,
    FEEDBACK,
    FOLLOW_UP,
    IMPROVEMENTS,
    LEARNING,
    Problem,
    Task,
)
from journal_tui.entry.parser import entry_tokens
from journal_tui.entry.task_marks import marks_in, without_marks
from journal_tui.entry.tokenizer import stems

if TYPE_CHECKING:
    from markdown_it.token import Token

    from journal_tui.entry.entry import Entry

_MARK = re.compile(
    r"(?P<what>told|confirmed)(?![\w-])(?:\s+(?:them|her|him|by|@\S+)(?=[\s:]|$))*(?:\s+on(?=\s))?\s*:{0,2}\s*(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_INLINE_MARK = re.compile(
    r"(?<![^\s(\[])(?P<what>told|confirmed)::?\s?(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})(?!\w)",
    re.IGNORECASE,
)
# What may be meant as a mark but isn't read as one: "told Helen 2026-10-28". "Told us" is what a customer says.
_MAYBE_MARK = re.compile(
    r"(?:^|(?<=[–—;,] )|(?<=- )|(?<=\())(?P<what>told|confirmed)(?!\s+(?:us|me)\b)(?![\w-])[^.;\n]{0,40}?(?<![\w-])(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})(?![\w-])\)?",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"(?<![^\s(])re:\s?(?P<name>\"[^\"]+\"|“[^”]+”|'[^']+'|‘[^’]+’|#[\w/-]+|[^\s,;]+)",
    re.IGNORECASE,
)
_PROMISED = re.compile(
    r"(?:(?:the|our|agreed|promised)\s+)*(?:improvements?|actions?|promises|commitments)(?:\s+(?:agreed|promised|for\s+us))?"
    r"|what\s+we(?:['’]ll|\s+(?:will|promised(?:\s+to)?|agreed(?:\s+to)?))(?:\s+(?:do|improve|change))?",
    re.IGNORECASE,
)
"""The headings under which the follow-ups of a visit are promises, besides the section of improvements."""
_QUOTE = re.compile(r"[\"“”'‘«»„]")


def read_visit(entry: "Entry", kind: str) -> Visit:
    """Read what an entry says about customers; `kind` is that of the note, or "" for a day entry.

    `Entry.kind` has only the kind in the front matter, and a note's may be in the name of its file.
    """
    if not may_name_customers(entry, kind):
        return NO_VISIT
    return _Reader(entry, kind, is_review(kind)).visit()


@dataclass
class _Node:
    """A list item: its first line, its own lines, and the items in it."""

    line: int
    own: list[str] = field(default_factory=list)
    children: "list[_Node]" = field(default_factory=list)
    heading: str = ""


class _Reader:
    """Read one entry."""

    def __init__(self, entry: "Entry", kind: str, is_review: bool) -> None:
        self.entry, self.kind, self.is_review = entry, kind, is_review
        outline = entry.outline
        tokens, self.lines = entry_tokens(entry.text, outline.body)
        self.prose: list[str] = []
        # The first lines of quotes outside lists, each with the heading above it.
        self.quotes: list[tuple[int, str]] = []
        self.nodes = self._nodes(tokens)
        self.tasks = {task.line - 1: task for task in outline.tasks}
        self.texts: dict[int, str] = {}
        # The part of each item that is directly in a recognised section, by its line.
        self.parts: dict[int, str] = {}
        for section in outline.sections:
            label = text_of(self.lines.line(self.lines.number(section.start)))
            part = entry.vocabulary.part_of_section(label) or section.kind
            for item in section.items:
                number = self.lines.number(item.start)
                self.parts[number] = part if part != FEEDBACK else UNSORTED
                self.texts[number] = item.text
        self.problems: list[Problem] = []
        # The marks whose day is in words, with their line and text, in the feedback that is being read.
        self.worded: list[tuple[int, str, LoopMark]] = []

    def visit(self) -> Visit:
        """Return what the entry says."""
        customers = self._customers()
        feedback: list[Feedback] = []
        promises: list[Promise] = []
        for node in self.nodes:
            self._read(node, feedback, promises)
        has_heading = any(self.parts[line] != UNSORTED for line in self.parts) or bool(feedback)
        is_visit = self.is_review or bool(self.entry.outline.customers)
        is_visit = is_visit or bool(self.kind and customers and has_heading and feedback)
        if not is_visit:
            feedback = [one for one in feedback if one.customers]
            promises = [one for one in promises if one.about and (one.customers or customers)]
            customers = customers if promises else ()
        if not is_visit and not feedback and not promises:
            return NO_VISIT
        named = [one.customers for one in feedback] + [one.customers for one in promises]
        if is_visit and not customers and not all(named):
            self._report(0, "a visit without a customer; add a tag such as #customer/depot")
        if is_visit:
            self._check_quotes()
        met = tuple(mentions("\n".join(self.prose))[1]) if is_visit else ()
        written = (" ".join(name.lstrip("#").split()) for name in self.entry.outline.customers)
        return Visit(
            customers,
            is_visit,
            met,
            tuple(feedback),
            tuple(promises),
            tuple(sorted(self.problems)),
            tuple(name for name in written if name != customer_key(name)),
        )

    def _report(self, line: int, sentence: str) -> None:
        self.problems.append(Problem(line + 1, sentence))

    def _nodes(self, tokens: "Sequence[Token]") -> list[_Node]:
        """Return the items that are in no other item, and collect the lines of prose."""
        found: list[_Node] = []
        above: list[_Node] = []
        quotes = 0
        heading, is_heading = "", False
        for token in tokens:
            match token.type:
                case "blockquote_open":
                    if not above and not quotes:
                        self.quotes.append(((token.map or (0, 0))[0], heading))
                    quotes += 1
                case "blockquote_close":
                    quotes -= 1
                case "heading_open":
                    # A heading of the first level is the title.
                    is_heading = not above and not quotes and token.tag != "h1"
                case "heading_close":
                    is_heading = False
                case "list_item_open" if not quotes:
                    node = _Node((token.map or (0, 0))[0], heading=heading)
                    (above[-1].children if above else found).append(node)
                    above.append(node)
                case "list_item_close" if not quotes:
                    above.pop()
                case "inline" if not quotes:
                    if above:
                        above[-1].own += [place.text for place in self.lines.places(token)]
                    else:
                        self.prose.append(token.content)
                        heading = token.content.strip() if is_heading else heading
        return found

    def _customers(self) -> tuple[str, ...]:
        """Return the customers of the whole entry: of its front matter, or its tags, or its file's name."""
        outline = self.entry.outline
        if outline.customers:
            return _keys(outline.customers)
        in_file = self.kind.removeprefix(KIND).strip("-") if self.is_review else ""
        tags, _ = mentions("\n".join(self.prose))
        in_front = [tag for tag in outline.tags if tag not in tags and self._is_in_front(tag)]
        named = customers_in((*in_front, *tags))
        if len(named) > 1 and in_file in named:
            return (in_file,)
        return named or (_keys((in_file,)) if in_file else ())

    def _is_in_front(self, tag: str) -> bool:
        """Return whether the front matter has a tag."""
        return tag.casefold() in self.entry.text[: self.entry.outline.body].casefold()

    def _read(self, node: _Node, feedback: list[Feedback], promises: list[Promise]) -> None:
        """Read an item and, unless it is feedback or a promise, the items in it."""
        part = self.parts.get(node.line, "")
        task = self.tasks.get(node.line)
        if part and part not in (IMPROVEMENTS, LEARNING, FOLLOW_UP):
            # A template leaves an empty item in each part.
            if task or node.children or self._own(node):
                feedback.append(self._feedback(node, part))
            return
        if task:
            promise = self._promise(task, node)
            if part == IMPROVEMENTS or promise.about or self._is_promised(node):
                promises.append(promise)
                return
        elif not part and self._is_stray(node):
            where = (
                f"feedback under “{shortened(node.heading, 40)}”"
                if node.heading
                else "feedback without a section"
            )
            named = ", or name the heading under [sections] in journal.toml" if node.heading else ""
            self._report(
                node.line,
                f"{where}; put it under “Frustrations”, “What they value” or “Feedback”{named}",
            )
            feedback.append(self._feedback(node, ""))
            return
        for child in node.children:
            self._read(child, feedback, promises)

    def _is_stray(self, node: _Node) -> bool:
        """Return whether an item outside all sections is like feedback: a quote, or with marks or follow-ups."""
        if not self.is_review and not self.entry.outline.customers:
            return False
        own = self._own(node)
        if not own:
            return False
        has_marks = any(self._mark(child) or child.line in self.tasks for child in node.children)
        return has_marks or _QUOTE.match(own) is not None

    def _is_promised(self, node: _Node) -> bool:
        """Return whether a follow-up of a visit is under a heading of what was promised, such as “Actions”."""
        is_visit = self.is_review or bool(self.entry.outline.customers)
        return is_visit and _PROMISED.fullmatch(node.heading.strip(" *_:#")) is not None

    def _feedback(self, node: _Node, section: str) -> Feedback:
        text, marks = self._without_inline_marks(self._own(node))
        self._check_unread_mark(text, node)
        promises: list[Promise] = []
        notes: list[str] = []
        if own := self.tasks.get(node.line):
            promises.append(self._promise(own, node)._replace(marks=()))
        for child in node.children:
            self._under(child, promises, marks, notes)
        if notes:
            text = f"{text} – {'; '.join(notes)}" if text else "; ".join(notes)
        tags, _ = mentions(text)
        for promise in promises:
            self._check_closed(promise)
        self._check_worded(promises)
        return Feedback(
            text,
            node.line + 1,
            section,
            themes_in(tags),
            customers_in(tags),
            tuple(promises),
            tuple(marks),
            topics(text),
        )

    def _under(
        self, node: _Node, promises: list[Promise], marks: list[LoopMark], notes: list[str]
    ) -> None:
        """Read an item under feedback: a promise, a mark or a note, and what is under a note."""
        if found := self._mark(node):
            marks.append(found)
            self._check_mark(found, node)
            return
        if task := self.tasks.get(node.line):
            if not self._is_unticked_mark(task):
                promises.append(self._promise(task, node))
            return
        if own := self._own(node):
            self._check_unread_mark(own, node)
            notes.append(own)
        for child in node.children:
            self._under(child, promises, marks, notes)

    def _promise(self, task: Task, node: _Node) -> Promise:
        said, marks = self._without_inline_marks(task.text)
        for child in node.children:
            if found := self._mark(child):
                marks.append(found)
                self._check_mark(found, child)
            else:
                self._check_unread_mark(self._own(child), child)
        own = self._without_inline_marks(self._own(node))[0] if node.children else said
        named = _ABOUT.search(own)
        about = named["name"] if named else ""
        text = without_marks(own, task.state)
        if named:
            text = " ".join(_ABOUT.sub("", text, count=1).split()) or text
        if own != said:
            text = _without_due(text, self.entry.day)
        if task.state in CLOSED:
            self._check_unread_mark(text, node)
        tags, people = mentions(own)
        closed = task.since if task.state in CLOSED else None
        return Promise(
            text,
            task.line,
            _owner(own, people),
            task.due,
            task.state,
            closed,
            task.reason,
            about,
            themes_in(tags),
            customers_in(tags),
            tuple(marks),
        )

    def _check_closed(self, promise: Promise) -> None:
        if promise.closed and promise.closed < self.entry.day:
            how = "dropped" if promise.state == DROPPED else DONE
            self._report(
                promise.line - 1,
                f"{how} on {promise.closed}, before it was said on {self.entry.day}; correct one of the days",
            )

    def _check_worded(self, promises: Sequence[Promise]) -> None:
        """Report a mark such as "told today" if the day it means is before the promises were done.

        "Today" is the day of the note, and the mark may have been added to it later.
        """
        worded, self.worded = self.worded, []
        closed = max((it.closed for it in promises if it.closed), default=None)
        if closed is None or any(it.is_open for it in promises):
            return
        for line, words, mark in worded:
            if mark.day and mark.day < closed:
                self._report(
                    line,
                    f"“{words}” is {mark.day}, counted from this note’s day, and it was done on {closed}; "
                    f"write the day, such as {mark.what} {closed}",
                )

    def _check_mark(self, mark: LoopMark, node: _Node) -> None:
        if mark.day is None:
            self._report(
                node.line,
                f"“{mark.what}” without a day; write one such as {mark.what} {self.entry.day}",
            )
        elif mark.day < self.entry.day:
            self._report(
                node.line,
                f"{mark.what} on {mark.day}, before it was said on {self.entry.day}; correct one of the days",
            )

    def _check_quotes(self) -> None:
        """Report each quote with “>” below a heading of feedback, where an item is meant."""
        for line, heading in self.quotes:
            if heading and self.entry.vocabulary.section(heading) == FEEDBACK:
                self._report(
                    line,
                    f"a quote with “>” under “{shortened(heading, 40)}” isn't read as feedback; "
                    "begin it with “- ”",
                )

    def _check_unread_mark(self, text: str, node: _Node) -> None:
        """Report words with a day that may be meant as a mark, such as "told Helen 2026-10-28"."""
        if found := _MAYBE_MARK.search(text):
            what, day = found["what"].casefold(), found["day"]
            self._report(
                node.line,
                f"“{shortened(found[0], 40)}” isn't read as {what}; write “{what} {day}” as a separate item",
            )

    def _mark(self, node: _Node) -> LoopMark | None:
        """Return the mark that an item is, such as "told 2026-10-28"; None for any other item."""
        task = self.tasks.get(node.line)
        if task and task.state != DONE:
            return None
        own = self._own(node)
        found = _MARK.fullmatch(own)
        if not found:
            return None
        what, rest = found["what"].casefold(), found["rest"].strip()
        if task and task.since and (not rest or _is_closing(rest)):
            return LoopMark(what, task.since)
        if not rest:
            return LoopMark(what, None)
        read = next((it for it in due_dates(f"due:{rest}", self.entry.day) if it.start == 0), None)
        if read and read.day:
            if not any(character.isdigit() for character in rest):
                self.worded.append((node.line, own, LoopMark(what, read.day)))
            return LoopMark(what, read.day)
        return LoopMark(what, None) if rest[0].isdigit() else None

    def _is_unticked_mark(self, task: Task) -> bool:
        """Return whether a follow-up is only a box to tick later, "[ ] told them"; report one with a day."""
        found = _MARK.fullmatch(task.text)
        if task.state == DONE or found is None:
            return False
        due = f"due:{found['rest'].strip()}"
        read = next((it for it in due_dates(due, self.entry.day) if it.start == 0), None)
        if read and read.day and read.end == len(due):
            what = found["what"].casefold()
            self._report(
                task.line - 1,
                f"“{task.text}” doesn’t count with an empty box; write {what} with the day, "
                f"such as {what} {read.day}, and no box",
            )
            return True
        return due == "due:"

    def _without_inline_marks(self, text: str) -> tuple[str, list[LoopMark]]:
        """Return a text without its marks such as `told:2026-10-28`, and the marks."""
        marks: list[LoopMark] = []

        def remove(found: re.Match[str]) -> str:
            try:
                marks.append(LoopMark(found["what"].casefold(), date.fromisoformat(found["day"])))
            except ValueError:
                return found[0]
            return ""

        left = _INLINE_MARK.sub(remove, text)
        return (" ".join(left.split()), marks) if marks else (text, marks)

    def _own(self, node: _Node) -> str:
        """Return the text of an item without its box and without the items in it."""
        if not node.children and node.line in self.texts:
            return self.texts[node.line]
        text = " ".join(" ".join(node.own).split())
        if box := task_box(text):
            text = text[box[1] :]
        return unescaped(text)


def _is_closing(words: str) -> bool:
    """Return whether words are only a mark such as `done:2026-10-28`."""
    return any((mark.start, mark.end) == (0, len(words)) for mark in marks_in(words))


def topics(text: str) -> tuple[str, ...]:
    """Return the stems of a text, each once, without its tags and people."""
    if "#" in text or "@" in text:
        text = PERSON.sub(" ", TAG.sub(" ", text))
    return tuple(dict.fromkeys(stems(text)))


def _owner(text: str, people: Sequence[str]) -> str:
    """Return who is to do something: the first person for whom it doesn't wait, else the first of all."""
    waiting = {name.strip("@ ") for mark in marks_in(text) for name in mark.value.split(",")}
    others = [name for name in people if name not in waiting]
    return (others or list(people) or [""])[0]


def _without_due(text: str, day: date) -> str:
    return without_due_dates(text, [due for due in due_dates(text, day) if due.day]) or text


def _keys(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for name in names if (key := customer_key(name.lstrip("#")))))
