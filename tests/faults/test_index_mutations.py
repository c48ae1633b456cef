"""Mutations of the index: whatever became of its files, answers match the texts."""

import os
import random
import shutil
import zlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from journal_tui.index.index import Index
from journal_tui.index.table_storage import MAGIC
from journal_tui.lookups import written_days
from tests.index.index_fixture import Place, asked, contents, tables

Scale = Callable[[int, int], int]
Tally = Callable[..., None]
Files = dict[str, bytes]
QUERIES = (
    "fire", "fire drill", '"prose number3"', '"drill fire"', "numb*", "kite OR lantern", "-fire", "in:learning fire",
    "in:learning", "in:remark dry", "in:title day", "rating:>=8", "rating:3..6", "#rain", "#rain/heavy", "@anna",
    "is:open", "is:done", "date:2014-10", "since:2015 fire", "nowhere", '"fire drill" @anna -kite',
)  # fmt: skip
WORDS = ("fire", "drill", "kite", "lantern", "depot", "rain", "meeting", "owner")
BOXES = ("- [ ] ask", "- [x] asked", "- wait")


def entry(chance: random.Random, number: int) -> str:
    """A day with something of everything that a query may ask for."""
    prose = " ".join(chance.choices(WORDS, k=6))
    points = "".join(f"- {' '.join(chance.choices(WORDS, k=4))}\n" for _ in range(3))
    rest = chance.choice(("", " #rain", " #rain/heavy @anna", " @colm"))
    return (
        f"# Day {number}\n\nprose number{number} {prose}{rest}\n\n{chance.choice(BOXES)} {prose}\n\n"
        f"## Learning points\n\n- fire drill\n{points}\nEnjoyment: {chance.randint(0, 10)}/10 – dry\n"
    )


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """Three years, indexed."""
    made, chance = Place(tmp_path), random.Random(3)
    for year in (2013, 2014, 2015):
        for day in range(1, 9):
            made.put(f"{year}/{year}-10-0{day}.md", entry(chance, day))
    made.put("2014/2014-10-03-note.md", "# A note\n\nspring fire @anna\n")
    made.index().refresh()
    return made


def answers(index: Index, place: Place) -> list[object]:
    """What a journal with this index says to all questions."""
    said: list[object] = [
        [
            (hit.path, hit.part, hit.rating, hit.line, hit.text)
            for hit in asked(index, place, query, rows)
        ]
        for rows, queries in (
            ("mixed", QUERIES),
            ("learning", QUERIES[:6]),
            ("entries", QUERIES[:6]),
        )
        for query in queries
    ]
    said.append(written_days.ratings_by_day(index, date(2013, 1, 1), date(2015, 12, 31)))
    said.append(written_days.latest_ratings(index, 9))
    said.append([index.records_of_day(date(year, 10, 3)) for year in (2013, 2014, 2015)])
    return said


def kept(place: Place) -> Files:
    return {file.name: file.read_bytes() for file in tables(place)}


def laid(place: Place, files: Files) -> None:
    """Have exactly these files in the cache."""
    cache = place.folder / "cache"
    shutil.rmtree(cache)
    cache.mkdir()
    for name, data in files.items():
        (cache / name).write_bytes(data)


def with_check(body: bytes, magic: bytes = MAGIC) -> bytes:
    """A file of a table whose checksum is right."""
    return b"%s %08x\n%s" % (magic, zlib.crc32(body), body)


def truncated(chance: random.Random, files: Files, old: Files, name: str) -> None:
    files[name] = files[name][: chance.randrange(len(files[name]))]


def emptied(chance: random.Random, files: Files, old: Files, name: str) -> None:
    files[name] = chance.choice((b"", b"\n", b"\0" * 4096))


def flipped(chance: random.Random, files: Files, old: Files, name: str) -> None:
    data = bytearray(files[name])
    for _ in range(chance.choice((1, 1, 1, 8))):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    files[name] = bytes(data)


def overwritten(chance: random.Random, files: Files, old: Files, name: str) -> None:
    data = bytearray(files[name])
    at = chance.randrange(len(data))
    data[at : at + 64] = chance.randbytes(chance.choice((1, 64, 500)))
    files[name] = bytes(data)


def appended(chance: random.Random, files: Files, old: Files, name: str) -> None:
    files[name] += chance.choice((b"\n", b"\0", chance.randbytes(30), files[name]))


def of_another_year(chance: random.Random, files: Files, old: Files, name: str) -> None:
    files[name] = files[chance.choice(("2013", "2014", "2015")) + name[4:]]


def of_another_kind(chance: random.Random, files: Files, old: Files, name: str) -> None:
    files[name] = files[chance.choice([other for other in files if other[:4] == name[:4]])]


def swapped(chance: random.Random, files: Files, old: Files, name: str) -> None:
    other = chance.choice(list(files))
    files[name], files[other] = files[other], files[name]


def years_swapped(chance: random.Random, files: Files, old: Files, name: str) -> None:
    year = chance.choice(("2013", "2014", "2015"))
    for one in [file for file in files if file[:4] == name[:4]]:
        other = year + one[4:]
        files[one], files[other] = files[other], files[one]


def of_before(chance: random.Random, files: Files, old: Files, name: str) -> None:
    files[name] = old[name]


def year_of_before(chance: random.Random, files: Files, old: Files, name: str) -> None:
    files.update({other: data for other, data in old.items() if other[:4] == name[:4]})


def of_another_version(chance: random.Random, files: Files, old: Files, name: str) -> None:
    body = files[name].partition(b"\n")[2]
    magic = chance.choice((b"journal-index 2", b"journal-index 4", b"journal-index 33", b"tinydb"))
    files[name] = chance.choice((with_check(body, magic), b'{"_default": {}}', body))


def altered_with_its_checksum(chance: random.Random, files: Files, old: Files, name: str) -> None:
    """Of any table but the stamps, which hold the checksums of the others."""
    if "stamps" not in name:
        body = bytearray(files[name].partition(b"\n")[2])
        body[chance.randrange(len(body))] ^= 1
        files[name] = with_check(bytes(body))


def no_table_at_all(chance: random.Random, files: Files, old: Files, name: str) -> None:
    files[name] = with_check(chance.choice((b"[1,2]", b"{}", b"null", b'{"1":5}', b"[" * 9_000)))


def removed(chance: random.Random, files: Files, old: Files, name: str) -> None:
    del files[name]


def year_removed(chance: random.Random, files: Files, old: Files, name: str) -> None:
    for other in [file for file in files if file[:4] == name[:4]]:
        del files[other]


def a_year_too_many(chance: random.Random, files: Files, old: Files, name: str) -> None:
    for other in [file for file in files if file[:4] == name[:4]]:
        files[chance.choice(("1999", "2016")) + other[4:]] = files[other]


MUTATIONS = (
    truncated, truncated, flipped, flipped, overwritten, appended, emptied, of_another_year, of_another_kind, swapped,
    years_swapped, of_before, of_before, year_of_before, of_another_version, altered_with_its_checksum, no_table_at_all,
    removed, removed, year_removed, a_year_too_many,
)  # fmt: skip


def test_no_answer_is_wrong(place: Place, scale: Scale, tally: Tally) -> None:
    """Damaged once to three times, refreshed as each start does, and asked everything."""
    chance = random.Random(11)
    old = kept(place)
    place.put("2014/2014-10-05.md", entry(chance, 5))
    place.put("2013/2013-11-01.md", entry(chance, 1))
    os.unlink(place.root / "2015/2015-10-02.md")
    place.index().refresh()
    good = kept(place)
    right = place.rebuilt()
    wanted, whole = answers(right, place), contents(right)
    assert sum(map(bool, wanted)) > len(QUERIES)
    wrong = 0
    count = scale(84, 1_050)
    for number in range(count):
        files = dict(good)
        done = []
        for mutate in (
            MUTATIONS[number % len(MUTATIONS)],
            *chance.choices(MUTATIONS, k=chance.choice((0, 0, 1, 2))),
        ):
            name = chance.choice(sorted(files.keys() & good.keys()))
            try:
                mutate(chance, files, old, name)
            except (KeyError, IndexError, ValueError):
                # A mutation before has taken away what this one needs.
                continue
            done.append((mutate.__name__, name))
        laid(place, files)
        index = place.index()
        index.refresh()
        wrong += answers(index, place) != wanted
        assert not wrong, (number, done)
        # Asking may have found more damage than the refresh: then the year is rebuilt.
        index.refresh()
        assert contents(index) == whole, (number, done)
    tally("the index: mutations", mutations=count, wrong_answers=wrong, exceptions=0)


def test_no_answer_is_wrong_while_it_is_open(place: Place, scale: Scale, tally: Tally) -> None:
    """The files change under an index that has read some of them already."""
    chance = random.Random(12)
    good = kept(place)
    wanted = answers(place.rebuilt(), place)
    count = scale(40, 400)
    wrong = 0
    for number in range(count):
        laid(place, good)
        index = place.index()
        asked(index, place, chance.choice(QUERIES))
        mutate = MUTATIONS[number % len(MUTATIONS)]
        files, name = dict(good), chance.choice(sorted(good))
        mutate(chance, files, good, name)
        for other in good.keys() | files.keys():
            file = place.folder / "cache" / other
            if other not in files:
                file.unlink(missing_ok=True)
            elif files[other] != good.get(other):
                file.write_bytes(files[other])
        index.refresh()
        wrong += answers(index, place) != wanted
        assert not wrong, (number, mutate.__name__, name)
    tally(
        "the index: mutations while it is open", mutations=count, wrong_answers=wrong, exceptions=0
    )
