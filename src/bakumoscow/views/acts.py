"""Who acts on whom in each event: the one answer that timeline, dyads, totals and reactions share.

Every source of an event acts on each of its targets, with two exceptions. Who harmed a victim is what its casualty
says and nothing else, for an actor who is named in the event need not have done the harm. And nobody acts on itself.
In a mutual act each side acts on each other side.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from bakumoscow.frames import records
from bakumoscow.model.levels import FACTUALITY, MUTUAL_KINDS, SOURCE_ROLES, TARGET_ROLES
from bakumoscow.model.tables import TABLES
from bakumoscow.views.told import Key

if TYPE_CHECKING:
    from bakumoscow.readings import Reading

SIDE_ROLES = ("initiator", "target")  # of the sides of a mutual act
CONCLUDED = "PR+"  # the factuality of every conclusion
# Tables of groups in an event: who is in the group, who acted on it, and whether that column alone says so.
AGENTS = {"casualties": ("victim_id", "perpetrator_id", True), "detentions": ("detainee_id", "detained_by", False)}


class End(NamedTuple):
    """An actor at one end of an act: its id, its role, and how well this is backed. No actor: the text names none."""

    actor: str | None
    role: str | None = None
    basis: str = "stated"
    factuality: str = "CT+"
    voice: str | None = None


class Act(NamedTuple):
    """A source and a target in an event."""

    source: End
    target: End

    @property
    def named(self) -> list[End]:
        return [end for end in self if end.actor is not None]

    @property
    def basis(self) -> str | None:
        """Inferred if one of its ends is; None without ends."""
        return max((end.basis for end in self.named), key=("stated", "inferred").index, default=None)

    @property
    def factuality(self) -> str | None:
        """That of the less certain end; None without ends."""
        return max((end.factuality for end in self.named), key=list(FACTUALITY).index, default=None)


class Group(NamedTuple):
    """A group of people in an event, and who acted on it: nobody named where the text names none."""

    event: Key
    members: End
    agents: list[End]


NOBODY = End(None)


def acts(tables: "Reading") -> dict[Key, list[Act]]:
    """The acts of each event, by article and event; an event that has neither source nor target has one without."""
    sources, targets = (_parts(tables, roles) for roles in (SOURCE_ROLES, TARGET_ROLES))
    groups = [group for name in AGENTS for group in agents(tables, name)]
    in_event: dict[Key, list[Group]] = {}
    for group in groups:
        in_event.setdefault(group.event, []).append(group)
    found = {}
    for article, event, kind in tables["events"][["article_id", "event_id", "kind"]].itertuples(index=False):
        key = (article, event)
        if kind in MUTUAL_KINDS:
            sources[key], targets[key] = _both_ways(sources.get(key, []), targets.get(key, []))
        pairs = [(agent, group.members) for group in in_event.get(key, []) for agent in group.agents]
        grouped = {(members.actor, members.role) for _, members in pairs}
        for target in targets.get(key, []):
            if (target.actor, target.role) not in grouped:
                ends = sources.get(key) if target.role != "victim" else None
                pairs += [(source, target) for source in ends or [NOBODY] if source.actor != target.actor]
        found[key] = _settled(pairs, sources.get(key, []), targets.get(key, []))
    return found


def _both_ways(sources: list[End], targets: list[End]) -> tuple[list[End], list[End]]:
    """The ends of a mutual act: each side is a source and a target, even if its part is coded only once."""
    sides = [end for end in sources + targets if end.role in SIDE_ROLES]

    def with_sides(ends: list[End]) -> list[End]:
        actors = {end.actor for end in ends}
        return ends + [side for side in sides if side.actor not in actors]

    return with_sides(sources), with_sides(targets)


def agents(tables: "Reading", name: str) -> list[Group]:
    """The groups of people in the rows of casualties or detentions, each with those who acted on it."""
    group_column, agent_column, alone = AGENTS[name]
    sources = _parts(tables, SOURCE_ROLES)
    concluded = {  # agents that only a conclusion names, which are as certain as a conclusion
        change.row: ("inferred", CONCLUDED, change.voice)
        for change in tables.changes(name)
        if change.column == agent_column and change.basis == "inferred"
    }
    found = []
    for number, row in enumerate(records(tables[name])):
        key = (row["article_id"], row["event_id"])
        told = ("stated", row["factuality"], row["voice"])
        agent, members = row[agent_column], row[group_column]
        conclusion = concluded.get(number)
        own = [end for end in sources.get(key, []) if end.actor == agent and not conclusion]
        cell = own[:1] or ([End(agent, "initiator", *(conclusion or told))] if agent else [])
        others = [end for end in sources.get(key, []) if end.actor not in (agent, members) and not alone]
        found.append(Group(key, End(members, TABLES[name][group_column].role, *told), cell + others or [NOBODY]))
    return found


def _parts(tables: "Reading", roles: Sequence[str]) -> dict[Key, list[End]]:
    """The actors that have one of some roles in each event."""
    found: dict[Key, list[End]] = {}
    for part in records(tables["participants"]):
        if part["role"] in roles:
            end = End(*(part[column] for column in ("actor_id", "role", "basis", "factuality", "voice")))
            found.setdefault((part["article_id"], part["event_id"]), []).append(end)
    return found


def _settled(pairs: list[tuple[End, End]], sources: list[End], targets: list[End]) -> list[Act]:
    """Pairs as acts, each pair of actors once, with the ends that are in no pair."""
    found: dict[tuple[str | None, str | None], Act] = {}
    acted_on = {target.actor for source, target in pairs if source.actor}
    for source, target in sorted(pairs, key=lambda pair: Act(*pair).basis != "stated"):
        if target.actor is not None and (source.actor or target.actor not in acted_on):
            found.setdefault((source.actor, target.actor), Act(source, target))
    for source in sources:
        if source.actor not in {act.source.actor for act in found.values()}:
            found[source.actor, None] = Act(source, NOBODY)
    for target in targets:
        if target.actor not in {act.target.actor for act in found.values()}:
            found[None, target.actor] = Act(NOBODY, target)
    return _in_order(list(found.values()), (sources, targets)) or [Act(NOBODY, NOBODY)]


def _in_order(acts: list[Act], ends: Sequence[list[End]]) -> list[Act]:
    """Acts in the order of their sources, then of their targets, among the participants; nobody comes last."""
    order = []
    for at, those in enumerate(ends):
        actors = dict.fromkeys(end.actor for end in [*those, *(act[at] for act in acts)] if end.actor is not None)
        order.append({actor: number for number, actor in enumerate([*actors, None])})
    return sorted(acts, key=lambda act: [of_end[end.actor] for of_end, end in zip(order, act, strict=True)])
