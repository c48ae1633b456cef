"""The files that a Markdown text shows or links to."""

import posixpath
import re
from collections.abc import Callable, Iterator
from html import unescape
from urllib.parse import unquote

LINK = re.compile(
    r"(\]\()(<[^<>\n]+>|[^()\s<>]+(?:\([^()\s]*\)[^()\s<>]*)?)((?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?\))"
)
"""A Markdown link after its text: the groups are `](`, the target, and the title in quotes with `)`."""
# The line that defines the target of a link such as [words][name]; [^1]: begins a footnote.
_DEFINITION = re.compile(r"^ {0,3}\[(?!\^)[^\[\]\n]+\]:[ \t]*(<[^<>\n]+>|[^\s<>]+)", re.MULTILINE)
_SOURCE = re.compile(
    r"<(?:img|video|audio|source|embed)\s[^<>]*?\bsrc\s*=\s*(?:\"([^\"\n]*)\"|'([^'\n]*)')",
    re.IGNORECASE,
)
_EMBED = re.compile(r"!\[\[([^\[\]|#\n]+)")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]+:")


def link_targets(text: str) -> Iterator[str]:
    """Yield the relative targets of a text's links and HTML media, without `#…` and `?…`, and those of `![[…]]`."""
    found = [link[2] for link in LINK.finditer(text)]
    found += (link[1] for link in _DEFINITION.finditer(text))
    found += (unescape(link[1] or link[2] or "") for link in _SOURCE.finditer(text))
    for link in found:
        target = unquote(link.strip("<>").partition("#")[0].partition("?")[0])
        if target and not _SCHEME.match(target) and not target.startswith("/"):
            yield target
    for embed in _EMBED.finditer(text):
        yield embed[1].strip()


def linked_files(text: str, folder: str, find: Callable[[str], str]) -> list[str]:
    """Return the paths of the files that a text in a folder links to.

    `find` returns the path of the file that a link with a path shows, or "" if there is none.
    """
    near = (posixpath.normpath(posixpath.join(folder, target)) for target in link_targets(text))
    found = (find(path) for path in dict.fromkeys(near) if not path.startswith("../"))
    return [path for path in dict.fromkeys(found) if path]
