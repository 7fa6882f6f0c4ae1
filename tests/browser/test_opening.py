"""The explorer opened in every way: nothing is asked of a network, nothing is said in the console, all of it shows."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.conftest import SCHEMES, WIDTHS, Found, PageOf, Scheme
from tests.browser.made import CORPUS, DAILY, EMOJI, HOSTILE, NAMES, Made

if TYPE_CHECKING:
    from playwright.sync_api import Page

each_page = pytest.mark.parametrize(
    "name", [*DAILY, *(pytest.param(name, marks=pytest.mark.every_way) for name in NAMES[len(DAILY) :])]
)
OPEN_ALL = "document.querySelectorAll('details').forEach((each) => { each.open = true; })"
TEXTS = "(selector) => [...document.querySelectorAll(selector)].map((each) => each.textContent)"
UNSEEN = """(selector) => [...document.querySelectorAll(selector)]
    .filter((each) => !each.checkVisibility()).map((each) => each.id || each.outerHTML.slice(0, 99))"""
WIDER = """() => [...document.querySelectorAll("body *")]
    .filter((each) => each.getBoundingClientRect().right > innerWidth + 1)
    .filter((each) => !each.closest(".scroll, .unseen, .map, svg"))
    .map((each) => each.outerHTML.slice(0, 99))"""
NOWHERE = """[...document.querySelectorAll('a[href^="#"]')]
    .map((each) => decodeURIComponent(each.hash.slice(1).split("?")[0]))
    .filter((id) => !document.getElementById(id))"""
MOVING = """[...document.querySelectorAll("*")]
    .filter((each) => getComputedStyle(each).transitionDuration !== "0s").map((each) => each.outerHTML.slice(0, 99))"""
SHOWN = ".row, .c, .p"  # rows, claims and passages


def texts(page: "Page", selector: str) -> list[str]:
    found: list[str] = page.evaluate(TEXTS, selector)
    return found


def quoted(made: Made, name: str) -> list[str]:
    """The words of the passages, as the function cuts them."""
    frame = made.dataset(name).passages()
    return list(frame["text"][frame["claims"] > 0])


@each_page
def test_a_page_has_the_words_of_its_package(page_of: PageOf, made: Made, name: str) -> None:
    """Catches a passage that is lost, cut elsewhere or shown as markup, and a link that leads nowhere."""
    page = page_of(made.page(name))
    assert texts(page, ".p") == quoted(made, name)
    assert page.evaluate(NOWHERE) == []
    dataset = made.dataset(name)
    assert page.locator(".c").count() >= len(dataset.load("claims"))
    assert page.locator(".block").count() == len(dataset.load("sentences"))


@each_page
def test_nothing_is_wider_than_a_phone(page_of: PageOf, made: Made, name: str) -> None:
    """Catches what a reader on a phone has to scroll sideways for, but for a wide table in a frame of its own."""
    page = page_of(made.page(name), 360, height=800)
    page.evaluate(OPEN_ALL)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.evaluate(WIDER) == []


@pytest.mark.parametrize(
    "names", [("repository",), pytest.param(NAMES[1:], marks=pytest.mark.every_way)], ids=["repository", "others"]
)
def test_pages_are_html(made: Made, nu: Callable[..., list[str]], names: tuple[str, ...]) -> None:
    """Catches an id that occurs twice, an element that is not closed, and an attribute that there is not."""
    assert nu(*map(made.page, names)) == []


def test_hostile_text_is_text(page_of: PageOf, made: Made) -> None:
    """Catches a text that the page obeys: an element, an attribute or an address that comes from a cell."""
    page = page_of(made.page("hostile"))
    page.evaluate(OPEN_ALL)
    assert page.locator("script").count() == 1
    assert page.locator("style").count() == 1
    assert page.locator("img, iframe, object, embed, base, form[action], [onclick], [onerror], h1 h1").count() == 0
    assert page.evaluate("[...document.links].filter((each) => !each.hash).map((each) => each.href)") == []
    everything = page.evaluate("document.body.textContent")
    assert [text for text in HOSTILE if text not in everything] == []


def test_an_emoji_before_a_passage(page_of: PageOf, made: Made) -> None:
    """Catches offsets in units of JavaScript: a passage after the emoji would show other words."""
    page = page_of(made.page("emoji"))
    assert any(EMOJI in text for text in texts(page, ".block"))
    passage = page.locator(".p").nth(5)
    passage.click()
    assert page.locator(".panel h3").inner_text().endswith(f"“{passage.inner_text()}”")


def test_text_from_right_to_left(page_of: PageOf, made: Made) -> None:
    """Catches an Arabic sentence that begins at the left, and a screen reader that would read it in English."""
    page = page_of(made.page("article"))
    page.evaluate(OPEN_ALL)
    begins = """(said) => {
        const range = document.createRange();
        const words = document.createTreeWalker(said, NodeFilter.SHOW_TEXT).nextNode();
        range.setStart(words, 0);
        range.setEnd(words, 1);
        const [letter, box] = [range.getBoundingClientRect(), said.getBoundingClientRect()];
        return letter.right > box.right - box.width / 4;
    }"""
    arabic = page.locator(".said:lang(ar):has(.p)")
    assert arabic.count() > 1
    assert [arabic.nth(number).evaluate(begins) for number in range(arabic.count())] == [True] * arabic.count()
    assert not page.locator(".said:not(:lang(ar))").first.evaluate(begins)


def test_without_javascript(page_of: PageOf, made: Made) -> None:
    """Catches content that needs the script, and a control that does nothing without it."""
    page = page_of(made.page("repository"), javascript=False)
    assert page.locator(".scripted:visible").count() == 0
    assert (
        page.locator("button:not([popovertarget]):visible, select:visible, input:not([type=radio]):visible").count()
        == 0
    )
    folded = page.locator("details:not([open]) > summary:visible")
    while folded.count():
        folded.first.click()
    assert page.evaluate(UNSEEN, SHOWN) == []
    cell = page.locator(".matrix button:visible").first
    cell.click()
    assert page.locator(f"[id='{cell.get_attribute('popovertarget')}']").is_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_print(page_of: PageOf, made: Made, javascript: bool) -> None:
    """Catches what is folded on paper, or shown there though it only works on a screen."""
    page = page_of(made.page("repository"), javascript=javascript)
    page.emulate_media(media="print")
    for what in ("form", "input", "nav", ".panel", "button:not(.matrix td *)"):
        assert page.locator(what).filter(visible=True).count() == 0, what
    assert page.locator(".note:visible").count() == 1, "the reading that is printed"
    assert page.evaluate(UNSEEN, SHOWN) == []
    assert page.pdf().startswith(b"%PDF")


def test_reduced_motion(page_of: PageOf, made: Made) -> None:
    """Catches movement that a reader has asked to be spared."""
    page = page_of(made.page("repository"), reduced_motion=True)
    page.evaluate("location.hash = 'claims/aktau-crash-deaths-row'")
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    assert page.evaluate("document.getAnimations().length") == 0
    assert page.evaluate(MOVING) == []


def judge(axe: Callable[["Page"], Found], page: "Page") -> None:
    found = axe(page)
    assert found == Found([], [])


def test_axe(page_of: PageOf, made: Made, axe: Callable[["Page"], Found]) -> None:
    """Catches words that few can read, and a control without a name, in several articles and languages."""
    page = page_of(made.page("article"), 360, "dark")
    judge(axe, page)


@pytest.mark.every_way
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_in_every_way(page_of: PageOf, made: Made, axe: Any, width: int, scheme: Scheme) -> None:
    """With all that is folded, and with the evidence of a passage."""
    page = page_of(made.page("repository"), width, scheme)
    page.locator(".p").first.click()
    page.evaluate(OPEN_ALL)
    judge(axe, page)


@pytest.mark.weekly
def test_a_corpus_opens(page_of: PageOf, made: Made, tmp_path: Path) -> None:
    """Catches ids that articles share, and a page that only one article can be on."""
    page = page_of(made.page("corpus"))
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((each) => each.id)")
    assert len(ids) == len(set(ids))
    assert page.locator("details.article").count() == page.locator("nav.articles li").count() == CORPUS
