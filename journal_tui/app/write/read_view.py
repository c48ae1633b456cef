"""The reading view: an entry's Markdown rendered with widgets, without raw HTML or markup."""

import asyncio
import re
from collections.abc import Callable, Mapping
from functools import cache
from itertools import pairwise
from typing import ClassVar

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.errors import NoWidget
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Markdown, Static
from textual.widgets._markdown import (
    MarkdownBlock,
    MarkdownBullet,
    MarkdownUnorderedListItem,
)

from journal_tui.app.commands import reading_bindings
from journal_tui.entry.links import add_wiki_links
from journal_tui.entry.markdown_lines import (
    BULLETS,
    TASK_SIGNS,
    TASK_WORDS,
    as_markdown,
    front_matter_end,
    is_empty_item,
    task_box,
    task_word,
)
from journal_tui.entry.parser import limit_nesting
from journal_tui.entry.sanitize import visible
from journal_tui.entry.syntax_highlight import line_marks
from journal_tui.entry.vocabulary import Vocabulary

BURST_SECONDS = 1.0
"""Seconds after a character within which the next one counts as typed text, not as a command."""
MAX_LINES = 200
"""The most lines rendered: each list item takes four widgets, and thousands would take a minute."""
RATING = "rating"
"""The key of the sentence after a rating's label without a value; other keys are kinds of sections, or ""."""

# Each level is a widget inside another, and takes longer to lay out than the one around it.
_DEEPEST = 20
_BULLET, _DONE, _EMPTY = "journal_bullet", "journal_done", "journal_empty"
# The editor's styles of the same marks; colour is never the only signal.
_STYLES = {
    "rating": "$text-success bold",
    "due": "$text-warning underline",
    "tag": "$text-accent italic",
    "person": "$text-secondary bold",
}
_DONE_STYLE = "dim strike"
_EMPTY_STYLE = "dim italic"
_BOX_CELLS = 2
_SCROLLING = {
    "up": "scroll_up", "down": "scroll_down", "home,ctrl+home": "scroll_home", "end,ctrl+end": "scroll_end",
    "pageup": "page_up", "pagedown,space": "page_down",
}  # fmt: skip
_CALLOUT = re.compile(r"\[![\w-]+\]")
_DEEP_ITEM = re.compile(rf"[{re.escape(BULLETS)}][ \t]")
_PROPERTY = re.compile(r"[\w-]+:: ")


def _prepare_source(state: StateCore) -> None:
    """Leave out the front matter, and read the bullets of other programs as list markers."""
    lines = state.src.split("\n")
    front = front_matter_end(lines)
    state.src = as_markdown("\n" * front + "\n".join(lines[front:]))


def _sanitize_tokens(state: StateCore) -> None:
    """Make control characters visible that an entity such as `&#x202e;` has put into the text."""
    for token in state.tokens:
        token.content = visible(token.content)
        for child in token.children or ():
            child.content = visible(child.content)
            for name, value in child.attrs.items():
                if isinstance(value, str):
                    child.attrs[name] = visible(value)


def _unwrap_items(state: StateCore) -> None:
    """Replace a bulleted item that contains only a list by the items of that list: `- - a`."""
    tokens, opened = state.tokens, list[int]()
    closes: dict[int, int] = {}
    for index, token in enumerate(tokens):
        if token.nesting > 0:
            opened.append(index)
        elif token.nesting < 0:
            closes[opened.pop()] = index
    left_out: set[int] = set()
    for index, (item, inner) in enumerate(pairwise(tokens)):
        if item.type == "list_item_open" and not item.info and inner.type == "bullet_list_open":
            last = closes[index + 1]
            if last + 1 == closes[index]:
                left_out |= {index, index + 1, last, last + 1}
    if left_out:
        state.tokens = [token for index, token in enumerate(tokens) if index not in left_out]


def _replace_boxes(state: StateCore) -> None:
    """Replace `[ ]` and `[x]` at the start of a list item by box characters.

    An item that begins with a word such as TODO keeps it after its box. The box of a bulleted item
    takes the bullet's place; a numbered item keeps its number.
    """
    tokens = state.tokens
    for item, paragraph, inline in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if item.type != "list_item_open" or paragraph.type != "paragraph_open":
            continue
        children = inline.children or []
        if children and children[0].type == "text":
            text = children[0].content
            if box := task_box(text):
                sign, rest = f"{TASK_SIGNS[text[1]]} ", text[box[1] :]
            elif word := task_word(text):
                sign, rest = f"{TASK_SIGNS[TASK_WORDS[word[0]]]} ", text
            else:
                continue
            inline.meta[_DONE] = sign[0] != TASK_SIGNS[" "]
            if item.info:
                children[0].content = sign + rest
            else:
                item.meta[_BULLET], children[0].content = sign, rest


def _break_lines(state: StateCore) -> None:
    """Keep line breaks after a callout's title, and before Logseq properties and items nested too deeply."""
    for token in state.tokens:
        children = token.children or []
        for index, child in enumerate(children):
            if child.type == "softbreak" and (
                _PROPERTY.match(children[index + 1].content)
                or _DEEP_ITEM.match(children[index + 1].content)
                or (index == 1 and _CALLOUT.match(children[0].content))
            ):
                child.type = "hardbreak"


def _say_what_is_empty(
    state: StateCore, vocabulary: Vocabulary, sentences: Mapping[str, str], is_cut: bool
) -> None:
    """Add a sentence after a rating's label without a value, and below a heading without anything.

    An empty list below the heading is replaced. A heading of the writer's own stays bare unless it has one.
    """
    tokens, lines = state.tokens, state.src.split("\n")
    # The tokens that begin a section, or end one: a line that is a rating belongs to none.
    begins = [
        index
        for index, token in enumerate(tokens)
        if token.level == 0
        and (
            token.type == "heading_open"
            or (token.type == "paragraph_open" and vocabulary.rating(tokens[index + 1].content))
        )
    ]
    # From the last one on, because what is added moves the tokens after it.
    for begin, end in reversed([*pairwise([*begins, len(tokens)])]):
        opening, inline = tokens[begin], tokens[begin + 1]
        rating = vocabulary.rating(inline.content)
        is_label = rating is not None and rating[0] == len(inline.content)
        if opening.type == "paragraph_open":
            if is_label and (sentence := sentences.get(RATING)):
                inline.children = [*(inline.children or []), _text(f" {sentence}")]
                inline.meta[_EMPTY] = len(sentence)
            continue
        if end == len(tokens):
            is_open, last = is_cut, len(lines)
        else:
            is_open, last = tokens[end].tag > opening.tag, (tokens[end].map or [0])[0]
            is_open = is_open and tokens[end].type == "heading_open"
        below = [line for line in lines[(opening.map or [0, 0])[1] : last] if line.strip()]
        kind = RATING if is_label else vocabulary.section_of_heading(inline.content)
        if is_open or not (kind or below) or not all(map(is_empty_item, below)):
            continue
        if sentence := sentences.get(kind or "", sentences.get("")):
            tokens[begin + 3 : end] = _paragraph(sentence, opening)


def _text(words: str) -> Token:
    return Token("text", "", 0, content=words)


def _paragraph(words: str, heading: Token) -> list[Token]:
    """Return the tokens of a paragraph that isn't in the text, at the line of a heading."""
    inline = Token(
        "inline", "", 0, map=heading.map, level=1, content=words, children=[_text(words)]
    )
    inline.meta[_EMPTY] = len(words)
    opening = Token("paragraph_open", "p", 1, map=heading.map, block=True)
    return [opening, inline, Token("paragraph_close", "p", -1, block=True)]


def parser(
    vocabulary: Vocabulary | None = None,
    sentences: Mapping[str, str] | None = None,
    is_cut: bool = False,
) -> MarkdownIt:
    """Return a parser of CommonMark with tables, strikethrough and tasks, and raw HTML as text.

    Where nothing is written below a heading or after a rating's label, it adds one of the `sentences`,
    unless the text `is_cut` there.
    """
    made = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    add_wiki_links(limit_nesting(made, _DEEPEST))
    made.core.ruler.after("normalize", "journal_source", _prepare_source)
    made.core.ruler.push("journal_harmless", _sanitize_tokens)
    made.core.ruler.push("journal_items", _unwrap_items)
    made.core.ruler.push("journal_boxes", _replace_boxes)
    made.core.ruler.push("journal_breaks", _break_lines)
    if vocabulary and sentences:
        known, said = vocabulary, sentences
        made.core.ruler.push(
            "journal_empty", lambda state: _say_what_is_empty(state, known, said, is_cut)
        )
    return made


class _Item(MarkdownUnorderedListItem):
    """A bulleted list item; a task has its box in the bullet's place."""

    def __init__(self, markdown: Markdown, token: Token, bullet: str) -> None:
        super().__init__(markdown, token, token.meta.get(_BULLET, bullet))


class _Page(Markdown):
    """A rendered Markdown text with ratings, due dates, tags and people in their colours."""

    def __init__(self, vocabulary: Vocabulary | None) -> None:
        super().__init__("", parser_factory=self._parser, open_links=False)
        self.vocabulary = vocabulary
        self.sentences: Mapping[str, str] = {}
        self.is_cut = False

    def _parser(self) -> MarkdownIt:
        return parser(self.vocabulary, self.sentences, self.is_cut)

    def get_block_class(self, block_name: str) -> type[MarkdownBlock]:
        """Return the class of a block, which colours what it shows."""
        if block_name == "list_item_unordered_open":
            return _Item
        return _painted(super().get_block_class(block_name))


@cache
def _painted(block_class: type[MarkdownBlock]) -> type[MarkdownBlock]:
    """Return a block class whose blocks colour the text that they show."""

    def set_content(block: MarkdownBlock, content: Content) -> None:
        page, token = block._markdown, block._inline_token
        if token is not None and isinstance(page, _Page):
            content = _paint(
                content, page.vocabulary, bool(token.meta.get(_DONE)), token.meta.get(_EMPTY, 0)
            )
        block_class.set_content(block, content)

    return type(block_class.__name__, (block_class,), {"set_content": set_content})


def _paint(
    content: Content, vocabulary: Vocabulary | None, is_done: bool, added: int = 0
) -> Content:
    """Colour ratings, due dates, tags and people in a rendered line, except in code and links.

    So many characters at the end were `added`, and aren't in the text.
    """
    plain = content.plain[: len(content.plain) - added]
    if added:
        content = content.stylize(_EMPTY_STYLE, len(plain))
    plain_spans = [
        (span.start, span.end)
        for span in content.spans
        if not isinstance(span.style, str) or span.style == ".code_inline"
    ]
    if is_done:
        content = content.stylize(_DONE_STYLE)
    for start, end, kind in line_marks(plain, vocabulary):
        if (style := _STYLES.get(kind)) and not any(a < end and start < b for a, b in plain_spans):
            content = content.stylize(style, start, end)
    return content


def _task_at(clicked: Widget, x: int, y: int) -> int | None:
    """Return the line, from 1, of the task whose box is at a position of a widget, or None."""
    block: MarkdownBlock | None = None
    if isinstance(clicked, MarkdownBullet) and _is_box(clicked.symbol):
        # The item's text is beside its bullet.
        item = clicked.parent
        block = item.query(MarkdownBlock).first() if isinstance(item, Widget) else None
    elif isinstance(clicked, MarkdownBlock) and _is_box(clicked._content.plain):
        # A numbered item has its box at the beginning of its text.
        area = clicked.content_region
        is_hit = y == area.y and 0 <= x - area.x < _BOX_CELLS
        block = clicked if is_hit else None
    return block.source_range[0] + 1 if block else None


def _is_box(text: str) -> bool:
    return text[:1] in TASK_SIGNS.values()


class ReadView(VerticalScroll, can_focus=True, inherit_bindings=False):
    """A rendered entry; `on_link` is called with the target of a link that is clicked.

    A character runs a command only if none was typed in the second before, so that typing words by
    mistake runs no commands.
    """

    class Typed(Message):
        """Posted when a character that runs no command was typed or pasted."""

    class Ticked(Message):
        """Posted when the box of a task is clicked; `line` is that of the task, from 1."""

        def __init__(self, line: int) -> None:
            super().__init__()
            self.line = line

    BINDINGS: ClassVar[list[BindingType]] = [
        *reading_bindings(),
        *(Binding(key, action, show=False) for key, action in _SCROLLING.items()),
    ]
    DEFAULT_CSS = """
    ReadView {
        padding: 0 1;
        border: round $foreground 30%;
        border-title-color: $text-accent;
        border-title-style: bold;
        border-subtitle-color: $text-muted;
        &:focus { border: round $border; }
        & #rest { padding: 1; color: $text-muted; }
        & Markdown { padding: 0 1; margin: 0; max-width: 84; background: transparent; }
        & MarkdownH1 { content-align: left middle; margin: 0 0 1 0; text-style: bold; color: $text-primary; }
        & MarkdownH2 { margin: 1 0 1 0; text-style: bold underline; color: $text-primary; }
        & MarkdownList MarkdownHeader { margin: 0; }
        &:focus { background: transparent; }
    }
    """

    def __init__(
        self, on_link: Callable[[str], object], vocabulary: Vocabulary | None = None
    ) -> None:
        super().__init__()
        self.border_title = Content("Reading")
        self.border_subtitle = Content("e to write")
        self._on_link = on_link
        self._vocabulary = vocabulary
        self._typed_at = self._dispatched_at = float("-inf")
        self._wanted: tuple[str, Mapping[str, str]] | None = None
        self._shown: tuple[str, Mapping[str, str]] | None = None
        self._keeps_place = False
        self._rendering = asyncio.Lock()

    def compose(self) -> ComposeResult:
        """Create the rendered page, and the sentence about the lines after `MAX_LINES`."""
        yield _Page(self._vocabulary)
        yield Static(id="rest")

    def on_key(self, event: events.Key) -> None:
        """Prevent the keys of typed words from running commands."""
        is_character = event.is_printable and "+" not in event.key
        is_typed = event.time - self._typed_at < BURST_SECONDS
        if is_character:
            self._typed_at = event.time
        if is_typed and (is_character or event.key in ("enter", "tab")):
            event.stop()
            event.prevent_default()
        if is_character and (is_typed or event.key not in self._bindings.key_to_bindings):
            self.post_message(self.Typed())

    def belongs_to_typing(self, event: events.Key) -> bool:
        """Return whether a key that is about to be dispatched is part of words that are being typed.

        Keys that arrive together are all dispatched before the first of them is handled here.
        """
        is_typed = event.time - self._dispatched_at < BURST_SECONDS
        if event.is_printable:
            self._dispatched_at = event.time
        return is_typed

    def on_paste(self, event: events.Paste) -> None:
        """Paste nothing."""
        event.stop()
        self.post_message(self.Typed())

    def on_click(self, event: events.Click) -> None:
        """Post `Ticked` if the box of a task was clicked."""
        try:
            clicked, _ = self.screen.get_widget_at(event.screen_x, event.screen_y)
        except NoWidget:
            return
        line = _task_at(clicked, event.screen_x, event.screen_y)
        if line is not None:
            event.stop()
            self.post_message(self.Ticked(line))

    def on_markdown_link_clicked(self, event: Markdown.LinkClicked) -> None:
        """Pass on the target of the link."""
        event.stop()
        self._on_link(event.href)

    def keep_place(self) -> None:
        """Keep the scroll position when the next text is shown, because it is an edit of the shown one."""
        self._keeps_place = True

    async def show_text(self, text: str, sentences: Mapping[str, str] | None = None) -> None:
        """Render a text, unless it is shown already or a newer one has been requested.

        `sentences` are shown where nothing is written, by the kind of section, or `RATING`.
        Don't cancel this coroutine: Textual 8.2.8 would cancel the tasks of the widgets being removed.
        """
        wanted = self._wanted = text, sentences or {}
        async with self._rendering:
            if wanted != self._wanted or wanted == self._shown:
                return
            lines = text.split("\n")
            page, more = self.query_one(_Page), len(lines) - MAX_LINES
            page.sentences, page.is_cut = wanted[1], more > 0
            shown = visible("\n".join(lines[:MAX_LINES]))
            await page.update(shown or "*Nothing written yet.*")
            rest = self.query_one("#rest", Static)
            rest.display = more > 0
            rest.update(
                f"… {more:,} more {'line' if more == 1 else 'lines'}. Go back to writing to read on."
            )
            self._shown = wanted
            if not self._keeps_place:
                self.scroll_home(animate=False)
            self._keeps_place = False
