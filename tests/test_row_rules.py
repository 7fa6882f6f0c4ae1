"""Rules inside a row, compared with a plain reading of each for all combinations of relevant values."""

import random
from collections.abc import Callable
from functools import cache
from itertools import product
from typing import Any

import pandas as pd
import pandera.pandas as pa
import pyarrow.compute as pc
import pytest

from bakumoscow.formats.pandera_schema import pandera_schema
from bakumoscow.model.column import Column
from bakumoscow.model.tables import TABLES
from bakumoscow.pipeline.check import in_rows
from bakumoscow.rules import OF_ROWS
from bakumoscow.rules.corpus import Corpus
from bakumoscow.rules.rule import Arm, Rule
from tests.test_constraints import VALUES, Row, arrow_table, loaded_frame, schema_errors

CODED = ("cameo", "plover", "plover_mode")
# The codes that are tried, by the scheme whose form they have, and codes that almost have the form of some scheme.
WELL_FORMED = {
    "cameo": {"055", "0373", "055 ", "010", "2042"},
    "plover": {"COERCE", "AZE", "AZ", "AZER"},
    "plover_mode": {"heavy-weapons", "a"},
    "iso_3166_1": {"AZE"},
    "iso_3166_2": {"RU-SVE", "KZ-47", "AZ-A"},
    "gleditsch_ward": {"373", "55", "2", "211"},
    "cow": {"373", "55", "2", "211"},
    "geonames": {"373", "55", "2", "211", "2042", "3730", "1486209"},
    "wikidata": {"Q227"},
}
ILL_FORMED = {
    *("55", "211", "000", "0", "0373", "05555", "3730", "01486209", "1486209x", "٣", "", " ", "Coerce"),
    *("heavy_weapons", "heavy-", "a--b", "AZ", "AZER", "RU-", "RU-SVEX", "R-SVE", "Q0227", "Q0", "Q227x"),
}
OTHER = "other"  # a level of no enumeration
# Words that rules know in columns of text; those that a condition takes are tried as well.
WORDS = {"count_text": ["several"], "asserted_by": ["article", "coder"], "field": ["date_edtf", "name"]}
# Whether a row breaks a rule, read from what the rule demands; None is a missing cell.
READINGS: dict[tuple[str, tuple[str, ...]], Callable[..., bool]] = {
    ("count-order", ("count_best", "count_high")): lambda best, high: None not in (best, high) and best > high,
    ("count-order", ("count_low", "count_best")): lambda low, best: None not in (low, best) and low > best,
    ("count-order", ("count_low", "count_high", "count_best")): lambda low, high, best: (
        best is None and None not in (low, high) and low > high
    ),
    ("count-words", ("count_best", "count_text")): lambda best, text: best not in (None, 1) and text is None,
    ("count-numbers", ("count_text", "count_best", "count_low", "count_high")): lambda text, *numbers: (
        text in ("one", "several") and not any(number is not None for number in numbers)
    ),
    (
        "count-denied",
        ("count_text", "factuality", "count_low", "count_best", "count_high"),
    ): lambda text, factuality, *numbers: (
        factuality in ("CT-", "PR-", "PS-") and any(cell is not None for cell in (text, *numbers))
    ),
    ("count-zero", ("count_low", "count_best")): lambda low, best: (low == 0) != (best == 0),
    ("count-zero", ("count_high", "count_best")): lambda high, best: (high == 0) != (best == 0),
    ("count-zero", ("victim_id", "count_best")): lambda victim, best: (victim is None) != (best == 0),
    ("count-nobody", ("count_low", "count_text")): lambda number, _: number == 0,
    ("count-nobody", ("count_best", "count_text")): lambda number, _: number == 0,
    ("count-nobody", ("count_high", "count_text")): lambda number, _: number == 0,
    ("date-basis", ("date_basis", "date_edtf")): lambda basis, date: (
        basis is not None and (basis in ("unresolved", "unknown")) != (date is None)
    ),
    ("date-basis", ("date_basis", "date_text")): lambda basis, text: basis == "unknown" and text is not None,
    ("date-words", ("date_text", "date_basis", "date_edtf")): lambda text, basis, date: (
        text is None and (basis == "unresolved" or (basis in ("stated", "dateline") and date is not None))
    ),
    ("claim-cell", ("field", "record_table")): lambda field, table: field is None and table == "articles",
    ("place-whole", ("place_relation", "place_id")): lambda relation, place: (relation is None) != (place is None),
    ("place-whole", ("place_basis", "place_id", "place_relation")): lambda basis, place, relation: (
        (basis is None) != (place is None) and (relation is None) == (place is None)
    ),
    ("part-of-itself", ("part_of", "actor_id")): lambda whole, actor: whole is not None and whole == actor,
    ("country-kinds", ("country", "kind")): lambda country, kind: (
        country is not None and kind not in ("state", "government_body", "security_force", None)
    ),
    ("title-person", ("title", "kind")): lambda title, kind: (
        title is not None and kind not in ("person", "group", None)
    ),
    ("citizenship-code", ("citizenship_code", "citizenship")): lambda code, words: code is not None and words is None,
    ("question-open", ("factuality", "kind")): lambda factuality, kind: (
        kind == "question" and factuality not in ("Uu", None)
    ),
    ("coordinates-whole", ("longitude", "latitude")): lambda east, north: (east is None) != (north is None),
    ("coordinates-whole", ("reference", "latitude")): lambda source, north: (source is None) != (north is None),
    ("relation-to-itself", ("other_event_id", "event_id")): lambda other, event: other is not None and other == event,
    ("code-form", ("code", "scheme")): lambda code, scheme: (
        code is not None and scheme in WELL_FORMED and code not in WELL_FORMED[scheme]
    ),
    ("scheme-tables", ("scheme", "record_table")): lambda scheme, table: (
        None not in (scheme, table) and (scheme in CODED) != (table == "events")
    ),
    ("fit-schemes", ("fit", "scheme")): lambda fit, scheme: (
        scheme is not None and (scheme in CODED) != (fit is not None)
    ),
    ("claim-value", ("claimed_value", "field")): lambda value, field: (value is None) != (field is None),
    ("claim-voice", ("asserted_by", "support")): lambda voice, support: (
        None not in (voice, support) and (voice == "coder") != (support == "inferred")
    ),
    ("claim-voice", ("asserted_by", "claim_rank", "record_table")): lambda voice, rank, table: (
        rank == "preferred"
        and voice not in ("article", "coder", None)
        and table in ("actors", "places", "quotes", "articles")
    ),
    ("certainty-words", ("certainty_text", "factuality", "support")): lambda words, factuality, support: (
        factuality == "CT+"
        if words is not None
        else support == "explicit" and factuality in ("PR+", "PR-", "PS+", "PS-")
    ),
    ("certainty-words", ("certainty_text", "support")): lambda words, support: (
        words is not None and support == "inferred"
    ),
    ("inference-note", ("note", "support")): lambda note, support: support == "inferred" and note is None,
    ("alias-of-name", ("field", "claim_rank")): lambda field, rank: rank == "alias" and field != "name",
    ("sentence-reason", ("reason", "role")): lambda reason, role: (
        role is not None and (role == "coded") != (reason is None)
    ),
}
ARMS = [(table, rule, arm) for rule in OF_ROWS for table in rule.tables for arm in rule.arms]


def _name(value: Any) -> str:
    return value.id if isinstance(value, Rule) else "-".join(value.columns) if isinstance(value, Arm) else str(value)


def _values(table: str, column: Column) -> list[Any]:
    """Missing, each value that a rule of the table might tell from the others, and one that is no level."""
    if column.levels:
        return [None, *column.levels, OTHER]
    if column.name == "code":
        return [None, *sorted(ILL_FORMED.union(*WELL_FORMED.values()))]
    if column.type.name in ("boolean", "date"):
        return [None, VALUES[column.type.name]]
    if column.type.name != "text":
        return [None, 0, 1, 2, 3]
    uses = [use for name, _, arm in ARMS if name == table and column.name in arm.columns for use in arm.uses.values()]
    words = [word for use in uses if not isinstance(use, int) for word in ([use] if isinstance(use, str) else use)]
    return list(dict.fromkeys([None, "one", "another", *WORDS.get(column.name, []), *words]))


@cache
def _schema(table: str) -> pa.DataFrameSchema:
    return pandera_schema(table)


@pytest.mark.parametrize(("table", "rule", "arm"), ARMS, ids=_name)
def test_arm_is_as_its_rule_reads(table: str, rule: Rule, arm: Arm) -> None:
    """Catches a condition that is wrong for some combination of values, and a schema that judges it otherwise."""
    values = [_values(table, TABLES[table][name]) for name in arm.columns]
    rows: list[Row] = [dict(zip(arm.columns, cells, strict=True)) for cells in product(*values)]
    reading = READINGS[rule.id, arm.columns]
    broken = [row for row in rows if reading(*(row[name] for name in arm.columns))]
    breaches = pc.fill_null(pc.invert(arm(arrow_table(table, rows))), False).to_pylist()
    name = "|".join((rule.id, *arm.columns[:2]))
    (check,) = [check for check in _schema(table).checks if check.name == name]
    frame = loaded_frame(table, [{name: None if cell == OTHER else cell for name, cell in row.items()} for row in rows])
    for column in (name for name in arm.columns if TABLES[table][name].levels):  # which load's category cannot hold
        frame[column] = pd.Categorical([row[column] for row in rows], [*(TABLES[table][column].levels or ()), OTHER])
    held = check(frame).check_output
    assert 0 < len(broken) < len(rows)
    assert [row for row, is_breach in zip(rows, breaches, strict=True) if is_breach] == broken
    assert [row for row, is_held in zip(rows, held, strict=True) if not is_held] == broken


def test_every_arm_has_its_reading() -> None:
    """Catches a condition that is not read above, and a reading that is kept after its condition."""
    assert {(rule.id, arm.columns) for _, rule, arm in ARMS} == set(READINGS)


@pytest.mark.parametrize("table", dict.fromkeys(table for table, _, _ in ARMS))
def test_engine_and_pandera_find_the_same(table: str) -> None:
    """Catches a condition that the engine or the whole schema leaves out, and one that changes what the next sees."""
    chosen = random.Random(f"row rules of {table}")
    values = {column.name: _values(table, column) for column in TABLES[table].columns}
    columns = {name: [value for value in found if value != OTHER] for name, found in values.items()}
    rows: list[Row] = [{name: chosen.choice(found) for name, found in columns.items()} for _ in range(200)]
    corpus = Corpus({table: arrow_table(table, rows)})
    engine = {(item.row, item.rule.id, item.column) for rule in OF_ROWS for item in in_rows(corpus, rule)}
    errors = schema_errors(_schema(table), loaded_frame(table, rows))
    schema = {(row, *kind.split("|")) for (_, kind), numbers in errors if "|" in kind for row in numbers}
    broken = [
        (number, rule.id, *arm.columns[:2])
        for name, rule, arm in ARMS
        for number, row in enumerate(rows)
        if name == table and READINGS[rule.id, arm.columns](*(row[column] for column in arm.columns))
    ]
    assert schema == set(broken)
    shown = {(number, rule): column for number, rule, column, _ in reversed(broken)}  # the first arm of each rule
    assert engine == {(*where, column) for where, column in shown.items()}
