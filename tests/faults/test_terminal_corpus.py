"""The terminal corpus: of no payload, wherever it comes in, does a terminal get to obey anything."""

import os
import re
import shlex
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import NoReturn

import pytest
from textual.app import App
from textual.pilot import Pilot

from journal_tui.app.screens.welcome import WelcomeScreen
from journal_tui.cli import context
from journal_tui.cli.commands import COMMANDS as VERBS
from journal_tui.errors import UsageError
from journal_tui.journal import Journal
from tests.app.app_fixture import Desk, settle, strips
from tests.cli.command_shell import NOW, Shell, options_of
from tests.extent import Sample

Scale = Callable[[int, int], int]
Tally = Callable[..., None]
TODAY = date(2026, 11, 20)
EARLIER = date(2025, 11, 20)
PAYLOADS = (
    "\x1b[31mred\x1b[2J\x1b[H",
    "\x1b]52;c;b3duZWQ=\x07",
    "\x1b]8;;http://evil.example\x1b\\link\x1b]8;;\x1b\\",
    "\x1b]0;owned\x07",
    "\x1bPq#0;2\x1b\\",
    "\x1bP+q544e\x1b\\",
    "\x1b_Gf=100;AAAA\x1b\\",
    "\x1b^private\x1b\\\x1bXstring\x1b\\",
    "\x1b[6n\x1b[c\x1b[>q\x1b]11;?\x07",
    "\x1bc\x1b7\x1b(0\x1b#8",
    "\x9b31mred\x9b6n",
    "\x9d0;owned\x9c\x90q\x9c\x9fapc\x9c",
    "\x07bell\x07",
    "back\x08\x08\x08",
    "over\rwritten",
    "\x0bvertical\x0cform\x1c\x1d\x1e",
    "\x7fdel\x00nul",
    "\x0e\x0fshift\x05ask",
    "\u202eevil\u202c\u202a\u202b\u202d",
    "\u2066iso\u2067\u2068\u2069",
    "\u200eleft\u200fright\u061c",
    "\u2028line\u2029paragraph\x85next",
    "[red]markup[/red] [@click=app.bell]click[/] [/] [link=http://x]y[/link]",
    "{{cursor}} {0} {name!r} %s %n $(id) `id`",
    "\U000e0001\U000e0041\U000e0042\U000e007f tags",
    "\udc9b\udcff lone \ud800",
)
# What Textual itself writes to style a line: colours and weights, and nothing else.
STYLE = re.compile(r"\x1b\[[0-9;:]*m")
OBEYED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
# The same on a pty, where Textual moves the cursor as well.
OWN = re.compile(
    r"\x1b\[[0-9;:?<>=!$' \"*]*[@-~]|\x1b[()][A-Z0-9]|\x1b[78=>M]|\x1b\]22;[a-z-]*\x07"
)


class Looker:
    """Looks at all that an app would write, and counts how often it did."""

    def __init__(self, pilot: Pilot[None]) -> None:
        self.pilot = pilot
        self.screens = 0

    async def look(self, holds: str = "") -> None:
        """Nothing on the screen is obeyed; `holds` is on it."""
        await settle(self.pilot)
        app = self.pilot.app
        output = "\n".join(strip.render(app.console) for strip in strips(app))
        assert safe(STYLE.sub("", output))
        assert holds in STYLE.sub("", output), holds
        self.screens += 1

    async def press(self, *keys: str, holds: str = "") -> None:
        """Press keys, then look."""
        await self.pilot.press(*keys)
        await self.look(holds)


def safe(output: str) -> bool:
    """Whether nothing in it is obeyed by a terminal; says where it is else."""
    found = OBEYED.search(output)
    assert not found, ascii(output[max(0, found.start() - 60) : found.end() + 60])
    return True


def as_argument(payload: str) -> str:
    """What of the payload a process can be given as an argument."""
    return payload.replace("\0", "").replace("\ud800", "")


def plain(payload: str) -> str:
    """The payload as a text that UTF-8 can hold."""
    return payload.encode("utf-8", "replace").decode()


def escaped(payload: str) -> str:
    """The payload as TOML holds it within quotes."""
    return "".join(f"\\U{ord(character):08x}" for character in plain(payload))


def day_text(payload: str) -> str:
    """An entry with the payload wherever an entry may have one."""
    shown = plain(payload)
    quoted = repr(shown)[1:-1].replace('"', "'")
    return (
        f'---\ntags: ["rice{quoted}"]\ntitle: rice {shown}\n---\n# Title rice {shown}\n\nrice prose {shown} #tag{shown} @anna{shown}\n\n'
        f"- [ ] rice task {shown} due:2026-02-30\n\n| rice | {shown} |\n|---|---|\n| {shown} | b |\n\n```{shown}\ncode rice {shown}\n```\n\n"
        f"[rice {shown}](javascript:{shown}) ![rice {shown}](file:///{shown} '{shown}') <b>{shown}</b> &#x202e;&#27;\n\n"
        f"## Learning points\n\n- rice point {shown} end of it\n- rice point {shown} again\n\n"
        f"Enjoyment: 11 – rice {shown}\n\nEnjoyment: 9 – rice remark {shown}\n"
    )


def name_part(payload: str) -> str:
    """As much of the payload as the name of a file may hold."""
    name = payload.replace("/", "").replace("\0", "")[:40]
    return os.fsdecode(
        name.encode("utf-8", "surrogateescape" if "\ud800" not in name else "replace")
    )


def fill(root: Path, payload: str) -> None:
    """Texts, names of files and a journal.toml with the payload in them."""
    text = day_text(payload).encode("utf-8", "surrogateescape")
    for day in (TODAY, EARLIER, date(2026, 11, 13)):
        (root / str(day.year)).mkdir(exist_ok=True)
        (root / str(day.year) / f"{day}.md").write_bytes(text)
    folder = root / "2026"
    (
        folder
        / os.fsencode(f"{TODAY}-rice{name_part(payload)}.md").decode("utf-8", "surrogateescape")
    ).write_bytes(text)
    inside = escaped(payload)
    (root / "journal.toml").write_text(
        f'name = "Rice {inside}"\nstart = 2026-11-02\n[sections]\nlearning = ["Learning points", "Rice {inside}"]\n'
        f'[templates]\nday = "# Rice {inside} {{date}}"\n[queries]\n"rice {inside}" = "rice {inside}"\n'
    )


class Host(App[None]):
    """An app that shows the welcome of a folder with the payload in its name."""

    def __init__(self, payload: str) -> None:
        super().__init__()
        self.payload = payload

    def on_mount(self) -> None:
        said = f"rice {self.payload} cannot be made"

        def look(*_: object) -> NoReturn:
            raise UsageError(said)

        self.push_screen(
            WelcomeScreen(
                f"/home/rice{self.payload}", look, lambda *_: said, f"/rice{self.payload}"
            )
        )


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


async def test_the_welcome(sample: Sample, tally: Tally) -> None:
    payloads = sample(PAYLOADS[::4], PAYLOADS)
    for payload in payloads:
        async with Host(payload).run_test(size=(90, 30)) as pilot:
            looker = Looker(pilot)
            await looker.look("Welcome")
            await looker.press("enter", holds="rice")
    tally("terminal: the welcome", payloads=len(payloads), raw=0, screens=2 * len(payloads))


@pytest.fixture
def shell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Shell:
    """Commands in a folder of its own, on Friday 20 November 2026."""
    root = tmp_path / "work"
    root.mkdir()
    monkeypatch.chdir(root)
    monkeypatch.setattr(context, "Journal", partial(Journal, clock=lambda: NOW))

    def read() -> tuple[str, str]:
        captured = capsys.readouterr()
        return captured.out, captured.err

    return Shell(root, read)


# Every verb is called as its examples show, and these with payloads in their arguments.
COMMANDS = (
    *(shlex.split(example.replace("~", "."))[1:] for command in VERBS.values() for example in command.examples),
    *([name, "{}", option, "{}"] for name in VERBS if name for option in sorted(options_of(name))),
    *([name, "{}"] for name in VERBS if name),
    [], ["show"], ["show", "--json"], ["find", "rice"], ["find", "rice", "--json"], ["find", "rice", "--csv"],
    ["find", "rice", "--markdown", "--sort", "best"], ["find", "rice", "--paths"], ["find", "rice", "--by-day", "-C", "2"],
    ["find", "rice", "--in", "entries"], ["find", "rice", "--in", "learning", "--explain"], ["find", "in:remark OR in:title"],
    ["todo"], ["tags"], ["tags", "--json"], ["people"], ["people", "--by-name"], ["where"], ["check"], ["check", "--rebuild"],
    ["add", "rice {}"], ["learn", "rice {}"], ["todo", "rice {}", "--due", "friday"], ["rate", "8", "rice {}"], ["add", "-"],
    ["history", "today"], ["history", "today", "--version", "1"], ["history", "{}"], ["restore", "today", "1"], ["restore", "{}", "1"],
    ["delete", "13 nov"], ["delete", "{}"], ["trash"], ["trash", "--restore", "1"], ["history", "--note", "{}", "today"],
    ["find", "{}"], ["find", '"{}'], ["find", "in:{}"], ["find", "date:{}", "--explain"], ["show", "{}"], ["{}"], ["rate", "{}"],
    ["add", "x", "--on", "{}"], ["todo", "x", "--due", "{}"], ["--journal", "{}", "where"], ["find", "x", "-n", "{}"], ["--{}"],
    ["new", "more{}", "--name", "rice {}"], ["new", "x", "--count", "{}"], ["find", "x", "--in", "{}"], ["serach{}"],
)  # fmt: skip
BROKEN = (
    '"{}" = 1\n[',
    'count = "{}"',
    '[sections]\n"{}" = ["x"]',
    'name = ["{}"]',
    '"{}" = {{}}\n= x',
    '[queries]\n"{}" = 5',
)


def test_every_command(shell: Shell, sample: Sample, tally: Tally) -> None:
    """Look at all that is printed, with texts, names and arguments of every payload.

    Every twelfth command of each payload, or all: each command meets several payloads either way.
    """
    count, step = 0, sample(12, 1)
    for number, payload in enumerate(PAYLOADS):
        fill(shell.root, payload)
        for words in COMMANDS[number % step :: step]:
            said = shell(
                *(word.replace("{}", as_argument(payload)) for word in words),
                stdin=f"rice {payload}".encode("utf-8", "replace"),
            )
            assert safe(re.sub("[\t\n]", " ", said.out + said.err)), words
            assert "went wrong in journal" not in said.err, (words, payload, said.err)
            count += 1
    tally("terminal: commands", payloads=len(PAYLOADS), commands=count, raw=0)


def test_every_sentence_about_a_journal_toml(shell: Shell, tally: Tally) -> None:
    count = 0
    for payload in PAYLOADS:
        for source in BROKEN:
            for value in (escaped(payload), plain(payload)):
                (shell.root / "journal.toml").write_text(source.replace("{}", value), newline="")
                for words in (["check"], ["where"], ["show"]):
                    said = shell(*words)
                    assert safe(re.sub("[\t\n]", " ", said.out + said.err)), (words, source)
                    assert "went wrong in journal" not in said.err
                    count += 1
    tally("terminal: commands", commands=count)


async def test_no_link_of_a_text_is_opened(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even those to the web: a browser of the terminal's own would write over the app."""
    opened: list[str] = []
    links = ("javascript:alert(1)", "file:///etc/passwd", "ssh://x", "app.bell", "http://x.org", "")
    desk.put("\n\n".join(f"[link{number}]({link})" for number, link in enumerate(links)))
    async with desk.open() as (pilot, write):
        monkeypatch.setattr(App, "open_url", lambda self, url, **_: opened.append(url))
        await pilot.press("f2")
        await settle(pilot)
        view = write.read_view
        assert view is not None
        for paragraph in view.query("MarkdownParagraph"):
            await pilot.click(paragraph, offset=(1, 0))
        await settle(pilot)
        assert len(view.query("MarkdownParagraph")) == len(links)
    assert opened == []
