"""The parts of rules and columns: each entry of a list, alternative, bound and arm, and the object without it.

What a rule or column enumerates is a field of its object, so the parts are found, not listed.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from bakumoscow.model.tables import TABLES
from bakumoscow.model.types import TYPES
from bakumoscow.rules import RULES
from bakumoscow.rules.rule import Arm, Rule

TOKEN = re.compile(r"\\[pP]\{\w+\}|\\x\w\w|\\.|\[\^?(?:\\.|[^]\\])+\]|\{[0-9,]+\}|.", re.DOTALL)
ITEM = re.compile(r"(?:\\x\w\w|[^]\\])(?:-(?:\\x\w\w|[^]\\]))?", re.DOTALL)


@dataclass(frozen=True)
class Part:
    """A part by its name: the rule whose cases must notice, and the objects whose field is another without it."""

    id: str
    rule: str
    owners: tuple[Any, ...]
    field: str
    without: Any


def alternatives(expression: str) -> Iterator[str]:
    """An expression without one of its branches, of the items of a class, of what is optional and of its absence.

    >>> list(alternatives("(a|b)[cd]?"))
    ['(b)[cd]?', '(a)[cd]?', '(a|b)[d]?', '(a|b)[c]?', '(a|b)', '(a|b)[cd]']
    """
    tokens = TOKEN.findall(expression)

    def without(start: int, end: int, instead: str = "") -> str:
        return "".join([*tokens[:start], instead, *tokens[end:]])

    groups, atom = [[-1]], 0
    for end, token in enumerate([*tokens, ")"]):
        match token[0]:
            case "(":
                groups.append([end])
            case "|":
                groups[-1].append(end)
            case ")":
                edges = [*groups.pop(), end]
                atom = edges[0]
                for left, right in pairwise(edges) if len(edges) > 2 else ():
                    yield without(left + 1, right + 1) if left == atom else without(left, right)
            case "?":
                yield from (without(atom, end + 1), without(end, end + 1))
            case "[":
                atom, start = end, token[: 1 + token.startswith("[^")]
                items = ITEM.findall(token[len(start) : -1])
                for number in range(len(items) if len(items) > 1 else 0):
                    yield without(end, end + 1, "".join([start, *items[:number], *items[number + 1 :], "]"]))
            case "*" | "+" | "{":
                pass
            case _:
                atom = end


def weaker(value: Any) -> Iterator[tuple[str, Any]]:
    """A value with a part taken away or changed, and the name of the part."""
    match value:
        case bool():
            pass
        case int():
            yield from ((str(value + step), value + step) for step in (1, -1))
        case str():
            yield f"not {value!r}", "another"
            yield from ((text, text) for text in alternatives(value))
        case Mapping():
            for key, item in value.items():
                yield repr(key), {name: other for name, other in value.items() if name != key}
                yield from ((f"{key} {name}", {**value, key: other}) for name, other in weaker(item))
        case tuple() | frozenset():
            entries = tuple(sorted(value)) if isinstance(value, frozenset) else value
            for number, entry in enumerate(entries):
                before, after = entries[:number], entries[number + 1 :]
                yield repr(entry), type(value)((*before, *after))
                for name, other in weaker(entry) if isinstance(entry, tuple) else ():
                    yield f"{entry!r} without {name}", (*before, other, *after)


def of_rules() -> Iterator[Part]:
    """Arms and their tables; entries of what rules and arms use."""
    for rule in RULES.values():
        users: list[tuple[str, Rule | Arm]] = [(rule.id, rule)]
        users += [(f"{rule.id} {'|'.join(arm.columns)}", arm) for arm in rule.arms]
        for name, owner in users:
            for use, value in owner.uses.items():
                for part, other in weaker(value):
                    yield Part(f"{name}: {use} {part}", rule.id, (owner,), "uses", {**owner.uses, use: other})
        for arm in rule.arms:
            arms = tuple(other for other in rule.arms if other is not arm)
            yield Part(f"{rule.id} {'|'.join(arm.columns)}", rule.id, (rule,), "arms", arms)
        for part, tables in weaker(rule.tables) if rule.arms else ():
            yield Part(f"{rule.id}: tables {part}", rule.id, (rule,), "tables", tables)


def of_columns() -> Iterator[Part]:
    """Levels, bounds and flags of the columns that are typed, what tables add to their key, forms of types."""
    columns = {f"{name}.{column.name}": column for name, table in TABLES.items() for column in table.columns}
    for levels in {id(column.levels): column.levels for column in columns.values() if column.levels}.values():
        sharing = {name: column for name, column in columns.items() if column.levels is levels}
        for level, without in weaker(dict.fromkeys(levels)):
            yield Part(f"{' '.join(sharing)}: {level}", "level", tuple(sharing.values()), "levels", without)
    for name, column in columns.items():
        fields: list[tuple[str, str, Any]] = [("missing", "required", not column.required)]
        for bound in ("minimum", "maximum"):
            value = getattr(column, bound)
            fields += [("range", bound, other) for other in (None, value - 1, value + 1)] if value is not None else []
        fields += [("reference", "refers", None)] if column.refers else []
        fields += [("cell-claim", "covered_by", None)] if column.covered_by else []
        fields += [("formula", "verbatim", True)] if column.is_free_text and not column.verbatim else []
        for rule, field, other in fields if column.mark != "derived" else ():
            yield Part(f"{name}: {field} {other}", rule, (column,), field, other)
    verbatim = [column for column in columns.values() if column.verbatim]
    for kind in ("coded", "reference", "claimed_value", "quoted_text"):
        owners = tuple(column for column in verbatim if kind in (column.mark, column.name))
        yield Part(f"{kind}: verbatim", "formula-quoted", owners, "verbatim", False)
    for name, table in TABLES.items():
        for part, key in weaker(table.key):
            if part != "'article_id'":
                yield Part(f"{name}: key {part}", "key-doubled", (table,), "key", key)
    for cell in (logical.cell for logical in TYPES.values() if logical.cell):
        for pattern in alternatives(cell.pattern):
            yield Part(f"{cell.words}: {pattern}", "type", (cell,), "pattern", pattern)
