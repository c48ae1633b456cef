"""A page of the guide as plain text: laid out for the terminal's width, without Markdown's signs."""

import re
from pathlib import Path

import pytest

from journal_tui import guide
from journal_tui.cli.line_breaks import cells
from journal_tui.cli.output import BOLD, UNDERLINED
from journal_tui.cli.page_text import WIDEST, page_lines
from tests.cli.command_shell import on_a_terminal, process

PAGE = """\
# A page

Words of a **strong** kind, `code of a kind` and *others*, in
two lines.

## A list

- **first** item that is longer than the line is wide
  - nested `item`, which also takes more than one line
- second item

3. third
4. fourth

### A table

| keys | meaning |
|---|---|
| `a` `b` | what takes much more room than there is in a narrow table |
| longer | short |

| | |
|---|---|
| x | y |

```
as  it   is, | also `signs` and **others**
    further in
```
"""
PLAIN = """\
A page
══════

  Words of a strong kind, code of a kind
  and others, in two lines.

A list
──────

  • first item that is longer than the
    line is wide
    • nested item, which also takes more
      than one line
  • second item

  3. third
  4. fourth

A table

  keys    meaning
  ────    ───────
  a b     what takes much more room than
          there is in a narrow table
  longer  short

  x  y

    as  it   is, | also `signs` and
      **others**
        further in
"""


def plain(markdown: str, columns: int) -> str:
    return "".join(f"{line.text}\n" for line in page_lines(markdown, columns))


def test_headings_paragraphs_lists_tables_and_code_are_laid_out() -> None:
    assert plain(PAGE, 40) == PLAIN


def test_what_had_signs_has_styles() -> None:
    [_, _, _, line, *_] = page_lines(PAGE, 80)
    assert [(line.text[a:b], style) for a, b, style in line.styles] == [
        ("strong", BOLD),
        ("code of a kind", BOLD),
        ("others", UNDERLINED),
    ]


def test_code_at_the_beginning_of_strong_words_leaves_the_others_strong() -> None:
    [line] = page_lines("**`code` and words**, *`signs` and words* after", 80)
    assert [(line.text[a:b], style) for a, b, style in line.styles] == [
        ("code and words", BOLD),
        ("signs and words", UNDERLINED),
    ]


def words_of(markdown: str) -> set[str]:
    """Return the words of a page, without the signs of Markdown's at their ends."""
    return {word.replace("`", "").replace("*", "") for word in markdown.split()}


@pytest.mark.parametrize("columns", [40, 60, 61, 80, 120])
@pytest.mark.parametrize("topic", guide.TOPICS, ids=lambda topic: topic.name)
@pytest.mark.one_in(3)
def test_a_page_of_the_guide_fits_and_no_word_is_broken(topic: guide.Topic, columns: int) -> None:
    source = guide.markdown(topic.name)
    lines = plain(source, columns).splitlines()
    # Only what has no blank may be wider than a narrow window.
    widest = max(cells(line) for line in lines if " " in line.strip())
    assert widest <= min(columns, WIDEST)
    assert widest > min(columns, WIDEST) - 12
    known = words_of(source)
    for word in re.sub("[═─•]", "", "\n".join(lines)).split():
        assert word.replace("*", "") in known
    assert "`" not in "".join(lines) and "|--" not in "".join(lines)
    # Everything is there, in its order.
    prose = [line for line in source.splitlines() if re.fullmatch("[A-Z](?!.*(?:`|  )).*", line)]
    flat = " ".join(plain(source, columns).split())
    assert prose
    assert all(" ".join(line.replace("*", "").split()) in flat for line in prose)


@pytest.mark.parametrize("columns", range(1, 25))
@pytest.mark.parametrize("topic", guide.TOPICS, ids=lambda topic: topic.name)
@pytest.mark.one_in(5)
def test_in_a_very_narrow_window_no_word_is_lost(topic: guide.Topic, columns: int) -> None:
    source = guide.markdown(topic.name)
    narrow, wide = (re.sub("[═─]", "", plain(source, c)).split() for c in (columns, WIDEST))
    assert sorted(narrow) == sorted(wide)


@pytest.mark.parametrize("columns", [60, 80])
def test_help_is_laid_out_on_a_terminal_and_markdown_in_a_pipe(
    tmp_path: Path, columns: int
) -> None:
    code, shown = on_a_terminal(["help", "finding"], tmp_path, columns, NO_COLOR="1")
    assert (code, shown) == (0, plain(guide.markdown("finding"), columns))
    piped = process("help", "finding", cwd=tmp_path).stdout.decode()
    assert piped == guide.plain("finding")


def test_colours_are_shown_unless_they_are_not_wanted(tmp_path: Path) -> None:
    _, shown = on_a_terminal(["help", "finding"], tmp_path, NO_COLOR="")
    assert shown.startswith(f"{BOLD}Finding\x1b[0m\n")
    assert f"Press {BOLD}ctrl+l\x1b[0m and" in shown
    assert re.sub(r"\x1b\[[0-9]*m", "", shown) == plain(guide.markdown("finding"), 80)
