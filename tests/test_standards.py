"""Lists that are copied from a standard or from the language are compared with it, not tried by cases."""

from hashlib import sha256

import pytest

from bakumoscow.model.countries import COUNTRIES
from bakumoscow.rules.counts import number_of
from bakumoscow.rules.date_words import date_agrees
from bakumoscow.rules.nearest import LOOKALIKES

NUMBERS = {
    **{"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9},
    **{"ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16},
    **{"seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50},
    **{"sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "a dozen": 12, "two hundred": 200},
    **{"five thousand": 5_000, "three million": 3_000_000, "twenty-one": 21, "one hundred and two": 102},
}
MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905


def test_countries_are_those_of_the_standard() -> None:
    """Catches a code that is lost or made up: the digest is that of the codes of ISO 3166-1 in pycountry, sorted."""
    digest = "9b9a41be481859e4c888e5d9dd5f7ca55bb3b3050529266723ff5cc0d8b98fca"
    assert sha256(" ".join(sorted(COUNTRIES)).encode()).hexdigest() == digest


def test_number_words() -> None:
    """Catches a number word that is lost or misspelt."""
    assert {words: number_of(words) for words in NUMBERS} == NUMBERS


@pytest.mark.parametrize("number", range(1, 13))
def test_month_names(number: int) -> None:
    """Catches a month, an ordinal or a century that is lost: a wrong date would no longer be seen."""
    month, right, wrong = MONTHS[number - 1], f"1987-{number:02}-03", f"1987-{number % 12 + 1:02}-03"
    for words in (f"{month} 3", f"3 {month}", f"the 3rd of {month}", f"{month[:3]}. 3", f"{month[:4]} 3", month):
        assert (date_agrees(words, right), date_agrees(words, wrong)) == (True, False), words
    for day in ("1st", "2nd", "3rd", "4th"):
        assert not date_agrees(f"the {day} of {month}", f"1987-{number:02}-05"), day
    for year in (1987, 2024):
        assert not date_agrees(f"{month} {year}", f"2011-{number:02}"), year


def test_lookalikes() -> None:
    """Catches a Cyrillic or Greek letter that is no longer taken for the Latin one that it shows."""
    letters = "асеорхуіѕјАСЕНКМОРТХВ ΑΒΕΗΙΚΜΝΟΡΤΧο"
    assert letters.translate(LOOKALIKES) == "aceopxyisjACEHKMOPTXB ABEHIKMNOPTXo"
