"""Small files as other programs write them, made for these tests."""

import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any

from journal_tui.exchange.files import Files, OneFile, ZipFiles
from journal_tui.exchange.formats import Options, recognise
from journal_tui.exchange.piece import ImportItem, LeftOut, Piece

PAGE = """A year of work in progress
Skip to content
Day 169 →
Day 168 – the one with the old machines
Posted on October 6, 2014 by brendan

Went to the depot. Nobody owns the old machines.

Learning points for today: people keep the strangest things; ask who owns it.
Enjoyment rating: 9/10 – good day out

Share this:
Twitter
Leave a Reply
Enter your comment here...
"""
HTML_PAGE = """<!DOCTYPE html><html><head><title>Day 168 | A blog</title>
<link rel="canonical" href="https://blog.example/2014/10/06/day-168/"></head>
<body><header class="site-header"><h1>A blog</h1><nav><a href="/">Home</a></nav></header>
<article><h1 class="entry-title">Day 168 – the old machines</h1>
<time class="entry-date" datetime="2014-10-06T20:15:00+01:00">October 6, 2014</time>
<div class="entry-content"><p>Went to the <b>depot</b>.</p>
<p>Learning points for today: one; two.<br>Enjoyment: 9/10 – good</p>
<div class="sharedaddy"><h3>Share this:</h3><ul><li>Twitter</li></ul></div></div></article>
<div id="comments"><p>Ann: loved it</p></div>
<div id="respond"><form><p>Leave a reply</p></form></div><script>alert(1)</script></body></html>
"""
_WXR = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:excerpt="http://wordpress.org/export/{version}/excerpt/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/{version}/">
<channel><title>A blog</title><wp:wxr_version>{version}</wp:wxr_version>
{items}
</channel></rss>
"""


def post(
    number: int, day: str, title: str, content: str, kind: str = "post", status: str = "publish"
) -> str:
    """Return a post of a WordPress export."""
    return (
        f"<item><title>{title}</title><link>https://blog.example/{number}/</link>"
        f"<dc:creator><![CDATA[brendan]]></dc:creator>"
        f"<content:encoded><![CDATA[{content}]]></content:encoded>"
        f"<excerpt:encoded><![CDATA[]]></excerpt:encoded><wp:post_id>{number}</wp:post_id>"
        f"<wp:post_date>{day} 20:15:00</wp:post_date><wp:status>{status}</wp:status>"
        f"<wp:post_type>{kind}</wp:post_type>"
        f'<category domain="post_tag" nicename="x"><![CDATA[Site visit]]></category></item>'
    )


def wxr(*posts: str, version: str = "1.2") -> bytes:
    """Return a WordPress export with these posts."""
    return _WXR.format(version=version, items="\n".join(posts)).encode()


def day_one(**changes: Any) -> dict[str, Any]:
    """Return an entry of Day One, with some of its values changed, or removed by None."""
    entry = {
        "uuid": "A1",
        "creationDate": "2014-10-07T03:30:00Z",
        "timeZone": "America/New_York",
        "text": "# The depot\n\nNobody owns the machines\\. ![](dayone-moment://P1)",
        "tags": ["Site visit"],
        "starred": True,
        "location": {"placeName": "Depot", "localityName": "Cork", "country": "Ireland"},
        "weather": {"conditionsDescription": "Rain", "temperatureCelsius": 11.6},
        "photos": [{"identifier": "P1", "md5": "abc", "type": "jpeg"}],
    }
    entry |= changes
    return {key: value for key, value in entry.items() if value is not None}


def day_one_json(*entries: object) -> bytes:
    """Return a Day One export as JSON."""
    return json.dumps({"metadata": {"version": "1.0"}, "entries": entries}).encode()


def archive(files: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip archive with these files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression) as opened:
        for name, data in files.items():
            opened.writestr(name, data)
    return made.getvalue()


def zip_files(data: bytes) -> ZipFiles:
    """Return the files of an archive."""
    return ZipFiles("export.zip", io.BytesIO(data))


def read(
    files: Files | bytes, name: str = "file", options: Options | None = None
) -> list[ImportItem]:
    """Return what is found in a source, after it was recognised."""
    source = OneFile(name, files) if isinstance(files, bytes) else files
    known = recognise(source)
    return list(known.format.read(source, known.paths, options or Options()))


def pieces(files: Files | bytes, name: str = "file", options: Options | None = None) -> list[Piece]:
    """Return the pieces that are found in a source."""
    return [one for one in read(files, name, options) if isinstance(one, Piece)]


def left_out(files: Files | bytes, name: str = "file") -> dict[str, int]:
    """Return what isn't imported from a source, with its numbers."""
    return {one.what: one.number for one in read(files, name) if isinstance(one, LeftOut)}
