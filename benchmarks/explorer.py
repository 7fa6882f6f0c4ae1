"""How large the explorer is, and how long it takes to open and to filter, of one article and of a corpus.

    python benchmarks/explorer.py           measure, and print the report
    python benchmarks/explorer.py --write   write the report to benchmarks/EXPLORER.md, too

Needs Chromium: `python tools/task.py browser`. The times are of this machine; no test depends on them.
"""

import argparse
import gzip
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

from corpus import make

from bakumoscow.dataset import open_dataset
from bakumoscow.explorer.page import page as page_of
from bakumoscow.pipeline.build import build

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parent.parent
REPORT = ROOT / "benchmarks" / "EXPLORER.md"
CORPUS = 44  # articles, with 1,012 events
TURNS = 5
GOALS = {1: ("500 kB", "", ""), CORPUS: ("12 MB", "2 s", "0.1 s")}
FRAMES = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
# The longest time without a frame after a voice is chosen: how long the page does not answer. Then all is shown again.
FILTER = """async (number) => {
    const select = document.querySelector("[name=voice]");
    let [last, longest] = [performance.now(), 0];
    const end = last + 3000;
    select.selectedIndex = number;
    select.dispatchEvent(new Event("input", { bubbles: true }));
    while (last < end) {
        const now = await new Promise(requestAnimationFrame);
        [last, longest] = [now, Math.max(longest, now - last)];
    }
    return longest / 1000;
}"""


def main() -> None:
    options = argparse.ArgumentParser(description="Measure the explorer; print a Markdown report.")
    options.add_argument("--write", action="store_true", help=f"write {REPORT.relative_to(ROOT)}, too")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        lines = report({articles: written(Path(folder), articles) for articles in GOALS})
    print("\n".join(lines))
    if given.write:
        REPORT.write_text("\n".join(lines) + "\n", "utf-8")


def written(folder: Path, articles: int) -> tuple[Path, int, float]:
    """The page of so many different articles, the number of its events, and the seconds that making it took."""
    package, path = folder / f"package{articles}", folder / f"{articles}.html"
    make(package, articles)
    build(package)
    dataset = open_dataset(package)
    start = perf_counter()
    html = page_of(dataset)
    seconds = perf_counter() - start
    path.write_text(html, "utf-8", newline="")
    return path, len(dataset.load("events")), seconds


def report(pages: dict[int, tuple[Path, int, float]]) -> list[str]:
    """The report as Markdown."""
    from playwright.sync_api import sync_playwright

    chromium = os.environ.get("BAKUMOSCOW_CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        sys.exit("Chromium is missing: run `python tools/task.py browser` as root on Debian, or install it yourself.")
    rows = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for articles, (path, events, seconds) in pages.items():
            size, packed = path.stat().st_size, len(gzip.compress(path.read_bytes(), mtime=0))
            opening, filtering = (median(times) for times in measured(browser, path))
            goals = [f" ({goal})" if goal else "" for goal in GOALS[articles]]
            cells = [f"{articles:,}", f"{events:,}", f"{size:,}{goals[0]}", f"{packed:,}", f"{seconds:.1f}"]
            rows.append([*cells, f"{opening:.2f}{goals[1]}", f"{filtering:.3f}{goals[2]}"])
        told = f"Chromium {browser.version}"
        browser.close()
    head = [
        "articles",
        "events",
        "bytes (at most)",
        "gzip",
        "made in, s",
        "opened in, s (goal)",
        "filtered in, s (goal)",
    ]
    return [
        "# The explorer\n",
        f"Made by `python benchmarks/explorer.py --write`: medians of {TURNS}. {platform.system()} "
        f"{platform.machine()}, {os.cpu_count()} cores, {told}; load average {os.getloadavg()[0]:.1f} at the end.\n",
        "Opened: from the address to the second frame after everything is loaded, at 1600 x 900. Filtered: the longest "
        "time without a frame after a voice is chosen.\n",
        *(f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows)),
    ]


def measured(browser: "Browser", path: Path) -> tuple[list[float], list[float]]:
    """The seconds of each opening and of each filter."""
    opened, filtered = [], []
    for _ in range(TURNS):
        page = browser.new_page(viewport={"width": 1600, "height": 900}, offline=True)
        opened.append(timed(lambda page=page: opening(page, path)))  # type: ignore[misc]
        page.locator("#filter").evaluate("(filter) => { filter.open = true; }")
        filtered.append(page.evaluate(FILTER, 1))
        page.close()
    return opened, filtered


def opening(page: "Page", path: Path) -> None:
    page.goto(path.as_uri())
    page.evaluate(FRAMES)


def timed(action: Callable[[], None]) -> float:
    start = perf_counter()
    action()
    return perf_counter() - start


if __name__ == "__main__":
    main()
