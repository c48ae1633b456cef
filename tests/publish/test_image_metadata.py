"""Images without anything but the picture: no word that was hidden in one is left."""

import struct
import zlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.publish.image_metadata import DamagedImage, clean_image
from tests.publish.canaries import jpeg, png

WORD = "SecretWord"


def gif(words: bytes = b"") -> bytes:
    """Return a GIF picture of one pixel, with a comment, an extension of a program, and a loop."""
    return b"".join(
        (
            b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff",
            b"\x21\xfe", bytes([len(words)]), words, b"\0",
            b"\x21\xff\x0bXMP DataXMP", bytes([len(words)]), words, b"\0",
            b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0",
            b"\x21\xf9\x04\0\0\0\0\0",
            b"\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x4c\x01\0",
            b"\x3b", words,
        )
    )  # fmt: skip


def in_parts_of_a_picture(words: bytes) -> list[bytes]:
    """Return pictures with words in parts that are kept, after what these need, or in a second one."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack("<4sI", kind, len(content)) + content + b"\0" * (len(content) % 2)

    whole = png()
    end = whole.index(b"IDAT") - 4
    more = [
        (b"gAMA", b"abcd" + words),
        (b"pHYs", b"123456789" + words),
        (b"bKGD", b"123456"),
        (b"bKGD", words),
    ]
    parts = b"".join(struct.pack(">I4s", len(it), kind) + it + b"crc." for kind, it in more)
    frame = (
        bytes(16) + chunk(b"VP8L", b"\x2f\0\0\0\0") + chunk(b"XMP ", words) + chunk(b"EXIF", words)
    )
    moving = (
        b"WEBP"
        + chunk(b"VP8X", bytes(10))
        + chunk(b"ANIM", bytes(6) + words)
        + chunk(b"ANMF", frame)
    )
    colour = b"\x21\xf9\x04\0\0\0\0" + bytes([len(words)]) + words + b"\0"
    one = jpeg()
    adobe, jfif = b"Adobe" + bytes(7), b"JFIF\0" + words[:7]
    again = b"".join(
        b"\xff\xee" + struct.pack(">H", 14) + it for it in (adobe, b"Adobe" + words[:7])
    )
    twice = b"".join(
        b"\xff\xe0" + struct.pack(">H", 14) + it for it in (b"JFIF\0" + bytes(7), jfif)
    )
    return [
        whole[:end] + parts + whole[end:],
        b"RIFF" + struct.pack("<I", len(moving)) + moving,
        gif(b"x").replace(b"\x21\xf9\x04\0\0\0\0\0", colour),
        one[:2] + twice + again + one[2:],
    ]


def webp(words: bytes = b"") -> bytes:
    """Return the parts of a WebP picture, with metadata."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack("<4sI", kind, len(content)) + content + b"\0" * (len(content) % 2)

    size = (6).to_bytes(3, "little") + (3).to_bytes(3, "little")
    body = b"WEBP" + b"".join(
        (
            chunk(b"VP8X", bytes([0b00111100, 0, 0, 0]) + size),
            chunk(b"ICCP", words),
            chunk(b"VP8L", b"\x2f\0\0\0\0\1"),
            chunk(b"EXIF", words),
            chunk(b"XMP ", words),
            chunk(b"ABCD", words),
        )
    )
    return b"RIFF" + struct.pack("<I", len(body)) + body + words


@pytest.mark.parametrize(
    ("data", "suffix", "size"),
    [
        (png(WORD), "png", (1, 1)),
        (jpeg(WORD), "jpg", (5, 3)),
        (gif(WORD.encode()), "gif", (1, 1)),
        (webp(WORD.encode()), "webp", (7, 4)),
    ],
)
def test_nothing_but_the_picture_is_left(data: bytes, suffix: str, size: tuple[int, int]) -> None:
    found = clean_image(data)
    assert WORD.encode() in data
    assert WORD.encode() not in found.data
    assert (found.suffix, found.width, found.height) == (suffix, *size)
    assert clean_image(found.data).data == found.data


def test_the_picture_itself_is_as_it_was() -> None:
    found = clean_image(png(WORD)).data
    assert b"IDAT" + zlib.compress(b"\0\x10\x20\x30") in found
    assert found.count(b"IEND") == 1
    assert b"\x12\x34\xff\0\x56\xff\xd9" in clean_image(jpeg(WORD)).data


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_turned_as_before(orientation: int) -> None:
    found = clean_image(jpeg(WORD, orientation))
    has_part = b"Exif" in found.data
    assert has_part is (orientation > 1)
    assert (found.width, found.height) == ((3, 5) if orientation >= 5 else (5, 3))
    assert WORD.encode() not in found.data
    # What says so says nothing else.
    assert clean_image(found.data) == found


@pytest.mark.parametrize(
    "data",
    [b"", b"<svg xmlns='x'/>", b"BM1234", b"\xff\xd8\xff", b"GIF89a", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBP", b"%PDF"],
)  # fmt: skip
def test_what_is_no_such_image_is_refused(data: bytes) -> None:
    with pytest.raises(DamagedImage):
        clean_image(data)


@pytest.mark.parametrize("data", [png(), jpeg(), gif(), webp()], ids=["png", "jpeg", "gif", "webp"])
def test_a_part_of_an_image_is_refused_or_whole(data: bytes) -> None:
    for size in range(len(data)):
        try:
            found = clean_image(data[:size])
        except DamagedImage:
            continue
        assert clean_image(found.data).data == found.data


@given(st.sampled_from([png(WORD), jpeg(WORD), gif(b"x"), webp(b"xy")]), st.data())
def test_any_bytes_are_refused_or_cleaned(data: bytes, draw: st.DataObject) -> None:
    at = draw.draw(st.integers(0, len(data) - 1))
    changed = data[:at] + draw.draw(st.binary(min_size=1, max_size=3)) + data[at + 1 :]
    with suppress(DamagedImage):
        found = clean_image(changed)
        assert clean_image(found.data).data == found.data


@pytest.mark.parametrize(
    "data", in_parts_of_a_picture(WORD.encode()), ids=("png", "webp", "gif", "jpeg")
)
def test_nothing_is_hidden_in_the_parts_that_are_kept(data: bytes) -> None:
    assert WORD[:7].encode() in data
    assert WORD[:6].encode() not in clean_image(data).data
