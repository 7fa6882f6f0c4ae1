"""The questions against the same questions answered the long way (tests/long_way.py), in five packages."""

import importlib
import shutil
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import pytest

from bakumoscow.dataset import Dataset
from bakumoscow.pipeline.build import build
from bakumoscow.readings import Reading
from bakumoscow.views.acts import acts
from bakumoscow.views.told import events_told
from tests import long_way
from tests.conftest import ROOT, TEXT
from tests.long_way import Row, Tables
from tests.test_packages import PACKAGES

NAMES = ("repository", "article", *(package.name for package in PACKAGES))
each_package = pytest.mark.parametrize(  # the others are tried weekly
    "name", [*NAMES[:2], *(pytest.param(name, marks=pytest.mark.weekly) for name in NAMES[2:])]
)
READINGS = ("stated", "coded", "filled")
PARTIES: dict[str, tuple[str, ...]] = {
    "casualties": ("victim", "perpetrator"),
    "detentions": ("detainee", "detained_by"),
    "participants": ("actor",),
}
# Every way in which a question is asked: the arguments of totals, and those of the others.
SUMS: list[dict[str, Any]] = []
for table, parties in PARTIES.items():
    SUMS += [{"table": table, "by": by} for by in (None, "event", "kind", "place", *parties)]
    SUMS += [{"table": table, "by": by, "level": "state"} for by in parties]
    SUMS += [{"table": table, "by": "event", "whole": True}]
AGENTS_OF = ("perpetrator", "detained_by")  # what a reading changes most in totals, beside the parts of events
ASKED: list[tuple[str, dict[str, Any]]] = [
    *(("timeline", {"order": order}) for order in ("time", "text")),
    *(("dyads", {"level": level}) for level in ("actor", "state")),
    *((name, {}) for name in ("reactions", "quotes", "assessments")),
    *(("totals", arguments) for arguments in SUMS),
]


class Package(NamedTuple):
    """A package as the views and as the long way read it."""

    dataset: Dataset
    tables: Tables


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory, built_package: Path) -> dict[str, Package]:
    """The five packages, each built once."""
    directories = {"repository": ROOT, "article": built_package}
    for package in PACKAGES:
        directories[package.name] = tmp_path_factory.mktemp("packages") / package.name
        shutil.copytree(package, directories[package.name])
        build(directories[package.name])
    return {name: Package(Dataset(str(path)), long_way.read(path)) for name, path in directories.items()}


@pytest.fixture(scope="module", autouse=True)
def _read_once() -> Iterator[None]:
    """Each reading of a package is made once, and not once a question: the views never change its frames."""
    shared = {"Reading": cache(Reading), "events_told": cache(events_told), "acts": cache(acts)}
    with pytest.MonkeyPatch.context() as patch:
        for name in ("timeline", "dyads", "totals", "reactions", "sayings"):
            module = importlib.import_module(f"bakumoscow.views.{name}")
            for function, cached in shared.items():
                if hasattr(module, function):
                    patch.setattr(module, function, cached)
        yield


def plain(frame: pd.DataFrame) -> list[Row]:
    """The rows of a frame as text, as CSV has them."""

    def text(cell: Any) -> str:
        if pd.isna(cell):
            return ""
        if isinstance(cell, bool):
            return str(cell).upper()
        return cell.date().isoformat() if isinstance(cell, pd.Timestamp) else str(cell)

    columns = [[text(cell) for cell in frame[name].astype(object)] for name in frame]
    return [dict(zip(map(str, frame), row, strict=True)) for row in zip(*columns, strict=True)]


def the_long_way(question: str, tables: Tables, **arguments: Any) -> list[Row]:
    given = {name: value for name, value in arguments.items() if value is not None}
    return getattr(long_way, question)(tables, **given)  # type: ignore[no-any-return]


def disagreements(package: Package, question: str, arguments: dict[str, Any], reading: str = "coded") -> list[Any]:
    """Where a question and the long way, from tables in a reading, give other rows or another order."""
    seen = plain(getattr(package.dataset, question)(reading=reading, **arguments))
    expected = the_long_way(question, package.tables, **arguments)
    if len(seen) != len(expected):
        return [f"{len(seen)} rows, and {len(expected)} the long way"]
    return [
        {name: (one.get(name), other.get(name)) for name in {*one, *other} if one.get(name) != other.get(name)}
        for one, other in zip(seen, expected, strict=True)
        if one != other
    ]


@pytest.mark.parametrize("reading", READINGS)
@each_package
def test_questions_agree_with_the_long_way(packages: dict[str, Package], name: str, reading: str) -> None:
    """Catches a cell, a row or an order that the CSV files do not give."""
    package = Package(packages[name].dataset, long_way.in_reading(packages[name].tables, reading))
    for question, arguments in ASKED:
        if reading == "coded" or question != "totals" or {arguments["by"], *arguments} & {*AGENTS_OF, "whole"}:
            assert disagreements(package, question, arguments, reading) == [], (question, arguments)


# Other data: what no article of the five has


class Edited(Dataset):
    """A package with edited tables. An edit is a table, a row's id, and new cells; none remove the row.

    A new id in the key's column makes a copy of the row.
    """

    edits: tuple["Edit", ...] = ()

    def load(self, table: str, **_: Any) -> Any:
        frame = super().load(table)
        for key, cells in (edit[1:] for edit in self.edits if edit[0] == table):
            column = long_way.KEYS[table]
            is_row = frame[column] == key
            assert is_row.any(), key
            if column in cells:
                frame = pd.concat([frame, frame[is_row]], ignore_index=True)
                is_row = pd.Series([False] * (len(frame) - 1) + [True])
            if not cells:
                frame = frame[~is_row].reset_index(drop=True)
            for name, value in cells.items():
                frame.loc[is_row, name] = None if value == "" else value
        return frame


Edit = tuple[str, str, Mapping[str, Any]]


def edited(package: Package, *edits: Edit) -> Package:
    """A package with edits, in both its forms."""
    dataset = Edited(package.dataset.directory)
    dataset.edits = edits
    tables = {name: [dict(row) for row in rows] for name, rows in package.tables.items()}
    for table, key, cells in edits:
        [row] = [row for row in tables[table] if row[long_way.KEYS[table]] == key]
        new = {name: _as_csv(value) for name, value in cells.items()}
        if not cells:
            tables[table].remove(row)
        elif long_way.KEYS[table] in cells:
            tables[table].append(row | new)
        else:
            row.update(new)
    return Package(dataset, tables)


def _as_csv(value: Any) -> str:
    return value.date().isoformat() if isinstance(value, pd.Timestamp) else str(value)


OTHER_DATA: dict[str, tuple[str, list[Edit]]] = {
    "a clash of which only one side acts by the words": (
        "article",
        [("participants", "harbor-clash-marchers-target", {}), ("participants", "harbor-clash-harbor-guards", {})],
    ),
    "a party that is both the target and the victim": (
        "repository",
        [
            (
                "participants",
                "yekaterinburg-raid-arrests-raid-dead",
                {"participant_id": "raid-dead-target", "role": "target"},
            )
        ],
    ),
    "a perpetrator who may have done it": (
        "article",
        [("participants", "cook-struck-officer", {"factuality": "PS+"})],
    ),
    "two who detain together": (
        "repository",
        [("participants", "sputnik-arrests-azerbaijani-authorities", {"participant_id": "two", "actor_id": "russia"})],
    ),
    "harm that is denied, and harm that is left open": (
        "repository",
        [
            ("casualties", "aktau-crash-deaths", {"factuality": "CT-"}),
            ("casualties", "detainees-assaulted", {"factuality": "Uu"}),
            ("participants", "aktau-crash-crash-dead", {"factuality": "CT-"}),
            ("participants", "detainees-assault-assaulted-detainees", {"factuality": "Uu"}),
        ],
    ),
    "a part that the text denies": (
        "repository",
        [("relations", "yekaterinburg-raid-arrests-part-of-yekaterinburg-raid", {"factuality": "CT-"})],
    ),
    "a part of a part": (
        "repository",
        [
            (
                "relations",
                "aktau-crash-caused-by-plane-shootdown",
                {"relation": "part_of", "other_event_id": "yekaterinburg-raid-arrests"},
            )
        ],
    ),
    "a date without a first day": (
        "repository",
        [
            (
                "events",
                "arrests-anger",
                {"date_edtf": "[..2019]", "date_earliest": "", "date_latest": pd.Timestamp("2019-12-31")},
            )
        ],
    ),
    "an act within a state": (
        "repository",
        [("actors", "russian-citizens", {"citizenship_code": "AZE"})],
    ),
    "a group without any number": (
        "repository",
        [("detentions", "sputnik-detention", {"count_low": "", "count_best": "", "count_high": ""})],
    ),
}


@pytest.mark.parametrize("kind", OTHER_DATA)
def test_questions_agree_on_other_data(packages: dict[str, Package], kind: str) -> None:
    """Catches an answer that is right only for the articles that there are."""
    name, edits = OTHER_DATA[kind]
    package = edited(packages[name], *edits)
    for question, arguments in ASKED:
        if question in ("timeline", "dyads", "reactions") or arguments.get("by") in ("event", *AGENTS_OF):
            assert disagreements(package, question, arguments) == [], (question, arguments)


SPOILED: list[tuple[str, dict[str, Any], Edit]] = [
    ("timeline", {}, ("events", "yekaterinburg-raid", {"date_earliest": pd.Timestamp("2020-01-01")})),
    ("timeline", {}, ("events", "aktau-crash", {"place_relation": "in"})),
    ("dyads", {}, ("participants", "raid-condemnation-russia", {})),
    ("dyads", {"level": "state"}, ("actors", "azerbaijani-authorities", {"country": "GEO"})),
    ("totals", {"table": "casualties"}, ("casualties", "aktau-crash-deaths", {"count_best": 37})),
    ("totals", {"table": "casualties", "by": "event"}, ("casualties", "aktau-crash-deaths", {"factuality": "CT-"})),
    ("totals", {"table": "detentions", "by": "detained_by"}, ("detentions", "sputnik-detention", {"count_low": 3})),
    (
        "totals",
        {"table": "casualties", "by": "event", "whole": True},
        ("relations", "yekaterinburg-raid-arrests-part-of-yekaterinburg-raid", {}),
    ),
    ("reactions", {}, ("relations", "arrests-anger-responds-to-voronezh-more-arrests", {"basis": "stated"})),
    ("quotes", {}, ("quotes", "condemnation-quote", {"context_text": ""})),
    ("assessments", {}, ("assessments", "calm-waters-assessment", {"assessor_id": "article"})),
]


@pytest.mark.parametrize(("question", "arguments", "edit"), SPOILED)
def test_a_wrong_cell_is_noticed(
    packages: dict[str, Package], question: str, arguments: dict[str, Any], edit: Edit
) -> None:
    """Catches a comparison that passes whatever the view gives."""
    spoiled = edited(packages["repository"], edit).dataset
    package = Package(spoiled, packages["repository"].tables)
    assert disagreements(packages["repository"], question, arguments) == []
    assert disagreements(package, question, arguments) != []


# One party, one answer

LEVELS = ("actor", "state")
AGENTS = {"casualties": ("victim_id", "perpetrator"), "detentions": ("detainee_id", "detained_by")}


@pytest.mark.parametrize("reading", READINGS)
@each_package
def test_one_party_one_answer(packages: dict[str, Package], name: str, reading: str) -> None:
    """Catches a party that one question names for an event and another does not."""
    dataset, tables = packages[name].dataset, long_way.in_reading(packages[name].tables, reading)
    done = plain(dataset.dyads(reading=reading))
    of_events: dict[tuple[str, str], dict[str, set[str]]] = {}
    for act in done:
        ends = of_events.setdefault((act["article_id"], act["event_id"]), {"source": set(), "target": set()})
        for end in ends:
            ends[end] |= {act[end]} if act[f"{end}_id"] else set()
    for view in (dataset.reactions(reading=reading), dataset.timeline(reading=reading)):
        for row in plain(view):
            named = {end: set(filter(None, row[end].split("; "))) for end in ("source", "target")}
            assert named == of_events[row["article_id"], row["event_id"]]
    for table, (group, agent) in AGENTS.items():
        agents = {
            (row["article_id"], act["source_id"] if row[group] else "")  # nobody is harmed by nobody
            for row in tables[table]
            for act in done
            if _is_of(act, row) and row[group] in (act["target_id"], "")
        }
        of_states = {(article, _state(tables, article, actor)) for article, actor in agents}
        for level, column, parties in (("actor", f"{agent}_id", agents), ("state", agent, of_states)):
            sums = plain(dataset.totals(table, agent, reading=reading, level=level))
            assert {(row["article_id"], party) for row in sums for party in row[column].split("; ")} == parties


@pytest.mark.parametrize("reading", READINGS)
@each_package
def test_a_state_acts_where_its_actors_do(packages: dict[str, Package], name: str, reading: str) -> None:
    """Catches a state that is named for an event without an actor of it, and an actor whose state is lost."""
    tables = long_way.in_reading(packages[name].tables, reading)
    by_actor, by_state = (plain(packages[name].dataset.dyads(reading=reading, level=level)) for level in LEVELS)
    for end in ("source", "target"):
        parties = {
            (act["article_id"], act["event_id"], _state(tables, act["article_id"], act[f"{end}_id"]))
            for act in by_actor
        }
        seen = set()
        for act in by_state:
            party = act["source"] if act[end] == long_way.WITHIN else act[end]
            seen.add((act["article_id"], act["event_id"], party))
        assert seen == parties


def _is_of(act: Row, row: Row) -> bool:
    return (act["article_id"], act["event_id"]) == (row["article_id"], row["event_id"])


def _state(tables: Tables, article: str, actor: str) -> str:
    """The state of an actor by name; nobody's, if there is no actor."""
    return long_way.party(tables, article, actor, "state")[0] if actor else long_way.NOT_STATED


# What is printed

VIEWS: dict[str, Callable[[Dataset], pd.DataFrame]] = {
    "timeline": lambda dataset: dataset.timeline(),
    "dyads": lambda dataset: dataset.dyads(),
    "dyads of states": lambda dataset: dataset.dyads(level="state", reading="filled"),
    "casualties": lambda dataset: dataset.totals("casualties"),
    "casualties by event": lambda dataset: dataset.totals("casualties", "event"),
    "casualties by perpetrator": lambda dataset: dataset.totals("casualties", "perpetrator"),
    "detentions by place": lambda dataset: dataset.totals("detentions", "place"),
    "participants by actor": lambda dataset: dataset.totals("participants", "actor"),
    "reactions": lambda dataset: dataset.reactions(),
    "quotes": lambda dataset: dataset.quotes(),
    "assessments": lambda dataset: dataset.assessments(),
}
# The names beside ids; the id of the row itself has none.
BESIDE = {"other_event_id": "to", "about_ids": "about", "event_id": "event"}
OWN = {"relation_id", "quote_id", "assessment_id", "article_id"}


@pytest.mark.parametrize("view", VIEWS)
def test_first_columns_fit_a_terminal(packages: dict[str, Package], view: str) -> None:
    """Catches a column that pushes the first five beyond 80 characters."""
    printed = VIEWS[view](packages["repository"].dataset).iloc[:, :5].to_string(max_colwidth=24, index=False)
    assert max(map(len, printed.splitlines())) <= 80, printed


@pytest.mark.parametrize("view", VIEWS)
def test_names_stand_beside_ids(packages: dict[str, Package], view: str) -> None:
    """Catches an id that nobody can read, and a row whose article is not said."""
    columns = [str(column) for column in VIEWS[view](packages["repository"].dataset)]
    assert columns[-1] == "article_id"
    ids = [column for column in columns if column.endswith(("_id", "_ids")) and column not in OWN]
    assert [name for name in ids if BESIDE.get(name, name.removesuffix("_id")) not in columns] == []


WHOLE = {"sentence", "sequence", "depth", "low", "best", "high", "inferred", "uncertain", "denied", "undecided"}
TRUTH = {"directed", "again"}
DAYS = {"date_earliest", "date_latest"}
CATEGORIES = {  # whose levels a category has
    "kind": "events.kind",
    "to_kind": "events.kind",
    "factuality": "events.factuality",
    "date_basis": "events.date_basis",
    "basis": "participants.basis",
    "relation": "relations.relation",
    "outcome": "casualties.outcome",
}
OF_SAYINGS = {
    "quotes": {"kind": "quotes.kind", "channel": "quotes.channel"},
    "assessments": {"kind": "assessments.kind"},
}


def expected_type(dataset: Dataset, view: str, column: str) -> str:
    """The type that a column of a view has, whatever is in it."""
    levels = CATEGORIES | OF_SAYINGS.get(view, {})
    if column == "role" and view.startswith("participants"):
        levels = levels | {"role": "participants.role"}
    if column in levels:
        table, name = levels[column].split(".")
        return f"category of {list(dataset.load(table)[name].cat.categories)}"
    kinds = {"Int64": WHOLE, "boolean": TRUTH, "datetime64": DAYS}
    return next((kind for kind, columns in kinds.items() if column in columns), TEXT)


def types(frame: pd.DataFrame) -> dict[str, str]:
    return {
        str(name): f"category of {list(column.cat.categories)}"
        if isinstance(column.dtype, pd.CategoricalDtype)
        else str(column.dtype).partition("[")[0]
        for name, column in frame.items()
    }


class Empty(Dataset):
    """A package without rows in any table that a view lists."""

    def load(self, table: str, **_: Any) -> Any:
        frame = super().load(table)
        return frame if table in ("articles", "actors", "sentences", "claims") else frame.iloc[:0]


@pytest.mark.parametrize("view", VIEWS)
def test_types_are_those_of_the_tables(packages: dict[str, Package], view: str) -> None:
    """Catches a column whose type depends on its values, above all one without any."""
    dataset = packages["repository"].dataset
    seen, empty = VIEWS[view](dataset), VIEWS[view](Empty(dataset.directory))
    assert types(seen) == {column: expected_type(dataset, view, str(column)) for column in seen}
    assert (len(seen) > 0, len(empty)) == (True, 0)
    assert types(empty) == types(seen)


def test_an_article_without_casualties(packages: dict[str, Package]) -> None:
    """Catches a total of 0 where nothing is told."""
    dataset = packages["fishing-talks"].dataset
    for table, parties in AGENTS.items():
        assert dataset.totals(table).empty
        assert dataset.totals(table, parties[1], reading="filled", level="state").empty
