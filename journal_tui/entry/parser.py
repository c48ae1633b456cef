"""Parse an entry, from the block tokens of markdown-it-py and their line numbers."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import accumulate

from markdown_it import MarkdownIt, rules_block
from markdown_it.parser_block import RuleFuncBlockType
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from journal_tui.entry import front_matter, model
from journal_tui.entry.due_dates import due_dates, may_have_due_dates, without_due_dates
from journal_tui.entry.line_map import LINE_END, Lines, ParagraphLine, shortened
from journal_tui.entry.markdown_lines import (
    BLOCK_SIGNS,
    BULLETS,
    CALLOUT,
    RULE_ENDS,
    as_markdown,
    front_matter_end,
    has_underline,
    heading,
    is_like_item,
    is_rule,
    list_item,
    marker_of,
    opens_front_matter,
    quote_signs,
    task_box,
    without_comment_signs,
    without_liquid_code,
)
from journal_tui.entry.mentions import MentionSpan, code_spans, mentions
from journal_tui.entry.mentions import mention_spans as spans_in
from journal_tui.entry.model import FOLLOW_UP, LEARNING, Item, Outline, Point, Section, Task
from journal_tui.entry.open_blocks import CALLOUT_LEVEL, OpenItem, OpenSection
from journal_tui.entry.problems import (
    ProblemReporter,
    may_have_tags_of_words,
    unmarked_task,
)
from journal_tui.entry.rating import RatingReader, out_of_ten, unclosed
from journal_tui.entry.task_marks import read_marks
from journal_tui.entry.tokenizer import straighten
from journal_tui.entry.vocabulary import Vocabulary, begins_like_label, ends_like_label

TITLE_LENGTH = 100
_LONGEST_BARE_LABEL = 60
"""How long a label without a colon may be inside a paragraph."""
LONGEST_TITLE_LINE = 1_000
DEEPEST = 64
"""How deep lists and quotes are read: a quote is one level, and a list two."""

_WORD = re.compile(r"[^\W_][\w'’-]*")
# Signs inside words are removed and all others become blanks, so that blanks divide the words.
_ASCII_SIGNS = {n: None if chr(n) in "'-_" else " " for n in range(128) if not chr(n).isalnum()}
_COMMON_SIGNS = {"’": "", "–": " ", "—": " ", "“": " ", "”": " ", "…": " ", "·": " ", "£": " ", "€": " ", "\u00a0": " "}  # fmt: skip
# These are about half of the tokens of a text; the tokens between them say all that is needed.
_UNREAD_TOKENS = frozenset(
    f"{block}_{side}"
    for block in ("paragraph", "heading", "bullet_list", "ordered_list")
    for side in ("open", "close")
) - {"heading_open"}
_DIVIDER = re.compile(r"&#?\w{1,31};|([;；])")
_COMMENT = re.compile(r"\s*<!--(?>(?:(?!-->).)*)-->\s*", re.DOTALL)


def _code(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """Read indented code, after a quick look at the indent."""
    is_indented = state.sCount[line] - state.blkIndent >= 4
    return is_indented and rules_block.code(state, line, end, silent)


def _rule(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """Read a thematic break, after a quick look at the end of the line; most are list items."""
    is_sign = state.src[state.eMarks[line] - 1] in RULE_ENDS
    return is_sign and rules_block.hr(state, line, end, silent)


def _nested(rule: RuleFuncBlockType, deepest: int) -> RuleFuncBlockType:
    """Return a rule that opens no list or quote in one that is this deep; it still ends a paragraph."""

    def rule_of_nested(state: StateBlock, line: int, end: int, silent: bool) -> bool:
        return (silent or state.level < deepest) and rule(state, line, end, silent)

    return rule_of_nested


def limit_nesting(parser: MarkdownIt, deepest: int) -> MarkdownIt:
    """Have a parser read lists and quotes below this level as paragraphs; return the parser.

    On its own, markdown-it would leave out the rest of the text. A list takes two levels.
    """
    ends = ["paragraph", "reference", "blockquote"]
    for name, more in (("list", []), ("blockquote", ["list"])):
        rule = getattr(rules_block, "list_block" if name == "list" else name)
        parser.block.ruler.at(name, _nested(rule, deepest), {"alt": [*ends, *more]})
    parser.options["maxNesting"] = deepest + 2
    return parser


# The rules of the blocks that begin with a sign, in the order in which they are tried.
_BLOCK_RULES: dict[str, RuleFuncBlockType] = {
    "fence": rules_block.fence,
    "blockquote": _nested(rules_block.blockquote, DEEPEST),
    "hr": _rule,
    "list": _nested(rules_block.list_block, DEEPEST),
    "reference": rules_block.reference,
    "html_block": rules_block.html_block,
    "heading": rules_block.heading,
}
_END_PARAGRAPHS = frozenset(_BLOCK_RULES) - {"reference"}
_END_LISTS = frozenset(("fence", "blockquote", "hr"))


def block_tokens(source: str) -> list[Token]:
    """Return the block tokens of a text, as markdown-it's own rules find them."""
    return _parser(has_underline(source)).parse(source)


def entry_tokens(text: str, body: int) -> tuple[list[Token], Lines]:
    """Return the block tokens of an entry whose text begins at the offset `body`, with its lines."""
    lines = _lines(text)
    return block_tokens("\n" * lines.number(body) + lines.source[body:]), lines


def _lines(text: str) -> Lines:
    """Return the lines of a text, with the Markdown that is read of it."""
    source = as_markdown(without_comment_signs(without_liquid_code(text)))
    return Lines(text, 1 if text.startswith("\ufeff") else 0, source)


@lru_cache(maxsize=2)
def _parser(has_underlines: bool) -> MarkdownIt:
    """Return a parser of blocks, which reads underlined headings only if asked to."""
    parser = MarkdownIt("commonmark", {"maxNesting": DEEPEST + 2})
    parser.core.ruler.enableOnly(["normalize", "block"])
    rules, ruler = _by_first_character(_BLOCK_RULES), parser.block.ruler
    endings, list_endings = map(_by_first_character, (_END_PARAGRAPHS, _END_LISTS))
    ends: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote"]}
    ruler.at("code", _code)
    ruler.before("fence", "sign", _rule_of_signs(rules, endings), ends)
    ruler.before("fence", "sign in list", _rule_of_signs({}, list_endings), {"alt": ["list"]})
    parser.disable([*_BLOCK_RULES, *([] if has_underlines else ["lheading"])])
    return parser


def _by_first_character(names: Iterable[str]) -> dict[str, list[RuleFuncBlockType]]:
    """Return the rules of blocks by the characters that a line of them may begin with."""
    found: dict[str, list[RuleFuncBlockType]] = {}
    for name in _BLOCK_RULES:
        for sign in BLOCK_SIGNS[name] if name in names else "":
            found.setdefault(sign, []).append(_BLOCK_RULES[name])
    return found


def _rule_of_signs(
    rules: dict[str, list[RuleFuncBlockType]], endings: dict[str, list[RuleFuncBlockType]]
) -> RuleFuncBlockType:
    """Return one rule for all blocks with a sign, because most lines begin with none of them.

    `rules` read a block; `endings`, which are called with `silent`, end the block before it.
    """

    def rule_of_sign(state: StateBlock, line: int, end: int, silent: bool) -> bool:
        at = state.bMarks[line] + state.tShift[line]
        for rule in (endings if silent else rules).get(state.src[at : at + 1], ()):
            if rule(state, line, end, silent):
                return True
        return False

    return rule_of_sign


@lru_cache(maxsize=1)
def read(text: str, vocabulary: Vocabulary, day: date) -> Outline:
    """Parse a text, whatever it contains; never raise. Due dates in words are counted from `day`.

    The last text is remembered, because a change is read back before it is saved and again for the
    index.
    """
    return _EntryParser(text, vocabulary, day).outline()


def read_mentions(
    text: str, vocabulary: Vocabulary, day: date
) -> tuple[Outline, list[MentionSpan]]:
    """Parse a text; return also each place at which it is read as mentioning a tag or a person.

    In front matter a name has no sign, so its span is that of the name alone. A place is left out if
    its characters in the text differ from those that were read.
    """
    parser = _EntryParser(text, vocabulary, day)
    outline = parser.outline()
    found = [*_front_matter_spans(text, *parser.front)]
    for token in parser.tokens:
        if token.type == "inline" and ("#" in token.content or "@" in token.content):
            places = parser.lines.places(token)
            starts = list(accumulate((len(it) + 1 for it in token.content.split("\n")), initial=0))
            for span in spans_in(token.content):
                line = bisect_right(starts, span.start) - 1
                content = token.content[starts[line] : starts[line + 1] - 1]
                indent = len(content) - len(content.lstrip())
                shift = places[line].offset - starts[line] - indent
                placed = span._replace(start=span.start + shift, end=span.end + shift)
                if text[placed.start : placed.end] == token.content[span.start : span.end]:
                    found.append(placed)
    return outline, sorted(found)


def _front_matter_spans(text: str, start: int, end: int) -> Iterator[MentionSpan]:
    """Yield the tags of the front matter in `[start, end)`."""
    try:
        words = front_matter.words_of(text[start:end], front_matter.KEYS_OF_TAGS)
    except front_matter.FrontMatterError:
        return
    for _, word_end, word in words:
        if name := straighten(word).lstrip("#"):
            yield MentionSpan(start + word_end - len(name), start + word_end, "#", name)


class _EntryParser:
    """Read the block tokens of a text in one pass."""

    def __init__(self, text: str, vocabulary: Vocabulary, day: date) -> None:
        self.text, self.vocabulary, self.day = text, vocabulary, day
        self.may_be_due = may_have_due_dates(text)
        self.may_be_rated = "/10" in text or "/ 10" in text
        self.lines = _lines(text)
        self.source = self.lines.source
        self.body = self.last_block = self.lines.start(0)
        self.title, self.title_at, self.kind = "", -1, ""
        self.customers: tuple[str, ...] = ()
        self.front = (0, 0)
        self.headings: list[tuple[int, int]] = []
        self.points: list[Point] = []
        self.tasks: list[Task] = []
        self.reporter = ProblemReporter(self.lines, vocabulary, day)
        self.ratings = RatingReader(vocabulary, self.reporter.found)
        self.tags: dict[str, None] = {}
        self.people: dict[str, None] = {}
        self.sections: list[OpenSection] = []
        self.section: OpenSection | None = None
        self.items: list[OpenItem] = []
        self.possible: list[OpenSection] = []
        self.quotes = 0
        # For each open quote None, or for a callout a tuple with the section around it.
        self.containers: list[tuple[OpenSection | None] | None] = []
        self.begins_callout = False
        # The index of the token after a paragraph.
        self.following = -1
        self.tokens: list[Token] = []

    def outline(self) -> Outline:
        heading_open: Token | None = None
        source = self._after_front_matter()
        self.tokens = block_tokens(source)
        last: Token | None = None
        for index, token in enumerate(self.tokens):
            if token.level == 0 and token.map:
                last = token
            if token.type in _UNREAD_TOKENS:
                continue
            match token.type:
                case "inline":
                    if "#" in token.content or "@" in token.content:
                        self._mention(token)
                    if heading_open:
                        self._heading(token, heading_open, index + 2)
                        heading_open = None
                    else:
                        self._paragraph(self.lines.places(token), index + 2)
                case "list_item_open":
                    self._open_item(token)
                case "list_item_close":
                    self._close_item(index + 2)
                case "heading_open":
                    heading_open = token
                case "blockquote_open":
                    self._report_list_after_break(index + 1, "a quote", "the quote signs")
                    self._end_label_section()
                    self._open_quote(index)
                case "blockquote_close":
                    self._close_quote()
                case "fence" | "code_block" | "html_block" | "hr":
                    self._block_without_text(token, index)
        if last and last.map:
            self.last_block = self.lines.start(last.map[0])
        self._report_at_end()
        title_line = self.title or _as_title(self._first_line())
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
            words=self._words(),
            problems=tuple(sorted(self.reporter.found)),
            sections=tuple(
                Section(s.kind, s.start, s.head_end, s.end, tuple(s.items)) for s in self.sections
            ),
            customers=self.customers,
        )

    def _block_without_text(self, token: Token, index: int) -> None:
        """Pass over code, HTML or a rule, which ends a label's section; a comment doesn't."""
        first = token.map[0] if token.map else 0
        if token.type == "html_block":
            self.reporter.report_html(token.content, first)
            if _COMMENT.fullmatch(token.content):
                return
        elif token.type == "code_block":
            section = self.section
            is_in_section = section is not None and not self.items and not section.is_filled
            self.reporter.report_indented_list(token.content, first, is_in_section)
        elif token.type == "hr":
            self._report_list_after_break(index + 1, "a rule", "the rule")
        self._end_label_section()

    def _report_unreadable_checks(self) -> None:
        """Report the expectations whose day to check them can't be read."""
        if "heck" in self.text or "HECK" in self.text:
            # Few entries have an expectation, so the module that reads them is seldom loaded.
            from journal_tui.entry.expectations import expectations

            for one in expectations(self.text, self.day):
                if one.fault:
                    self.reporter.report(one.line - 1, one.fault)

    def _report_at_end(self) -> None:
        """Report the problems that are known only after the last line, such as sections without items."""
        for section in self.possible:
            self.reporter.report_possible_section(section)
        for section in self.sections:
            self.reporter.report_prose_in_section(section)
        self.reporter.report_deceptive_characters(self.text)
        self._report_unreadable_checks()
        if not self.ratings.rating:
            self.reporter.report_other_rating()

    def _words(self) -> int:
        """Return the number of words in the body outside headings and the rating's label."""
        left_out = list(self.headings)
        if self.ratings.start is not None and self.ratings.slot:
            left_out.append((self.ratings.start, self.ratings.slot.value_start))
        position, count = self.body, 0
        for start, end in (*sorted(left_out), (len(self.text), 0)):
            count += number_of_words(self.text[position:start])
            position = max(position, end)
        return count

    def _first_line(self) -> str:
        """Return the first line of the body that says something; a rule doesn't."""
        for number in range(self.lines.number(self.body), len(self.lines)):
            line = self.lines.line(number)
            if line.strip() and not is_rule(line):
                return line
        return ""

    def _after_front_matter(self) -> str:
        """Read the front matter; return the body as Markdown, with empty lines in its place."""
        if not is_rule(self.lines.line(0)):
            return self.source[self.body :]
        lines = LINE_END.split(self.text[self.body :])
        count = front_matter_end(lines)
        if not count:
            if opens_front_matter(self.text):
                self.reporter.report_unclosed_front_matter(lines)
            return self.source[self.body :]
        start = self.lines.start(1)
        self.front = (start, max(start, self.lines.start(count - 1)))
        self._front_matter(start, self.text[slice(*self.front)])
        self.body = self.last_block = self.lines.start(count)
        return "\n" * count + self.source[self.body :]

    def _front_matter(self, start: int, source: str) -> None:
        try:
            found = front_matter.read(source)
        except front_matter.FrontMatterError as error:
            self.reporter.report(0, f"{error}; its text is kept as it is")
            return
        self.reporter.report_front_matter(found)
        front = found.values
        for key in front_matter.KEYS_OF_TAGS:
            for tag in front_matter.strings(front.get(key)):
                if name := straighten(tag).lstrip("#"):
                    self.tags.setdefault(name)
        self.kind = front_matter.word(front.get("kind"))
        named = (front.get(key) for key in front_matter.KEYS_OF_CUSTOMERS)
        self.customers = tuple(name for value in named for name in front_matter.names(value))
        self.ratings.front_matter(found, start)

    def _mention(self, token: Token) -> None:
        tags, people = mentions(token.content)
        self.tags |= dict.fromkeys(tags)
        self.people |= dict.fromkeys(people)
        if may_have_tags_of_words(token.content):
            self.reporter.report_tags_of_words(self.lines.places(token))

    def _heading(self, token: Token, opening: Token, following: int) -> None:
        """Read a heading; `following` is the index of the token after it."""
        places = self.lines.places(token)
        if self.quotes:
            self.reporter.report_quoted_label(places[0], self._lines_of_list(following))
        if self.items:
            self._heading_of_item(places, opening)
        if self.quotes or self.items or not opening.map:
            return
        # The map includes the "===" line below a heading.
        (first, last), level = opening.map, int(opening.tag[1])
        self.headings.append((self.lines.start(first), self.lines.end(first, last)))
        content = " ".join(token.content.split())
        if self.ratings.read(places, 0, may_be_bare=True):
            self.section = None
            return
        kind = self.vocabulary.section_of_heading(content)
        if kind:
            self._begin(kind, level, 0, places[0].line, last)
            return
        if run_on := self.vocabulary.run_on(content):
            self.reporter.report_heading_in_line(run_on[0], places[0])
        elif "[" in content or self.may_be_due:
            self.reporter.report_task_in_heading(places[0])
        if self.may_be_rated:
            self.reporter.note_other_rating(places[0], needs_label=True, is_item=False)
        if not self.title and not self.containers:
            self.title, self.title_at = content, self.headings[-1][0]
        if self.section and (self.section.level == 0 or level <= self.section.level):
            self.section = None
        self._begin_possible(content, level, places[0].line)

    def _heading_of_item(self, places: list[ParagraphLine], opening: Token) -> None:
        """Read a heading in an item of an outline; it may begin a section with the items below."""
        item = self.items[-1]
        kind = None if self.quotes else self.vocabulary.section_of_heading(places[0].text)
        if kind and opening.map:
            if not item.has_begun:
                item.section = None
            self._begin(kind, 0, len(self.items), places[0].line, opening.map[1])
            return
        if self.may_be_rated:
            self._note_other_rating(places[0], is_first=not item.has_begun)
        item.add(places)

    def _is_in_item_of_section(self) -> bool:
        return any(item.section and item.section.kind for item in self.items)

    def _begin_possible(self, label: str, level: int, line: int, depth: int = 0) -> None:
        """Begin to count the items below a heading that may be meant as a section's."""
        kind = None if self.section else self.vocabulary.possible_section(label)
        if kind:
            start = self.lines.start(line)
            self.section = OpenSection("", level, depth, start, start)
            self.section.label = label
            self.possible.append(self.section)

    def _end_run_on(self, section: OpenSection) -> None:
        """Count the items that come after a blank line below points that run on from their label."""
        if section.outer or "::" in self.lines.line(self.lines.number(section.start)):
            self.section = section.outer
            return
        self.section = OpenSection("", 0, section.depth, section.start, section.start)
        self.section.around = section.around
        self.possible.append(self.section)

    def _report_list_after_break(self, index: int, what: str, removed: str) -> None:
        """Report a list at the token `index` that a quote or a rule divides from its label."""
        section = self.section
        if not section or self.items or self.quotes or section.items:
            return
        if lines := self._lines_of_list(index):
            self.reporter.report_list_after_break(section, lines, what, removed)

    @property
    def _leads_list(self) -> bool:
        """Whether a list comes directly after the paragraph."""
        return self._is_list(self.following)

    def _is_list(self, index: int) -> bool:
        """Whether the token with this index opens a list."""
        return 0 <= index < len(self.tokens) and self.tokens[index].type.endswith("_list_open")

    def _lines_of_list(self, index: int) -> Sequence[int]:
        """Return the lines of the list that the token with this index opens; none for other tokens."""
        return range(*(self.tokens[index].map or (0, 0))) if self._is_list(index) else ()

    def _open_quote(self, index: int) -> None:
        """Open a quote, or a callout such as `> [!tip] Learning points`, whose text is the writer's own."""
        following = self.tokens[index + 1 : index + 3]
        is_callout = len(following) == 2 and CALLOUT.match(following[1].content)
        if is_callout and not self.quotes:
            self.containers.append((self.section,))
            self.begins_callout = True
        else:
            self.containers.append(None)
            self.quotes += 1

    def _close_quote(self) -> None:
        callout = self.containers.pop()
        if callout:
            self.section = callout[0]
        else:
            self.quotes -= 1

    def _callout(self, places: list[ParagraphLine]) -> None:
        """Read the first paragraph of a callout: its kind, its title, and the lines after it."""
        first, following = places[0], places[1:]
        found = CALLOUT.match(first.text)
        if not found:
            self._paragraph(places, -1)
            return
        title = found["title"].strip()
        names = (title, found["kind"])
        kind = next(filter(None, map(self.vocabulary.section_of_heading, names)), None)
        if kind:
            self._begin(kind, CALLOUT_LEVEL, len(self.items), first.line, first.line + 1)
        elif title:
            offset = first.offset + first.text.rindex(title)
            following = [ParagraphLine(first.line, offset, title), *following]
        if following:
            self._paragraph(following, -1)

    def _begin(self, kind: str, level: int, depth: int, line: int, next_line: int) -> None:
        """Begin a section with the heading or label on this line and list items at this depth."""
        head_end = self.lines.end(next_line - 1, next_line)
        section = OpenSection(kind, level, depth, self.lines.start(line), head_end)
        section.around = self.section if depth else None
        self.section = section
        self.sections.append(section)

    def _end_label_section(self) -> None:
        """End a label's section at a block that isn't a list; a heading's section continues."""
        self.ratings.awaited = None
        if self.items:
            self.items[-1].has_begun = True
        elif self.section and self.section.level == 0:
            self.section = None

    def _open_item(self, token: Token) -> None:
        first, last = token.map or (0, 0)
        section = self.section
        if section and 0 <= section.run_on_end < first and not section.items:
            self._end_run_on(section)
            section = self.section
        if section and (section.depth != len(self.items) or self.quotes):
            section = None
        if self.items:
            self.items[-1].has_begun = True
        line = self.lines.line(first)
        quote = len(quote_signs(line)) if self.containers else 0
        self.items.append(OpenItem(first, last, line, quote, section))

    def _close_item(self, following: int) -> None:
        """Close an item; if it is only a label, a list at the token `following` is the label's section."""
        item = self.items.pop()
        start, end = self.lines.start(item.first), self.lines.end(item.first, item.last)
        text = item.text(item.nested)
        is_task = item.state != "" or (item.section is not None and item.section.kind == FOLLOW_UP)
        if text and self.items and item.first < self.items[-1].last:
            self.items[-1].nested.append(text)
            if not is_task:
                self.items[-1].notes.append(text)
        section = item.section
        if section:
            marker = marker_of(item.line) or f"{BULLETS[0]} "
            section.items.append(Item(start, end, marker, text))
            section.end = max(section.end, end)
            section.empty_end = -1 if text else item.last
            section.is_filled = section.is_filled or bool(text)
            section.unread += bool(text) and not is_task and not item.other_box
        is_due = False
        if text and is_task:
            self.tasks.append(self._task(item, start, end))
            is_due = self.tasks[-1].due is not None
        if text and (item.other_box or (self.may_be_due and not is_task and not section)):
            self.reporter.report_item(item)
        if section and text and section.kind and section.kind != FOLLOW_UP and not is_due:
            self.points.append(Point(section.kind, text, item.first + 1, start, end))
        while self.section and self.section.depth > len(self.items):
            self.section = self.section.around
        if item.nested or self.quotes or not self._is_list(following):
            return
        if not self._is_in_item_of_section():
            kind = self.vocabulary.section(text) if section is None or not section.kind else None
            if kind:
                self._begin(kind, 0, len(self.items), item.first, item.last)

    def _task(self, item: OpenItem, start: int, end: int) -> Task:
        """Return an item as a follow-up, without the words for its due date."""
        own = " ".join(item.own)
        # A due date no longer matters when the follow-up is done or dropped.
        matters = item.state not in model.CLOSED
        found = due_dates(own, self.day)
        dated = [due.day for due in found if due.day and due.form != "stamp"]
        # A date in angle brackets, as in org, counts if there is no other.
        dated = dated or [due.day for due in found if due.day]
        if matters:
            self.reporter.report_due_dates(item, own, found, dated)
        if found:
            said = without_due_dates(own, [due for due in found if due.day])
            if matters and not said and not item.notes:
                self.reporter.report_follow_up_without_words(item)
            item.own = [own := said or ("" if item.notes else own)]
        marks = read_marks(own, item.state or model.OPEN, self.day)
        self.reporter.report_marks(item, marks.unread)
        due = dated[-1] if dated else None
        text, line = item.text(item.notes), item.first + 1
        about = (marks.waiting, marks.since, marks.reason)
        return Task(text, line, marks.state, due, start, end, item.box, *about)

    def _paragraph(self, places: list[ParagraphLine], following: int) -> None:
        """Read a paragraph; `following` is the index of the token after it."""
        if self.quotes:
            self._quoted(places, following)
            return
        if self.begins_callout:
            self.begins_callout = False
            self._callout(places)
            return
        self.following = following
        index = self.ratings.read_awaited(places)
        prose: list[ParagraphLine] = []
        section = self.section
        while index < len(places):
            place = places[index]
            used = self._read_label(places, index)
            if used and not (prose and self.items):
                section = self.section
            elif used or (index and self.items and self._is_apart(place)):
                self._end_items(place)
                self.items[-1].add(prose)
                if not used:
                    self._report_line_after_item(place)
                self._read_labels_after_item(places, index + (used or 1))
                return
            else:
                prose.append(place)
                if self.may_be_rated:
                    self._note_other_rating(place, is_first=index == 0)
                if not self.items:
                    self._prose_line(place, section)
                elif index or self.items[-1].has_begun:
                    is_task = self.reporter.report_unmarked_task(place)
                    if not is_task and "[" in place.text[:12]:
                        self.reporter.report_indented_task(place)
            index += used or 1
        if self.items:
            self.items[-1].add(prose)

    def _is_apart(self, place: ParagraphLine) -> bool:
        """Whether a line that Markdown joined to an item isn't indented and may be a task or a rating."""
        says_own = unmarked_task(place.text) or (
            self.may_be_rated and (value := out_of_ten(place.text, self.day)) and value.label
        )
        return bool(says_own) and self._depth(place) < len(self.items)

    def _note_other_rating(self, place: ParagraphLine, is_first: bool) -> None:
        """Note a line that may be meant as a rating, unless it is an item of a section."""
        is_item = is_first and bool(self.items)
        if not (is_item and self._is_in_item_of_section()):
            self.reporter.note_other_rating(place, needs_label=is_item, is_item=is_item)

    def _prose_line(self, place: ParagraphLine, section: OpenSection | None) -> None:
        """Read a line of prose outside lists, which is below the label or heading of `section`."""
        is_task = self.reporter.report_unmarked_task(place)
        if (
            not is_task
            and self.may_be_due
            and any(sign in place.text for sign in (":", "：", "@due"))
        ):
            self.reporter.report_due_date_in_prose(place)
        if section and section.label and place.text.startswith("|"):
            section.rows += 1
        if section and section.kind:
            if not section.is_filled and not (is_task and section.kind == FOLLOW_UP):
                section.prose.append(place.line)
            elif section.empty_end == place.line:
                section.missed.append(place.line)
                section.empty_end += 1
        if self.section and self.section.level == 0:
            self.section = None

    def _quoted(self, places: list[ParagraphLine], following: int) -> None:
        """Read the ratings in a quote; other lines belong to the item around it, if any.

        `following` is the index of the token after it.
        """
        index, rest = 0, []
        while index < len(places):
            used = self.ratings.read(places, index, may_be_bare=False, is_quoted=True)
            is_box = not (used or self.items) and task_box(places[index].text)
            if is_box:
                self.reporter.report_unmarked_task(places[index])
            if not used:
                is_last = index + 1 == len(places)
                lines = self._lines_of_list(following) if is_last else ()
                self.reporter.report_quoted_label(places[index], lines)
            rest += [] if used else [places[index]]
            index += used or 1
        if self.items:
            self.items[-1].add(rest)

    def _read_labels_after_item(self, places: list[ParagraphLine], index: int) -> None:
        """Read only the labels in these lines, from `index`, which Markdown joined to a list item."""
        while index < len(places):
            used = self._read_label(places, index)
            if not used:
                self._report_line_after_item(places[index])
            index += used or 1

    def _report_line_after_item(self, place: ParagraphLine) -> None:
        """Report a line that Markdown joined to a list item, but that isn't a part of it."""
        self.reporter.report_unmarked_task(place)
        if self.may_be_rated:
            self.reporter.note_other_rating(place, needs_label=False, is_item=False)

    def _end_items(self, place: ParagraphLine) -> None:
        """End the items that contain a label only as a lazy continuation line."""
        for item in self.items[self._depth(place) :]:
            item.last = min(item.last, place.line)

    def _read_label(self, places: list[ParagraphLine], index: int) -> int:
        """Read a rating or a section's label at this line; return the number of lines read."""
        used = self.ratings.read(places, index, self._ends_text, may_be_bare=not self.items)
        if used:
            if not self.items:
                self.section = None
            return used
        if index == 0 and self.items and self._is_in_item_of_section():
            return 0
        place = places[index]
        kind = self._label(places, index)
        if kind:
            self._begin(kind, 0, self._depth(place), place.line, place.line + 1)
            return 1
        if "::" in place.text:
            self._read_learning_fields(place)
        run_on = self.vocabulary.run_on(place.text)
        if run_on and run_on[0] == LEARNING:
            return self._run_on(places, index, index, run_on[1])
        self.reporter.report_label_in_line(place, run_on, is_in_item=bool(self.items))
        following = index + 1 < len(places)
        if following and ends_like_label(place.text):
            kind = self.vocabulary.section(place.text)
            if kind == FOLLOW_UP and is_like_item(places[index + 1].text):
                self._begin(kind, 0, self._depth(place), place.line, place.line + 1)
                return 1
            if kind == LEARNING:
                if _may_be_item(places[index + 1].text):
                    self._begin(LEARNING, 0, self._depth(place), place.line, place.line + 1)
                    return 1
                return self._run_on(places, index, index + 1, 0)
        elif len(place.text) < 40 and not self.items and (following or self._leads_list):
            self.reporter.report_unmarked_label(place, is_first=index == 0 and following)
        return self._read_possible_label(places, index)

    def _read_possible_label(self, places: list[ParagraphLine], index: int) -> int:
        """Read a label whose list may be meant as a section; return the number of lines read."""
        place = places[index]
        if index + 1 < len(places):
            return 0
        if self.items:
            if index == 0 and self.section is None and self._leads_list:
                self._begin_possible(place.text, 0, place.line, len(self.items))
            return 0
        if not ends_like_label(place.text) and not place.text.startswith("##"):
            return 0
        if self.section and self.section.level == 0:
            self.section = None
        if self.section is None:
            self._begin_possible(place.text, 0, place.line)
            return int(self.section is not None)
        return 0

    def _read_learning_fields(self, place: ParagraphLine) -> None:
        """Read fields such as `[learned:: ask first]`, which may be anywhere in a line."""
        code = code_spans(place.text) if "`" in place.text else []
        for start, first, last in self.vocabulary.learning_fields(place.text):
            if any(a <= start < b for a, b in code):
                continue
            begin, end = _trimmed(place.text, first, last)
            if begin < end:
                text = " ".join(place.text[begin:end].split())
                begin, end = place.offset + begin, place.offset + end
                self.points.append(Point(LEARNING, text, place.line + 1, begin, end))

    def _label(self, places: list[ParagraphLine], index: int) -> str | None:
        """Return the kind of section that a label on this line announces for the list after it."""
        content = places[index].text
        if index + 1 < len(places):
            return None
        if ends_like_label(content) or (index == 0 and (not self.items or self._leads_list)):
            return self.vocabulary.section(content)
        if index and self._is_above_list(places[index]):
            return self.vocabulary.section(content)
        return None

    def _is_above_list(self, place: ParagraphLine) -> bool:
        """Whether a paragraph's last line begins like a label and is directly above a list."""
        return (
            len(place.text) <= _LONGEST_BARE_LABEL
            and begins_like_label(place.text)
            and (self._leads_list or list_item(self.lines.line(place.line + 1)) is not None)
        )

    def _ends_text(self, places: list[ParagraphLine], index: int) -> bool:
        """Whether a line ends the remark or the points that are on the lines above it."""
        text = places[index].text
        if self._is_label(places, index) or unmarked_task(text):
            return True
        is_bare_label = len(text) <= _LONGEST_BARE_LABEL and begins_like_label(text)
        return (
            is_bare_label
            and index + 1 < len(places)
            and _may_be_item(places[index + 1].text)
            and self.vocabulary.section(text) is not None
        )

    def _is_label(self, places: list[ParagraphLine], index: int) -> bool:
        """Whether a line that isn't the first of its paragraph is a label."""
        if self.vocabulary.run_on(places[index].text):
            return True
        return self._label(places, index) is not None

    def _depth(self, place: ParagraphLine) -> int:
        """Return how many items contain the line by its indent; a lazy line isn't in any."""
        margin = place.offset - self.lines.start(place.line)
        return sum(1 for item in self.items if item.margin < margin)

    def _run_on(self, places: list[ParagraphLine], label: int, first: int, column: int) -> int:
        """Read `Learning points: one; two; and three.` up to the next label; return how many lines."""
        last = first + 1
        while last < len(places):
            if self.ratings.is_rating(places[last].text) or self._ends_text(places, last):
                break
            last += 1
        start, outer = places[label], self.section
        self._begin(LEARNING, 0, self._depth(start), start.line, places[last - 1].line + 1)
        section = self.sections[-1]
        section.is_filled, section.run_on_end = True, places[last - 1].line + 1
        if outer and outer.level and outer.kind and not section.depth:
            section.outer = outer
        announced = start.text[:column] if first == label else start.text
        self.points += _run_on_points(places[first:last], column, announced)
        return last - label


def number_of_words(text: str) -> int:
    """Return the number of words in a text; apostrophes, hyphens and `_` don't divide a word."""
    if not text.isascii():
        for sign, blank in _COMMON_SIGNS.items():
            text = text.replace(sign, blank)
        if not text.isascii():
            return len(_WORD.findall(text))
    # Several times faster than the pattern.
    return len(text.translate(_ASCII_SIGNS).split())


def _as_title(line: str) -> str:
    """Return the first line as a title, with single blanks and without the signs of a line that isn't a heading."""
    # A whole paragraph is often one line, and its title is only the beginning.
    line = " ".join(line[:LONGEST_TITLE_LINE].split())
    found = heading(line)
    return found.text if found and found.text else line


def _may_be_item(text: str) -> bool:
    """Return whether a line of a paragraph may be meant as an item, such as one numbered from 2."""
    return is_like_item(text) or list_item(text) is not None or unmarked_task(text) != ""


def _run_on_points(places: list[ParagraphLine], column: int, label: str = "") -> list[Point]:
    """Return the points from `column` of the first of these lines; `label` is the text before.

    They are split at semicolons, never at commas. An "and" around a point and the final full stop
    aren't part of it.
    """
    lines = [places[0].text[column:], *(place.text for place in places[1:])]
    offsets = [places[0].offset + column, *(place.offset for place in places[1:])]
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    joined = "\n".join(lines)
    closing = unclosed(label)
    if closing and joined.endswith(closing):
        joined = joined[: -len(closing)]
    found = []
    for start, end in _point_spans(joined):
        first = min(bisect_right(starts, start), len(lines)) - 1
        last = min(bisect_right(starts, end - 1), len(lines)) - 1
        text = " ".join(joined[start:end].split())
        begin = offsets[first] + start - starts[first]
        stop = offsets[last] + end - starts[last]
        found.append(Point(LEARNING, text, places[first].line + 1, begin, stop))
    return found


def _point_spans(text: str) -> Iterator[tuple[int, int]]:
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
    """Yield the offsets of semicolons that divide points, but not those in code or `&amp;`."""
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
