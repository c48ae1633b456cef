"""Ask axe-core what is wrong with a page, in a real browser. It needs chromium and axe-core.

`AXE` names the file axe.min.js of axe-core, which isn't part of the repository.
"""

import json
import os
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
AXE = os.environ.get("AXE", "")
needs_axe = pytest.mark.skipif(
    not (CHROMIUM and AXE), reason="needs chromium, and axe.min.js named by AXE"
)
_RUN = """
document.querySelectorAll("details").forEach((it, n) => { it.open = n < 8; });
axe.run(document, {resultTypes: ["violations"]}).then(found => {
  const said = found.violations.map(it => [it.id, it.nodes.map(node => node.html)]);
  document.body.innerHTML = "<pre id='found'></pre>";
  document.getElementById("found").textContent = JSON.stringify(said);
});
"""


def faults(page: str, folder: Path, width: int, colours: str) -> Any:
    """Return what axe-core finds in a page that is `width` pixels wide, in light or dark colours."""
    # The page itself allows no script.
    page = re.sub(r"<meta http-equiv=[^>]*>", "", page)
    script = f"<script>{Path(AXE).read_text('utf-8')}</script><script>{_RUN}</script>"
    (folder / "page.html").write_text(page.replace("</body>", f"{script}</body>"), "utf-8")
    done = subprocess.run(
        [
            str(CHROMIUM),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            f"--user-data-dir={folder / 'profile'}",
            f"--window-size={width},900",
            f"--blink-settings=preferredColorScheme={0 if colours == 'dark' else 1}",
            "--virtual-time-budget=60000",
            "--dump-dom",
            (folder / "page.html").as_uri(),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    found = re.search('<pre id="found">(.*?)</pre>', done.stdout, re.DOTALL)
    assert found, done.stderr
    return json.loads(unescape(found[1]))
