"""The promises between tables: keys, unused rows, circles, relations, participants, codes."""

from bakumoscow.contract import contracts
from tools.proof.criterion.package import NO_CLAIM, Package, columns, references
from tools.proof.criterion.rows import days_of

PARTS = [
    ("detentions", "detainee_id", "target"),
    ("detentions", "detained_by", "initiator"),
    ("casualties", "victim_id", "victim"),
    ("casualties", "perpetrator_id", "initiator"),
    ("quotes", "speaker_id", "speaker"),
]


def keys(package: Package) -> None:
    for table, contract in contracts().items():
        first: dict[tuple[str, ...], int] = {}
        for number, row in package.rows(table):
            key = tuple(row[name] for name in contract.key)
            if key in first:
                names = contract.key if table == "codes" else (contract.id,)
                ends = [(table, line, name) for line in (first[key], number) for name in names]
                package.add("a key stands once in its table", *ends)
            first.setdefault(key, number)
        if not package.tables[table] and table in ("articles", "sentences", "events", "actors", "claims"):
            package.add("the table is not empty", (table, -1, "file"))
        for column, target in references(table).items():
            for number, row in package.rows(table):
                if row[column] and not package.find(target, row["article_id"], row[column]):
                    package.add("a reference names a row of its article", (table, number, column))
        for number, row in package.rows(table) if "record_table" in columns(table) else ():
            known = row["record_table"] in contracts() and row["record_id"]
            if known and not package.find(row["record_table"], row["article_id"], row["record_id"]):
                ends = [(table, number, name) for name in ("record_id", "record_table")]
                package.add("a reference names a row of its article", *ends)


def tables(package: Package) -> None:
    used = {"actors": set(NO_CLAIM), "places": set()}
    for table in contracts():
        for column, target in references(table).items():
            if target in used:
                used[target] |= {row[column] for _, row in package.rows(table)}
    for _, row in package.rows("claims"):
        target = references(row["record_table"]).get(row["field"], "")
        if target in used:
            used[target].add(row["claimed_value"])
    for table in ("actors", "places"):
        for number, row in package.rows(table):
            if row[contracts()[table].id] not in used[table] and row.get("is_named") != "TRUE":
                if table == "actors" and row["kind"] in ("author", "coder"):
                    continue
                package.add(
                    "an actor or place has a part", (table, number, contracts()[table].id), (table, number, "is_named")
                )
    for article in package.articles:
        for voice in sorted(NO_CLAIM):
            if not package.find("actors", article, voice):
                package.add("the two voices are actors of their kinds", ("actors", -1, "actor_id"))


def circles(package: Package) -> None:
    for table, start, end in (("actors", "actor_id", "part_of"), ("relations", "event_id", "other_event_id")):
        edges: dict[str, set[str]] = {}
        for _, row in package.rows(table):
            if row[end] and row[end] != row[start]:
                edges.setdefault(row[start], set()).add(row[end])
        circle = [node for node in edges if node in _reached(edges, node)]
        if circle:
            ends = [
                (table, number, name)
                for number, row in package.rows(table)
                if row[start] in circle and row[end] in circle
                for name in (start, end)
            ]
            package.add("nothing is a part or an effect of itself", *ends)


def _reached(edges: dict[str, set[str]], node: str) -> set[str]:
    seen: set[str] = set()
    ahead = list(edges.get(node, ()))
    while ahead:
        other = ahead.pop()
        if other not in seen:
            seen.add(other)
            ahead += edges.get(other, ())
    return seen


def relations(package: Package) -> None:
    pairs: dict[tuple[str, str, str], int] = {}
    for number, row in package.rows("relations"):
        pair = (row["article_id"], row["event_id"], row["other_event_id"])
        if pair in pairs:
            columns = ("relation_id", "event_id", "other_event_id")
            ends = [("relations", line, name) for line in (pairs[pair], number) for name in columns]
            package.add("two events have one relation", *ends)
        pairs.setdefault(pair, number)
        found = [package.find("events", row["article_id"], row[name]) for name in ("event_id", "other_event_id")]
        if None in found or row["relation"] == "part_of":
            continue
        (effect_row, effect), (cause_row, cause) = (item for item in found if item)
        ended, began = days_of(effect["date_edtf"])[1], days_of(cause["date_edtf"])[0]
        if ended and began and ended < began:
            ends = [("relations", number, name) for name in ("relation", "event_id", "other_event_id")]
            ends += [("events", line, "date_edtf") for line in (effect_row, cause_row)]
            package.add("no effect ends before its cause begins", *ends)


def participants(package: Package) -> None:
    parts = {
        (row["article_id"], row["event_id"], row["actor_id"], row["role"]) for _, row in package.rows("participants")
    }
    for table, column, role in PARTS:
        for number, row in package.rows(table):
            wanted = {"event_id": row["event_id"], "actor_id": row[column], "role": role}
            if not all(wanted.values()) or (row["article_id"], *wanted.values()) in parts:
                continue
            ends = [(table, number, column), (table, number, "event_id")]
            for line, part in package.rows("participants"):
                if sum(part[name] == value for name, value in wanted.items()) == 2:
                    ends += [("participants", line, name) for name in wanted]
            package.add("whoever acts or suffers is a participant", *ends)


def kinds(package: Package) -> None:
    """Statements have a speaker; detentions belong to arrests and spoken quotations to statements."""
    for number, row in package.rows("events"):
        on = (row["article_id"], row["event_id"])
        parts = [
            (line, part) for line, part in package.rows("participants") if (part["article_id"], part["event_id"]) == on
        ]
        if row["kind"] == "statement" and "speaker" not in [part["role"] for _, part in parts]:
            ends = [("participants", line, "role") for line, _ in parts]
            package.add("a statement has a speaker", ("events", number, "kind"), *ends)
    for table, kind in (("detentions", "arrest"), ("quotes", "statement")):
        for number, row in package.rows(table):
            found = package.find("events", row["article_id"], row["event_id"])
            if row["event_id"] and found and found[1]["kind"] != kind:
                ends = [(table, number, "event_id"), ("events", found[0], "kind")]
                package.add("an event has the kind that its rows need", *ends)


def labels(package: Package) -> None:
    first: dict[tuple[str, str], tuple[int, str]] = {}
    for number, row in package.rows("codes"):
        line, label = first.setdefault((row["scheme"], row["code"]), (number, row["label"]))
        if label != row["label"]:
            ends = [("codes", end, name) for end in (line, number) for name in ("label", "code", "scheme")]
            package.add("a code has one label", *ends)
