"""Look at every dashboard with Chromium, and print as JSON what a person sees of each chart.

Runs in Superset's environment (it has playwright): `browse.py CHROMIUM URL LOGIN PASSWORD FOLDER`.
A picture of each dashboard is left in FOLDER.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from playwright.sync_api import Page, Response, sync_playwright

PATIENCE_MS = 120_000
WIDTH, HEIGHT = 1400, 1000
BUSY = ".loading, [data-test='loading-indicator'], .ant-skeleton, .dragdroppable .chart-slice:empty"
SETTLED = f"() => !document.querySelector(`{BUSY}`) && document.querySelector('.chart-slice')"
CHARTS = """slices => slices.map(slice => ({
    title: slice.querySelector("[data-test='editable-title-input'], .header-title")?.innerText
        ?? slice.querySelector("textarea, input")?.value ?? "",
    text: slice.innerText,
    drawn: slice.querySelectorAll("canvas, svg").length,
    rows: [...slice.querySelectorAll("tbody tr")].map(
        row => [...row.querySelectorAll("th, td")].map(cell => cell.innerText.trim())),
}))"""


def main() -> None:
    chromium, url, login, password, folder = sys.argv[1:]
    seen = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, locale="vi-VN")
        page.set_default_timeout(PATIENCE_MS)
        log_in(page, url, login, password)
        answer = page.request.get(f"{url}/api/v1/dashboard/").json()
        for slug in sorted(found["slug"] for found in answer["result"] if found["slug"]):
            seen[slug] = look(
                page, f"{url}/superset/dashboard/{slug}/", Path(folder, f"{slug}.png")
            )
        seen["sqllab"] = page.goto(f"{url}/sqllab/").status
        browser.close()
    print(json.dumps(seen, ensure_ascii=False))


def log_in(page: Page, url: str, login: str, password: str) -> None:
    page.goto(f"{url}/login/")
    page.locator("#username, [name=username]").first.fill(login)
    page.locator("#password, [name=password]").first.fill(password)
    page.locator("[type=submit], [data-test=login-button]").first.click()
    page.wait_for_url("**/welcome/")


def look(page: Page, address: str, picture: Path) -> dict:
    refused: list[str] = []

    def note(response: Response) -> None:
        if response.status >= 400:
            refused.append(f"{response.status} {response.url}: {response.text()[:300]}")

    page.on("response", note)
    page.goto(f"{address}?standalone=1")
    page.wait_for_selector(".chart-slice")
    page.set_viewport_size({"width": WIDTH, "height": tall(page)})
    page.wait_for_function(SETTLED)
    page.wait_for_load_state("networkidle")
    page.wait_for_function(SETTLED)
    page.wait_for_timeout(1500)  # drawings grow into place
    page.screenshot(path=picture)
    page.remove_listener("response", note)
    return {"charts": page.eval_on_selector_all(".chart-slice", CHARTS), "refused": refused}


def tall(page: Page) -> int:
    """So that no chart waits below the window: Superset draws what is in sight."""
    return page.evaluate(
        "Math.max(600, document.querySelector('.grid-container').scrollHeight + 150)"
    )


main()
