"""No control character, escape or bidirectional override reaches the terminal."""

import os
from pathlib import Path

import pytest

from journal_tui import settings
from tests.cli.command_shell import Result, Shell

PAYLOADS = [
    "\x1b[31mred",
    "\x1b]0;title\x07",
    "\x1b]8;;http://x\x1b\\link",
    "\x1bP+q\x1b\\",
    "\x1b[2J\x1b[H",
    "\x9b31m",
    "\x9d0;x\x9c",
    "\x07\x08\x7f",
    "a\rb",
    "a\x0bb\x0cc",
    "\u202eevil\u202c",
    "\u2066x\u2069",
    "\u200f\u061c\u200e",
    "\u2028\u2029\x85",
    "\udc9b\udcff",
]
BIDI = {
    *"\u061c\u200e\u200f\u2028\u2029",
    *map(chr, [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]),
}


def is_safe(result: Result) -> bool:
    """Whether nothing that a terminal would obey was printed."""
    said = result.out + result.err
    bad = {c for c in said if (ord(c) < 32 and c not in "\n\t") or 0x7F <= ord(c) < 0xA0}
    bad |= BIDI & set(said) | {c for c in said if 0xD800 <= ord(c) < 0xE000}
    assert not bad
    assert "went wrong in journal" not in said
    return True


READING = (
    [], ["show"], ["show", "--json"], ["find", "rice"], ["find", "rice", "--json"],
    ["find", "rice", "--in", "entries"], ["find", "rice", "--in", "learning"], ["todo"],
    ["find", "rice", "--csv"], ["find", "rice", "--markdown", "--sort", "best"], ["tags"], ["people"],
    ["find", "rice", "--paths"], ["find", "rice", "--by-day", "-C", "2"], ["find", "in:remark OR in:title"],
    ["tags", "--json"],
    ["where"], ["check"], ["check", "--rebuild"],
)  # fmt: skip


@pytest.mark.parametrize("payload", PAYLOADS, ids=ascii)
@pytest.mark.one_in(4)
def test_in_an_entry(shell: Shell, payload: str) -> None:
    text = (
        f"---\ntags: [rice{payload}]\n---\n# Title rice {payload}\n\nrice {payload} #t{payload}\n\n"
        f"- [ ] rice {payload}\n\n## Learning points\n\n- rice {payload} end\n\n"
        f"Enjoyment: 11 – {payload}\nEnjoyment: 9 – {payload}\n"
    )
    shell.write(text.encode("utf-8", "surrogateescape"))
    for words in READING:
        assert is_safe(shell(*words, stdin=b""))


@pytest.mark.parametrize("payload", PAYLOADS, ids=ascii)
@pytest.mark.one_in(4)
def test_payloads_in_typed_text(shell: Shell, payload: str) -> None:
    for command in (["add"], ["learn"], ["todo"], ["rate", "8"]):
        assert is_safe(shell(*command, f"rice {payload}", "--on", "yesterday"))
    data = f"rice {payload}".encode("utf-8", "surrogateescape")
    assert is_safe(shell("add", "-", stdin=data))
    assert is_safe(shell("learn", "-", stdin=data))


@pytest.mark.parametrize("payload", PAYLOADS, ids=ascii)
def test_payloads_in_queries(shell: Shell, payload: str) -> None:
    for words in (
        ["find", f"zebra{payload}"], ["find", f'"{payload}"'], ["show", payload], [payload],
        ["rate", payload], ["add", "x", "--on", payload], ["todo", "x", "--due", payload],
        ["--journal", payload, "where"], ["find", "x", "-n", payload], ["find", "x", "--in", payload],
        ["--" + payload], ["show", "--" + payload], ["new", "x", "--count", payload], [f"serach{payload}"],
    ):  # fmt: skip
        assert is_safe(shell(*words, stdin=b""))


@pytest.mark.parametrize("payload", PAYLOADS, ids=ascii)
@pytest.mark.one_in(4)
def test_in_names_of_files_folders_and_journals(
    shell: Shell, tmp_path: Path, payload: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / f"jour{payload.replace('/', '')}nal"
    try:
        folder.mkdir()
    except OSError:
        pytest.skip("this file system does not take such a name")
    named = (
        payload.encode("unicode_escape").decode().replace("\\x", "\\u00").replace("\\udc", "\\u00")
    )
    (folder / "journal.toml").write_text(f'name = "N {named} \\n x"\n', "utf-8")
    (folder / "2026").mkdir()
    middle = payload.replace("/", "")
    for name in (f"2026-11-20 {middle}.md", f"2026-11-19-{middle}.md", f"2026-2-1{middle}.md"):
        (folder / "2026" / name).write_text("## Learning points\n\n- rice\n", "utf-8")
    (folder / f"deep{middle}").mkdir()
    (folder / f"deep{middle}" / "2026-11-18.md").write_text("rice\n\nEnjoyment: 12\n", "utf-8")
    os.mkfifo(folder / f"2026-11-17{middle}.md")
    monkeypatch.chdir(folder)
    for words in (*READING, ["show", "2026-11-19"], ["add", "x", "--on", "2026-11-18"]):
        assert is_safe(shell(*words, stdin=b""))
    assert is_safe(shell("new", str(folder)))
    assert is_safe(shell("new", str(folder / "more")))
    assert is_safe(shell("--journal", str(folder / "none"), "where"))


def test_in_the_settings(shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.remember(settings.places().config, "journal", "\x1b[31m/\u202e")
    monkeypatch.chdir(tmp_path)
    assert is_safe(shell("where"))
    for name in ('"\x1b[31m" = ', '"\\u001b[31m\\u202e" = {}', '[sections]\n"\\u001b" = ["x"]'):
        (shell.root / "journal.toml").write_text(name, "utf-8")
        assert is_safe(shell("check", "--journal", str(shell.root)))


def test_a_line_feed_in_a_name_makes_no_line_of_its_own(shell: Shell, tmp_path: Path) -> None:
    place = tmp_path / "a\n2026-11-20 all is well"
    said = shell.good("new", str(place))
    assert "\n2026-11-20 all is well" not in said
    assert len(shell.good("where", "--journal", str(place)).splitlines()) == 4
