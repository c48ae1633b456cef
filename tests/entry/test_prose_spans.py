"""The prose of an entry: whole lines, in their order, without what has a meaning of its own."""

import re

import pytest
from hypothesis import assume, given

from tests.entry.invariants import LINE_END, read
from tests.entry.markdown_texts import texts


def prose(text: str) -> list[str]:
    """The stretches of prose, without the white space around them."""
    return [text[start:end].strip() for start, end in read(text).prose_spans]


@pytest.mark.parametrize(
    ("text", "stretches"),
    [
        ("", []),
        (" \n\n", []),
        ("one line", ["one line"]),
        ("\ufeffbody", ["body"]),
        ("one\n\ntwo\n", ["one\n\ntwo"]),
        # Headings divide; a title that isn't a heading is prose as well.
        ("# Day 1\n\none\n\n## Depot\n\ntwo", ["one", "two"]),
        ("# One\n## Two\n", []),
        ("# One\n\n## Two\n", []),
        ("Title\n=====\n\none", ["one"]),
        ("Long\ntitle\n---\none", ["one"]),
        ("Learning points\n---\n- a\n\none", ["one"]),
        ("first\n\n# Later\n", ["first"]),
        # Front matter.
        ("---\ntags: a\n---\n\nbody", ["body"]),
        ("---\ntags: a\n---\n", []),
        # Sections: the heading or the label, and the items.
        ("one\n\n## Learning points\n\n- a\n- b\n\ntwo", ["one", "two"]),
        ("one\n\n## Feedback\n\n- a\n  more of a\n\n  and more\n\ntwo", ["one", "two"]),
        ("## Follow-ups\n\n- plain\n- [ ] box\n\none", ["one"]),
        ("**Learning points:**\n- a\n- b\n\none", ["one"]),
        ("one\nLearning points: a; b\nc\n\ntwo", ["one", "two"]),
        ("Learning points: a", []),
        # Follow-ups in any place; other lists are prose.
        ("one\n\n- [ ] ask due:2014-01-01\n\ntwo", ["one", "two"]),
        ("- plain\n- [x] done\n- other\n", ["- plain", "- other"]),
        ("- plain\n  - [ ] nested\n- other", ["- plain", "- other"]),
        ("> quoted\n> - [ ] task\n", ["> quoted"]),
        # The rating with its remark.
        ("one\n\nEnjoyment: 9/10 – dry\nand warm\n\ntwo", ["one", "two"]),
        ("one\nEnjoyment: 8\n", ["one"]),
        ("- Enjoyment: 8\n- other\n", ["- other"]),
        ("## Enjoyment: 7/10 – dry\n\none", ["one"]),
        ("Enjoyment:\n\n8 – fine\n\none", ["one"]),
        ("Enjoyment: \n\none thing", ["one thing"]),
        ("said Enjoyment: 8", ["said Enjoyment: 8"]),
        # What only looks like something.
        ("```\n# no heading\n- [ ] no task\n```", ["```\n# no heading\n- [ ] no task\n```"]),
        # Any kind of line ends.
        ("a\r\n\r\n## Feedback\r\n\r\n- b\r\n\r\nc\r\n", ["a", "c"]),
        ("a\r\r## Feedback\r\r- b\r\rc\r", ["a", "c"]),
        ("one\r\rtwo\r\r- [ ] ask\r", ["one\r\rtwo"]),
        ("## Follow-ups\n    ## Feedback\rone\n    \r\n", ["## Feedback\rone"]),
    ],
    ids=repr,
)
def test_what_is_prose(text: str, stretches: list[str]) -> None:
    assert prose(text) == stretches


@given(texts)
def test_spans_are_whole_lines_apart_from_each_other(text: str) -> None:
    entry = read(text)
    position = entry.outline.body
    ends = {match.end() for match in LINE_END.finditer(text)} | {len(text), entry.outline.body}
    for start, end in entry.prose_spans:
        assert position <= start < end
        assert text[start:end].strip()
        assert start in ends and end in ends
        # Not in the middle of \r\n.
        assert start == 0 or text[start - 1 : start + 1] != "\r\n"
        position = end


@given(texts)
def test_points_tasks_and_headings_are_not_prose(text: str) -> None:
    entry = read(text)
    spans = entry.prose_spans
    taken = [(task.start, task.end) for task in entry.tasks]
    taken += [(section.start, section.end) for section in entry.outline.sections]
    taken += entry.outline.headings
    for start, end in taken:
        # A margin of the first line may be counted to neither.
        begin = start + len(text[start:end]) - len(text[start:end].lstrip())
        assert not any(low < end and begin < high for low, high in spans)


@given(texts)
def test_text_without_meaning_is_all_prose(text: str) -> None:
    """A text without any of that is prose from its first character to its last."""
    entry = read(text)
    outline = entry.outline
    assume(not (outline.sections or outline.headings or entry.tasks or outline.slot))
    kept = "".join(text[start:end] for start, end in entry.prose_spans)
    assert re.sub(r"\s", "", kept) == re.sub(r"\s", "", text[outline.body :])
