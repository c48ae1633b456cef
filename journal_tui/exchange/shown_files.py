"""The files that a Markdown text shows or links to."""

import posixpath
import re
from collections.abc import Callable, Iterator
from urllib.parse import unquote

LINK = re.compile(
    r"(\]\()(<[^<>\n]+>|[^()\s<>]+(?:\([^()\s]*\)[^()\s<>]*)?)((?:\s+\"[^\"\n]*\")?\))"
)
"""A Markdown link after its text: the groups are `](`, the target, and the title in quotes with `)`."""
_EMBED = re.compile(r"!\[\[([^\[\]|#\n]+)")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]+:")


def link_targets(text: str) -> Iterator[str]:
    """Yield the relative targets of a text's links, without `#…` and `?…`, and the targets of `![[…]]`."""
    for link in LINK.finditer(text):
        target = unquote(link[2].strip("<>").partition("#")[0].partition("?")[0])
        if target and not _SCHEME.match(target) and not target.startswith("/"):
            yield target
    for link in _EMBED.finditer(text):
        yield link[1].strip()


def linked_files(text: str, folder: str, has: Callable[[str], bool]) -> list[str]:
    """Return the paths of the files that a text in a folder links to, if the journal `has` them."""
    near = (posixpath.normpath(posixpath.join(folder, target)) for target in link_targets(text))
    return [path for path in dict.fromkeys(near) if not path.startswith("../") and has(path)]
