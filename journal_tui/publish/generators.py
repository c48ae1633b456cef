"""Make the files of a blog for Hugo, Jekyll and Pelican: Markdown with front matter, and images."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence

from journal_tui.entry.sanitize import one_line
from journal_tui.publish.page_markdown import markdown
from journal_tui.publish.redaction import ENTRY, PICTURE, TAG, Redacted

GENERATORS = ("hugo", "jekyll", "pelican")


def generator_files(
    name: str,
    entries: Sequence[tuple[str, Redacted]],
    progress: Callable[[int, int], None] | None = None,
) -> Iterator[tuple[str, bytes]]:
    """Yield the paths, in the generator's folder, and the contents of its files.

    `entries` are given with their addresses in a blog, such as `2014/2014-10-06.html`.
    """
    names = {it.source.path: address.removesuffix(".html") for address, it in entries}
    make = {"hugo": _hugo, "jekyll": _jekyll, "pelican": _pelican}[name]
    for number, (_, entry) in enumerate(entries):
        if progress:
            progress(number, len(entries))
        yield from make(entry, names)


def _hugo(entry: Redacted, names: dict[str, str]) -> Iterator[tuple[str, bytes]]:
    # A page bundle: the folder has the page and its images, and gives the page its address.
    folder = f"content/posts/{_last(names[entry.source.path])}"

    resolve = _resolver(names, lambda name: f"../{_last(name)}/", "")

    front = {
        "title": entry.title,
        "date": entry.source.day.isoformat(),
        "slug": _last(names[entry.source.path]),
        "description": entry.summary,
        "tags": list(entry.tags),
    }
    yield f"{folder}/index.md", _text(_yaml(front), entry, resolve)
    for image, found in entry.images.items():
        yield f"{folder}/{image}", found.data


def _jekyll(entry: Redacted, names: dict[str, str]) -> Iterator[tuple[str, bytes]]:
    name = names[entry.source.path]

    resolve = _resolver(names, lambda name: f"../../{name}/", "../../images/")

    front = {
        "layout": "post",
        "title": entry.title,
        "date": entry.source.day.isoformat(),
        "permalink": f"/{name}/",
        "description": entry.summary,
        "tags": list(entry.tags),
        # Liquid must not run tags that are in a text.
        "render_with_liquid": False,
    }
    iso = entry.source.day.isoformat()
    last = _last(name).removeprefix(iso).strip("-") or "day"
    yield f"_posts/{iso}-{last}.md", _text(_yaml(front), entry, resolve)
    for image, found in entry.images.items():
        yield f"images/{image}", found.data


def _pelican(entry: Redacted, names: dict[str, str]) -> Iterator[tuple[str, bytes]]:
    name = _last(names[entry.source.path])

    resolve = _resolver(names, lambda name: f"{{filename}}/{_last(name)}.md", "{static}/images/")

    front = {
        "Title": entry.title,
        "Date": entry.source.day.isoformat(),
        "Slug": name,
        "Summary": entry.summary,
        "Tags": ", ".join(entry.tags),
    }
    lines = "".join(f"{key}: {one_line(value)}\n" for key, value in front.items() if value)
    yield f"content/{name}.md", _text(lines, entry, resolve)
    for image, found in entry.images.items():
        yield f"content/images/{image}", found.data


def _text(front: str, entry: Redacted, resolve: Callable[[str], str]) -> bytes:
    return f"{front}\n{markdown(entry.tokens, resolve)}".encode("utf-8", "replace")


def _yaml(values: Mapping[str, object]) -> str:
    """Return front matter without empty values; values in JSON are also YAML."""
    lines = (
        f"{key}: {value if key == 'date' else json.dumps(value, ensure_ascii=False)}\n"
        for key, value in values.items()
        if value not in ("", [])
    )
    return f"---\n{''.join(lines)}---\n"


def _last(name: str) -> str:
    return name.rpartition("/")[2]


def _resolver(
    names: dict[str, str], link_to: Callable[[str], str], images: str
) -> Callable[[str], str]:
    """Return a function that turns an internal address into a link, or "" for tags and unpublished entries."""

    def resolve(address: str) -> str:
        if address.startswith(ENTRY):
            target = names.get(address.removeprefix(ENTRY))
            return link_to(target) if target else ""
        if address.startswith(PICTURE):
            return images + address.removeprefix(PICTURE)
        return "" if address.startswith(TAG) else address

    return resolve
