"""Look at every dashboard with Chromium, and print as JSON what a person sees of each chart.

Runs in Superset's environment, which has playwright:
`browse.py CHROMIUM URL LOGIN PASSWORD FOLDER`. A picture of each dashboard is left in FOLDER.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Page, Response, sync_playwright

PATIENCE_MS = 180_000
WIDTH = 1400
CHART = "[data-test=chart-grid-component]"
SETTLED = """() => {
    const charts = [...document.querySelectorAll("[data-test=chart-grid-component]")];
    return charts.length > 0
        && !document.querySelector(".loading, [data-test=loading-indicator], .ant-spin-spinning")
        && charts.every(chart => chart.querySelector(
            "[data-test=slice-container], [role=alert], .ant-empty, .ant-alert"));
}"""
SEEN = """charts => {
  const HAS_ID = "[class*=dashboard-chart-id-]", ID = /dashboard-chart-id-(\\d+)/;
  return charts.map(chart => ({
    id: Number((chart.closest(HAS_ID) ?? chart.querySelector(HAS_ID)).className.match(ID)[1]),
    title: chart.querySelector(".header-title")?.innerText.trim() ?? "",
    text: chart.innerText,
    errors: [...chart.querySelectorAll("[role=alert], .ant-alert")].map(e => e.innerText),
    drawings: chart.querySelectorAll("canvas, svg").length,
    heads: [...chart.querySelectorAll("thead th")].map(cell => cell.innerText.trim()),
    rows: [...chart.querySelectorAll("tbody tr")].map(
        row => [...row.querySelectorAll("th, td")].map(cell =>
            getComputedStyle(cell).color === "rgba(0, 0, 0, 0)" ? "" : cell.innerText.trim())),
  }));
}"""
TALL = """() => Math.max(600,
    document.querySelector("[data-test=grid-content]").getBoundingClientRect().bottom + 16)"""


def main() -> None:
    chromium, url, login, password, folder = sys.argv[1:]
    seen: dict[str, Any] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": 900}, locale="vi-VN")
        page.set_default_timeout(PATIENCE_MS)
        log_in(page, url, login, password)
        answer = page.request.get(f"{url}/api/v1/dashboard/").json()
        for slug in sorted(found["slug"] for found in answer["result"]):
            address = f"{url}/superset/dashboard/{slug}/?standalone=1"
            seen[slug] = look(page, address, Path(folder, f"superset_{slug}.png"))
        database = page.request.get(f"{url}/api/v1/sqllab/")
        seen["sql lab"] = {"status": database.status}
        browser.close()
    print(json.dumps(seen, ensure_ascii=False))


def log_in(page: Page, url: str, login: str, password: str) -> None:
    page.goto(f"{url}/login/")
    page.locator("#username").fill(login)
    page.locator("#password").fill(password)
    page.locator("#password").press("Enter")
    page.wait_for_url("**/welcome/")


def look(page: Page, address: str, picture: Path) -> dict[str, Any]:
    """What the charts of a dashboard say once all are drawn, and what the server refused."""
    refused: list[str] = []
    asked: list[Response] = []

    def note(answer: Response) -> None:
        # whoever may not edit may not keep a dashboard's colours either; Superset asks to
        if answer.status >= 400 and "/colors" not in answer.url:
            refused.append(f"{answer.status} {answer.url}")
        if "/chart/data" in answer.url:
            asked.append(answer)

    page.on("response", note)
    page.set_viewport_size({"width": WIDTH, "height": 900})
    page.goto(address)
    page.wait_for_selector(CHART)
    # no chart may wait below the window: Superset draws what is in sight
    page.set_viewport_size({"width": WIDTH, "height": int(page.evaluate(TALL))})
    page.wait_for_function(SETTLED)
    page.wait_for_load_state("networkidle")
    page.wait_for_function(SETTLED)
    page.wait_for_timeout(2_000)  # bars grow into place
    keep(page.screenshot(), picture)
    page.remove_listener("response", note)
    sent = {number: rows for answer in asked for number, rows in data(answer)}
    charts = page.eval_on_selector_all(CHART, SEEN)
    return {"charts": [c | {"data": sent.get(c["id"])} for c in charts], "refused": refused}


def keep(screenshot: bytes, picture: Path) -> None:
    """For documents: legible, and a third of the size."""
    drawn = Image.open(BytesIO(screenshot)).convert("RGB")
    small = drawn.resize((1000, drawn.height * 1000 // drawn.width), Image.Resampling.LANCZOS)
    small.quantize(64, dither=Image.Dither.NONE).save(picture, optimize=True)


def data(answer: Response) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    """The number of the chart that asked, and the rows that it was given to draw."""
    form = json.loads(answer.request.post_data or "{}").get("form_data", {})
    if answer.ok and "slice_id" in form:
        yield form["slice_id"], answer.json()["result"][0]["data"]


main()
