"""The fourteen tables in their published order, by name."""

from bakumoscow.model.table import Table, table_file
from bakumoscow.model.tables.core import Actors, Assessments, Casualties, Detentions, Events, Quotes
from bakumoscow.model.tables.links import Charges, Codes, Participants, Places, Relations
from bakumoscow.model.tables.sources import Articles, Claims, Sentences

_CORE = (Events, Actors, Casualties, Detentions, Quotes, Assessments)
_SOURCES = (Claims, Sentences, Articles)
_LINKS = (Places, Participants, Relations, Charges, Codes)
TABLES: dict[str, Table] = {each.declared.name: each.declared for each in (*_CORE, *_SOURCES, *_LINKS)}
BY_FILE: dict[str, Table] = {table_file(name): table for name, table in TABLES.items()}
CLAIMED: dict[str, Table] = {name: table for name, table in TABLES.items() if table.claimed}  # their rows need claims
CELL_CLAIMED: dict[str, Table] = {name: table for name, table in TABLES.items() if table.claimable}
VOICES = {"article": "author", "coder": "coder"}  # two actors of every article, by kind; they need no claims
