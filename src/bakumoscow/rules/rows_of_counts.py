"""Rules inside a row with counts: the three numbers agree with each other, with their words, and with what is denied.

Each condition is a function of whole Arrow columns, as in the module rows.
"""

import pyarrow as pa
import pyarrow.compute as pc

from bakumoscow.kernels import all_of, among, any_of, known
from bakumoscow.model.levels import DENIED
from bakumoscow.model.tables import TABLES
from bakumoscow.rules.counts import COUNTED, counts_of
from bakumoscow.rules.rows import Column
from bakumoscow.rules.rule import Arm, Rule

DENIABLE = tuple(name for name in COUNTED if "factuality" in TABLES[name])
VICTIMS = tuple(name for name in COUNTED if "victim_id" in TABLES[name])
PEOPLED = tuple(name for name in COUNTED if name not in VICTIMS)


def _ordered(lower: Column, upper: Column) -> Column:
    return pc.less_equal(lower, upper)


def _ordered_without_best(low: Column, high: Column, best: Column) -> Column:
    return any_of(pc.less_equal(low, high), pc.is_valid(best))


def _has_words(best: Column, words: Column, *, wordless: int) -> Column:
    return any_of(pc.equal(best, wordless), pc.is_valid(words))


def _has_number(words: Column, best: Column, low: Column, high: Column) -> Column:
    """Words that are not understood may have no number: `most`, and words of other languages."""
    counted = [text for text in words.unique().to_pylist() if text is not None and counts_of(text) is not None]
    is_counted = pc.is_in(words, value_set=pa.array(counted, pa.string()))
    return any_of(pc.invert(is_counted), pc.is_valid(best), pc.is_valid(low), pc.is_valid(high))


def _without_counts(
    words: Column, factuality: Column, low: Column, best: Column, high: Column, *, denied: tuple[str, ...]
) -> Column:
    empty = all_of(pc.is_null(words), pc.is_null(low), pc.is_null(best), pc.is_null(high))
    return any_of(empty, pc.invert(among(factuality, denied)))


def _zero_together(one: Column, other: Column) -> Column:
    return pc.equal(known(pc.equal(one, 0)), known(pc.equal(other, 0)))


def _zero_without_victims(victims: Column, best: Column) -> Column:
    return pc.equal(pc.is_null(victims), known(pc.equal(best, 0)))


def _somebody(number: Column, _words: Column) -> Column:
    return pc.not_equal(number, 0)


RULES = [
    Rule(
        "count-order",
        "count_low is at most count_best, and count_best at most count_high.",
        "A best number outside its own bounds contradicts them.",
        "count_best 41 and count_high 31.",
        "{column} {value} is above {other} {other_value} in {row_name}.",
        "Lower {column} or raise {other}.",
        tables=COUNTED,
        arms=(
            Arm(_ordered, ("count_best", "count_high")),
            Arm(_ordered, ("count_low", "count_best")),
            Arm(_ordered_without_best, ("count_low", "count_high", "count_best")),
        ),
    ),
    Rule(
        "count-words",
        "If count_best is anything but 1, its words are in count_text.",
        "The text states the number in words or digits.",
        "count_best 3 without count_text.",
        "{column} is {value} in {row_name}, but {other} is missing.",
        "Copy the words for the number into {other}, or empty {column}.",
        tables=COUNTED,
        arms=(Arm(_has_words, ("count_best", "count_text"), {"wordless": 1}),),
    ),
    Rule(
        "count-denied",
        "Harm, a detention or a part that is denied (CT-, PR- or PS-) has neither count_text nor counts.",
        "A sum would count what the article says did not happen.",
        "count_best 5 and factuality CT-, for `Police said they had not killed five people`.",
        "{row_name} is {other_value}, so it is denied, but it has counts.",
        "Empty count_text and the three counts, or correct factuality.",
        tables=DENIABLE,
        arms=(
            Arm(
                _without_counts,
                ("count_text", "factuality", "count_low", "count_best", "count_high"),
                {"denied": DENIED},
            ),
        ),
    ),
    Rule(
        "count-numbers",
        "If the words in count_text give a number, count_low, count_best or count_high has it.",
        "A number that is only in words is left out of every sum.",
        "count_text `several` and no number.",
        "{column} is {value!r} in {row_name}, but the row has no number.",
        "Fill the counts that the words give: `31` gives all three, `about 80` count_best, `at least 12` and `several` "
        "count_low, `up to 50` count_high.",
        tables=COUNTED,
        arms=(Arm(_has_number, ("count_text", "count_best", "count_low", "count_high")),),
    ),
    Rule(
        "count-zero",
        "A casualty without victims is a stated zero: count_low, count_best and count_high are 0. Any other casualty "
        "has victims, and none of its counts is 0.",
        "A stated zero is a fact; a 0 for an unknown number, or a victim of no harm, is not.",
        "count_low 0 for `up to 50`.",
        "{column} is {value} in {row_name}, but {other} is {other_value}.",
        "If the text says that nobody was harmed, set the three counts to 0 and empty victim_id; otherwise fill "
        "victim_id, and leave a count empty that the text does not give.",
        tables=VICTIMS,
        arms=(
            Arm(_zero_together, ("count_low", "count_best")),
            Arm(_zero_together, ("count_high", "count_best")),
            Arm(_zero_without_victims, ("victim_id", "count_best")),
        ),
    ),
    Rule(
        "count-nobody",
        "No count of a detention or of a part in an event is 0.",
        "If nobody was detained or took part, there is no row; an unknown number is missing.",
        "count_low 0 in participants.",
        "{column} is {value} in {row_name}, and {other} is {other_value!r}.",
        "Empty the cell if the number is unknown, or delete the row if there was nobody.",
        tables=PEOPLED,
        arms=tuple(Arm(_somebody, (name, "count_text")) for name in ("count_low", "count_best", "count_high")),
    ),
]
