"""The order of rows: that of the article."""

import pyarrow as pa
import pyarrow.compute as pc

from bakumoscow.kernels import all_of, composite, find
from bakumoscow.model.table import Table


def text_order(tables: dict[str, pa.Table], table: Table) -> pa.Array:
    """The rows of a table in the order of the article.

    Rows are sorted by where the passage of their preferred row claim begins, then by where it ends, then by where
    the last passage for one of their cells ends, then in the order of their events. Rows without claims follow, sorted
    by key.
    """
    keyed = tables[table.name]
    order = [(key, "ascending") for key in table.key]
    if table.claimed:
        claims = tables["claims"]
        preferred = claims.filter(
            all_of(pc.equal(claims["record_table"], table.name), pc.equal(claims["claim_rank"], "preferred"))
        )
        is_row_claim = pc.is_null(preferred["field"])
        on_rows = preferred.filter(is_row_claim)
        record = ["article_id", "record_id"]
        on_cells = preferred.filter(pc.invert(is_row_claim))  # the last passage first; group_by would load acero
        on_cells = on_cells.take(pc.sort_indices(on_cells, sort_keys=[("char_end", "descending")]))
        keys = composite(keyed, *table.key)
        row, cell = (find(keys, composite(found, *record)) for found in (on_rows, on_cells))
        keyed = keyed.append_column("row_start", on_rows["char_start"].take(row))
        keyed = keyed.append_column("row_end", on_rows["char_end"].take(row))
        keyed = keyed.append_column("cell_end", on_cells["char_end"].take(cell))
        ties = ["row_start", "row_end", "cell_end"]
        if "sequence" in tables["events"].column_names and table.name != "events":
            for column in (column.name for column in table.columns if column.refers == "events"):
                events = find(
                    composite(keyed, "article_id", column), composite(tables["events"], "article_id", "event_id")
                )
                keyed = keyed.append_column(f"{column} sequence", tables["events"]["sequence"].take(events))
                ties.append(f"{column} sequence")
        order[1:1] = [(name, "ascending") for name in ties]
    elif "char_start" in keyed.column_names:
        order[1:1] = [("char_start", "ascending")]
    return pc.sort_indices(keyed, sort_keys=order)
