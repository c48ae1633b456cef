"""Put a blank line before labels such as “Learning points:”, so that they are read as labels."""

from journal_tui.entry.markdown_lines import list_item
from journal_tui.entry.vocabulary import Vocabulary, english

_MAX_LABEL = 80


def separate_labels(text: str, vocabulary: Vocabulary | None = None) -> str:
    """Put a blank line before "Learning points: …" and "Enjoyment: …" after a line of a paragraph.

    In blogs and letters, such a line is often part of a paragraph, and would be read as prose. After a
    label, the backslashes of line breaks are removed. If a label is alone on its line and ends with a
    line break, the lines after it become a list.
    """
    words = vocabulary or english()
    out: list[str] = []
    fence = label = ""
    for line in text.split("\n"):
        mark = line.lstrip()[:3]
        if mark in ("```", "~~~"):
            fence = "" if fence == mark else fence or mark
        if fence:
            out.append(line)
            continue
        is_new, is_item = is_label(line, words), list_item(line) is not None
        if out and out[-1].strip() and (is_new or is_item):
            # This line begins something new, so it needs no line break before it.
            out[-1] = _without_break(out[-1])
            if is_new:
                out.append("")
        label = line if is_new else label if line.strip() else ""
        if not label:
            out.append(line)
            continue
        is_alone = label.endswith("\\") and _ends_label(label)
        bare = _without_break(line)
        out.append(f"- {bare}" if is_alone and not is_new and not is_item else bare)
        if is_new and bare != line and words.rating(bare.lstrip("*_")):
            # What follows the line break isn't the rating's remark.
            out.append("")
            label = ""
    return "\n".join(out)


def _without_break(line: str) -> str:
    return line.removesuffix("\\").rstrip()


def _ends_label(line: str) -> bool:
    return _without_break(line).rstrip("*_ ").endswith(":") or _is_emphasised(line)


def _is_emphasised(line: str) -> bool:
    bare = _without_break(line.strip())
    return bare[:1] in ("*", "_") and bare[-1:] in ("*", "_")


def is_label(line: str, words: Vocabulary) -> bool:
    """Return whether a line begins with the label of a section, such as learning points, or of a rating."""
    if _is_emphasised(line) and words.section(_without_break(line).strip("*_: ")):
        return True
    line = line.strip().lstrip("*_")
    if words.rating(line):
        return True
    label, colon, _ = line[:_MAX_LABEL].partition(":")
    return bool(colon) and bool(words.section(label.strip("*_ ")))
