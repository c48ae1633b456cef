"""The help screen: the pages of the guide, with the keys from the table of commands."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from textwrap import wrap
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from journal_tui import guide
from journal_tui.app.commands import CLOSING_PLACES, WRITE_PLACES, HelpRow, help_groups
from journal_tui.app.navigation import AppScreen
from journal_tui.app.widgets.key_line import KeyLine
from journal_tui.app.widgets.page_layout import PageLine, page_lines
from journal_tui.entry.sanitize import visible

KeyGroup = tuple[str, Sequence[HelpRow]]
_FORM = 27
"""Columns of a query's form in the guide's list, before its meaning."""
_STYLES = {
    "heading": "bold $text-primary",
    "bullet": "bold $text-accent",
    "strong": "bold",
    "emphasis": "italic",
    "code": "bold $text-accent",
    "code-block": "$text-accent",
}


def halves(groups: Sequence[KeyGroup]) -> tuple[Sequence[KeyGroup], Sequence[KeyGroup]]:
    """Split the groups into two columns of nearly the same height, in their order."""
    heights = [len(keys) + 2 for _, keys in groups]
    best = min(
        range(len(groups) + 1),
        key=lambda cut: (abs(sum(heights[:cut]) - sum(heights[cut:])), -cut),
    )
    return groups[:best], groups[best:]


def keys_content(rows: Sequence[HelpRow], width: int, cells: int) -> Content:
    """Return the keys in lines of `cells`, with names and descriptions aligned after `width` of them."""
    lines = []
    for key, title, what in rows:
        name, said = visible(title), visible(what)
        if name:
            said = f"{name} – {said[:1].lower()}{said[1:]}"
        first, *others = wrap(said, max(1, cells - width - 2)) or [""]
        blank = " " * max(2, width + 2 - cell_len(key))
        begin = Content(first)
        if first.startswith(name):
            begin = begin.stylize("bold", 0, len(name))
        lines.append(Content.assemble((key, "bold $text-accent"), blank, begin))
        lines += [Content(" " * (width + 2) + other) for other in others]
    return Content("\n").join(lines)


def forms_content(listed: str, cells: int) -> Content:
    """Return the forms of a query beside their meanings, or above them in a narrow window."""
    given = listed.splitlines()
    is_narrow = cells < max(map(cell_len, given), default=0)
    lines = []
    for line in given:
        form, meaning = line[:_FORM].rstrip(), line[_FORM:]
        if is_narrow:
            lines += [Content.styled(form, "bold $text-accent")] if form else []
            lines.append(Content(f"  {meaning}"))
        else:
            lines.append(Content.assemble((f"{form:{_FORM}}", "bold $text-accent"), meaning))
    return Content("\n").join(lines)


def page_content(markdown: str, cells: int) -> Content:
    """Return Markdown laid out in lines of at most `cells`."""
    lines = page_lines(markdown.strip("\n"), cells, 1, lambda _: ())
    return Content("\n").join(_styled(line) for line in lines)


def _styled(line: PageLine) -> Content:
    content = Content(line.text)
    for start, end, kind in line.spans:
        if style := _STYLES.get(kind):
            content = content.stylize(style, start, end)
    return content


def topics_content(shown: str, cells: int) -> Content:
    """Return the numbered titles of the topics in lines of `cells`; the shown topic is marked."""
    lines, used = [Content()], 0
    for number, topic in enumerate(guide.TOPICS, 1):
        is_shown = "bold reverse " if topic.name == shown else ""
        name = Content.assemble(
            (f"{number} ", "$text-muted"),
            (topic.title, f"{is_shown}@click=screen.show('{topic.name}')"),
        )
        gap = 2 if used else 0
        if used and used + gap + name.cell_length > cells:
            lines.append(Content())
            used = gap = 0
        lines[-1] += Content(" " * gap) + name
        used += gap + name.cell_length
    return Content("\n").join(lines)


class LaidOutText(Widget):
    """A text that `content_for(cells)` lays out for a width."""

    def __init__(
        self, content_for: Callable[[int], Content], id: str | None = None, classes: str = ""
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._content_for = content_for
        self._content: dict[int, Content] = {}

    def show(self, content_for: Callable[[int], Content]) -> None:
        """Show another text."""
        self._content_for = content_for
        self._content.clear()
        self.refresh(layout=True)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Take all the width there is."""
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the number of lines at this width."""
        return self._content_at(width).plain.count("\n") + 1

    def render(self) -> Content:
        """Return the text laid out for the widget's width."""
        return self._content_at(self.content_size.width)

    def line_of(self, heading: str) -> int | None:
        """Return the number of the line that has only the heading, or None."""
        lines = self.render().plain.split("\n")
        return next((number for number, it in enumerate(lines) if it.strip() == heading), None)

    def _content_at(self, cells: int) -> Content:
        """Return the text at this width, cached because Textual's layout asks for it repeatedly."""
        if cells not in self._content:
            if len(self._content) > 1:
                self._content.clear()
            self._content[cells] = self._content_for(cells)
        return self._content[cells]


class HelpScreen(ModalScreen[None], AppScreen[None]):
    """A page of the guide with the keys that belong to it; number keys and arrows change the page.

    The keys are in two columns if the window has at least 100 columns. With a `section`, the first
    page is scrolled to the heading of that name.
    """

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,f1,question_mark", "close", "Close", show=False),
        Binding("right,tab", "turn(1)", "Next page", show=False),
        Binding("left,shift+tab", "turn(-1)", "Previous page", show=False),
        *(
            Binding(str(number), f"show('{topic.name}')", topic.title, show=False)
            for number, topic in enumerate(guide.TOPICS, 1)
        ),
    ]

    def __init__(
        self,
        topic: str,
        keys: Mapping[str, Sequence[KeyGroup]] | None = None,
        *,
        section: str = "",
    ) -> None:
        super().__init__()
        self._topic, self._section = topic, section
        self._keys = keys
        self.HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]

    @property
    def topic(self) -> str:
        """The name of the topic that is shown."""
        return self._topic

    def compose(self) -> ComposeResult:
        """Create the list of topics, the pages and the line of keys."""
        keys = keys_by_topic(self.app._keymap) if self._keys is None else self._keys
        pages = [
            Vertical(
                *self._page(topic.name, keys.get(topic.name, ())),
                id=f"page-{topic.name}",
                classes="page",
            )
            for topic in guide.TOPICS
        ]
        hints = [("←→", "Other pages"), ("↑↓ pgup pgdn", "Scroll"), ("esc", "Close")]
        frame = Vertical(
            LaidOutText(partial(topics_content, self._topic), id="topics"),
            VerticalScroll(*pages),
            KeyLine(hints),
            classes="frame",
        )
        frame.border_title = "Help"
        yield frame

    def on_mount(self) -> None:
        """Show the page of the given topic."""
        self.action_show(self._topic)
        if self._section:
            self.call_after_refresh(self._show_section)

    def _show_section(self) -> None:
        """Scroll to the heading of the section."""
        pages = self.query_one(VerticalScroll)
        for text in self.query_one(f"#page-{self._topic}").query(LaidOutText):
            line = text.line_of(self._section)
            if line is not None:
                y = text.region.y - pages.region.y + round(pages.scroll_y) + line
                pages.scroll_to(y=y, animate=False, immediate=True)
                return

    def _page(self, name: str, groups: Sequence[KeyGroup]) -> list[Widget]:
        """Return the widgets of a page: its introduction, its keys and its other sections."""
        page = guide.page(name)
        widgets: list[Widget] = [LaidOutText(partial(page_content, page.introduction))]
        if groups:
            width = max(cell_len(row[0]) for _, rows in groups for row in rows)
            columns = [self._column(some, width) for some in halves(groups)]
            widgets.append(Container(*columns, classes="columns"))
        before, _, after = page.rest.partition("```query\n")
        forms, _, after = after.partition("```\n")
        for text, content in (
            (before, page_content),
            (forms, forms_content),
            (after, page_content),
        ):
            if text.strip():
                widgets.append(LaidOutText(partial(content, text)))
        return widgets

    def _column(self, groups: Sequence[KeyGroup], width: int) -> Vertical:
        widgets: list[Widget] = []
        for title, keys in groups:
            widgets.append(Static(Content(visible(title)), classes="title"))
            widgets.append(LaidOutText(partial(keys_content, keys, width), classes="group"))
        return Vertical(*widgets, classes="column")

    def action_show(self, name: str) -> None:
        """Show the page of a topic from its beginning."""
        self._topic = name
        for topic in guide.TOPICS:
            self.query_one(f"#page-{topic.name}").display = topic.name == name
        self.query_one("#topics", LaidOutText).show(partial(topics_content, name))
        self.query_one(VerticalScroll).scroll_home(animate=False)

    def action_turn(self, by: int) -> None:
        """Show the next (1) or previous (-1) page, wrapping around at the ends."""
        names = [topic.name for topic in guide.TOPICS]
        self.action_show(names[(names.index(self._topic) + by) % len(names)])

    def action_close(self) -> None:
        """Close the help."""
        self.dismiss(None)


def keys_by_topic(keymap: Mapping[str, str] | None = None) -> dict[str, Sequence[KeyGroup]]:
    """Return the groups of keys for each topic whose page shows some; `keymap` has the changed keys."""
    return {
        "writing": help_groups(*WRITE_PLACES, keymap=keymap),
        "finding": help_groups("find", keymap=keymap),
        "follow-ups": help_groups("follow-ups", keymap=keymap),
        "people-and-tags": help_groups("people", "subject", keymap=keymap),
        "visiting-customers": help_groups("customers", "customer", keymap=keymap),
        "looking-back": help_groups("review", *CLOSING_PLACES, keymap=keymap),
        "settings": help_groups("settings", keymap=keymap),
    }
