"""One voice: what it asserts of rows and cells."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from bakumoscow.errors import NotFoundError, raise_if_unknown
from bakumoscow.model.levels import DENIED, OPEN
from bakumoscow.model.tables import TABLES
from bakumoscow.readings.change import COUNTS, Change, numbers, together
from bakumoscow.readings.conclusions import typed

if TYPE_CHECKING:
    import pandas as pd


class Voice(NamedTuple):
    """An actor of one article that asserts something."""

    article_id: str
    actor_id: str

    @classmethod
    def named(cls, name: str, actors: "pd.DataFrame", claims: "pd.DataFrame", undecided: bool = False) -> "Voice":
        """The voice with an id, or with `article/actor`.

        Raises NotFoundError if it asserts no row or cell; what it leaves undecided counts only if told so.
        """
        voice = cls(*actor_named(name, actors))
        said = claims[claims["claim_rank"] != "alias"]
        said = said if undecided else said[~said["factuality"].isin(OPEN)]
        if not ((said["article_id"] == voice.article_id) & (said["asserted_by"] == voice.actor_id)).any():
            said = said[~said["asserted_by"].isin(["article", "coder"])]
            pairs = said[["article_id", "asserted_by"]].drop_duplicates()
            several = actors["article_id"].nunique() > 1
            names = [f"{article}/{actor}" if several else actor for article, actor in pairs.itertuples(index=False)]
            raise NotFoundError(
                f"{name!r} asserts no row or cell. These do: {', '.join(['article', 'coder', *names])}. What anybody "
                f"says is in quotes(speaker={name!r})."
            )
        return voice

    def among(self, claims: "pd.DataFrame", explicit_only: bool = False) -> "pd.DataFrame":
        """The claims by which the voice asserts or denies something, preferred ones first."""
        said = claims[(claims["article_id"] == self.article_id) & (claims["asserted_by"] == self.actor_id)]
        said = said[~said["factuality"].isin(OPEN) & (said["claim_rank"] != "alias")]
        if explicit_only:
            said = said[said["support"] == "explicit"]
        return said.sort_values("claim_rank", kind="stable")


def actor_named(name: str, actors: "pd.DataFrame", what: str = "voice") -> tuple[str, str]:
    """Article and actor of an id, or of `article/actor`, which is needed if several articles have the id.

    Raises NotFoundError.
    """
    article, _, actor = str(name).rpartition("/")
    found = actors[actors["actor_id"] == actor]
    if article:
        names = [f"{row.article_id}/{row.actor_id}" for row in actors[["article_id", "actor_id"]].itertuples()]
        raise_if_unknown(name, names, what)
        found = found[found["article_id"] == article]
    else:
        raise_if_unknown(name, list(dict.fromkeys(actors["actor_id"])), what)
    if len(found) > 1:
        names = [f"{article}/{actor}" for article in found["article_id"]]
        raise NotFoundError(f"{name!r} is an actor of {len(found)} articles; write one of: {', '.join(names)}.")
    return found["article_id"].iloc[0], actor


def said(frame: "pd.DataFrame", table: str, claims: "pd.DataFrame") -> list[Change]:
    """What the claims of one voice, preferred ones first, change in a table: certainty, denials and values."""
    of_row: dict[int, list[Any]] = {}
    for row, claim in zip(claims["row"], claims.itertuples(), strict=True):
        of_row.setdefault(row, []).append(claim)
    return [change for row, group in of_row.items() for change in _of_row(frame, table, row, group)]


def _of_row(frame: "pd.DataFrame", table: str, row: int, claims: list[Any]) -> Iterator[Change]:
    """The changes of one row, given all that the voice asserts of it.

    Its preferred claims change nothing, for the table has them already.
    """
    voice = claims[0].asserted_by
    now = {str(column): value if known else None for column, value, known in _cells(frame.iloc[row])}
    on_cells = [claim for claim in claims if isinstance(claim.field, str)]
    on_row = [claim for claim in claims if claim not in on_cells][:1]
    values = _asserted(table, on_cells)
    certainty = [claim.factuality for claim in on_row if claim.claim_rank != "preferred"]
    denials, whole = _denials(table, on_cells, values, now)
    values = denials | values
    certainty = whole or certainty  # a cell that cannot be empty is denied with its row
    if certainty and certainty[0] in DENIED and COUNTS[0] in now:
        values |= dict.fromkeys(COUNTS, (None, "denied"))
    new: dict[str, tuple[Any, str]] = {}
    for group in map(together, values):
        if any(column in values and values[column][0] != now[column] for column in group):
            new |= {column: values.get(column, (None, "missing")) for column in group}
    words, basis = new.get(COUNTS[0], (None, ""))
    if words is not None and all(new[column][0] is None for column in COUNTS[1:]):
        new |= numbers(words, basis)
    yield from (Change(row, column, value, basis, voice) for column, (value, basis) in new.items())
    if certainty and "factuality" in now:
        yield Change(row, "factuality", certainty[0], "coder", voice)
    if certainty and "voice" in now and ("factuality" in now or certainty[0] not in DENIED):
        yield Change(row, "voice", voice, "derived", voice)


def _asserted(table: str, claims: list[Any]) -> dict[str, tuple[Any, str]]:
    """The value that the voice gives each cell, and its basis; a cell to which it gives two is disputed.

    What a preferred claim says is in no dispute.
    """
    found: dict[str, tuple[Any, str]] = {}
    settled = {claim.field for claim in claims if claim.claim_rank == "preferred"}
    for claim in (claim for claim in claims if claim.factuality not in DENIED):
        value = typed(table, claim.field, claim.claimed_value)
        first, _ = found.setdefault(claim.field, (value, _basis(claim)))
        if first != value and claim.field not in settled and not TABLES[table][claim.field].required:
            found[claim.field] = None, "disputed"
    return found


def _denials(
    table: str, claims: list[Any], values: dict[str, tuple[Any, str]], now: dict[str, Any]
) -> tuple[dict[str, tuple[Any, str]], list[str]]:
    """The cells that the voice empties since it denies what they say, and the certainty of a row that it denies so.

    A cell of which it asserts the same as well is disputed.
    """
    found: dict[str, tuple[Any, str]] = {}
    whole: list[str] = []
    settled = {claim.field for claim in claims if claim.claim_rank == "preferred"}
    for claim in (claim for claim in claims if claim.factuality in DENIED and claim.field not in settled):
        value = typed(table, claim.field, claim.claimed_value)
        if TABLES[table][claim.field].required:
            whole += [claim.factuality] if value == now[claim.field] else []
        elif value == values.get(claim.field, (None,))[0]:
            values[claim.field] = None, "disputed"
        elif value == now[claim.field]:
            found |= dict.fromkeys(together(claim.field), (None, "denied"))
    return found, whole


def _basis(claim: Any) -> str:
    return "stated" if claim.support == "explicit" else "inferred"


def _cells(row: "pd.Series[Any]") -> Iterator[tuple[Any, Any, bool]]:
    """Column and value of each cell, and whether it has one."""
    return zip(row.index, row, row.notna(), strict=True)
