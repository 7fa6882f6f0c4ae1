"""SQLite enforces the keys of the exported database: nothing in it breaks them, and wrong rows are refused."""

import sqlite3
import sys
from contextlib import closing

from tools.conformance.scripts.published import compare, count, demand, names

WRONG = {
    "a row with a key that is taken": "INSERT INTO events SELECT * FROM events LIMIT 1",
    "a reference to nothing": "UPDATE casualties SET event_id = 'nothing'",
    "a level that does not exist": "UPDATE events SET kind = 'nothing'",
}

with closing(sqlite3.connect(sys.argv[1])) as database:
    database.row_factory = sqlite3.Row
    database.execute("PRAGMA foreign_keys = ON")
    demand(not database.execute("PRAGMA foreign_key_check").fetchall(), "a row refers to nothing")
    (checked,) = database.execute("PRAGMA integrity_check").fetchone()
    demand(checked == "ok", f"the integrity check says {checked}")
    for what, statement in WRONG.items():
        try:
            database.execute(statement)
        except sqlite3.IntegrityError:
            continue
        sys.exit(f"SQLite accepts {what}")
    tables = {}
    for name in names():
        if name != "levels":  # the checks of the database hold them
            tables[name] = [dict(row) for row in database.execute(f"SELECT * FROM {name}")]
            compare(name, tables[name], true_as="1")
    count(tables["casualties"], tables["detentions"])
