"""How lines begin: against examples, against markdown-it-py, and in no other module of the package."""

import ast
import re
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

import journal_tui
from journal_tui.app.editor.lists import enter
from journal_tui.entry.entry import Entry
from journal_tui.entry.markdown_lines import (
    BULLETS,
    PASTED_BULLETS,
    TASK_STATES,
    Heading,
    ListItem,
    as_markdown,
    block_kinds,
    escaped,
    heading,
    is_empty_item,
    is_rule,
    list_item,
    next_marker,
    opening,
    pasted_items,
    quote_signs,
    task_box,
    text_of,
    unescaped,
    without_pasted_marker,
)


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("- a", ("", "", "-", " ", "")),
        ("  * a", ("", "  ", "*", " ", "")),
        ("\t12)  a", ("", "\t", "12)", "  ", "")),
        ("-", ("", "", "-", "", "")),
        ("1.\n", ("", "", "1.", "", "")),
        ("- a\r\n", ("", "", "-", " ", "")),
        ("- [ ] a", ("", "", "-", " ", "[ ] ")),
        ("+ [x]", ("", "", "+", " ", "[x]")),
        ("3. [X]\u00a0a", ("", "", "3.", " ", "[X]\u00a0")),
        ("> > - a", ("> > ", "", "-", " ", "")),
        (">   - a", ("> ", "  ", "-", " ", "")),
        ("- [ ]a", ("", "", "-", " ", "")),
        ("- [/] a", ("", "", "-", " ", "[/] ")),
        ("- [-] a", ("", "", "-", " ", "[-] ")),
        ("- [>] a", ("", "", "-", " ", "")),
        ("- - a", ("", "", "-", " ", "")),
        ("• a", ("", "", "•", " ", "")),
        ("  ◦\ta", ("", "  ", "◦", "\t", "")),
        ("> –\u00a0a", ("> ", "", "–", "\u00a0", "")),
        ("·    [x] a", ("", "", "·", "    ", "[x] ")),
        ("o\ta", ("", "", "o", "\t", "")),
        ("§\ta", ("", "", "§", "\t", "")),
        ("\uf0b7 a", ("", "", "\uf0b7", " ", "")),
        ("-\u00a0a", ("", "", "-", "\u00a0", "")),
        ("1.\u00a0\u00a0a", ("", "", "1.", "\u00a0\u00a0", "")),
        ("• - a", ("", "", "•", " ", "")),
    ],
)
def test_a_list_item(line: str, parts: tuple[str, ...]) -> None:
    item = list_item(line)
    assert item == ListItem(*parts)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "a",
        "-a",
        "1.a",
        "1234567890. a",
        "•a",
        "•",
        "–5",
        "o a",
        "[ ] a",
        "* * *",
        "> - - -",
        "    ***",
        "*\u00a0* *",
    ],
)
def test_no_list_item(line: str) -> None:
    assert list_item(line) is None


@pytest.mark.parametrize(
    ("line", "column", "width", "is_closed"),
    [
        ("- a", 0, 2, None),
        ("\t-   [ ] a", 4, 4, False),
        ("  10. [X] a", 2, 4, True),
        ("-     code", 0, 2, None),
        ("-", 0, 2, None),
    ],
)
def test_where_an_item_and_its_text_begin(
    line: str, column: int, width: int, is_closed: bool | None
) -> None:
    item = list_item(line)
    assert item and (item.column, item.width, item.is_closed) == (column, width, is_closed)


@pytest.mark.parametrize(
    ("text", "is_empty"),
    [
        ("- ", True),
        ("1.\r\n", True),
        ("  - [ ] \n\n", True),
        ("- [x] ", False),
        ("- a", False),
        ("- \n  a", False),
        ("", False),
        ("* * *", False),
    ],
)
def test_an_item_to_write_in(text: str, is_empty: bool) -> None:
    assert is_empty_item(text) is is_empty


@pytest.mark.parametrize(
    ("marker", "following"),
    [("-", "-"), ("9.", "10."), ("09)", "10)"), ("999999999.", "999999999.")],
)
def test_the_marker_that_continues_a_list(marker: str, following: str) -> None:
    assert next_marker(marker) == following
    assert list_item(f"{following} a")


@pytest.mark.parametrize(
    ("text", "box"),
    [
        ("[ ] a", (False, 4)),
        ("[X]\ta", (True, 4)),
        ("[x]", (True, 3)),
        ("[ ]a", None),
        ("[x](a)", None),
        ("a [ ] b", None),
    ],
)
def test_a_task_box(text: str, box: tuple[bool, int] | None) -> None:
    assert task_box(text) == box


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("# a", Heading(1, "a")),
        ("   ######\ta ## ", Heading(6, "a")),
        ("## a#", Heading(2, "a#")),
        ("### ###", Heading(3, "")),
        ("#\n", Heading(1, "")),
        ("#a", None),
        ("####### a", None),
        ("    # a", None),
    ],
)
def test_a_heading(line: str, expected: Heading | None) -> None:
    assert heading(line) == expected


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("a", "a"),
        ("> > # a", "a"),
        ("- 1. [x]  a", "a"),
        ("  -  a b ", "a b "),
        ("---", ""),
        ("> * * *", ""),
        ("#", ""),
        ("#tag", "#tag"),
        ("**a**", "**a**"),
        ("- # a", "# a"),
    ],
)
def test_what_a_line_says(line: str, text: str) -> None:
    assert text_of(line) == text


@pytest.mark.parametrize(
    ("line", "with_number", "text"),
    [
        ("- a", False, "a"),
        (" • a", False, "a"),
        ("*", False, ""),
        ("a - b", False, "a - b"),
        ("2. a 3. b", True, "a 3. b"),
        ("2. a", False, "2. a"),
        ("see 3. b", True, "see 3. b"),
        ("-a", True, "-a"),
    ],
)
def test_a_line_of_a_list_made_elsewhere(line: str, with_number: bool, text: str) -> None:
    assert without_pasted_marker(line, with_number) == text


PIECES = st.sampled_from(
    [*f"{BULLETS}_1.)#>[] \txao•–\u00a0\\", "- ", "> ", "[ ] ", "# ", "• ", "–\u00a0"]
)
QUOTES = st.sampled_from(["", "", "> ", ">", "> > "])
MARKERS = st.sampled_from(
    [*(f"{bullet} " for bullet in BULLETS + PASTED_BULLETS), "1. ", "12)  ", "-", "-\u00a0", "•\t"]
)
BOXES = st.sampled_from(["", *(f"[{state}]" for state in TASK_STATES), "[>]", "[]", "[ "])
GAPS = st.sampled_from(["", " ", "  ", "\u00a0"])
WORDS = st.sampled_from(["", "ask", "# a", "#a", "- b", "[x] c", "---", "* * *", "a ##", "\\"])


def joined(*parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(*parts).map("".join)


LINE = st.lists(PIECES, max_size=12).map("".join) | joined(
    QUOTES, st.lists(MARKERS, max_size=3).map("".join), BOXES, GAPS, WORDS
)


def parsed(text: str) -> list[Token]:
    return MarkdownIt("commonmark").parse(as_markdown(text))


@given(LINE.filter(lambda line: not line.startswith((" ", "\t"))))
def test_markdown_agrees_on_items_headings_and_rules(line: str) -> None:
    kinds = [token.type for token in parsed(line)]
    first = next((kind for kind in kinds if kind != "blockquote_open"), "")
    rest = line[len(quote_signs(line)) :]
    # Four blanks after a quote sign are code, which no pattern of one line can see.
    if rest[:1] not in (" ", "\t"):
        assert (list_item(line) is not None) == first.endswith("_list_open")
        assert (heading(rest) is not None) == (first == "heading_open")
        assert is_rule(rest) == (first == "hr")
    if kinds and kinds[0] == "heading_open":
        opened, content = parsed(line)[:2]
        assert heading(line) == Heading(int(opened.tag[1]), content.content)


@given(LINE)
def test_the_patterns_agree_with_each_other(line: str) -> None:
    item, signs = list_item(line), opening(line)
    assert (item is not None) == bool(signs.markers)
    assert line.endswith(text_of(line)) and 0 <= signs.quote <= signs.text <= len(line)
    if item:
        assert line.startswith(item.prefix)
        start, end = signs.markers[0]
        assert line[start:end] == item.marker
        assert start == len(item.quote + item.indent)
        if item.box:
            assert signs.box == len(item.prefix) - len(item.box) and len(signs.markers) == 1
    if signs.box >= 0:
        assert task_box(line[signs.box :]) == (
            TASK_STATES[line[signs.box + 1]],
            len(line[signs.box :]) - len(line[signs.box :].split("]", 1)[1].lstrip()),
        )


@given(joined(MARKERS, MARKERS | st.just(""), BOXES, GAPS, WORDS))
def test_a_task_of_the_entry_is_one_on_the_screen(line: str) -> None:
    tasks, signs = Entry(date(2014, 10, 6), line).tasks, opening(line)
    found = [(task.box, task.is_closed) for task in tasks]
    is_task = signs.box >= 0 and text_of(line).strip()
    assert found == ([(signs.box + 1, TASK_STATES[line[signs.box + 1]])] if is_task else [])


@given(st.lists(st.characters(codec="utf-8", exclude_categories=["Cc"]) | PIECES).map("".join))
def test_an_escaped_text_is_one_paragraph_of_an_item(text: str) -> None:
    text = " ".join(text.split())
    assert unescaped(escaped(text)) == text
    if text:
        kinds = [token.type for token in parsed("- " + escaped(text))]
        assert kinds[:4] == ["bullet_list_open", "list_item_open", "paragraph_open", "inline"]


def test_fences_and_front_matter() -> None:
    lines = ["---", "a: 1", "---", "", "```py", "x", "``", "~~~", "````", "text", "   ~~~~", "y"]
    expected = ["front-matter"] * 3 + ["text"] + ["code"] * 5 + ["text"] + ["code"] * 2
    assert block_kinds(lines) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("    ```\ntext", []),
        ("```a`b\ntext", []),
        ("~~~a`b\ncode", [0, 1]),
        ("- ```\n  code\n  ```\ntext", [0, 1, 2]),
        ("- a\n\n  ```\n  code\nout", [2, 3]),
        ("10. a\n\n    ```\n    code\n    ```\ntext", [2, 3, 4]),
        ("> ```\n> code\ntext", [0, 1]),
        ("```\ncode\n    ```\ncode", [0, 1, 2, 3]),
        ("```\ncode\n``` x\ncode", [0, 1, 2, 3]),
        ("---\nnot closed\n```\ncode", [2, 3]),
    ],
)
def test_blocks(text: str, code: list[int]) -> None:
    kinds = block_kinds(text.split("\n"))
    assert [row for row, kind in enumerate(kinds) if kind == "code"] == code


LINES = st.sampled_from(
    [
        "",
        "text",
        "```",
        "````",
        "~~~",
        "   ```",
        "    ```",
        "```py",
        "``` x`",
        "  ~~~~",
        "``",
        "# a",
    ]
)
CONTAINED = st.sampled_from(
    ["- a", "- ```", "  ```", "  b", "1. c", "   ```", "> ```", "> d", "  - e"]
)


def fenced(lines: list[str]) -> list[int]:
    rows: set[int] = set()
    for token in MarkdownIt().parse("\n".join(lines)):
        if token.type == "fence" and token.map:
            rows |= set(range(*token.map))
    return sorted(rows)


@given(st.lists(LINES, max_size=14))
def test_fences_are_those_of_markdown(lines: list[str]) -> None:
    # Markdown has no line after a final newline.
    lines = [*lines, "end"]
    kinds = block_kinds(lines)
    assert [row for row, kind in enumerate(kinds) if kind == "code"] == fenced(lines)


@given(st.lists(LINES | CONTAINED, max_size=12))
def test_any_lines_have_a_kind(lines: list[str]) -> None:
    assert len(block_kinds(lines)) == len(lines)


READERS: list[Callable[[str], object]] = [
    list_item, opening, heading, is_rule, is_empty_item, task_box, escaped, quote_signs, text_of
]  # fmt: skip


@pytest.mark.parametrize(
    "piece", ["> ", ">", "- ", "1. ", "# ", " ", "* ", "-", "[ ] ", "\\", "> - "]
)
def test_a_long_line_takes_no_longer_than_its_length(piece: str) -> None:
    for read in READERS:

        def seconds(length: int, read: Callable[[str], object] = read) -> float:
            line = (piece * length)[:length] + "x"
            times = []
            for _ in range(3):
                start = time.process_time()
                read(line)
                times.append(time.process_time() - start)
            return min(times)

        # Eight times the text, far less than the 64 times of a search that starts again and again.
        assert seconds(32_000) < 40 * seconds(4_000) + 0.02


def test_enter_at_the_end_of_many_quotes_takes_no_time() -> None:
    line = "> " * 60 + "so he said"
    edit = enter(line, len(line))
    assert edit and edit.text == "\n" + "> " * 60


PACKAGE = Path(journal_tui.__file__).parent
GRAMMAR = "entry/markdown_lines.py"
# What a pattern or a set of characters looks like that reads one of the signs.
OWN_PATTERNS = {
    "list markers": re.compile(r"[-+*]\\?[-+*]\\?[-+*]|[\[#]\\?-\\?\*|\*\\?-"),
    "numbers of lists": re.compile(r"\[(?:\.\)|\)\.)\]|[.][)].*0123456789|0123456789.*[.][)]"),
    "task boxes": re.compile(r"\[[ xX]\]|\[ ?xX ?\]"),
    "headings": re.compile(r"#\{1,|#\+"),
    "mentions": re.compile(r"\[(?:#@|@#)\]"),
    "quote signs": re.compile(r"3\}>|\(> ?\?|:> ?\?"),
}
# "--+" in a rating is a dash, and dashes in a document are written below the heads of a table, as boxes
# are before promises; mentions aren't signs of a line and have a module of their own.
RIGHT = {
    ("entry/rating.py", "list markers"),
    ("review/document_markdown.py", "list markers"),
    ("customers/register.py", "list markers"),
    ("cli/customers.py", "list markers"),
    ("cli/customers.py", "task boxes"),
    ("customers/words.py", "task boxes"),
    ("entry/tokenizer.py", "mentions"),
    # Dashes around front matter that is written or named, and Markdown's escapes that are written.
    ("publication_preview.py", "list markers"),
    ("publish/generators.py", "list markers"),
    ("publish/page_markdown.py", "list markers"),
    ("publish/page_markdown.py", "numbers of lists"),
    # What leaves a journal is read more widely than entries are: all that may be a sign is left out.
    ("publish/private_text.py", "list markers"),
    # An x of hexadecimal numbers.
    ("publish/private_text.py", "task boxes"),
    # A line that may open front matter, however it is damaged.
    ("publications.py", "list markers"),
    ("publish/redaction.py", "list markers"),
    ("publish/redaction.py", "numbers of lists"),
    ("publish/redaction.py", "quote signs"),
    # The Markdown that other programs write, with escapes of their own.
    ("exchange/document.py", "headings"),
    ("exchange/html_text.py", "list markers"),
    ("exchange/piece.py", "headings"),
    ("exchange/piece.py", "list markers"),
    ("exchange/day_one.py", "numbers of lists"),
}


def literals(source: str) -> Iterator[ast.Constant]:
    """The strings of a module, parts of f-strings included, without docstrings."""
    nodes = list(ast.walk(ast.parse(source)))
    sentences = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    for node in nodes:
        if not isinstance(node, ast.Constant) or id(node) in sentences:
            continue
        if isinstance(node.value, str):
            yield node


def own_patterns(path: str, source: str) -> list[str]:
    """A line for each string of a module that reads a sign itself."""
    return [
        f"{path}:{node.lineno} reads {what}: {node.value!r}"
        for node in literals(source)
        for what, pattern in OWN_PATTERNS.items()
        if pattern.search(node.value) and (path, what) not in RIGHT
        # A text of several lines is one that people read, such as a template.
        if node.value.count("\n") < 3
    ]


def test_no_other_module_has_a_pattern_of_its_own() -> None:
    sources = {
        path.relative_to(PACKAGE).as_posix(): path.read_text("utf-8")
        for path in PACKAGE.rglob("*.py")
    }
    assert own_patterns("x", sources.pop(GRAMMAR)), "the grammar itself would be found"
    assert [line for path, source in sources.items() for line in own_patterns(path, source)] == []


@pytest.mark.parametrize(
    "literal",
    [
        r"([ \t]*)([-*+]|[0-9]{1,9}[.)])(?:[ \t]+|$)(\[[ xX]\](?=[ \t]|$)[ \t]*)?",
        r"\s*[-*+•](?:\s+|$)",
        r"\s*[0-9]{1,9}[.)]\s+",
        r"[+\-*] ",
        r"[ \t]+(\[(?:[ xX])\])(?=[ \t]|$)",
        "[x] ",
        r" {0,3}#{1,6}(?=[ \t]|$)",
        r" {0,3}(?:> ?)+",
        "#-*+> ",
        "#-* ",
        r"[*\-] ",
        r"(?<![\w/&#@.\\])[#@][\w/-]*$",
        " \t>-*+.)0123456789",
    ],
)
def test_a_pattern_of_its_own_is_found(literal: str) -> None:
    assert own_patterns("x.py", f"PATTERN = re.compile({literal!r})")
    assert own_patterns("x.py", f"PATTERN = rf'{{A}}' {literal!r}")
    assert not own_patterns("x.py", f"def f():\n    {literal!r}")


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("- a\n- b", ["a", "b"]),
        ("• a\n\n• b\nand more\n", ["a", "b and more"]),
        ("1. a\n  2) b\n", ["a", "b"]),
        ("a sentence\n- b", []),
        ("one line", []),
        ("", []),
        ("- \n- b", ["b"]),
    ],
)
def test_the_items_of_a_pasted_list(text: str, items: list[str]) -> None:
    assert pasted_items(text) == items
