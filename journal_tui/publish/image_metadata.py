"""Remove the metadata of JPEG, PNG, GIF and WebP images: places, cameras, names and comments.

Only the parts that are known to be needed to show the picture are kept. If a JPEG image has to be rotated,
it gets a new part that has only the orientation.
"""

import struct
import zlib
from collections.abc import Iterator
from typing import NamedTuple

_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PNG_PARTS = frozenset((
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"pHYs",
    b"acTL", b"fcTL", b"fdAT",
))  # fmt: skip
_PNG_SIZES = {
    b"IHDR": 13, b"PLTE": 768, b"IEND": 0, b"tRNS": 256, b"gAMA": 4, b"cHRM": 32, b"sRGB": 1, b"sBIT": 4, b"bKGD": 6,
    b"pHYs": 9, b"acTL": 8, b"fcTL": 26,
}  # fmt: skip
"""The most bytes of each part that has a fixed size; further bytes aren't needed to show the picture."""
_PNG_ONCE = frozenset(_PNG_SIZES.keys() - {b"fcTL"})
_WEBP_PARTS = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"))
_FRAME_PARTS = frozenset((b"VP8 ", b"VP8L", b"ALPH"))
_WEBP_FLAGS = 0b00010010
"""The flags that are kept, for animation and transparency; those for a colour profile, EXIF and XMP aren't."""
_START, _END, _SCAN = 0xD8, 0xD9, 0xDA
_FRAMES = frozenset(
    (*range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0))
)
_JPEG_PARTS = _FRAMES | {0xC4, 0xCC, 0xDB, 0xDC, 0xDD, 0xDE, 0xDF, _SCAN}
"""The markers of frames, tables and scans."""
_ALONE = frozenset((0x01, *range(0xD0, 0xD8)))
_EXIF = b"Exif\0\0"
_ORIENTATION = 0x0112


class DamagedImage(ValueError):
    """An image can't be read; the message is the end of a sentence about why."""


class CleanImage(NamedTuple):
    """An image without metadata: its bytes, the suffix for its name, and its size in pixels."""

    data: bytes
    suffix: str
    width: int
    height: int


def clean_image(data: bytes) -> CleanImage:
    """Return an image without its metadata. Raise DamagedImage if it is damaged or in another format."""
    try:
        if data.startswith(b"\xff\xd8\xff"):
            return _jpeg(data)
        if data.startswith(_PNG_SIGNATURE):
            return _png(data)
        if data[:6] in (b"GIF87a", b"GIF89a"):
            return _gif(data)
        if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            return _webp(data)
    except (IndexError, struct.error):
        raise DamagedImage("it ends too soon") from None
    raise DamagedImage("metadata can be removed only from JPEG, PNG, GIF and WebP images")


def _jpeg(data: bytes) -> CleanImage:
    kept = [b"\xff\xd8"]
    width = height = orientation = 0
    has_colours = False
    rest: list[bytes] = []
    for marker, content, scan in _segments(data):
        if marker == 0xE1 and content.startswith(_EXIF):
            orientation = orientation or _orientation(content[len(_EXIF) :])
        elif marker == 0xE0 and content.startswith(b"JFIF\0") and not rest and not kept[1:]:
            # Leave out the thumbnail, which may show what was cropped away.
            kept.append(_segment(0xE0, content[:12].ljust(12, b"\0") + b"\0\0"))
        elif marker == 0xEE and content.startswith(b"Adobe") and not has_colours:
            # The Adobe segment says how the colours are stored.
            has_colours = True
            rest.append(_segment(0xEE, content[:12]))
        elif marker in _JPEG_PARTS:
            if marker in _FRAMES and not width:
                height, width = struct.unpack(">HH", content[1:5])
            rest.append(_segment(marker, content) + scan)
    if not width or not height:
        raise DamagedImage("it has no picture")
    if orientation in range(2, 9):
        kept.append(_segment(0xE1, _EXIF + _only_orientation(orientation)))
        if orientation >= 5:
            width, height = height, width
    return CleanImage(b"".join([*kept, *rest, b"\xff\xd9"]), "jpg", width, height)


def _segments(data: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Yield the segments of the first picture: marker, content, and the data of the scan after it, or b""."""
    position = 2
    while True:
        if data[position] != 0xFF:
            raise DamagedImage("its parts don't follow each other")
        while data[position] == 0xFF:
            position += 1
        marker = data[position]
        position += 1
        if marker == _END:
            return
        if marker in _ALONE:
            continue
        (size,) = struct.unpack_from(">H", data, position)
        if size < 2 or position + size > len(data):
            raise DamagedImage("it ends too soon")
        content = data[position + 2 : position + size]
        position += size
        scan = b""
        if marker == _SCAN:
            begin = position
            while True:
                position = data.find(b"\xff", position)
                if position < 0 or position + 1 >= len(data):
                    raise DamagedImage("it ends too soon")
                if data[position + 1] == 0 or 0xD0 <= data[position + 1] <= 0xD7:
                    position += 2
                elif data[position + 1] == 0xFF:
                    position += 1
                else:
                    break
            scan = data[begin:position]
        yield marker, content, scan


def _segment(marker: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def _orientation(tiff: bytes) -> int:
    """Return the orientation, from 1 to 8, in a picture's EXIF data; 0 if there is none."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return 0
    try:
        (at,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, at)
        for number in range(min(count, 512)):
            tag, kind = struct.unpack_from(f"{order}HH", tiff, at + 2 + 12 * number)
            if tag == _ORIENTATION and kind == 3:
                (value,) = struct.unpack_from(f"{order}H", tiff, at + 10 + 12 * number)
                return int(value) if 1 <= value <= 8 else 0
    except struct.error:
        return 0
    return 0


def _only_orientation(value: int) -> bytes:
    return b"MM\0\x2a\0\0\0\x08\0\x01" + struct.pack(">HHIHHI", _ORIENTATION, 3, 1, value, 0, 0)


def _png(data: bytes) -> CleanImage:
    kept = [_PNG_SIGNATURE]
    position = len(_PNG_SIGNATURE)
    width = height = 0
    has_picture = False
    seen: set[bytes] = set()
    while True:
        size, kind = struct.unpack_from(">I4s", data, position)
        end = position + 12 + size
        if end > len(data):
            raise DamagedImage("it ends too soon")
        content = data[position + 8 : end - 4]
        if kind == b"IHDR":
            width, height = struct.unpack_from(">II", content)
        if kind in _PNG_PARTS and not (kind in seen and kind in _PNG_ONCE):
            seen.add(kind)
            content = content[: _PNG_SIZES.get(kind)]
            has_picture = has_picture or kind == b"IDAT"
            kept.append(struct.pack(">I4s", len(content), kind) + content)
            kept.append(struct.pack(">I", zlib.crc32(kind + content)))
        position = end
        if kind == b"IEND":
            break
    if not (width and height and has_picture):
        raise DamagedImage("it has no picture")
    return CleanImage(b"".join(kept), "png", width, height)


def _gif(data: bytes) -> CleanImage:
    width, height, packed = struct.unpack_from("<HHB", data, 6)
    position = 13 + (3 << (packed & 7) + 1 if packed & 0x80 else 0)
    kept = [b"GIF89a", data[6:position]]
    has_picture = False
    while True:
        sign = data[position]
        if sign == 0x3B:
            break
        if sign == 0x2C:
            begin = position
            local = data[position + 9]
            position += 10 + (3 << (local & 7) + 1 if local & 0x80 else 0) + 1
            position = _after_blocks(data, position)
            kept.append(data[begin:position])
            has_picture = True
        elif sign == 0x21:
            begin, label = position, data[position + 1]
            loops = data[position + 3 : position + 14] in (b"NETSCAPE2.0", b"ANIMEXTS1.0")
            position = _after_blocks(data, position + 2)
            if label == 0xF9:
                # The graphic control has one block of four bytes; further blocks aren't needed.
                kept.append(data[begin : begin + 7].ljust(7, b"\0") + b"\0")
            elif label == 0xFF and loops:
                # Keep the number of repetitions, and no further blocks.
                kept.append(data[begin : begin + 18] + b"\0")
        else:
            raise DamagedImage("its parts don't follow each other")
    if not has_picture:
        raise DamagedImage("it has no picture")
    return CleanImage(b"".join([*kept, b"\x3b"]), "gif", width, height)


def _after_blocks(data: bytes, position: int) -> int:
    while size := data[position]:
        position += size + 1
    return position + 1


def _webp(data: bytes) -> CleanImage:
    kept: list[bytes] = []
    position, width, height = 12, 0, 0
    (whole,) = struct.unpack_from("<I", data, 4)
    end = min(len(data), whole + 8)
    has_picture = False
    while position + 8 <= end:
        kind, size = struct.unpack_from("<4sI", data, position)
        content = data[position + 8 : position + 8 + size]
        if len(content) < size:
            raise DamagedImage("it ends too soon")
        position += 8 + size + size % 2
        if kind not in _WEBP_PARTS:
            continue
        if kind == b"VP8X":
            width = 1 + int.from_bytes(content[4:7], "little")
            height = 1 + int.from_bytes(content[7:10], "little")
            content = bytes([content[0] & _WEBP_FLAGS]) + content[1:10]
        elif kind == b"VP8 " and not width:
            width, height = (it & 0x3FFF for it in struct.unpack_from("<HH", content, 6))
        elif kind == b"VP8L" and not width:
            bits = int.from_bytes(content[1:5], "little")
            width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        elif kind == b"ANMF":
            content = content[:16] + _frame(content[16:])
        elif kind == b"ANIM":
            content = content[:6]
        has_picture = has_picture or kind in (b"VP8 ", b"VP8L", b"ANMF")
        kept.append(struct.pack("<4sI", kind, len(content)) + content + b"\0" * (len(content) % 2))
    if not (width and height and has_picture):
        raise DamagedImage("it has no picture")
    body = b"WEBP" + b"".join(kept)
    return CleanImage(b"RIFF" + struct.pack("<I", len(body)) + body, "webp", width, height)


def _frame(data: bytes) -> bytes:
    """Return the parts of a frame of an animation that are its picture."""
    kept: list[bytes] = []
    position = 0
    while position + 8 <= len(data):
        kind, size = struct.unpack_from("<4sI", data, position)
        content = data[position + 8 : position + 8 + size]
        if len(content) < size:
            raise DamagedImage("it ends too soon")
        position += 8 + size + size % 2
        if kind in _FRAME_PARTS:
            kept.append(struct.pack("<4sI", kind, size) + content + b"\0" * (size % 2))
    return b"".join(kept)
