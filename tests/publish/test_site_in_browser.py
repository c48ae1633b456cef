"""Published pages in a real browser: no faults that axe finds."""

import re
from pathlib import Path

import pytest

from journal_tui.journal import Journal, copy_sample
from journal_tui.publications import Publications
from journal_tui.settings import Places
from tests.axe import faults, needs_axe

SAMPLE = Path(__file__).parents[2] / "entries"
MORE = """---
publish: true
---
# A page of everything

Words with a [link](https://example.org/), `code`, *more* #tag and ~~less~~.

## A heading

#### Another

> A quote, and a list:
>
> 1. one
> 2. two

```python
x = 1
```

| a | b |
|---|--:|
| c | 1 |

---

## Learning points

- One of **these** #leadership
"""


@pytest.mark.promise("Published pages have no faults that axe-core finds")
@needs_axe
@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing(tmp_path: Path, width: int, colours: str) -> None:
    root = copy_sample(SAMPLE, tmp_path / "journal")
    settings = root / "journal.toml"
    settings.write_text(settings.read_text("utf-8") + 'query = "since:2026-10"\n', "utf-8")
    (root / "2026" / "2026-11-21.md").write_text(MORE, "utf-8")
    journal = Journal(root, Places(*(tmp_path / name for name in ("config", "cache", "state"))))
    journal.refresh()
    files = Publications(journal).plan(None).files
    style = files["style.css"].decode()
    names = (
        "index.html",
        "2026/index.html",
        "2026/2026-11-21.html",
        "2026/2026-11-20.html",
        "tags/index.html",
        "tags/leadership.html",
        "learning-points.html",
    )
    for name in names:
        # The file is opened by itself.
        page = re.sub(
            r"<link rel=\"stylesheet\"[^>]*>",
            lambda _: f"<style>{style}</style>",
            files[name].decode(),
        )
        assert faults(page, tmp_path, width, colours) == [], name
