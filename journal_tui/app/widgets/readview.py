"""The day as a page: Markdown rendered, tasks as boxes, nothing of the text obeyed as markup."""

import asyncio
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from mdit_py_plugins.front_matter import front_matter_plugin
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Markdown, Static

from journal_tui.entry.visible import visible

MOST_LINES = 200
"""A list item takes four widgets: a page of thousands would hold up the app for a minute."""

_BOXES = {"[ ] ": "☐ ", "[x] ": "☑ ", "[X] ": "☑ "}


def _harmless(state: StateCore) -> None:
    """Show what an entity such as `&#x202e;` stands for as any text is shown."""
    for token in state.tokens:
        token.content = visible(token.content)
        for child in token.children or ():
            child.content = visible(child.content)
            for name, value in child.attrs.items():
                if isinstance(value, str):
                    child.attrs[name] = visible(value)


def _boxes(state: StateCore) -> None:
    """Turn `[ ]` and `[x]` at the beginning of a list item into boxes that can be seen."""
    tokens = state.tokens
    for item, paragraph, inline in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if item.type != "list_item_open" or paragraph.type != "paragraph_open":
            continue
        children = inline.children or []
        if children and children[0].type == "text":
            box = _BOXES.get(children[0].content[:4])
            if box:
                children[0].content = box + children[0].content[4:]


def parser() -> MarkdownIt:
    """CommonMark with tables, strikethrough and tasks; raw HTML stays text."""
    made = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    made.use(front_matter_plugin)
    made.core.ruler.push("journal_harmless", _harmless)
    made.core.ruler.push("journal_boxes", _boxes)
    return made


class ReadView(VerticalScroll, can_focus=True):
    """One entry to read; `clicked` is told where a link leads, which is not obeyed."""

    DEFAULT_CSS = """
    ReadView {
        padding: 0 1;
        scrollbar-size-vertical: 1;
        & #rest { padding: 1; color: $text-muted; }
        & Markdown { padding: 0 1; margin: 0; max-width: 84; background: transparent; }
        & MarkdownH1 { content-align: left middle; margin: 0 0 1 0; text-style: bold; color: $text-primary; }
        & MarkdownH2 { margin: 1 0 1 0; text-style: bold underline; color: $text-primary; }
        &:focus { background: transparent; }
    }
    """

    def __init__(self, clicked: Callable[[str], object]) -> None:
        super().__init__()
        self._clicked = clicked
        self._wanted: str | None = None
        self._shown: str | None = None
        self._rendering = asyncio.Lock()

    def compose(self) -> ComposeResult:
        """The rendered page."""
        yield Markdown("", parser_factory=parser, open_links=False)
        yield Static(id="rest")

    def on_markdown_link_clicked(self, event: Markdown.LinkClicked) -> None:
        """Tell where the link leads."""
        event.stop()
        self._clicked(event.href)

    async def show_text(self, text: str) -> None:
        """Render a text, unless it is the one that stands there or another came meanwhile.

        It must not be cancelled: Textual 8.2.8 would cancel the widgets that it was removing.
        """
        self._wanted = text
        async with self._rendering:
            if text != self._wanted or text == self._shown:
                return
            lines = text.split("\n")
            page = visible("\n".join(lines[:MOST_LINES]))
            await self.query_one(Markdown).update(page or "*Nothing written yet.*")
            rest, more = self.query_one("#rest", Static), len(lines) - MOST_LINES
            rest.display = more > 0
            rest.update(
                f"… {more:,} more {'line' if more == 1 else 'lines'}. Go back to writing to read on."
            )
            self._shown = text
            self.scroll_home(animate=False)
