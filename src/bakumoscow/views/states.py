"""The state of an actor: its country, else that of the nearest actor it is part of, else that of its citizenship.

Never its ethnicity, nationality or language.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from bakumoscow.frames import records
from bakumoscow.views.told import Key

if TYPE_CHECKING:
    from bakumoscow.readings import Reading


class State(NamedTuple):
    """A state (ISO 3166-1 alpha-3), its name in the article or else the code, and the column that it comes from.

    `concluded_by` is the voice that concludes it, where a cell on the way to it is a conclusion.
    """

    code: str
    name: str
    via: str
    concluded_by: str | None


def states(tables: "Reading") -> dict[Key, State]:
    """The state of each actor that has one, by article and actor."""
    actors = {(row["article_id"], row["actor_id"]): row for row in records(tables["actors"])}
    keys = list(actors)
    concluded = {
        (*keys[change.row], change.column): change.voice
        for change in tables.changes("actors")
        if change.basis == "inferred"
    }
    names: dict[Key, str] = {}
    for (article, _), actor in actors.items():
        if actor["kind"] == "state" and actor["country"]:
            names.setdefault((article, actor["country"]), actor["name"])
    found = {}
    for key in actors:
        code, via, cells = _found(key, actors)
        if code:
            voices = [voice for cell in cells if (voice := concluded.get(cell))]
            found[key] = State(code, names.get((key[0], code), code), via, next(iter(voices), None))
    return found


def _found(
    key: Key, actors: Mapping[Key, Mapping[str, str | None]]
) -> tuple[str | None, str, list[tuple[str, str, str]]]:
    """The state of an actor, the column that it comes from, and the cells on the way to it."""
    article, cells, at, seen = key[0], [(*key, "country")], key, {key}
    while not actors[at]["country"]:
        larger = (article, actors[at]["part_of"] or "")
        if larger in seen or larger not in actors:  # a circle of conclusions, or the end of the chain
            return actors[key]["citizenship_code"], "citizenship_code", [(*key, "citizenship")]
        cells += [(*at, "part_of"), (*larger, "country")]
        at = larger
        seen.add(at)
    return actors[at]["country"], "country" if at == key else "part_of", cells
