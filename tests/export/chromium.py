"""A headless browser: computed properties of a page."""

import json
import re
import shutil
import subprocess
from pathlib import Path

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--window-size=1200,900",
)
_ANSWER = re.compile(r'<pre id="answer">(.*?)</pre>', re.DOTALL)
_POLICY = re.compile(r"<meta http-equiv=.Content-Security-Policy.[^>]*>")


def computed(page: str, script: str, folder: Path, *, dark: bool) -> object:
    """What a script answers about a page, the page's own ban on scripts lifted for it.

    Args:
        page: the HTML.
        script: an expression whose value is plain data.
        folder: an empty one, for the page and for the browser.
        dark: whether the reader prefers dark pages.
    """
    answer = (
        "<script>addEventListener('load',()=>{const e=document.createElement('pre');e.id='answer';"
        f"e.textContent=JSON.stringify({script});document.body.appendChild(e)}})</script></body>"
    )
    path = folder / "page.html"
    path.write_text(_POLICY.sub("", page).replace("</body>", answer), encoding="utf-8")
    wants = f"--blink-settings=preferredColorScheme={0 if dark else 1}"
    command = [
        str(CHROMIUM),
        *FLAGS,
        wants,
        f"--user-data-dir={folder / 'browser'}",
        "--dump-dom",
        path.as_uri(),
    ]
    run = subprocess.run(command, capture_output=True, timeout=120, check=True)
    found = _ANSWER.search(run.stdout.decode())
    assert found, run.stderr.decode()[-2000:]
    words = found[1].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return json.loads(words)
