"""Write the picture of the explorer that the README opens with: `python -m tools.picture`.

Nothing compares its bytes, which depend on the fonts of the machine; make it anew when the page looks different.
"""

from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.conftest import ARGUMENTS, CHROMIUM, needed

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs/pictures/explorer.png"
WIDTH, HEIGHT = 1400, 900


def main() -> None:
    """The first screenful of the committed page at a desk's width."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=needed(CHROMIUM, "BAKUMOSCOW_CHROMIUM"), args=ARGUMENTS)
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
        page.goto((ROOT / "build/explorer.html").as_uri())
        page.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    main()
