"""Add a learning point from anywhere, with what was learned before in sight."""

from collections.abc import Callable, Sequence

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static, TextArea

from journal_tui.app.screens.dialog import Dialog
from journal_tui.app.widgets.oneline import Paragraph
from journal_tui.entry.visible import one_line

_SIMILAR = 5


class PointDialog(Dialog[str | None]):
    """Asks for one point and gives it as one line, or None.

    `similar` is called with the text so far and returns earlier points, closest first.
    """

    def __init__(
        self,
        text: str = "",
        similar: Callable[[str], Sequence[str]] | None = None,
        *,
        title: str = "Learning point",
        placeholder: str = "What did today teach you?",
    ) -> None:
        super().__init__(title, [("enter", "Add"), ("esc", "Cancel")])
        self._text = text
        self._placeholder = placeholder
        self._similar = similar
        self._asked: str | None = None

    def body(self) -> Sequence[Widget]:
        """The input, and the place for earlier points when there is someone to ask."""
        paragraph = Paragraph(self._text, placeholder=self._placeholder)
        if self._similar is None:
            return [paragraph]
        return [paragraph, Static(classes="similar quiet")]

    def on_mount(self) -> None:
        """Look for earlier points of the text given."""
        self._look()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Look again once the key is on the screen, so that typing never waits."""
        self.call_after_refresh(self._look)

    def _look(self) -> None:
        text = self.query_one(Paragraph).line
        if self._similar is None or text == self._asked:
            return
        self._asked = text
        found = [one_line(point) for point in self._similar(text)][:_SIMILAR] if text else []
        head = ("Learned before?\n", "bold") if found else ""
        self.query_one(".similar", Static).update(
            Content.assemble(head, "\n".join(f"• {point}" for point in found))
        )

    def on_paragraph_submitted(self, event: Paragraph.Submitted) -> None:
        """Give the point; an empty one is none."""
        if event.text:
            self.dismiss(event.text)
