"""The page of a document in a real browser: no faults that axe finds. It needs chromium and axe-core.

`AXE` names the file axe.min.js of axe-core, which isn't part of the repository.
"""

import json
import os
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path

import pytest

from journal_tui.journal import Journal
from journal_tui.settings import Places

SAMPLE = Path(__file__).parents[2] / "entries"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
AXE = os.environ.get("AXE", "")
RUN = """
document.querySelectorAll("details").forEach((it, n) => { it.open = n < 8; });
axe.run(document, {resultTypes: ["violations"]}).then(found => {
  const said = found.violations.map(it => [it.id, it.nodes.map(node => node.html)]);
  document.body.innerHTML = "<pre id='found'></pre>";
  document.getElementById("found").textContent = JSON.stringify(said);
});
"""


@pytest.mark.promise("The page of a period's document has no faults that axe-core finds")
@pytest.mark.skipif(not (CHROMIUM and AXE), reason="needs chromium, and axe.min.js named by AXE")
@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing(tmp_path: Path, width: int, colours: str) -> None:
    places = Places(*(tmp_path / name for name in ("config", "cache", "state")))
    journal = Journal(SAMPLE, places)
    journal.refresh()
    page = journal.review_document(journal.span("2026"), folder=tmp_path)
    # The page itself allows no script.
    page = re.sub(r"<meta http-equiv=[^>]*>", "", page)
    script = f"<script>{Path(AXE).read_text('utf-8')}</script><script>{RUN}</script>"
    (tmp_path / "page.html").write_text(page.replace("</body>", f"{script}</body>"), "utf-8")
    done = subprocess.run(
        [
            str(CHROMIUM),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            f"--user-data-dir={tmp_path / 'profile'}",
            f"--window-size={width},900",
            f"--blink-settings=preferredColorScheme={0 if colours == 'dark' else 1}",
            "--virtual-time-budget=60000",
            "--dump-dom",
            (tmp_path / "page.html").as_uri(),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    found = re.search('<pre id="found">(.*?)</pre>', done.stdout, re.DOTALL)
    assert found, done.stderr
    assert json.loads(unescape(found[1])) == []
