"""The explorer used, by mouse and by keyboard alone: what it then shows is what the functions answer."""

import csv
import re
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

import bakumoscow
from tests.browser.conftest import PageOf
from tests.browser.made import Made
from tests.conftest import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

PESKOV = "dmitry-peskov"
DEATHS = ("casualties", "aktau-crash-deaths")
IDS = """(selector) => [...document.querySelectorAll(selector)]
    .filter((each) => each.checkVisibility()).map((each) => each.id)"""
HANDS = pytest.mark.parametrize("hand", ["mouse", "keyboard"])


@pytest.fixture
def page(page_of: PageOf, made: Made) -> "Page":
    return page_of(made.page("repository"))


def press(element: "Locator", hand: str) -> None:
    """Use a control that has been found: click on it, or focus it and press Enter."""
    if hand == "mouse":
        element.click()
    else:
        element.focus()
        element.page.keyboard.press("Enter")


def choose(page: "Page", hand: str, **choices: str) -> None:
    """Open the filters and choose one value of each of these."""
    if page.locator("#filter").get_attribute("open") is None:
        press(page.locator("#filter > summary"), hand)
    for name, value in choices.items():
        field = page.locator(f"#filter [name={name}]")
        if name == "words":
            field.press_sequentially(value)
        elif hand == "mouse":
            field.select_option(value)
        else:
            field.focus()
            while field.input_value() != value:
                field.press("ArrowDown")
    for name, value in choices.items():  # the link has them as soon as they are applied
        page.wait_for_function("(pair) => location.hash.includes(pair)", arg=urlencode({name: value}))


def counted(page: "Page") -> list[int]:
    """The rows, claims and passages that are left, as the page says."""
    return [int(number) for number in re.findall(r"(\d+) of \d+", page.locator("#left").inner_text())]


def seen(page: "Page", selector: str) -> set[str]:
    """The ids of what is shown."""
    return set(page.evaluate(IDS, selector))


@HANDS
def test_a_voice_is_found_in_what_it_asserts_and_says(page: "Page", hand: str) -> None:
    """Catches a filter that knows only one of the two ways in which an article has a voice."""
    choose(page, hand, voice=PESKOV)
    claims, quotes = bakumoscow.load("claims"), bakumoscow.load("quotes")
    asserted = claims[claims["asserted_by"] == PESKOV]
    said = {f"quotes/{key}" for key in quotes["quote_id"][quotes["speaker_id"] == PESKOV]}
    assert len(asserted) > 0
    assert said
    assert {f"claims/{key}" for key in asserted["claim_id"]} <= seen(page, ".c")
    rows = set(asserted["record_table"].astype(str) + "/" + asserted["record_id"])
    assert rows | said <= seen(page, ".row")
    assert counted(page)[:2] == [len(seen(page, ".row")), len(seen(page, ".row .c"))]


@HANDS
def test_filters_combine(page: "Page", hand: str) -> None:
    """Catches a filter that forgets another, and one that cannot be taken back."""
    claims = bakumoscow.load("claims")
    everything = page.locator("#left").inner_text()
    choose(page, hand, table="events", support="inferred")
    wanted = claims[(claims["record_table"] == "events") & (claims["support"] == "inferred")]
    assert seen(page, ".row .c") == {f"claims/{key}" for key in wanted["claim_id"]}
    assert counted(page)[:2] == [wanted["record_id"].nunique(), len(wanted)]
    page.reload()
    assert counted(page)[:2] == [wanted["record_id"].nunique(), len(wanted)]  # the link has them
    press(page.locator("#filter button[type=reset]"), hand)
    page.wait_for_function("(all) => document.querySelector('#left').innerText === all", arg=everything)


def test_words_are_searched(page: "Page") -> None:
    choose(page, "keyboard", words="aktau crash")
    left = seen(page, ".row")
    assert "/".join(DEATHS) in left
    assert counted(page)[0] == len(left) < page.locator(".row").count()


@HANDS
def test_a_passage_shows_what_rests_on_it(page: "Page", hand: str) -> None:
    """Catches a claim that the panel leaves out, and a panel that a keyboard cannot open, leave or move on from."""
    frame = bakumoscow.passages(27)
    [row] = frame[frame["text"] == "38"].to_dict("records")
    passage = page.locator(".block").nth(26).get_by_text(row["text"], exact=True)
    if hand == "mouse":
        passage.click()
    else:
        page.locator(".p[tabindex='0']").focus()
        while passage.evaluate("(passage) => passage !== document.activeElement"):
            page.keyboard.press("ArrowRight")
        page.keyboard.press("Enter")
    assert page.locator(".panel .c").count() == row["claims"]
    assert page.locator(".panel").get_by_text("count_text").count() == 1
    assert page.url.endswith(f"#{passage.get_attribute('id')}")
    if hand == "mouse":
        page.locator(".panel .close").click()
    else:
        page.keyboard.press("Escape")
    assert page.locator(".panel").is_hidden()
    assert passage.evaluate("(passage) => passage === document.activeElement")
    assert page.locator(".p[tabindex='0']").count() == 1  # all passages are one stop of the Tab key


def test_evidence_on_a_phone(page_of: PageOf, made: Made) -> None:
    """Catches a panel that opens where a reader on a phone does not see it, or that covers its sentence."""
    page = page_of(made.page("repository"), 360, height=800)
    page.locator(".p").first.click()
    panel, sentence = (page.locator(name).first.bounding_box() for name in (".panel", ".block"))
    assert panel
    assert sentence
    assert sentence["y"] + sentence["height"] <= panel["y"] < 700


@pytest.mark.parametrize(
    "target", ["claims/aktau-crash-deaths-count-text", "quotes/condemnation-quote", "places/aktau"]
)
def test_deep_links(page_of: PageOf, made: Made, target: str) -> None:
    """Catches a link to a row or claim that is folded away."""
    page = page_of(made.page("repository"), fragment=target)
    place = page.locator(f"[id='{target}']")
    place.wait_for(state="visible")
    page.wait_for_function(
        "(id) => { const box = document.getElementById(id).getBoundingClientRect(); "
        "return box.top < innerHeight && box.bottom > 0; }",
        arg=target,
    )


def test_the_back_button(page: "Page") -> None:
    """Catches a page that forgets where its reader was."""
    first, second = (page.locator(".block").nth(number).get_attribute("id") for number in (26, 3))
    for target in (first, second):
        page.locator(f"a[href='#{target}']:visible").first.click()
        assert page.url.endswith(f"#{target}")
    page.go_back()
    assert page.url.endswith(f"#{first}")
    page.wait_for_function("(id) => document.querySelector('.here')?.id === id", arg=first)


@HANDS
def test_a_cell_opens_its_acts(page: "Page", hand: str) -> None:
    """Catches a number that is not that of its acts."""
    cells = page.locator(".matrix button:visible")
    total = 0
    for number in range(cells.count()):
        total += int(cells.nth(number).inner_text())
    assert total >= bakumoscow.dyads()["event_id"].nunique()
    cell = cells.first
    acts = page.locator(f"[id='{cell.get_attribute('popovertarget')}']")
    press(cell, hand)
    assert acts.is_visible()
    assert acts.locator("li").count() == int(cell.inner_text())
    page.keyboard.press("Escape")
    assert acts.is_hidden()


@pytest.mark.parametrize("reading", ["stated", "coded", "filled"])
def test_the_switch_of_readings(page: "Page", reading: str) -> None:
    """Catches a part that stays in another reading; the switch is CSS, and moves with the arrow keys."""
    switch = page.locator("[name=reading]:checked")
    switch.focus()
    while page.locator("[name=reading]:checked").get_attribute("value") != reading:
        page.keyboard.press("ArrowRight")
    told = page.locator(".days li:visible > a").all_inner_texts()
    assert told == list(bakumoscow.timeline(reading=reading)["event"])


@HANDS
def test_a_citation_is_copied(page: "Page", hand: str) -> None:
    """Catches a citation that differs from that of the function."""
    row = page.locator(f"[id='{'/'.join(DEATHS)}']")
    row.evaluate("(row) => { row.closest('details').open = true; }")
    if hand == "mouse":
        row.scroll_into_view_if_needed()
        row.locator("h4").hover()
    else:
        row.locator("a").first.focus()
    press(row.get_by_role("button", name="Copy citation"), hand)
    row.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == bakumoscow.cite(*DEATHS, style="apa").strip()


@pytest.mark.parametrize("table", ["casualties", "events", "quotes"])
def test_a_download_has_the_cells_of_the_table(page: "Page", table: str) -> None:
    """Catches a cell that the page shows otherwise than the table has it."""
    choose(page, "mouse", table=table)
    with page.expect_download() as download:
        page.locator("#download").click()
    with open(download.value.path(), encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    with (ROOT / f"build/csv/{table}.csv").open(encoding="utf-8", newline="") as file:
        assert found == list(csv.DictReader(file))


@pytest.mark.parametrize("hand", ["mouse", "keyboard", "hover"])
def test_the_codebook_explains_in_place(page: "Page", hand: str) -> None:
    """Catches a level without its meaning, and an explanation that only one hand can open or close."""
    levels = bakumoscow.levels("factuality", "events").set_index("level")["meaning"]
    link = page.locator("a[href='#levels/factuality/CT+']:visible").first
    if hand == "hover":
        link.hover()
    else:
        press(link, hand)
    peek = page.locator("#peek")
    peek.wait_for(state="visible")
    assert levels["CT+"] in peek.inner_text()
    page.keyboard.press("Escape")
    assert peek.is_hidden()


def test_several_articles(page_of: PageOf, made: Made) -> None:
    """Catches an article that its entry in the list does not open."""
    page = page_of(made.page("article"))
    articles, entries = page.locator("details.article"), page.locator("nav.articles a")
    assert articles.count() == entries.count() == len(made.dataset("article").load("articles"))
    assert page.locator(".row:visible").count() == 0
    entries.last.click()
    assert articles.last.get_attribute("open") == ""
    page.locator("#filter summary").click()
    page.locator("[name=words]").fill("no such word")
    page.locator("#left", has_text="0 of").wait_for()
    assert articles.filter(visible=True).count() == entries.filter(visible=True).count() == 0
    page.locator("button[type=reset]").click()
    page.locator("#left:not(.filtered)").wait_for()
    assert articles.filter(visible=True).count() == articles.count()
    assert articles.last.locator(".block:visible").count() > 0


def test_the_codebook_leads_to_all_levels(page: "Page") -> None:
    """Catches a link to a list that is folded away, and an explanation of a whole table by its first column."""
    page.locator("#tables\\/events dt a", has_text="kind").first.click()
    page.locator("#peek a", has_text="Its levels").click()
    assert page.locator("[id='levels/kind/arrest']").is_visible()
    page.locator("a[href='#columns/events']").click()
    assert page.locator("[id='columns/events/kind']").is_visible()
    assert page.locator("#peek").is_hidden()


@pytest.mark.parametrize("width", [360, 1600])
def test_a_row_comes_with_its_words(page_of: PageOf, made: Made, width: int) -> None:
    """Catches a link that lands elsewhere since parts change their height, and a row whose sentence is out of sight."""
    page = page_of(made.page("repository"), width, height=900)
    page.locator(".idea a", has_text="All words behind it").click()
    row = page.locator("[id='casualties/aktau-crash-deaths']")
    words = page.locator(".p.backs", has_text="38")
    page.wait_for_timeout(300)
    shown = [row] if width == 360 else [row, words.first]
    for element in shown:
        box = element.bounding_box()
        assert box
        assert 0 <= box["y"] < 900
    assert words.count() == 1


def test_every_citation_is_that_of_cite(page: "Page") -> None:
    """Catches a citation that the script puts together in another way than the function."""
    made = page.evaluate("Object.fromEntries(all('.row').map((row) => [row.id, citation(row)]))")
    for table in ("events", "casualties", "assessments"):
        frame = bakumoscow.load(table)
        for row in frame.iloc[::3, 1]:
            assert made[f"{table}/{row}"] == bakumoscow.cite(table, row, style="apa")
