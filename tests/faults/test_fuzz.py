"""Fuzzing of all that is read: an answer or a plain sentence, soon, whatever the input."""

import random
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from journal_tui import settings
from journal_tui.entry import front_matter
from journal_tui.entry.entry import Entry
from journal_tui.entry.front_matter import FrontMatterError
from journal_tui.entry.template import end_of_prose, fill
from journal_tui.errors import QueryError, SettingsError, WhenError
from journal_tui.library import config, drafts, toml_file
from journal_tui.library.library import Library
from journal_tui.library.trash import Trash
from journal_tui.period import iso_day, parse_day, parse_period
from journal_tui.query.highlight import spans
from journal_tui.query.parser import condition_spans, parse, parse_partial
from tests.faults.mutator import mutate_bytes, mutated

Scale = Callable[[int, int], int]
Tally = Callable[..., None]
Answer = TypeVar("Answer")
TODAY = date(2026, 11, 20)
LONGEST_SECONDS = 1.0
"""Of the processor's time, so that what else the machine does is not counted."""
ENTRIES = (
    (
        "---\ntitle: A day\ntags: [a, b/c]\nenjoyment: 7.5\ndue: 2026-11-30\n---\n# Day 168 – Monday 6 October 2014\n\n"
        "Prose with @anna and #rain/heavy, `code` and https://x.org/#y.\n\n- [ ] Ask @colm due:2014-10-13\n- [x] done\n\n"
        "## Learning points\n\n- one\n  - nested\n- two\n\n## Feedback\n\n1. good\n\nEnjoyment: 9/10 – good day\n"
    ),
    "Learning points for today: one; two; and three.\n\nToday's enjoyment rating: 7,5 out of 10, wet\n",
    "**Lessons learned:**\n\n* star\n+ plus\n\n> - [ ] quoted\n\n```\n## Learning points\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
    "# A day\r\n\r\nprose\r\n\r\n### What I learned\r\n\r\n- a [link](http://x 't') ![i](y)\r\n\r\n[x]: http://z\r\n<div>\r\n",
)
FRONT = (
    "title: A day\ntags: [a, b, 'c d']\nenjoyment: 7.5\n",
    "people:\n  - anna\n  - colm\nnested: {a: {b: [1, 2]}}\ndate: 2024-01-00\n",
    'text: |\n  long\n  lines\nfold: >-\n  x\nquoted: "\\u001b[31m"\nanchor: &a [1]\n',
    "? key\n: value\n!!python/object:os.system x: y\n%YAML 1.2\n---\n...\n",
)
TOML = (
    (
        'name = "Work"\nstart = 2026-11-02\ncount = "workdays"\nlayout = "years"\n\n[sections]\nlearning = ["Gelernt", "Lektionen"]\n'
        'rating = "Freude"\n\n[templates]\nday = """\n# {day} {date}\n{cursor}\n"""\n\n[queries]\ntrust = "trust since:2025"\n'
    ),
    'name = \'x\'\nstart = 1979-05-27T07:32:00Z\n[queries]\n"a b" = "#rain"\n[[x]]\ny = {z = [1, 2.5, inf, 0x10]}\n',
    config.new_config("Desk", TODAY),
)
QUERIES = (
    'trust OR "fire drill" -meeting in:learning,title rating:>=7.5',
    "(#rain/heavy @anna) date:2014-09..2014-11 since:2025 -(wet OR dry)",
    "tag:rain person:anna is:open has:rating due:<2026-12 task:done weekday:mon year:2014",
    'rating:7..9 words:>100 on:yesterday before:"last week" 漢字 wor*',
)
WHEN = (
    "yesterday", "last friday", "3 mar", "monday 3 march 2014", "-7", "+3", "day 168", "2014-10-06", "6/10/2014", "6.10.2014",
    "3 weeks ago", "a fortnight ago", "2014-Q3", "2014-W41", "last 30 days", "2014-09..2014-11", "from may to june 2014",
    "october 2014", "past year", "this quarter", "2014-10-06..", "..2015", "week 41", "next year",
)  # fmt: skip


class Slowest:
    """How long the inputs took that were tried."""

    def __init__(self) -> None:
        self.count = 0
        self.seconds = 0.0

    @contextmanager
    def input(self, text: str | bytes) -> Iterator[None]:
        """One input: it raises nothing and is done within a second."""
        begin = time.process_time()
        try:
            yield
        except BaseException as error:
            error.add_note(f"the input was {text[:2_000]!r}")
            raise
        taken = time.process_time() - begin
        self.count += 1
        self.seconds = max(self.seconds, taken)
        assert taken < LONGEST_SECONDS, (taken, text[:2_000])

    def tell(self, tally: Tally, reader: str) -> None:
        """Add the reader to the table."""
        row = f"fuzzing: {reader}"
        milliseconds = round(self.seconds * 1000)
        tally(row, inputs=self.count, exceptions=0, over_1_s=0)
        tally("fuzzing: the slowest input of each reader", **{f"ms_{reader}": milliseconds})


def answer(read: Callable[[], Answer], kind: type[Exception]) -> Answer | None:
    """What was read, or None where a plain sentence of the right kind refuses it."""
    try:
        return read()
    except kind as error:
        sentence = str(error)
    assert sentence and "\n" not in sentence
    return None


def test_entries(scale: Scale, tally: Tally) -> None:
    chance, tried = random.Random(41), Slowest()
    for _ in range(scale(400, 20_000)):
        text = mutated(chance, ENTRIES)
        with tried.input(text):
            entry = Entry(TODAY, text)
            assert entry.text == text
            assert isinstance(entry.title, str) and entry.outline
            assert entry.rating is None or 0 <= entry.rating.value <= 10
            assert entry.number is None or entry.number >= 0
            assert "" not in (*entry.tags, *entry.people)
            assert 0 <= end_of_prose(text, entry.vocabulary) <= len(text)
    tried.tell(tally, "entries")


def test_front_matter(scale: Scale, tally: Tally) -> None:
    chance, tried = random.Random(42), Slowest()
    for _ in range(scale(300, 16_000)):
        text = mutated(chance, FRONT)
        with tried.input(text):
            read = answer(partial(front_matter.read, text), FrontMatterError)
            assert read is None or all(isinstance(key, str) for key in read.values)
            assert isinstance(Entry(TODAY, f"---\n{text}\n---\n").tags, tuple)
    tried.tell(tally, "front matter")


def test_settings(tmp_path: Path, scale: Scale, tally: Tally) -> None:
    """The journal's and the person's own: a value for each name, or a sentence."""
    chance, tried = random.Random(43), Slowest()
    file, own = tmp_path / config.FILE, tmp_path / settings.FILE
    for _ in range(scale(300, 16_000)):
        text = mutated(chance, TOML)
        data = text.encode("utf-8", "surrogatepass")
        file.write_bytes(data)
        own.write_bytes(data)
        with tried.input(text):
            read = answer(partial(config.read, tmp_path), SettingsError)
            if read:
                assert Entry(TODAY, ENTRIES[0], read.vocabulary()).outline
                for template in read.templates.values():
                    assert fill(template, {"day": "1"})[1] >= 0
                config.counted_day(read, 168)
                # A search is only saved in a file that can be read.
                try:
                    assert "trust" in toml_file.set_value(
                        data.decode(), "queries", "trust", "new \x7f"
                    )
                except ValueError:
                    pass
            answer(partial(settings.load, tmp_path), SettingsError)
    tried.tell(tally, "journal.toml")


def test_queries(scale: Scale, tally: Tally) -> None:
    chance, tried = random.Random(44), Slowest()
    for number in range(scale(400, 20_000)):
        text = mutated(chance, QUERIES)
        # Most are as long as may be; what is longer is refused at once.
        text = text if number % 8 == 0 else text[:2_000]
        with tried.input(text):
            query = answer(partial(parse, text, TODAY), QueryError)
            if query:
                assert all(isinstance(line, str) for line in query.explain())
                assert all(
                    0 <= start <= end <= len(ENTRIES[0]) for start, end in spans(query, ENTRIES[0])
                )
            part, fault = parse_partial(text, TODAY)
            assert part is not None or fault is not None or not text.strip()
            assert fault is None or 0 <= fault.column <= len(text)
            assert all(0 <= start <= end <= len(text) for start, end, _ in condition_spans(text))
    tried.tell(tally, "queries")


def test_words_for_days(scale: Scale, tally: Tally) -> None:
    chance, tried = random.Random(45), Slowest()
    for _ in range(scale(400, 20_000)):
        text = mutated(chance, WHEN)
        with tried.input(text):
            for read in (parse_day, parse_period):
                found = answer(partial(read, text, TODAY), WhenError)
                assert found is None or str(found)
            assert iso_day(text) is None or len(text) == 10
    tried.tell(tally, "words for days")


def logs(folder: Path) -> list[bytes]:
    """Logs as sessions leave them."""
    made = []
    for number, texts in enumerate(
        (("one", "one two"), ("", "a", "ab\n", "b\n"), (ENTRIES[0], "é"))
    ):
        log = drafts.DraftLog(folder, TODAY, f"2026/{TODAY}.md", None, texts[0])
        for text in texts[1:]:
            log.record(text)
        log.close()
        (file,) = folder.glob("*.log")
        made.append(file.read_bytes())
        file.unlink()
        assert len(made) == number + 1
    return made


def test_draft_logs(tmp_path: Path, scale: Scale, tally: Tally) -> None:
    chance, tried = random.Random(46), Slowest()
    good = logs(tmp_path)
    file = tmp_path / f"{TODAY}-x.log"
    for _ in range(scale(300, 10_000)):
        data = mutate_bytes(chance, good)
        file.write_bytes(data)
        with tried.input(data):
            draft = drafts.read(file)
            assert draft is None or (isinstance(draft.text, str) and isinstance(draft.day, date))
    tried.tell(tally, "draft logs")


def test_draft_logs_with_records_of_any_kind(tmp_path: Path, scale: Scale, tally: Tally) -> None:
    """The checksum is right, and the record is anything that JSON can say."""
    chance, tried = random.Random(48), Slowest()
    head = '{"day": "2026-11-20", "path": "2026/2026-11-20.md", "opened": null, "text": "one"}'
    good = (
        head,
        '[0, 1, "x"]',
        '[3, 3, " two"]',
        "[1e999, null, {}]",
        "[true, false, 5]",
        "[]",
        '[0, 9, "\\ud800"]',
    )
    file = tmp_path / f"{TODAY}-x.log"
    for _ in range(scale(200, 4_000)):
        bodies = [chance.choice((head, mutated(chance, good))).replace("\n", " ")]
        bodies += [mutated(chance, good).replace("\n", " ") for _ in range(chance.randint(0, 4))]
        lines = (body.encode("utf-8", "surrogatepass") for body in bodies)
        data = b"".join(b"%08x %s\n" % (zlib.crc32(line), line) for line in lines)
        file.write_bytes(data)
        with tried.input(data):
            draft = drafts.read(file)
            assert draft is None or isinstance(draft.text, str)
    tried.tell(tally, "draft logs")


def test_what_the_trash_says(tmp_path: Path, scale: Scale, tally: Tally) -> None:
    chance, tried = random.Random(47), Slowest()
    file = tmp_path / "2026-11-20.md"
    file.write_text("one")
    trash = Trash(Library(tmp_path, tmp_path))
    where = trash.take(str(file), f"2026/{TODAY}.md", datetime(2026, 11, 20)).with_name(
        "where.json"
    )
    good = [where.read_bytes(), b'{"path": [1], "when": 5}', b"[" * 3_000]
    for _ in range(scale(100, 2_000)):
        data = mutate_bytes(chance, good)
        where.write_bytes(data)
        with tried.input(data):
            assert all(isinstance(one.path, str) for one in trash.items())
    tried.tell(tally, "the trash")
