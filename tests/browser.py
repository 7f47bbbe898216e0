"""Pages in a headless browser: how wide they are, what axe-core says of them; for tests that skip where there is none."""

import json
import os
import re
import shutil
import subprocess
import tempfile
from html import unescape
from pathlib import Path
from typing import Any

from tests.conftest import ROOT

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
AXE = Path(os.environ.get("AXE_CORE", ROOT / "node_modules" / "axe-core")) / "axe.min.js"
WIDTHS = (360, 800, 1400)
_FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --allow-file-access-from-files --hide-scrollbars"
).split()


def lacking() -> str:
    """Return why pages cannot be tried here; "" if they can."""
    if not CHROMIUM:
        return "no Chromium is installed"
    return "" if AXE.exists() else "axe-core is not installed (npm install axe-core, or AXE_CORE names its folder)"


def run(*arguments: str) -> bytes:
    """Run the browser with a profile of its own, and return what it prints."""
    assert CHROMIUM
    with tempfile.TemporaryDirectory() as profile:
        command = [CHROMIUM, *_FLAGS, f"--user-data-dir={profile}", *arguments]
        return subprocess.run(command, capture_output=True, timeout=120, check=True).stdout


_REPORT = """
<script>%s</script><script>
addEventListener("load", async () => {
  const said = {width: document.documentElement.scrollWidth, window: innerWidth, dark: matchMedia("(prefers-color-scheme: dark)").matches};
  const found = await axe.run(document, {resultTypes: ["violations"]});
  said.violations = found.violations.map(one => [one.id, one.impact, one.nodes.length, one.nodes[0].html, one.nodes[0].failureSummary]);
  said.passes = found.passes.length;
  const out = document.createElement("script"); out.type = "text/plain"; out.id = "said";
  out.textContent = JSON.stringify(said).replaceAll("<", "\\\\u003c"); document.body.append(out);
});
</script>"""


def looked_at(page: Path, width: int, *, dark: bool = False) -> dict[str, Any]:
    """Return what a page is like at a width: how far it reaches, and each rule of axe-core that it violates.

    axe-core goes into a copy beside it.
    """
    text = page.read_text(encoding="utf-8")
    text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)  # it would keep axe-core out
    copy = page.with_name(f"tried-{page.name}")
    copy.write_text(text.replace("</body>", _REPORT % AXE.read_text(encoding="utf-8") + "</body>"), encoding="utf-8")
    try:
        theme = ["--blink-settings=preferredColorScheme=0"] if dark else ["--blink-settings=preferredColorScheme=1"]
        size = f"--window-size={width},1000"
        out = run(size, *theme, "--virtual-time-budget=20000", "--dump-dom", copy.as_uri()).decode()
        found = re.search(r'<script type="text/plain" id="said">(.*?)</script>', out, re.DOTALL)
        assert found, "axe-core did not finish"
        said: dict[str, Any] = json.loads(unescape(found[1]))
        return said
    finally:
        copy.unlink()


def reach(page: Path) -> dict[int, int]:
    """Return how many pixels a page takes in frames of the widths: as many, unless something sticks out."""
    frames = "".join(f'<iframe src="{page.name}" width="{width}" height="900"></iframe>' for width in WIDTHS)
    script = "addEventListener('load', () => {document.title = Array.from({length: frames.length}, (_, n) => frames[n].document.documentElement.scrollWidth)})"
    frame = page.with_name("frames.html")
    style = "<style>iframe{border:0}</style>"
    frame.write_text(f"<title>-</title>{style}{frames}<script>{script}</script>", encoding="utf-8")
    try:
        out = run("--virtual-time-budget=5000", "--window-size=1600,1000", "--dump-dom", frame.as_uri()).decode()
        found = re.search(r"<title>([\d,]+)</title>", out)
        assert found
        return dict(zip(WIDTHS, map(int, found[1].split(",")), strict=True))
    finally:
        frame.unlink()
