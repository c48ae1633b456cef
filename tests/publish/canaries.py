"""A journal of 500 private entries, each with a word that is nowhere else, and of published ones that refer to them."""

import re
import struct
import zlib
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

SETTINGS = """name = "Canaries"
start = 2014-01-01

[customers.pelham]
name = "Pelham Yard"
{customers}
[publish]
base-url = "https://example.org/days/"
title = "Work in progress"
"""
FIRST = date(2014, 1, 1)
COUNT = 500
PLACES = (
    "prose", "front matter", "tag", "name", "file name", "image metadata", "alt text", "link", "link title",
    "heading", "title", "note", "customer's name", "comment", "learning point", "follow-up", "rating", "feedback",
    "code", "image name",
)  # fmt: skip
"""Where a private entry has its word."""
PUBLIC = [f"public{number}word" for number in range(12)]
"""Words of published entries, which leave."""


class Canaries(NamedTuple):
    """The journal's folder, the private words, and the words that are to leave."""

    root: Path
    private: list[str]
    public: list[str]


def png(words: str = "") -> bytes:
    """Return a picture of one pixel, with words in its metadata."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content))
            + kind
            + content
            + struct.pack(">I", zlib.crc32(kind + content))
        )

    said = words.encode()
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)),
            chunk(b"tEXt", b"Comment\0" + said),
            chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + said),
            chunk(b"eXIf", b"MM\0\x2a" + said),
            chunk(b"iCCP", said[:70] + b"\0\0" + zlib.compress(said)),
            chunk(b"IDAT", zlib.compress(b"\0\x10\x20\x30")),
            chunk(b"prVt", said),
            chunk(b"IEND", b""),
            said,
        )
    )


def jpeg(words: str = "", orientation: int = 1) -> bytes:
    """Return the parts of a JPEG picture, with words in its metadata."""

    def segment(marker: int, content: bytes) -> bytes:
        return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content

    said = words.encode()
    exif = (
        b"Exif\0\0II\x2a\0\x08\0\0\0\x01\0"
        + struct.pack("<HHIHHI", 0x0112, 3, 1, orientation, 0, 0)
        + said
    )
    return b"".join(
        (
            b"\xff\xd8",
            segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\x01\x01" + said),
            segment(0xE1, exif),
            segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + said),
            segment(0xE2, b"ICC_PROFILE\0" + said),
            segment(0xED, b"Photoshop 3.0\0" + said),
            segment(0xFE, said),
            segment(0xDB, bytes(65)),
            segment(0xC0, struct.pack(">BHHBBBB", 8, 3, 5, 1, 1, 0x11, 0)),
            segment(0xC4, bytes(20)),
            segment(0xDA, b"\x01\x01\0\0\x3f\0"),
            b"\x12\x34\xff\0\x56",
            b"\xff\xd9",
            said,
        )
    )


def canary(number: int) -> str:
    """Return the word of a private entry, which can also be a name: zqaabxv for number 1."""
    letters = "".join("abcdefghij"[int(digit)] for digit in f"{number:03}")
    return f"zq{letters}xv"


def make_canaries(root: Path, *, has_items: bool = True) -> Canaries:
    """Write the journal to a folder; return its words.

    Without items, published entries have no ratings and follow-ups, which may be in a pack.
    """
    private = [canary(number) for number in range(COUNT)]
    customers = [
        word
        for number, word in enumerate(private)
        if PLACES[number % len(PLACES)] == "customer's name"
    ]
    named = "".join(
        f'[customers.{word}]\nname = "{word.capitalize()} Works"\n' for word in customers[::2]
    )
    root.mkdir(exist_ok=True)
    (root / "journal.toml").write_text(SETTINGS.format(customers=named), "utf-8")
    paths = [_write_private(root, number, word) for number, word in enumerate(private)]
    _write_public(root, private, paths, has_items)
    return Canaries(root, private, PUBLIC)


def _write_private(root: Path, number: int, word: str) -> str:
    day = FIRST + timedelta(number)
    name, place = f"{day}", PLACES[number % len(PLACES)]
    text = {
        "prose": f"Only {word} here.",
        "front matter": f"---\nsecret: {word}\nsummary: {word}\ntitle: {word}\n---\nNothing.",
        "tag": f"About #{word} and #a/{word}.",
        "name": f"With @{word}.",
        "file name": "Named.",
        "image metadata": "![A picture](meta.png)",
        "alt text": f"![{word}](meta.png)",
        "link": f"[there](https://{word}.example/{word})",
        "link title": f'[there](https://x.example "{word}")',
        "heading": f"## {word}",
        "title": f"# {word}\n\nText.",
        "note": f"A note of {word}.",
        "customer's name": f"---\ncustomer: {word}\n---\nMet #customer/{word}.",
        "comment": f"<!-- {word} --> and %% {word} %%",
        "learning point": f"## Learning points\n\n- {word}",
        "follow-up": f"- [ ] {word}",
        "rating": f"Enjoyment: 7/10 – {word}",
        "feedback": f"## Feedback\n\n- {word}",
        "code": f"`{word}`\n\n```\n{word}\n```",
        "image name": f"![]({word}.png)",
    }[place]  # fmt: skip
    if place in ("file name", "note"):
        name += f"-{word}"
    folder = root / f"{day:%Y}"
    folder.mkdir(exist_ok=True)
    # Some say that they aren't to leave; the others say nothing.
    if number % 3 == 0 and not text.startswith("---"):
        text = f"---\npublish: {'no' if number % 2 else 'false'}\n---\n{text}"
    (folder / f"{name}.md").write_text(text, "utf-8")
    if place == "image metadata":
        (folder / f"meta{number}.png").write_bytes(png(word))
    if place == "image name":
        (folder / f"{word}.png").write_bytes(png())
    return f"{day:%Y}/{name}.md"


def _write_public(root: Path, private: list[str], paths: list[str], has_items: bool) -> None:
    """Write published entries that refer to the private ones in every way."""
    by_place: dict[str, list[int]] = {}
    for number in range(len(private)):
        by_place.setdefault(PLACES[number % len(PLACES)], []).append(number)
    folder = root / "2016"
    folder.mkdir()
    for number, word in enumerate(PUBLIC):
        lines = [
            "---", "publish: true", f"hidden: {private[number]}", f"author: {private[number]}",
            f"aliases: [{private[number]}]", "---", f"# Day {900 + number} – {word}", "", f"It is {word}.",
        ]  # fmt: skip
        for at in range(number, len(private), len(PUBLIC)):
            lines += ["", *_reference(at, private[at], paths[at], folder, has_items)]
        name = f"2016-01-{number + 1:02}" + ("-note" if number % 4 == 3 else "")
        (folder / f"{name}.md").write_text("\n".join(lines) + "\n", "utf-8")


def _reference(number: int, word: str, path: str, folder: Path, has_items: bool) -> list[str]:
    stem = path.rpartition("/")[2].removesuffix(".md")
    capital = word.capitalize()
    place = PLACES[number % len(PLACES)]
    if place == "name":
        return [
            f"Saw @{word}, {capital} and {capital}'s desk; `@{word}` [Ask {capital}](https://x.example/{word})",
            f"https://x.example/~{word} ![{capital}](p{number}.png) **{capital}** #{word}-review",
        ]
    if place == "customer's name":
        return [
            f"Visited #customer/{word}, {word} and {capital} Works, the {word}, {word.upper()}",
            f"[{capital}](https://{word}.example) `#customer/{word}`",
            "",
            f"## At {capital}",
        ]
    ways = (
        [f"As in [that day](../{path}), [[{stem}]] and [[{path}]]."],
        [f'See [it](../{path} "{word}") and ![[{stem}]].'],
        [f"See [it][r{number}] and [r{number}].", "", f'[r{number}]: ../{path} "{word}"', f"[{word}]: <{path}> '{word}'"],
        [f"%% {word} %% and <!-- {word} -->", "", f"<!-- a\n\n{word}\n\n-->"],
        ["<!-- private -->", f"- {word}", "", f"%% {word}", "<!-- /private -->", "", "Public again. %% closed %%"],
        [f'<div title="{word}" data-x="> {word}">block</div>', "", f'In <span class="{word}" hidden>{word}</span> it.'],
        [f"Plain {path} and {stem}." if "-zq" in stem else f"Plain [[{stem}|then]]."],
        [f'![](p{number}.jpg "{word}")'],
        [f"Enjoyment: 7/10 – {word}", "", f"Mood: 6/10 {word}", "", f"- [ ] ask {word}", f"  - nested {word}"],
        ["## Feedback", "", f"They said {word}.", "", f"- {word}", "", "## And more"],
        [f"- expect: {word} check:2030-01-01", f"  - happened 2030-01-02: {word}"],
        [f"<script>{word}</script> <style>.{word} {{}}</style> <template>{word}</template>"],
        [f"[mail](mailto:{word}@example.org) [file](file:///home/{word}/x) [js](javascript:{word})"],
        [f"![remote](https://x.example/a.png '{word}') ![](data:image/png;base64,{word})"],
        [f"[doc](files/{word}.pdf) [[{word}.pdf|doc]] ![x]({word}-missing.png)"],
    )  # fmt: skip
    (folder / f"p{number}.jpg").write_bytes(jpeg(word, 6 if number % 2 else 1))
    (folder / f"p{number}.png").write_bytes(png(word))
    way = ways[number % len(ways)]
    return way if has_items or not way[0].startswith(("Enjoyment", "- expect")) else ["No items."]


def leaks(folder: Path, words: list[str]) -> list[str]:
    """Return which words are in the names and the contents of the files below a folder, with the files."""
    pattern = re.compile("|".join(map(re.escape, words)).encode())
    found = []
    for file in sorted(folder.rglob("*")):
        name = str(file.relative_to(folder)).lower()
        data = file.read_bytes().lower() if file.is_file() else b""
        found += [
            f"{hit.decode()} in {name}" for hit in pattern.findall(data + b"\0" + name.encode())
        ]
    return found
