"""Links of a text: where they lead, and which may be opened."""

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.entry.links import is_opened, links


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ('[words](https://a.example "title") and ![picture](https://b.example)', ["https://a.example"]),
        ("[a][r] [r]\n\n[r]: http://r.example", ["http://r.example"]),
        ("<https://a.example> <me@b.example>", ["https://a.example", "mailto:me@b.example"]),
        ("See https://a.example/b. And then", ["https://a.example/b"]),
        ("(https://a.example/b_(c)) [https://d.example]", ["https://a.example/b_(c)", "https://d.example"]),
        ("[https://shown.example](https://real.example)", ["https://real.example"]),
        ("https://a.example https://a.example", ["https://a.example"]),
        ("`https://code.example`\n\n    https://code.example", []),
        ("---\nfrom: https://fm.example\n---\n\ntext", []),
        ("| a |\n|---|\n| https://cell.example |", ["https://cell.example"]),
        ("- [ ] https://task.example due:2026-11-24", ["https://task.example"]),
        ("https://ü.example/ü\u202e", ["https://xn--tda.example/%C3%BC%E2%80%AE"]),
        ("https://a.example\x1b[31m", ["https://a.example%1B%5B31m"]),
        ("[none]() https:// http", []),
        ("[a](javascript:alert(1)) [b](file:///etc/passwd)", []),
        ("[a](2014-10-06.md) [b](ssh://host)", ["2014-10-06.md", "ssh://host"]),
    ],
)  # fmt: skip
def test_the_links_of_a_text(text: str, targets: list[str]) -> None:
    assert links(text) == targets


@pytest.mark.parametrize(
    "target", ["https://a.example", "HTTP://a.example/b", "mailto:a@b.example"]
)
def test_what_is_opened(target: str) -> None:
    assert is_opened(target)


@pytest.mark.parametrize(
    "target",
    [
        "", "a.md", "/etc/passwd", "file:///etc/passwd", "javascript:alert(1)", "data:text/html,x",
        "ssh://h", "tel:1", "https:", "https:///x", "mailto:", "//host/x", "http://[::1", "-x",
        " javascript:x", "vscode://file/x", "--help",
    ],
)  # fmt: skip
def test_what_is_not_opened(target: str) -> None:
    assert not is_opened(target)


@pytest.mark.parametrize(
    "scheme",
    [
        "javascript",
        "JavaScript",
        "java\tscript",
        "file",
        "FILE",
        "data",
        "vbscript",
        "ftp",
        "ssh",
        "smb",
    ],
)
@pytest.mark.parametrize(
    "rest", ["//a.example/%0aalert(1)", "///etc/passwd", "alert(1)", "a@b.example"]
)
def test_no_other_scheme_is_opened_whatever_follows_it(scheme: str, rest: str) -> None:
    """With a host, too: `javascript://a.example/%0aalert(1)` is a program."""
    target = f"{scheme}:{rest}"
    assert urlsplit(target).scheme == scheme.replace("\t", "").lower()
    assert not is_opened(target)


@given(st.lists(st.sampled_from([*"[]()<>`\n:/. \\!_*@", "http://", "a.b", "mailto:", "é"])))
def test_any_text_has_plain_targets(pieces: list[str]) -> None:
    for target in links("".join(pieces)):
        assert target.isascii() and target.isprintable() and " " not in target
