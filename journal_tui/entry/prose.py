"""An entry's prose: what is left when headings, lists with a meaning and the rating are taken out."""

from typing import TYPE_CHECKING

from journal_tui.entry.lines import LINE_END

if TYPE_CHECKING:
    from journal_tui.entry.entry import Entry


def prose_spans(entry: "Entry") -> list[tuple[int, int]]:
    """The spans `[start, end)` of the text that are prose, in order, whole lines each.

    Front matter, headings, the recognised sections, follow-ups and the rating are none of it.
    """
    text, outline = entry.text, entry.outline
    taken = [(section.start, section.end) for section in outline.sections]
    taken += outline.headings
    taken += [(task.start, task.end) for task in outline.tasks]
    if outline.rating_start is not None and outline.slot:
        taken.append((outline.rating_start, outline.slot.remark_end))
    found: list[tuple[int, int]] = []
    position = outline.body
    for start, end in sorted(taken):
        start = _begin_of_line(text, start)
        if start > position and text[position:start].strip():
            found.append((position, start))
        position = max(position, _end_of_line(text, end))
    if text[position:].strip():
        found.append((position, len(text)))
    return found


def _begin_of_line(text: str, place: int) -> int:
    return max(text.rfind("\n", 0, place), text.rfind("\r", 0, place)) + 1


def _end_of_line(text: str, place: int) -> int:
    """The offset behind the line that ends at or holds the character before `place`."""
    if text[max(place - 1, 0) : place] in ("\n", "\r"):
        return place
    end = LINE_END.search(text, place)
    return end.end() if end else len(text)
