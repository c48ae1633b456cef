"""Where things sit in an entry: read from markdown-it-py's block tokens and their line maps."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.front_matter import front_matter_plugin

from journal_tui.entry import frontmatter
from journal_tui.entry.lines import Lines, Place, first_line, shortened
from journal_tui.entry.mentions import DUE, code_spans, mentions
from journal_tui.entry.model import Item, Outline, Point, Problem, Section, Task
from journal_tui.entry.rating import unclosed
from journal_tui.entry.ratings import RatingReader
from journal_tui.entry.vocabulary import FOLLOW_UP, LEARNING, Vocabulary
from journal_tui.period import iso_day

TITLE_LENGTH = 100

_FRONT = re.compile(r"---[ \t]*(?:\r|\n)")
_COUNTED = re.compile(r"[^\W_][\w'’-]*")
_BOX = re.compile(r"\[([ xX])\](?:\s+|$)")
_MARKER = re.compile(r"\s*(?:[-*+]|[0-9]{1,9}[.)])?[ \t]*")
# "\# not a heading", "1\. not a list": the backslash is no part of what the item says.
_ESCAPED = re.compile(r"([0-9]{0,9})\\(?=[!-/:-@\[-`{-~])")
# "due:friday" is no date of any year.
_OTHER_DUE = re.compile(r"(?<!\S)due:[^\s]{1,40}")
_DIVIDER = re.compile(r"&#?\w{1,31};|([;；])")


@lru_cache(maxsize=2)
def _parser(with_front_matter: bool) -> MarkdownIt:
    parser = MarkdownIt("commonmark")
    if with_front_matter:
        parser.use(front_matter_plugin)
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


def read(text: str, vocabulary: Vocabulary) -> Outline:
    """Read a text of any shape; never raises."""
    return _Reader(text, vocabulary).outline()


class _OpenSection:
    """A section being read; `level` is its heading's, 0 for a label; its items are at `depth`."""

    def __init__(self, kind: str, level: int, depth: int, start: int, head_end: int) -> None:
        self.kind, self.level, self.depth = kind, level, depth
        self.start, self.head_end, self.end = start, head_end, head_end
        self.items: list[Item] = []
        self.around: _OpenSection | None = None


class _OpenItem:
    """A list item whose end has not been reached; `margin` is the column of its marker."""

    def __init__(self, first: int, last: int, margin: int, section: _OpenSection | None) -> None:
        self.first, self.last, self.margin, self.section = first, last, margin, section
        self.own: list[str] = []
        self.nested: list[str] = []
        self.notes: list[str] = []
        self.begun = False
        self.done: bool | None = None
        self.box = -1

    def text(self, nested: list[str]) -> str:
        """What the item says, with what nested items say."""
        own = " ".join(self.own)
        if not nested:
            return own
        return f"{own} – {'; '.join(nested)}" if own else "; ".join(nested)

    def add(self, places: list[Place]) -> None:
        """Take in a paragraph of the item; a box at its very beginning makes it a task."""
        if places and places[0].line >= self.last:
            return
        text = " ".join(" ".join(place.text for place in places).split())
        if not self.begun and places:
            box = _BOX.match(text)
            if box:
                self.done, self.box = box.group(1) != " ", places[0].offset + 1
                text = text[box.end() :]
        if not self.own:
            text = _ESCAPED.sub(r"\1", text, count=1) if _ESCAPED.match(text) else text
        self.begun = True
        if text:
            self.own.append(text)

    def task(self, start: int, end: int, problems: list[Problem]) -> Task:
        """The follow-up that the item is; a date that is none goes to `problems`."""
        due = None
        for digits in DUE.findall(" ".join(self.own)):
            due = iso_day(digits)
            if due is None:
                sentence = f"due:{digits} isn't a date in the calendar"
                problems.append(Problem(self.first + 1, sentence))
        for word in _OTHER_DUE.findall(DUE.sub("", " ".join(self.own))):
            sentence = f"{word} isn't a date; write it like due:2026-11-27"
            problems.append(Problem(self.first + 1, sentence))
        text = _without_due(self.text(self.notes))
        return Task(text, self.first + 1, bool(self.done), due, start, end, self.box)


def _without_due(text: str) -> str:
    """The words of a follow-up without its `due:` dates."""
    return " ".join(re.sub(rf"\s*{DUE.pattern}", "", " " + text).split())


class _Reader:
    """One pass over the block tokens of one text."""

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self.text, self.vocabulary = text, vocabulary
        self.body = self.last_block = 1 if text.startswith("\ufeff") else 0
        self.lines = Lines(text, self.body)
        self.title, self.title_at, self.kind = "", -1, ""
        self.headings: list[tuple[int, int]] = []
        self.points: list[Point] = []
        self.tasks: list[Task] = []
        self.problems: list[Problem] = []
        self.ratings = RatingReader(vocabulary, self.problems)
        self.tags: dict[str, None] = {}
        self.people: dict[str, None] = {}
        self.sections: list[_OpenSection] = []
        self.section: _OpenSection | None = None
        self.items: list[_OpenItem] = []
        self.quotes = 0

    def outline(self) -> Outline:
        heading: Token | None = None
        parser = _parser(_FRONT.match(self.text, self.body) is not None)
        for token in parser.parse(self.text[self.body :]):
            if token.level == 0 and token.map and token.type != "front_matter":
                self.last_block = self.lines.start(token.map[0])
            match token.type:
                case "inline":
                    self._mention(token.content)
                    if heading:
                        self._heading(token, heading)
                        heading = None
                    else:
                        self._paragraph(token)
                case "heading_open":
                    heading = token
                case "list_item_open":
                    self._open_item(token)
                case "list_item_close":
                    self._close_item()
                case "blockquote_open":
                    self._end_label()
                    self.quotes += 1
                case "blockquote_close":
                    self.quotes -= 1
                case "front_matter":
                    self._front_matter(token)
                case "fence" | "code_block" | "html_block" | "hr":
                    self._end_label()
        self.problems.sort()
        title_line = self.title or first_line(self.lines.first_filled(self.body))
        return Outline(
            title=shortened(title_line, TITLE_LENGTH * 2 if self.title else TITLE_LENGTH),
            title_line=title_line,
            title_at=self.title_at,
            kind=self.kind,
            headings=tuple(self.headings),
            body=self.body,
            last_block=self.last_block,
            points=tuple(self.points),
            tasks=tuple(sorted(self.tasks, key=lambda task: task.line)),
            rating=self.ratings.rating,
            rating_start=self.ratings.start,
            slot=self.ratings.slot,
            tags=tuple(self.tags),
            people=tuple(self.people),
            words=len(_COUNTED.findall(self.text, self.body)),
            problems=tuple(self.problems),
            sections=tuple(
                Section(s.kind, s.start, s.head_end, s.end, tuple(s.items)) for s in self.sections
            ),
        )

    # -- blocks ---------------------------------------------------------------------------

    def _front_matter(self, token: Token) -> None:
        self.body = self.last_block = self.lines.start(token.map[1] if token.map else 0)
        try:
            front = frontmatter.read(token.content)
        except frontmatter.FrontMatterError as error:
            self.problems.append(Problem(1, f"{error}; its text is kept as it is"))
            return
        for tag in frontmatter.strings(front.get("tags")):
            if name := tag.lstrip("#"):
                self.tags.setdefault(name)
        self.kind = frontmatter.word(front.get("kind"))
        self.ratings.front_matter(front, token.content)

    def _mention(self, content: str) -> None:
        tags, people = mentions(content)
        self.tags |= dict.fromkeys(tags)
        self.people |= dict.fromkeys(people)

    def _heading(self, token: Token, opening: Token) -> None:
        places = self.lines.places(token)
        if self.items:
            self.items[-1].add(places)
        if self.quotes or self.items or not opening.map:
            return
        # The line of "===" below a heading is one of its own.
        (first, last), level = opening.map, int(opening.tag[1])
        self.headings.append((self.lines.start(first), self.lines.end(first, last)))
        content = " ".join(token.content.split())
        if self.ratings.read(places, 0, stands_free=True):
            self.section = None
            return
        kind = self.vocabulary.section(content)
        if kind:
            self._begin(kind, level, 0, places[0].line, last)
            return
        if not self.title:
            self.title, self.title_at = content, self.headings[-1][0]
        if self.section and (self.section.level == 0 or level <= self.section.level):
            self.section = None

    def _begin(self, kind: str, level: int, depth: int, line: int, next_line: int) -> None:
        """A heading or label on this line begins a section of list items at this depth."""
        head_end = self.lines.end(next_line - 1, next_line)
        section = _OpenSection(kind, level, depth, self.lines.start(line), head_end)
        section.around = self.section if depth else None
        self.section = section
        self.sections.append(section)

    def _end_label(self) -> None:
        """A block that is no list ends what a label began; a heading's section goes on."""
        self.ratings.awaited = None
        if self.items:
            self.items[-1].begun = True
        elif self.section and self.section.level == 0:
            self.section = None

    def _open_item(self, token: Token) -> None:
        first, last = token.map or (0, 0)
        section = self.section
        if section and (section.depth != len(self.items) or self.quotes):
            section = None
        if self.items:
            self.items[-1].begun = True
        line = self.lines.line(first)
        self.items.append(_OpenItem(first, last, len(line) - len(line.lstrip()), section))

    def _close_item(self) -> None:
        item = self.items.pop()
        start, end = self.lines.start(item.first), self.lines.end(item.first, item.last)
        text = item.text(item.nested)
        is_task = item.done is not None or (
            item.section is not None and item.section.kind == FOLLOW_UP
        )
        if text and self.items and item.first < self.items[-1].last:
            self.items[-1].nested.append(text)
            if not is_task:
                self.items[-1].notes.append(text)
        section = item.section
        if section:
            marker = _MARKER.match(self.text, start, end)
            section.items.append(Item(start, end, marker.group() if marker else "- ", text))
            section.end = max(section.end, end)
        if text and is_task:
            self.tasks.append(item.task(start, end, self.problems))
        if section and text and section.kind != FOLLOW_UP:
            self.points.append(Point(section.kind, text, item.first + 1, start, end))
        while self.section and self.section.depth > len(self.items):
            self.section = self.section.around

    # -- paragraphs -----------------------------------------------------------------------

    def _paragraph(self, token: Token) -> None:
        places = self.lines.places(token)
        if self.quotes:
            if self.items:
                self.items[-1].add(places)
            return
        index = self.ratings.read_awaited(places)
        prose: list[Place] = []
        while index < len(places):
            used = self._labelled(places, index)
            if not used:
                prose.append(places[index])
                if not self.items and self.section and self.section.level == 0:
                    self.section = None
                used = 1
            elif prose and self.items:
                self._cut_items(places[index])
                self.items[-1].add(prose)
                self._behind_item(places, index + used)
                return
            index += used
        if self.items:
            self.items[-1].add(prose)

    def _behind_item(self, places: list[Place], index: int) -> None:
        """Lines behind a label that a list item's paragraph ran into: labels count, no text does."""
        while index < len(places):
            index += self._labelled(places, index) or 1

    def _cut_items(self, place: Place) -> None:
        """A label on a lazy line ends the items that Markdown takes the line into."""
        for item in self.items[self._depth(place) :]:
            item.last = min(item.last, place.line)

    def _labelled(self, places: list[Place], index: int) -> int:
        """Read a rating or a section's label at this line; how many lines it took."""
        used = self.ratings.read(places, index, self._is_label, stands_free=not self.items)
        if used:
            if not self.items:
                self.section = None
            return used
        if index == 0 and any(item.section for item in self.items):
            return 0
        place = places[index]
        kind = self._label(places, index)
        if kind:
            self._begin(kind, 0, self._depth(place), place.line, place.line + 1)
            return 1
        column = self.vocabulary.run_on(place.text)
        if column is not None:
            return self._run_on(places, index, index, column)
        following = index + 1 < len(places) and _closes(place.text)
        if following and self.vocabulary.section(place.text) == LEARNING:
            return self._run_on(places, index, index + 1, 0)
        return 0

    def _label(self, places: list[Place], index: int) -> str | None:
        """The kind of section that a label on this line announces for the list behind it."""
        content = places[index].text
        if index + 1 < len(places):
            return None
        if _closes(content) or (index == 0 and not self.items):
            return self.vocabulary.section(content)
        return None

    def _is_label(self, places: list[Place], index: int) -> bool:
        if self.vocabulary.run_on(places[index].text) is not None:
            return True
        return _closes(places[index].text) and self._label(places, index) is not None

    def _depth(self, place: Place) -> int:
        """How many items the line lies in, by its margin: a lazy line belongs to none."""
        margin = place.offset - self.lines.start(place.line)
        return sum(1 for item in self.items if item.margin < margin)

    def _run_on(self, places: list[Place], label: int, first: int, column: int) -> int:
        """`Learning points: one; two; and three.` read up to the next label or the end."""
        last = first + 1
        while last < len(places):
            if self.ratings.is_rating(places[last].text) or self._is_label(places, last):
                break
            last += 1
        start = places[label]
        self._begin(LEARNING, 0, self._depth(start), start.line, places[last - 1].line + 1)
        announced = start.text[:column] if first == label else start.text
        self.points += _run_on_points(places[first:last], column, announced)
        return last - label


def _closes(content: str) -> bool:
    return content.rstrip("*_").endswith((":", "：")) or content.endswith(("**", "__"))


def _run_on_points(places: list[Place], column: int, label: str = "") -> list[Point]:
    """The points from `column` of the first of these lines on; `label` is what announced them.

    They are split at semicolons, never at commas; "and" around a point and the final full stop
    are no part of it.
    """
    lines = [places[0].text[column:], *(place.text for place in places[1:])]
    offsets = [places[0].offset + column, *(place.offset for place in places[1:])]
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    joined = "\n".join(lines)
    closing = unclosed(label)
    if closing and joined.endswith(closing):
        joined = joined[: -len(closing)]
    found = []
    for start, end in _parts(joined):
        first = min(bisect_right(starts, start), len(lines)) - 1
        last = min(bisect_right(starts, end - 1), len(lines)) - 1
        text = " ".join(joined[start:end].split())
        begin = offsets[first] + start - starts[first]
        behind = offsets[last] + end - starts[last]
        found.append(Point(LEARNING, text, places[first].line + 1, begin, behind))
    return found


def _parts(text: str) -> Iterator[tuple[int, int]]:
    dividers = list(_dividers(text))
    starts, ends = [0, *(place + 1 for place in dividers)], [*dividers, len(text)]
    last = len(text.rstrip())
    for start, end in zip(starts, ends, strict=True):
        start, end = _trimmed(text, start, end)
        if start and text[start : start + 3].lower() == "and" and _is_blank(text, start + 3, end):
            start, end = _trimmed(text, start + 3, end)
        if text[start:end].lower().endswith("and") and text[end - 4 : end - 3].isspace():
            start, end = _trimmed(text, start, max(start, end - 3))
        if end == last and text[start:end].endswith(".") and not text[start:end].endswith(".."):
            end -= 1
        if start < end:
            yield start, end


def _dividers(text: str) -> Iterator[int]:
    """Where a semicolon divides points: one in code, or at the end of `&amp;`, does not."""
    code = code_spans(text) if "`" in text else []
    span = 0
    for match in _DIVIDER.finditer(text):
        if match.group(1):
            while span < len(code) and code[span][1] <= match.start():
                span += 1
            if span == len(code) or match.start() < code[span][0]:
                yield match.start()


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _is_blank(text: str, place: int, end: int) -> bool:
    return place >= end or text[place].isspace()
