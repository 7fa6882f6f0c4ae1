"""Rules inside a row: the cells of one row must agree with each other.

Each condition is a function of whole Arrow columns. The check of a package calls it, and so does the pandera schema
that users get.
"""

from typing import Any

import pyarrow.compute as pc

from bakumoscow.kernels import all_of, among, any_of
from bakumoscow.model.levels import CODE_FORMS, CODED_SCHEMES
from bakumoscow.model.patterns import anchored
from bakumoscow.rules.rule import Arm, Rule

Column = Any  # a pyarrow.ChunkedArray: pyarrow has no type stubs


def both_or_neither(one: Column, other: Column) -> Column:
    return pc.equal(pc.is_null(one), pc.is_null(other))


def _basis_fits_date(basis: Column, date: Column, *, dateless: tuple[str, ...]) -> Column:
    return pc.equal(among(basis, dateless), pc.is_null(date))


def _unless_worded(basis: Column, words: Column, *, wordless: str) -> Column:
    return any_of(pc.not_equal(basis, wordless), pc.is_null(words))


def _date_has_words(words: Column, basis: Column, date: Column, *, worded: tuple[str, ...], dateless: str) -> Column:
    dated = all_of(among(basis, worded), pc.is_valid(date))
    return any_of(pc.is_valid(words), pc.invert(any_of(dated, pc.equal(basis, dateless))))


def _basis_has_place(basis: Column, place: Column, relation: Column) -> Column:
    """If the relation is missing, too, only the relation is reported."""
    return any_of(both_or_neither(basis, place), pc.invert(both_or_neither(relation, place)))


def _differ(one: Column, other: Column) -> Column:
    return pc.not_equal(one, other)


def _only_of_kinds(cell: Column, kind: Column, *, kinds: tuple[str, ...]) -> Column:
    return any_of(pc.is_null(cell), among(kind, kinds))


def _question_is_open(factuality: Column, kind: Column, *, kind_open: str, factuality_open: str) -> Column:
    return any_of(pc.not_equal(kind, kind_open), pc.equal(factuality, factuality_open))


def _has_source(code: Column, words: Column) -> Column:
    return any_of(pc.is_null(code), pc.is_valid(words))


def _suits_table(scheme: Column, table: Column, *, schemes: tuple[str, ...], coded_table: str) -> Column:
    return pc.equal(among(scheme, schemes), pc.equal(table, coded_table))


def _judged_where_coded(fit: Column, scheme: Column, *, schemes: tuple[str, ...]) -> Column:
    return pc.equal(pc.is_valid(fit), among(scheme, schemes))


def _has_form(code: Column, scheme: Column, *, forms: dict[str, str]) -> Column:
    """White space at the ends breaks another rule, and is ignored here."""
    trimmed = pc.utf8_trim_whitespace(code)
    return all_of(
        *(
            any_of(pc.not_equal(scheme, name), pc.match_substring_regex(trimmed, anchored(form)))
            for name, form in forms.items()
        )
    )


RULES = [
    Rule(
        "date-basis",
        "date_basis is `unresolved` or `unknown` if and only if date_edtf is missing; if it is `unknown`, date_text is "
        "missing, too.",
        "A date without a basis, or a basis without a date, cannot be used.",
        "date_basis `stated` and no date.",
        "{column} is {value!r} in {row_name}, but {other} is {other_value!r}.",
        "Fill date_edtf, or set date_basis to unresolved if date_text has words, and to unknown if it has none.",
        tables=("events",),
        arms=(
            Arm(_basis_fits_date, ("date_basis", "date_edtf"), {"dateless": ("unresolved", "unknown")}),
            Arm(_unless_worded, ("date_basis", "date_text"), {"wordless": "unknown"}),
        ),
    ),
    Rule(
        "date-words",
        "A date that is stated, resolved against the dateline, or unresolved has its words in date_text.",
        "What is stated can be quoted.",
        "date_basis `stated` without date_text.",
        "date_basis is {other_value!r} in {row_name}, but {column} is missing.",
        "Copy the date's words into {column}, or correct date_basis.",
        tables=("events",),
        arms=(
            Arm(
                _date_has_words,
                ("date_text", "date_basis", "date_edtf"),
                {"worded": ("stated", "dateline"), "dateless": "unresolved"},
            ),
        ),
    ),
    Rule(
        "place-whole",
        "place_id, place_relation and place_basis are all filled or all missing.",
        "A relation without a place means nothing.",
        "place_relation `near` without place_id.",
        "{column} is {value!r} in {row_name}, but {other} is {other_value!r}.",
        "Fill place_id, place_relation and place_basis, or empty all three.",
        tables=("events",),
        arms=(
            Arm(both_or_neither, ("place_relation", "place_id")),
            Arm(_basis_has_place, ("place_basis", "place_id", "place_relation")),
        ),
    ),
    Rule(
        "part-of-itself",
        "No actor is a part of itself.",
        "Nothing is a part of itself.",
        "The actor police with part_of police.",
        "{row_name} is part of itself.",
        "Name the larger actor, or empty the cell.",
        tables=("actors",),
        arms=(Arm(_differ, ("part_of", "actor_id")),),
    ),
    Rule(
        "country-kinds",
        "Only states and their organs have a country.",
        "The country of a person or media outlet is a reader's conclusion.",
        "A country on a media outlet.",
        "{row_name} has the country {value}, but its kind is {other_value}.",
        "Empty the cell, or correct kind.",
        tables=("actors",),
        arms=(Arm(_only_of_kinds, ("country", "kind"), {"kinds": ("state", "government_body", "security_force")}),),
    ),
    Rule(
        "title-person",
        "Only persons and groups have a title.",
        "Only people hold titles.",
        "A title on a ministry.",
        "{row_name} has the title {value!r}, but its kind is {other_value}.",
        "Empty the cell, or correct kind.",
        tables=("actors",),
        arms=(Arm(_only_of_kinds, ("title", "kind"), {"kinds": ("person", "group")}),),
    ),
    Rule(
        "citizenship-code",
        "An actor with a citizenship_code has a citizenship.",
        "The code says which state the article's word means, so there must be a word.",
        "citizenship_code `DNK` without citizenship.",
        "{column} is {value} in {row_name}, but {other} is missing.",
        "Fill {other} with the article's words, or empty {column}.",
        tables=("actors",),
        arms=(Arm(_has_source, ("citizenship_code", "citizenship")),),
    ),
    Rule(
        "question-open",
        "An assessment that is a question is Uu.",
        "To ask whether something is so is not to say that it is.",
        "A question that is CT+.",
        "{row_name} is a question, but its {column} is {value}.",
        "Set {column} to Uu, or correct kind.",
        tables=("assessments",),
        arms=(Arm(_question_is_open, ("factuality", "kind"), {"kind_open": "question", "factuality_open": "Uu"}),),
    ),
    Rule(
        "coordinates-whole",
        "latitude, longitude and reference are all filled or all missing.",
        "Half a coordinate is of no use, and one without a source cannot be checked.",
        "A latitude without a longitude.",
        "{other} of {row_name} is {other_value!r}, but {column} is {value!r}.",
        "Fill latitude, longitude and reference, or empty all three.",
        tables=("places",),
        arms=(
            Arm(both_or_neither, ("longitude", "latitude")),
            Arm(both_or_neither, ("reference", "latitude")),
        ),
    ),
    Rule(
        "relation-to-itself",
        "A relation connects two different events.",
        "An event does not follow from itself.",
        "event_id and other_event_id are the same.",
        "{row_name} connects {value} to itself.",
        "Enter the other event.",
        tables=("relations",),
        arms=(Arm(_differ, ("other_event_id", "event_id")),),
    ),
    Rule(
        "code-form",
        "A code is written as in its scheme; a CAMEO code keeps its leading zero.",
        "Spreadsheets read 010 as the number 10, which is another code.",
        "`55` for `055`.",
        "{value!r} is not a valid {other_value} code.",
        "Write it as its scheme does: CAMEO 055, PLOVER COERCE, mode heavy-weapons, NOR, NO-11, 385, Q26793.",
        tables=("codes",),
        arms=(Arm(_has_form, ("code", "scheme"), {"forms": CODE_FORMS}),),
    ),
    Rule(
        "scheme-tables",
        "The codes of events are from event vocabularies; those of actors and places are identifiers.",
        "A place has no CAMEO code, and an event no GeoNames number.",
        "A GeoNames number on an event.",
        "the scheme {value} is not for {other_value}.",
        "Correct scheme or record_table.",
        tables=("codes",),
        arms=(Arm(_suits_table, ("scheme", "record_table"), {"schemes": CODED_SCHEMES, "coded_table": "events"}),),
    ),
    Rule(
        "fit-schemes",
        "A code from an event vocabulary has a fit; an identifier has none.",
        "Choosing a code is a judgement, and fit says how well it suits; an identifier is right or wrong.",
        "A CAMEO code without fit.",
        "fit is {value!r} for the scheme {other_value}.",
        "Fill fit for cameo, plover and plover_mode; empty it for all other schemes.",
        tables=("codes",),
        arms=(Arm(_judged_where_coded, ("fit", "scheme"), {"schemes": CODED_SCHEMES}),),
    ),
]
