"""Rules inside a row: what the cells of one row must have to do with each other.

Each condition is a function of whole Arrow columns. The check of a package calls it, and so does the pandera schema
that users get.
"""

from typing import Any

import pyarrow.compute as pc

from bakumoscow.kernels import all_of, among, any_of, known
from bakumoscow.model.levels import CODE_FORMS, CODED_SCHEMES
from bakumoscow.model.patterns import anchored
from bakumoscow.rules.rule import Arm, Rule

COUNTED = ("casualties", "detentions", "participants")
Column = Any  # a pyarrow.ChunkedArray, whose stubs are none


def _ordered(lower: Column, upper: Column) -> Column:
    return pc.less_equal(lower, upper)


def _ordered_without_best(low: Column, high: Column, best: Column) -> Column:
    return any_of(pc.less_equal(low, high), pc.is_valid(best))


def _has_words(best: Column, words: Column, *, wordless: int) -> Column:
    return any_of(pc.less_equal(best, wordless), pc.is_valid(words))


def _has_number(number: Column, words: Column) -> Column:
    return any_of(pc.is_null(words), pc.is_valid(number))


def _both_or_neither(one: Column, other: Column) -> Column:
    return pc.equal(pc.is_null(one), pc.is_null(other))


def _basis_fits_date(basis: Column, date: Column, *, dateless: str) -> Column:
    return pc.equal(pc.equal(basis, dateless), pc.is_null(date))


def _stated_date_has_words(words: Column, basis: Column, date: Column, *, stated: str) -> Column:
    return any_of(pc.not_equal(basis, stated), pc.is_valid(words), pc.is_null(date))


def _basis_has_place(basis: Column, place: Column, relation: Column) -> Column:
    """A place whose relation is missing as well is one breach, of the relation."""
    return any_of(_both_or_neither(basis, place), pc.invert(_both_or_neither(relation, place)))


def _differ(one: Column, other: Column) -> Column:
    return pc.not_equal(one, other)


def _only_of_kinds(cell: Column, kind: Column, *, kinds: tuple[str, ...]) -> Column:
    return any_of(pc.is_null(cell), among(kind, kinds))


def _suits_table(scheme: Column, table: Column, *, schemes: tuple[str, ...], coded_table: str) -> Column:
    return pc.equal(among(scheme, schemes), pc.equal(table, coded_table))


def _judged_where_coded(fit: Column, scheme: Column, *, schemes: tuple[str, ...]) -> Column:
    return pc.equal(pc.is_valid(fit), among(scheme, schemes))


def _has_form(code: Column, scheme: Column, *, forms: dict[str, str]) -> Column:
    """White space at the ends is another rule's matter."""
    trimmed = pc.utf8_trim_whitespace(code)
    return all_of(
        *(
            any_of(pc.not_equal(scheme, name), pc.match_substring_regex(trimmed, anchored(form)))
            for name, form in forms.items()
        )
    )


def _coder_infers(voice: Column, support: Column, field: Column, *, dates: tuple[str, ...]) -> Column:
    """The article may mean the year of a date that it does not print."""
    is_coder, is_inferred = pc.equal(voice, "coder"), pc.equal(support, "inferred")
    dated = pc.and_kleene(known(among(field, dates)), pc.equal(voice, "article"))
    return any_of(pc.equal(is_coder, is_inferred), pc.and_kleene(is_inferred, dated))


def _preferred_is_own(
    voice: Column, rank: Column, table: Column, field: Column, *, own: tuple[str, ...], others: tuple[str, ...]
) -> Column:
    """Rows of some tables may rest on another voice alone."""
    told = pc.and_kleene(among(table, others), pc.is_null(field))
    return any_of(pc.not_equal(rank, "preferred"), among(voice, own), told)


def _inference_has_note(note: Column, support: Column, *, noted: str) -> Column:
    return any_of(pc.not_equal(support, noted), pc.is_valid(note))


def _alias_of_name(field: Column, rank: Column, *, fields: tuple[str, ...]) -> Column:
    return any_of(pc.not_equal(rank, "alias"), known(among(field, fields)))


def _reason_unless_coded(reason: Column, role: Column, *, without: str) -> Column:
    return pc.equal(pc.equal(role, without), pc.is_null(reason))


RULES = [
    Rule(
        "count-order",
        "count_low, count_best and count_high do not fall.",
        "A best number outside its own bounds contradicts itself.",
        "count_best 41, count_high 31.",
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
        "A count_best above 1 has its words in count_text.",
        "A stated number is stated in words or digits of the text.",
        "count_best 3 without count_text.",
        "{column} is {value} in {row_name}, and {other} is missing.",
        "Copy the number word into {other}, or empty {column}.",
        tables=COUNTED,
        arms=(Arm(_has_words, ("count_best", "count_text"), {"wordless": 1}),),
    ),
    Rule(
        "count-numbers",
        "A count_text has its count_low.",
        "Every quantifier says at least something.",
        "count_text `several` and no number.",
        "{other} is {other_value!r} in {row_name}, and {column} is missing.",
        "Fill {column}: `several` is at least 2.",
        tables=COUNTED,
        arms=(Arm(_has_number, ("count_low", "count_text")),),
    ),
    Rule(
        "date-basis",
        "date_basis is `unknown` exactly where date_edtf is missing.",
        "A date without a basis, or a basis without a date, cannot be used.",
        "date_basis `stated` and no date.",
        "{column} is {value!r} in {row_name}, and {other} is {other_value!r}.",
        "Fill date_edtf, or set date_basis to unknown.",
        tables=("events",),
        arms=(Arm(_basis_fits_date, ("date_basis", "date_edtf"), {"dateless": "unknown"}),),
    ),
    Rule(
        "date-words",
        "A stated date has its words in date_text.",
        "What is stated can be quoted.",
        "date_basis `stated` without date_text.",
        "{row_name} has a stated date and no {column}.",
        "Copy the date's words into {column}.",
        tables=("events",),
        arms=(Arm(_stated_date_has_words, ("date_text", "date_basis", "date_edtf"), {"stated": "stated"}),),
    ),
    Rule(
        "place-whole",
        "place_id, place_relation and place_basis are all there or all missing.",
        "A relation to no place means nothing.",
        "place_relation `near` without place_id.",
        "{column} is {value!r} and {other} is {other_value!r} in {row_name}.",
        "Fill place_id, place_relation and place_basis, or empty all three.",
        tables=("events",),
        arms=(
            Arm(_both_or_neither, ("place_relation", "place_id")),
            Arm(_basis_has_place, ("place_basis", "place_id", "place_relation")),
        ),
    ),
    Rule(
        "part-of-itself",
        "No actor is a part of itself.",
        "It would be its own whole.",
        "The actor police with part_of police.",
        "{row_name} is part of itself.",
        "Name the larger actor, or empty the cell.",
        tables=("actors",),
        arms=(Arm(_differ, ("part_of", "actor_id")),),
    ),
    Rule(
        "country-kinds",
        "Only states and their organs have a country.",
        "A person's or outlet's country is a reader's conclusion.",
        "A country on a media outlet.",
        "{row_name} is of the kind {other_value} and has the country {value}.",
        "Empty the cell, or correct kind.",
        tables=("actors",),
        arms=(Arm(_only_of_kinds, ("country", "kind"), {"kinds": ("state", "government_body", "security_force")}),),
    ),
    Rule(
        "title-person",
        "Only persons and groups have a title.",
        "A title is held by people.",
        "A title on a ministry.",
        "{row_name} is of the kind {other_value} and has the title {value!r}.",
        "Empty the cell, or correct kind.",
        tables=("actors",),
        arms=(Arm(_only_of_kinds, ("title", "kind"), {"kinds": ("person", "group")}),),
    ),
    Rule(
        "coordinates-whole",
        "latitude, longitude and reference come together.",
        "Half a coordinate is none, and one without a source cannot be checked.",
        "A latitude without a longitude.",
        "{other} of {row_name} is {other_value!r}, and {column} is {value!r}.",
        "Fill latitude, longitude and reference, or empty all three.",
        tables=("places",),
        arms=(
            Arm(_both_or_neither, ("longitude", "latitude")),
            Arm(_both_or_neither, ("reference", "latitude")),
        ),
    ),
    Rule(
        "relation-to-itself",
        "A relation ties two different events.",
        "An event does not follow itself.",
        "event_id and other_event_id the same.",
        "{row_name} ties {value} to itself.",
        "Name the other event.",
        tables=("relations",),
        arms=(Arm(_differ, ("other_event_id", "event_id")),),
    ),
    Rule(
        "code-form",
        "A code has the form of its scheme; a CAMEO code has its leading zero.",
        "Spreadsheets read 010 as the number 10, which is another code.",
        "`55` for `055`.",
        "{value!r} has not the form of a code of {other_value}.",
        "Write it as its vocabulary does: CAMEO 055, PLOVER COERCE, mode heavy-weapons, NOR, NO-11, 385, Q26793.",
        tables=("codes",),
        arms=(Arm(_has_form, ("code", "scheme"), {"forms": CODE_FORMS}),),
    ),
    Rule(
        "scheme-tables",
        "Event vocabularies code events, identifiers actors and places.",
        "A place has no CAMEO code, and an event no GeoNames number.",
        "A GeoNames number on an event.",
        "the scheme {value} does not suit {other_value}.",
        "Correct scheme or record_table.",
        tables=("codes",),
        arms=(Arm(_suits_table, ("scheme", "record_table"), {"schemes": CODED_SCHEMES, "coded_table": "events"}),),
    ),
    Rule(
        "fit-schemes",
        "A code of an event vocabulary has a fit; an identifier has none.",
        "A code is a judgement and says how good it is; an identifier is right or wrong.",
        "A CAMEO code without fit.",
        "fit is {value!r} for the scheme {other_value}.",
        "Fill fit for cameo, plover and plover_mode, and empty it elsewhere.",
        tables=("codes",),
        arms=(Arm(_judged_where_coded, ("fit", "scheme"), {"schemes": CODED_SCHEMES}),),
    ),
    Rule(
        "claim-value",
        "A claim on a field has a value; a row claim has neither.",
        "A value of no cell, or a cell without its value, proves nothing.",
        "field `place_id`, claimed_value missing.",
        "the field of {row_name} is {other_value!r}, and its value is {value!r}.",
        "Fill both or empty both.",
        tables=("claims",),
        arms=(Arm(_both_or_neither, ("claimed_value", "field")),),
    ),
    Rule(
        "claim-voice",
        "The coder asserts inferences and only these; the article infers only a date whose year is missing; "
        "a preferred claim is the article's or the coder's, but for the row of a relation.",
        "Whose voice a claim is decides every reading that is made of it.",
        "An explicit claim asserted by `coder`.",
        "{row_name} is asserted by {value}, and its {other} is {other_value}.",
        "Correct asserted_by, {other} or both.",
        tables=("claims",),
        arms=(
            Arm(_coder_infers, ("asserted_by", "support", "field"), {"dates": ("date_edtf",)}),
            Arm(
                _preferred_is_own,
                ("asserted_by", "claim_rank", "record_table", "field"),
                {"own": ("article", "coder"), "others": ("relations",)},
            ),
        ),
    ),
    Rule(
        "inference-note",
        "An inferred claim says in its note what it rests on.",
        "A conclusion whose premises are hidden cannot be judged.",
        "support `inferred` without note.",
        "{row_name} is inferred and has no note.",
        "Say in note from which words or sentences it follows.",
        tables=("claims",),
        arms=(Arm(_inference_has_note, ("note", "support"), {"noted": "inferred"}),),
    ),
    Rule(
        "alias-of-name",
        "Only the name of an actor or place has an alias.",
        "Another value of any other cell is a claim of rank normal.",
        "claim_rank `alias` on `country`.",
        "{row_name} is an alias of the field {value!r}.",
        "Set claim_rank to normal, or field to name.",
        tables=("claims",),
        arms=(Arm(_alias_of_name, ("field", "claim_rank"), {"fields": ("name",)}),),
    ),
    Rule(
        "sentence-reason",
        "A sentence from which nothing is coded says why; a coded one does not.",
        "Setting a sentence aside is a decision.",
        "role `context` without reason.",
        "{row_name} is {other_value} and its reason is {value!r}.",
        "Fill reason where role is typed; leave both empty where a claim rests on the sentence.",
        tables=("sentences",),
        arms=(Arm(_reason_unless_coded, ("reason", "role"), {"without": "coded"}),),
    ),
]
