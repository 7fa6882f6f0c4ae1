"""The questions computed the long way: from the published CSV files, with plain loops, and with nothing of bakumoscow.

A second implementation, written from the docstrings of the questions, the codebook and the conventions, and not from
the code of the views. A table is a list of rows, a row has text by column, and "" is missing.
"""

import calendar
import csv
from collections.abc import Callable, Iterable
from pathlib import Path

Row = dict[str, str]
Tables = dict[str, list[Row]]
Part = Row  # of an actor in an event: actor, role, basis, factuality, voice

KEYS = {
    "events": "event_id",
    "actors": "actor_id",
    "places": "place_id",
    "participants": "participant_id",
    "relations": "relation_id",
    "casualties": "casualty_id",
    "detentions": "detention_id",
    "quotes": "quote_id",
    "assessments": "assessment_id",
}
SOURCES = ("initiator", "organizer", "speaker")
TARGETS = ("target", "victim", "addressee")
MUTUAL = ("clash", "negotiation")
DENIED = ("CT-", "PR-", "PS-")
UNDECIDED = ("CTu", "Uu")
UNCERTAIN = ("PR+", "PS+")
SUREST_FIRST = ("CT+", "PR+", "PS+", "CT-", "PR-", "PS-", "CTu", "Uu")  # a denial weighs more than a doubt
NOT_STATED, NO_STATE, WITHIN, NOBODY = "(not stated)", "(unknown)", "(itself)", "(nobody)"


def read(directory: Path) -> Tables:
    """The published tables of a package."""
    tables = {}
    for path in sorted((directory / "build/csv").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            tables[path.stem] = list(csv.DictReader(file))
    return tables


def find(tables: Tables, table: str, article: str, key: str) -> Row:
    """The row with a key, or an empty one."""
    for row in tables.get(table, []):
        if (row["article_id"], row[KEYS[table]]) == (article, key):
            return row
    return {}


def name_of(tables: Tables, article: str, actor: str) -> str:
    return find(tables, "actors", article, actor).get("name", "")


def listed(items: Iterable[str]) -> str:
    """Distinct names in one cell."""
    return "; ".join(dict.fromkeys(item for item in items if item))


def the_claim(tables: Tables, table: str, row: Row, field: str = "") -> Row:
    """The preferred claim on a row, or on one of its cells."""
    for claim in tables["claims"]:
        about = (claim["article_id"], claim["record_table"], claim["record_id"], claim["field"], claim["claim_rank"])
        if about == (row["article_id"], table, row[KEYS[table]], field, "preferred"):
            return claim
    return {}


def in_text_order(tables: Tables) -> list[Row]:
    """The events, article by article, as each article tells them."""
    return sorted(tables["events"], key=lambda event: (event["article_id"], int(event["sequence"])))


# Readings


def in_reading(tables: Tables, reading: str) -> Tables:
    """The tables as stated, as coded or as filled in."""
    tables = {name: [dict(row) for row in rows] for name, rows in tables.items()}
    inferred = [claim for claim in tables["claims"] if claim["support"] == "inferred"]
    if reading == "stated":
        for claim in inferred:
            if claim["claim_rank"] == "preferred":
                _take_away(tables, claim)
    if reading == "filled":
        said: dict[tuple[str, str, str, str], set[str]] = {}
        for claim in inferred:
            if claim["field"]:
                cell = (claim["record_table"], claim["article_id"], claim["record_id"], claim["field"])
                said.setdefault(cell, set()).add(claim["claimed_value"])
        for (table, article, key, field), values in said.items():
            row = find(tables, table, article, key)
            if row and not row[field] and len(values) == 1:
                _fill_in(row, field, *values)
    return tables


def _take_away(tables: Tables, claim: Row) -> None:
    """Leave out an inferred row, or empty an inferred cell with what is derived from it or describes it."""
    table, field = claim["record_table"], claim["field"]
    row = find(tables, table, claim["article_id"], claim["record_id"])
    if not row:
        return
    if not field:
        tables[table].remove(row)
        return
    row[field] = ""
    if field == "date_edtf":
        row.update(date_earliest="", date_latest="", event_date="", year_inferred="FALSE")
        row["date_basis"] = "unresolved" if row["date_text"] else "unknown"
    if field == "place_id":
        row.update(place_relation="", place_basis="")
    if field == "other_event_id":  # only that there is a relation is stated then
        row.update(basis="stated", factuality=the_claim(tables, table, row)["factuality"])


def _fill_in(row: Row, field: str, value: str) -> None:
    row[field] = value
    if field == "date_edtf":
        row["date_earliest"], row["date_latest"] = bounds(value)
        row["event_date"] = row["date_earliest"] if row["date_earliest"] == row["date_latest"] else ""
        row["date_basis"] = "relative"


def ends_of(edtf: str) -> tuple[str, str]:
    """Both ends of an interval as written, or twice the same date."""
    for separator in ("/", ".."):
        if separator in edtf:
            first, last = edtf.strip("[]").split(separator, 1)
            return first.replace("..", ""), last.replace("..", "")
    return edtf, edtf


def bounds(edtf: str) -> tuple[str, str]:
    """The first and the last day that a date allows."""
    first, last = (end.replace("?", "") for end in ends_of(edtf))
    if len(first) in (4, 7):
        first += "-01-01"[len(first) - 4 :]
    if len(last) == 4:
        last += "-12"
    if len(last) == 7:
        last += f"-{calendar.monthrange(int(last[:4]), int(last[5:]))[1]:02}"
    return first, last


def when(event: Row) -> str:
    """The date in short words."""
    if not event["date_edtf"]:
        return f"“{event['date_text']}”" if event["date_text"] else "(undated)"
    first, last = (_day(end) for end in ends_of(event["date_edtf"]))
    guess = "?" if "?" in event["date_edtf"] else ""
    lasts = "/" in event["date_edtf"]
    if first == last:
        return first + guess
    if not last:
        return f"{first}{guess} on" if lasts else f"from {first}{guess}"
    if not first:
        return f"until {last}{guess}" if lasts else f"by {last}{guess}"
    if not lasts:
        return f"between {first} and {last}{guess}"
    shared = " ".join(first.split()[1:])
    return f"{first.split()[0] if shared and last.endswith(' ' + shared) else first} to {last}{guess}"


def _day(date: str) -> str:
    """2025-06-07 as 7 Jun 2025."""
    year, month, day = (*date.replace("?", "").split("-"), "", "")[:3]
    return " ".join(part for part in (day.lstrip("0"), calendar.month_abbr[int(month)] if month else "", year) if part)


def where(tables: Tables, event: Row) -> str:
    place = find(tables, "places", event["article_id"], event["place_id"]).get("name", "")
    return f"{event['place_relation']} {place}" if event["place_relation"] in ("near", "over") else place


def sentence_of(tables: Tables, event: Row) -> str:
    return the_claim(tables, "events", event)["sentence_number"]


# Who to whom


def parts_in(tables: Tables, event: Row, roles: Iterable[str]) -> list[Part]:
    """Who has one of some roles in an event."""
    return [
        {name: row[name] for name in ("role", "basis", "factuality", "voice")} | {"actor": row["actor_id"]}
        for row in tables["participants"]
        if _is_in(row, event) and row["role"] in roles
    ]


def _is_in(row: Row, event: Row) -> bool:
    return (row["article_id"], row["event_id"]) == (event["article_id"], event["event_id"])


def pairs_in(tables: Tables, event: Row) -> list[tuple[Part, Part]]:
    """Each source with each target of an event, in the order of the parts; an end without another has nobody's."""
    sources, targets = parts_in(tables, event, SOURCES), parts_in(tables, event, TARGETS)
    if event["kind"] in MUTUAL:  # each side acts on each other side
        sides = [part for part in sources + targets if part["role"] in ("initiator", "target")]
        sources += [side for side in sides if side["actor"] not in _actors(sources)]
        targets += [side for side in sides if side["actor"] not in _actors(targets)]
    pairs = [
        (source, target)
        for target in targets
        for source in (harmed_by(tables, event, target) if target["role"] == "victim" else sources)
        if source["actor"] != target["actor"]
    ]
    for row in tables["detentions"]:  # a detainer whom only a claim names
        if _is_in(row, event) and row["detained_by"] and row["detained_by"] not in _actors(sources):
            detainees = [target for target in targets if target["actor"] == row["detainee_id"]]
            pairs += [(concluded(row["detained_by"]), detainee) for detainee in detainees]
    found: dict[tuple[str, str], tuple[Part, Part]] = {}
    for source, target in sorted(pairs, key=lambda pair: "inferred" in (pair[0]["basis"], pair[1]["basis"])):
        found.setdefault((source["actor"], target["actor"]), (source, target))
    pairs = list(found.values())
    pairs += [(source, {}) for source in sources if source["actor"] not in _actors(one for one, _ in pairs)]
    pairs += [({}, target) for target in targets if target["actor"] not in _actors(other for _, other in pairs)]
    order = [[*_actors(sources), *_actors(source for source, _ in pairs)], [*_actors(targets), ""]]
    return sorted(
        pairs or [({}, {})],
        key=lambda pair: (
            not pair[0],
            order[0].index(pair[0]["actor"]) if pair[0] else 0,
            order[1].index(pair[1].get("actor", "")),
        ),
    )


def _actors(parts: Iterable[Part]) -> list[str]:
    return [part["actor"] for part in parts if part]


def concluded(actor: str) -> Part:
    """The part of an actor that only a conclusion names."""
    return {"actor": actor, "role": "initiator", "basis": "inferred", "factuality": "PR+", "voice": "coder"}


def harmed_by(tables: Tables, event: Row, victim: Part) -> list[Part]:
    """Who harmed a victim: what its casualty says, and nothing else."""
    found = []
    for row in tables["casualties"]:
        if _is_in(row, event) and row["victim_id"] == victim["actor"] and row["perpetrator_id"]:
            if is_concluded(tables, "casualties", row, "perpetrator_id"):
                found.append(concluded(row["perpetrator_id"]))
            else:
                stated = parts_in(tables, event, SOURCES)
                found += [part for part in stated if part["actor"] == row["perpetrator_id"]][:1]
    return found


def is_concluded(tables: Tables, table: str, row: Row, field: str) -> bool:
    """Whether a conclusion names the party in a cell: no words do, which would have a preferred claim."""
    return bool(row[field]) and not the_claim(tables, table, row, field)


def state_of(tables: Tables, article: str, actor: str) -> tuple[str, str, bool]:
    """The state of an actor, the column that it comes from, and whether a conclusion leads to it."""
    row = own = find(tables, "actors", article, actor)
    inferred = False
    while row:
        if row["country"]:
            inferred = inferred or is_concluded(tables, "actors", row, "country")
            return row["country"], "country" if row is own else "part_of", inferred
        inferred = inferred or is_concluded(tables, "actors", row, "part_of")
        row = find(tables, "actors", article, row["part_of"])
    if own.get("citizenship_code"):
        return own["citizenship_code"], "citizenship_code", is_concluded(tables, "actors", own, "citizenship")
    return "", "", False


def state_name(tables: Tables, article: str, code: str) -> str:
    """What the article calls a state; its code, if it names it only as a citizenship."""
    for row in tables["actors"]:
        if (row["article_id"], row["kind"], row["country"]) == (article, "state", code):
            return row["name"]
    return code


def least_certain(levels: Iterable[str]) -> str:
    return max(levels, key=SUREST_FIRST.index)


def acts(tables: Tables, event: Row) -> list[Row]:
    """The acts in an event, by actors."""
    article = event["article_id"]
    found = []
    for source, target in pairs_in(tables, event):
        ends = [part for part in (source, target) if part]
        bases = [part["basis"] for part in ends]
        found.append(
            {
                "source": name_of(tables, article, source["actor"]) if source else NOT_STATED,
                "target": name_of(tables, article, target["actor"]) if target else NOT_STATED,
                "basis": "inferred" if "inferred" in bases else "stated" if bases else "",
                "factuality": least_certain(part["factuality"] for part in ends) if ends else event["factuality"],
                "says": listed(
                    name_of(tables, article, voice) for voice in [part["voice"] for part in ends] or [event["voice"]]
                ),
                "source_role": source.get("role", ""),
                "role": target.get("role", ""),
                "source_id": source.get("actor", ""),
                "target_id": target.get("actor", ""),
            }
        )
    return found


def acts_of_states(tables: Tables, event: Row) -> list[Row]:
    """The acts in an event, by the states of the actors: as well backed as the best of those that are one."""
    article, groups = event["article_id"], dict[tuple[str, str], list[Row]]()
    for act in acts(tables, event):
        for end in ("source", "target"):
            state, act[f"{end}_via"], inferred = state_of(tables, article, act[f"{end}_id"])
            if inferred:
                act.update(basis="inferred", factuality=least_certain([act["factuality"], "PR+"]))
                act["says"] = listed([*act["says"].split("; "), name_of(tables, article, "coder")])
            act[f"{end}_actors"] = act[end] if act[f"{end}_id"] else ""
            if act[f"{end}_id"]:
                act[end] = state_name(tables, article, state) if state else NO_STATE
            act[f"{end}_id"] = state
        if act["source_id"] and act["source_id"] == act["target_id"]:
            act.update(target=WITHIN, target_id="")
        groups.setdefault((act["source"], act["target"]), []).append(act)
    found = []
    for group in groups.values():
        joined = dict(group[0])
        surest = min(group, key=lambda act: (act["basis"] == "inferred", SUREST_FIRST.index(act["factuality"])))
        joined.update(basis=surest["basis"], factuality=surest["factuality"])
        joined["role"] = next((role for role in TARGETS if role in [act["role"] for act in group]), "")
        for column in ("source_via", "target_via", "source_actors", "target_actors"):
            joined[column] = listed(act[column] for act in group)
        joined["says"] = listed(voice for act in group for voice in act["says"].split("; "))
        found.append({name: cell for name, cell in joined.items() if name != "source_role"})
    return found


def dyads(tables: Tables, level: str = "actor") -> list[Row]:
    """Acts: one row for each event, source and target."""
    return [
        {
            **act,
            "kind": event["kind"],
            "sentence": sentence_of(tables, event),
            "when": when(event),
            "event": event["label"],
            "place": where(tables, event),
            "directed": "FALSE" if event["kind"] in MUTUAL else "TRUE",
            "event_id": event["event_id"],
            "article_id": event["article_id"],
        }
        for event in in_text_order(tables)
        for act in (acts if level == "actor" else acts_of_states)(tables, event)
    ]


def both_ends(tables: Tables, event: Row) -> dict[str, str]:
    """The names of all sources and of all targets of an event."""
    found = acts(tables, event)
    return {end: listed(act[end] for act in found if act[f"{end}_id"]) for end in ("source", "target")}


# The other questions


def timeline(tables: Tables, order: str = "time") -> list[Row]:
    """The events in order: an undated one follows the one told before it."""
    rows, days, article, day = [], [], "", ""
    for event in in_text_order(tables):
        day = event["date_earliest"] or event["date_latest"] or (day if event["article_id"] == article else "")
        article = event["article_id"]
        days.append(day)
        rows.append(
            {
                "when": when(event),
                "event": event["label"],
                "place": where(tables, event),
                "sentence": sentence_of(tables, event),
                **both_ends(tables, event),
                "says": name_of(tables, article, event["voice"]),
                **{
                    name: event[name]
                    for name in (
                        "factuality", "kind", "date_text", "date_basis", "date_earliest", "date_latest",
                        "sequence", "event_id", "article_id",
                    )
                },
            }
        )  # fmt: skip
    if order == "text":
        return rows
    return [rows[position] for position in sorted(range(len(rows)), key=lambda position: days[position])]


def totals(tables: Tables, table: str, by: str = "", level: str = "actor", whole: bool = False) -> list[Row]:
    """Counts added up by article, outcome or role, and what `by` says."""
    groups: dict[tuple[tuple[str, str], ...], list[Row]] = {}
    for event in in_text_order(tables):
        for row in tables[table]:
            if _is_in(row, event):
                key = _counted_by(tables, row, event, by, level, whole)
                key |= {name: row[name] for name in ("outcome", "role") if name in row}
                bases = [part["basis"] for part in agents(tables, row, event, by)] if by in AGENTS else []
                if by in AGENTS and level == "state":
                    of = [
                        state_of(tables, row["article_id"], actor) for actor in _actors(agents(tables, row, event, by))
                    ]
                    bases += ["inferred" for _, _, inferred in of if inferred]
                groups.setdefault(tuple(key.items()), []).append(
                    row | {"inferred": "yes" if "inferred" in bases else "no"}
                )
    found = []
    for items, rows in groups.items():
        counted = [row for row in rows if row["factuality"] not in DENIED + UNDECIDED]
        low, best, high = (
            [row[f"count_{name}"] for row in counted if row[f"count_{name}"]] for name in ("low", "best", "high")
        )
        line = dict(items) | {
            "low": _sum(low),
            "best": _sum(best) if len(best) == len(counted) else "",
            "high": _sum(high) if len(high) == len(counted) else "",
            "numbered": f"{len(best)} of {len(counted)}",
            "uncertain": str(sum(row["factuality"] in UNCERTAIN for row in counted)),
            "denied": str(sum(row["factuality"] in DENIED for row in rows)),
            "undecided": str(sum(row["factuality"] in UNDECIDED for row in rows)),
        }
        if by in AGENTS:
            line["inferred"] = str(sum(row["inferred"] == "yes" for row in counted))
        found.append(line)
    return found


def _sum(numbers: list[str]) -> str:
    return str(sum(int(number) for number in numbers)) if numbers else ""


def _counted_by(tables: Tables, row: Row, event: Row, by: str, level: str, whole: bool) -> Row:
    """What `by` says of a row, and its article."""
    article = {"article_id": row["article_id"]}
    if by == "event":
        counted_in = _whole_of(tables, event) if whole else event
        return {"event": counted_in["label"], "event_id": counted_in["event_id"], **article}
    if by == "kind":
        return {"kind": event["kind"], **article}
    if by == "place":
        place = find(tables, "places", event["article_id"], event["place_id"])
        return {"place": place.get("name", NOT_STATED), "place_id": event["place_id"], **article}
    if not by:
        return article
    missing = NOT_STATED if by in AGENTS else NOBODY
    actors = _actors(agents(tables, row, event, by)) if by in AGENTS else [row[f"{by}_id"]]
    parties = [party(tables, row["article_id"], actor, level) if actor else (missing, "") for actor in actors or [""]]
    names, ids = zip(*parties, strict=True)
    return {by: listed(names), f"{by}_id": listed(ids) if all(ids) else "", **article}


AGENTS = ("perpetrator", "detained_by")


def agents(tables: Tables, row: Row, event: Row, by: str) -> list[Part]:
    """Who harmed or detained a group of people: whoever harmed them, or the sources of the event."""
    if by == "perpetrator":
        return harmed_by(tables, event, {"actor": row["victim_id"]})
    sources = [part for part in parts_in(tables, event, SOURCES) if part["actor"] != row["detainee_id"]]
    first = [part for part in sources if part["actor"] == row["detained_by"]]
    if row["detained_by"] and not first:
        first = [concluded(row["detained_by"])]
    return first + [part for part in sources if part not in first]


def party(tables: Tables, article: str, actor: str, level: str) -> tuple[str, str]:
    """The name and the id of an actor, or those of its state."""
    if level == "actor":
        return name_of(tables, article, actor), actor
    state, _, _ = state_of(tables, article, actor)
    return (state_name(tables, article, state), state) if state else (NO_STATE, "")


def _whole_of(tables: Tables, event: Row) -> Row:
    """The largest event that an event is a part of; itself, if it is no part."""
    for relation in tables["relations"]:
        is_part = relation["relation"] == "part_of" and relation["factuality"] not in DENIED + UNDECIDED
        if is_part and _is_in(relation, event) and relation["other_event_id"]:
            return _whole_of(tables, find(tables, "events", event["article_id"], relation["other_event_id"]))
    return event


def reactions(tables: Tables) -> list[Row]:
    """Which event reacts to which, depth first."""
    rows: list[Row] = []
    shown: set[tuple[str, str]] = set()

    def show(relation: Row, depth: int) -> None:
        article = relation["article_id"]
        event = find(tables, "events", article, relation["event_id"])
        other = find(tables, "events", article, relation["other_event_id"])
        again = (article, relation["event_id"]) in shown
        shown.add((article, relation["event_id"]))
        rows.append(
            {
                "event": "> " * (depth - 1) + event["label"],
                "to": other.get("label", NOT_STATED),
                "kind": event["kind"],
                "to_kind": other.get("kind", ""),
                "again": "TRUE" if again else "FALSE",
                "says": listed(
                    name_of(tables, article, voice) for voice in [relation["voice"], *_to_what(tables, relation)]
                ),
                "when": when(event),
                "place": where(tables, event),
                **both_ends(tables, event),
                "depth": str(depth),
                **{
                    name: relation[name]
                    for name in (
                        "relation", "basis", "factuality", "relation_id", "event_id", "other_event_id", "article_id",
                    )
                },
            }
        )  # fmt: skip
        if not again:
            below(event, depth + 1)

    def below(event: Row, depth: int) -> None:
        found = [
            (relation["relation"] != "part_of", int(reacting["sequence"]), number, relation)
            for number, relation in enumerate(tables["relations"])
            for reacting in tables["events"]
            if _is_in(relation, reacting)
            and (relation["article_id"], relation["other_event_id"]) == (event["article_id"], event["event_id"])
        ]
        for *_, relation in sorted(found, key=lambda item: item[:3]):
            show(relation, depth)

    # A chain begins with an event that reacts to nothing, or to what is not stated.
    for event in in_text_order(tables):
        if not any(_is_in(relation, event) for relation in tables["relations"]):
            below(event, 1)
    for event in in_text_order(tables):
        for relation in tables["relations"]:
            if _is_in(relation, event) and not relation["other_event_id"]:
                show(relation, 1)
    return rows


def _to_what(tables: Tables, relation: Row) -> list[str]:
    """Who says to what an event reacts, where somebody does."""
    claim = the_claim(tables, "relations", relation, "other_event_id") if relation["other_event_id"] else None
    return [claim["asserted_by"]] if claim else []


def quotes(tables: Tables) -> list[Row]:
    """The quotations with their speakers."""
    return _sayings(tables, "quotes", "speaker")


def assessments(tables: Tables) -> list[Row]:
    """The assessments with those who hold them."""
    return _sayings(tables, "assessments", "assessor")


COPIED: dict[str, Callable[[Tables, Row], Row]] = {
    "quotes": lambda tables, row: {
        "cue": row["cue"],
        "context": row["context_text"],
        "channel": row["channel"],
        "title": find(tables, "actors", row["article_id"], row["speaker_id"])["title"],
    },
    "assessments": lambda tables, row: {
        "factuality": row["factuality"],
        "says": name_of(tables, row["article_id"], row["voice"]),
        "words": the_claim(tables, "assessments", row)["quoted_text"],
        "assessment_id": row["assessment_id"],
    },
}


def _sayings(tables: Tables, table: str, who: str) -> list[Row]:
    """The rows of quotes or assessments as the articles have them."""

    def begins(row: Row) -> tuple[str, int]:
        return row["article_id"], int(the_claim(tables, table, row, "text")["char_start"])

    return [_saying(tables, table, who, row) for row in sorted(tables[table], key=begins)]


def _saying(tables: Tables, table: str, who: str, row: Row) -> Row:
    article = row["article_id"]
    country, via, concluded = state_of(tables, article, row[f"{who}_id"])
    about_event = find(tables, "events", article, row["about_event_id"])
    actors = [row.get(name, "") for name in ("about_actor_id", "about_other_id")]
    return {
        who: name_of(tables, article, row[f"{who}_id"]),
        "text": row["text"],
        "kind": row["kind"],
        "sentence": the_claim(tables, table, row, "text")["sentence_number"],
        "about": listed([about_event.get("label", ""), *(name_of(tables, article, actor) for actor in actors)]),
        "country": country,
        "country_via": via,
        "country_basis": "inferred" if concluded else "stated" if country else "",
        f"{who}_id": row[f"{who}_id"],
        "about_ids": listed([row["about_event_id"], *actors]),
        "quote_id": row["quote_id"],
        "article_id": article,
        **COPIED[table](tables, row),
    }


def passages(tables: Tables) -> list[Row]:
    """The sentences character by character: what the same claims quote is one piece."""
    rows = []
    for sentence in tables["sentences"]:  # which are in reading order
        article, pieces = sentence["article_id"], dict[tuple[str, ...], list[int]]()
        claims = [claim for claim in tables["claims"] if claim["article_id"] == article]
        for place in range(int(sentence["char_start"]), int(sentence["char_end"])):
            over = [claim for claim in claims if int(claim["char_start"]) <= place < int(claim["char_end"])]
            pieces.setdefault(tuple(claim["claim_id"] for claim in over), []).append(place)
        runs = [(ids, run) for ids, places in pieces.items() for run in _runs(places)]
        for ids, run in sorted(runs, key=lambda item: item[1]):
            quoting = [claim for claim in claims if claim["claim_id"] in ids]
            first = int(quoting[0]["char_start"]) if quoting else 0
            rows.append(
                {
                    "text": "".join(quoting[0]["quoted_text"][place - first] for place in run) if quoting else "",
                    "sentence": sentence["sentence_number"],
                    "characters": str(len(run)),
                    "claims": str(len(ids)),
                    "tables": listed(claim["record_table"] for claim in quoting),
                    "paragraph": sentence["paragraph"],
                    "role": sentence["role"],
                    "char_start": str(run[0]),
                    "char_end": str(run[-1] + 1),
                    "claim_ids": listed(ids),
                    "article_id": article,
                }
            )
    return rows


def _runs(places: list[int]) -> list[list[int]]:
    """Places as runs of neighbours."""
    runs: list[list[int]] = []
    for place in places:
        if runs and runs[-1][-1] == place - 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    return runs
