"""Rules inside a row of claims or sentences: whose claim it is, what it needs, why a sentence is set aside."""

import pyarrow.compute as pc

from bakumoscow.kernels import among, any_of, known
from bakumoscow.rules.rows import Column, both_or_neither
from bakumoscow.rules.rule import Arm, Rule


def _coder_infers(voice: Column, support: Column, *, coder: str, inferred: str) -> Column:
    return pc.equal(pc.equal(voice, coder), pc.equal(support, inferred))


def _preferred_is_own(
    voice: Column, rank: Column, table: Column, *, own: tuple[str, ...], tables: tuple[str, ...]
) -> Column:
    """The article itself tells who is named, where, and what is quoted, even in somebody's report."""
    return any_of(pc.not_equal(rank, "preferred"), among(voice, own), pc.invert(among(table, tables)))


def _words_fit_certainty(
    words: Column, factuality: Column, support: Column, *, certain: str, uncertain: tuple[str, ...], explicit: str
) -> Column:
    needless = any_of(pc.not_equal(support, explicit), pc.invert(among(factuality, uncertain)))
    return pc.if_else(pc.is_valid(words), pc.not_equal(factuality, certain), needless)


def _inferred_has_no_words(words: Column, support: Column, *, inferred: str) -> Column:
    return any_of(pc.is_null(words), pc.not_equal(support, inferred))


def _on_cell(field: Column, table: Column, *, tables: tuple[str, ...]) -> Column:
    return any_of(pc.invert(among(table, tables)), pc.is_valid(field))


def _inference_has_note(note: Column, support: Column, *, noted: str) -> Column:
    return any_of(pc.not_equal(support, noted), pc.is_valid(note))


def _alias_of_name(field: Column, rank: Column, *, fields: tuple[str, ...]) -> Column:
    return any_of(pc.not_equal(rank, "alias"), known(among(field, fields)))


def _reason_unless_coded(reason: Column, role: Column, *, without: str) -> Column:
    return pc.equal(pc.equal(role, without), pc.is_null(reason))


RULES = [
    Rule(
        "claim-value",
        "A claim has both a field and a value, or neither if it is on the row.",
        "A value without a field, or a field without a value, proves nothing.",
        "field `place_id` without claimed_value.",
        "the field of {row_name} is {other_value!r}, but its value is {value!r}.",
        "Fill both, or empty both.",
        tables=("claims",),
        arms=(Arm(both_or_neither, ("claimed_value", "field")),),
    ),
    Rule(
        "claim-cell",
        "A claim on an article has a field; the article's row needs no claim.",
        "Nobody has to assert that the article exists; only its dateline is a reading of the text.",
        "A claim with record_table `articles` and no field.",
        "{row_name} is about the row of an article: its {column} is {value}.",
        "Set field to dateline_text and claimed_value to its words, correct record_table, or delete the claim.",
        tables=("claims",),
        arms=(Arm(_on_cell, ("field", "record_table"), {"tables": ("articles",)}),),
    ),
    Rule(
        "claim-voice",
        "The coder asserts all inferred claims and no others; preferred claims on actors, places, quotations and "
        "articles are the article's or the coder's.",
        "What a claim is worth depends on who asserts it.",
        "An explicit claim asserted by `coder`.",
        "{row_name} is asserted by {value}, but its {other} is {other_value}.",
        "Correct asserted_by, {other} or both.",
        tables=("claims",),
        arms=(
            Arm(_coder_infers, ("asserted_by", "support"), {"coder": "coder", "inferred": "inferred"}),
            Arm(
                _preferred_is_own,
                ("asserted_by", "claim_rank", "record_table"),
                {"own": ("article", "coder"), "tables": ("actors", "places", "quotes", "articles")},
            ),
        ),
    ),
    Rule(
        "certainty-words",
        "An explicit claim that is probable or possible has the words that make it so in certainty_text; a certain or "
        "an inferred claim has none.",
        "How certain a voice is must be shown by its words, like everything else.",
        "A claim that is PS+ without the words `may have`.",
        "certainty_text of {row_name} is {value!r}, but its {other} is {other_value}.",
        "Copy the words that make it uncertain into certainty_text, or correct {other}.",
        tables=("claims",),
        arms=(
            Arm(
                _words_fit_certainty,
                ("certainty_text", "factuality", "support"),
                {"certain": "CT+", "uncertain": ("PR+", "PR-", "PS+", "PS-"), "explicit": "explicit"},
            ),
            Arm(_inferred_has_no_words, ("certainty_text", "support"), {"inferred": "inferred"}),
        ),
    ),
    Rule(
        "inference-note",
        "The note of an inferred claim says what it follows from.",
        "A conclusion whose premises are hidden cannot be judged.",
        "support `inferred` without a note.",
        "{row_name} is inferred but has no note.",
        "Say in note which words or sentences it follows from.",
        tables=("claims",),
        arms=(Arm(_inference_has_note, ("note", "support"), {"noted": "inferred"}),),
    ),
    Rule(
        "alias-of-name",
        "Only the name of an actor or place has an alias.",
        "For any other column, another value is a claim whose rank is normal.",
        "claim_rank `alias` on `country`.",
        "{row_name} is an alias, but its field is {value!r}.",
        "Set claim_rank to normal, or field to name.",
        tables=("claims",),
        arms=(Arm(_alias_of_name, ("field", "claim_rank"), {"fields": ("name",)}),),
    ),
    Rule(
        "sentence-reason",
        "A sentence that is set aside has a reason; a coded one has none.",
        "Setting a sentence aside is a decision that must be explained.",
        "role `context` without a reason.",
        "the role of {row_name} is {other_value}, but its reason is {value!r}.",
        "Fill reason if you fill role; leave both empty if a claim uses the sentence.",
        tables=("sentences",),
        arms=(Arm(_reason_unless_coded, ("reason", "role"), {"without": "coded"}),),
    ),
]
