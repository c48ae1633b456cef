"""Put a blank line before labels such as “Learning points:”, so that they are read as labels."""

from journal_tui.entry.vocabulary import Vocabulary, english

_MAX_LABEL = 80


def separate_labels(text: str, vocabulary: Vocabulary | None = None) -> str:
    """Put a blank line before "Learning points: …" and "Enjoyment: …" after a line of a paragraph.

    In blogs and letters, such a line is often part of a paragraph, and would be read as prose.
    """
    words = vocabulary or english()
    lines = text.split("\n")
    out: list[str] = []
    fence = ""
    for line in lines:
        mark = line.lstrip()[:3]
        if mark in ("```", "~~~"):
            fence = "" if fence == mark else fence or mark
        if out and out[-1].strip() and not fence and is_label(line, words):
            out[-1] = out[-1].removesuffix("\\").rstrip()
            out.append("")
        out.append(line)
    return "\n".join(out)


def is_label(line: str, words: Vocabulary) -> bool:
    """Return whether a line begins with the label of a section, such as learning points, or of a rating."""
    line = line.strip().lstrip("*_")
    if words.rating(line):
        return True
    label, colon, _ = line[:_MAX_LABEL].partition(":")
    return bool(colon) and bool(words.section(label.strip("*_ ")))
