"""The app in a real browser: opened, typed into, saved."""

from pathlib import Path

import pytest
import tomli

from tests.web.live_server import CHROMIUM, open_browser, page_url, run_server

PLAN = """\
# Mine.
[roadmap]
title = "Plan"

[product.a]
title = "First"
effort = [1, 2, 4]  # weeks
"""


@pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
async def test_a_browser_opens_types_edits_and_saves(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(PLAN)
    with run_server(path) as address:
        async with open_browser() as browser:
            await browser.do("Page.navigate", url=address)
            await browser.shows("First")
            await browser.value("document.querySelector('.xterm-helper-textarea').focus()")
            await browser.type("a")
            await browser.shows("Add to the plan")
            await browser.type("Second")
            await browser.shows("Second")
            await browser.press("Enter", 13)
            await browser.shows("not saved")
            await browser.press("s", 83, ctrl=True)
            await browser.until(lambda: path.read_text() != PLAN, "the file to be saved")
            assert await browser.value("location.href") == f"{page_url(address)}/"
            assert await browser.value("document.title") == "plan.toml · Roadmap TUI"
            own = (
                page_url(address),
                page_url(address).replace("http", "ws"),
                "data:",
                "about:",
                "blob:",
            )
            assert [each for each in browser.asked if not each.startswith(own)] == []
    saved = path.read_text()
    assert saved.startswith(PLAN.rstrip("\n"))
    assert tomli.loads(saved)["product"]["second"]["title"] == "Second"
