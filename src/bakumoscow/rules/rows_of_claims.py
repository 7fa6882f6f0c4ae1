"""Rules inside a row of claims or sentences: whose claim it is, what it needs, why a sentence is set aside."""

import pyarrow.compute as pc

from bakumoscow.kernels import among, any_of, known
from bakumoscow.rules.rows import Column, both_or_neither
from bakumoscow.rules.rule import Arm, Rule


def _coder_infers(voice: Column, support: Column, field: Column, *, dates: tuple[str, ...]) -> Column:
    """The article may assert an inferred date: it means a year that it does not print."""
    is_coder, is_inferred = pc.equal(voice, "coder"), pc.equal(support, "inferred")
    dated = pc.and_kleene(known(among(field, dates)), pc.equal(voice, "article"))
    return any_of(pc.equal(is_coder, is_inferred), pc.and_kleene(is_inferred, dated))


def _preferred_is_own(
    voice: Column, rank: Column, table: Column, field: Column, *, own: tuple[str, ...], others: tuple[str, ...]
) -> Column:
    """Rows of some tables (`others`) may be backed by another voice alone."""
    is_row_of_others = pc.and_kleene(among(table, others), pc.is_null(field))
    return any_of(pc.not_equal(rank, "preferred"), among(voice, own), is_row_of_others)


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
        "claim-voice",
        "The coder asserts inferred claims and no others; another voice asserts none, except the article on date_edtf; "
        "a preferred claim is asserted by the article or the coder, except one on the row of a relation.",
        "Every use of a claim depends on whose voice it is.",
        "An explicit claim asserted by `coder`.",
        "{row_name} is asserted by {value}, but its {other} is {other_value}.",
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
