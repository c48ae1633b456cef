"""Links of a text: where they lead, and which may be opened."""

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.entry.links import (
    is_external,
    is_openable,
    link_at,
    links,
    path_from,
    relative_path,
    wiki_name,
)


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
        ("".join("\t" * n + "- a\n" for n in range(40)) + "- https://a.example", ["https://a.example"]),
        ("| a |\n|---|\n| https://cell.example |", ["https://cell.example"]),
        ("- [ ] https://task.example due:2026-11-24", ["https://task.example"]),
        ("https://ü.example/ü\u202e", ["https://xn--tda.example/%C3%BC%E2%80%AE"]),
        ("https://a.example\x1b[31m", ["https://a.example%1B%5B31m"]),
        ("[none]() https:// http", []),
        ("[a](javascript:alert(1)) [b](file:///etc/passwd)", []),
        ("[a](2014-10-06.md) [b](ssh://host)", ["2014-10-06.md", "ssh://host"]),
        ("See [[2014-10-06]], [[2014-10-06|that day]] and [[ Lab  visit#Feedback ]].", ["[[2014-10-06]]", "[[Lab  visit#Feedback]]"]),
        ("| a |\n|---|\n| [[x\\|y]] |", ["[[x]]"]),
        ("- [ ] [[task]]\n\n## [[heading]]\n\n> [[quote]]", ["[[task]]", "[[heading]]", "[[quote]]"]),
        ("`[[code]]` \\[[escaped]] #[[a tag]] [[]] [[ ]] [[|x]] [[a\nb]]", []),
        ("[[https://shown.example]](https://real.example) [[a]][r]\n\n[r]: http://r.example", ["https://real.example", "http://r.example"]),
        ("[words [[inner]] more](https://a.example)", ["https://a.example"]),
        ("![[picture.png]] [[[x]]]", ["[[picture.png]]", "[[x]]"]),
    ],
)  # fmt: skip
def test_the_links_of_a_text(text: str, targets: list[str]) -> None:
    assert links(text) == targets


@pytest.mark.parametrize(
    "target", ["https://a.example", "HTTP://a.example/b", "mailto:a@b.example"]
)
def test_what_is_opened(target: str) -> None:
    assert is_openable(target)


@pytest.mark.parametrize(
    "target",
    [
        "", "a.md", "/etc/passwd", "file:///etc/passwd", "javascript:alert(1)", "data:text/html,x",
        "ssh://h", "tel:1", "https:", "https:///x", "mailto:", "//host/x", "http://[::1", "-x",
        " javascript:x", "vscode://file/x", "--help",
    ],
)  # fmt: skip
def test_what_is_not_opened(target: str) -> None:
    assert not is_openable(target)


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
    assert not is_openable(target)


@given(st.lists(st.sampled_from([*"[]()<>`\n:/. \\!_*@", "http://", "a.b", "mailto:", "é"])))
def test_any_text_has_plain_targets(pieces: list[str]) -> None:
    for target in links("".join(pieces)):
        if (name := wiki_name(target)) is not None:
            assert name == " ".join(name.split()) and "\n" not in target
        else:
            assert target.isascii() and target.isprintable() and " " not in target


@pytest.mark.parametrize(
    ("line", "column", "target"),
    [
        ("See [[2014-10-06|it]] now", 3, ""),
        ("See [[2014-10-06|it]] now", 4, "[[2014-10-06]]"),
        ("See [[2014-10-06|it]] now", 21, "[[2014-10-06]]"),
        ("See [[2014-10-06|it]] now", 22, ""),
        ("- [ ] [a](b.md) and https://c.example.", 25, "https://c.example"),
        ("- [ ] [a](b.md) and https://c.example.", 8, "b.md"),
        ("`[[a]]`", 3, ""),
        ("", 0, ""),
        ("[[a]]", 90, ""),
    ],
)
def test_the_link_at_a_column(line: str, column: int, target: str) -> None:
    assert link_at(line, column) == target


@pytest.mark.parametrize(
    ("target", "name"),
    [
        ("[[2014-10-06]]", "2014-10-06"),
        ("[[Lab  visit#Feedback]]", "Lab visit"),
        ("[[#Feedback]]", ""),
        ("2014-10-06.md", None),
        ("https://a.example", None),
    ],
)
def test_what_a_wiki_link_names(target: str, name: str | None) -> None:
    assert wiki_name(target) == name


@pytest.mark.parametrize(
    ("target", "path"),
    [
        ("2014-10-06.md", "2014-10-06.md"),
        ("../a%20b.md?x#y", "../a b.md"),
        ("#heading", ""),
        ("/2014/x.md", "/2014/x.md"),
        ("//host/x", None),
        ("file:///etc/passwd", None),
        ("javascript:x", None),
        ("mailto:a@b.example", None),
        ("[[x]]", None),
    ],
)
def test_the_path_of_a_link(target: str, path: str | None) -> None:
    assert relative_path(target) == path
    assert is_external(target) is (path is None and not target.startswith("[["))


@pytest.mark.parametrize(
    ("folder", "path", "found"),
    [
        ("2014", "x.md", "2014/x.md"),
        ("2014", "../2015/./x.md", "2015/x.md"),
        ("2014", "/2015/x.md", "2015/x.md"),
        ("", "x.md", "x.md"),
        ("2014", "../../x.md", None),
        ("", "../x.md", None),
        ("a/b", "../../../etc/passwd", None),
        ("2014", "/../x.md", None),
        ("2014", "a/../../../x", None),
    ],
)
def test_a_path_from_a_folder(folder: str, path: str, found: str | None) -> None:
    assert path_from(folder, path) == found


@given(st.lists(st.sampled_from(["..", ".", "", "a", "b"])), st.sampled_from(["", "x", "x/y"]))
def test_no_path_leads_out_of_the_journal(parts: list[str], folder: str) -> None:
    found = path_from(folder, "/".join(parts))
    assert found is None or not {"..", "."} & set(found.split("/"))
