"""The tables of a dataset in one reading, with what one voice asserts laid over it."""

from functools import cached_property
from typing import TYPE_CHECKING, Any

from bakumoscow.choices import READINGS
from bakumoscow.errors import raise_if_unknown
from bakumoscow.model.tables import CELL_CLAIMED, CLAIMED, TABLES
from bakumoscow.readings.change import WAIVED, Change, changed
from bakumoscow.readings.conclusions import emptied, filled
from bakumoscow.readings.row_keys import rows_of
from bakumoscow.readings.voice import Voice, said

if TYPE_CHECKING:
    import pandas as pd

    from bakumoscow.dataset import Dataset

RECORD = ["article_id", "record_table", "record_id"]  # how a claim or a code refers to a row of any table


class Reading:
    """The tables in one reading; each is read and changed only once. Do not change the frames that it gives."""

    def __init__(self, dataset: "Dataset", reading: str = "coded", voice: str | None = None) -> None:
        raise_if_unknown(reading, READINGS, "reading")
        self.dataset, self.reading = dataset, reading
        shared = {} if dataset._shared is None else dataset._shared
        self._published: dict[str, pd.DataFrame] = shared.setdefault("published", {})
        mine = shared.setdefault((reading, voice), {})
        self._is_stated: dict[str, pd.Series[bool]] = mine.setdefault("is stated", {})
        self._kept: dict[str, pd.DataFrame] = mine.setdefault("kept", {})
        self._read: dict[str, tuple[pd.DataFrame, list[Change]]] = mine.setdefault("read", {})
        self.voice = None if voice is None else Voice.named(voice, self.published("actors"), self.published("claims"))

    def __getitem__(self, table: str) -> "pd.DataFrame":
        """A table in this reading."""
        return self._changed(table)[0]

    def changes(self, table: str) -> "list[Change]":
        """What was changed in the kept rows of a table: by the reading first, then by the voice."""
        return self._changed(table)[1]

    def published(self, table: str) -> "pd.DataFrame":
        """A table as it is published."""
        if table not in self._published:
            self._published[table] = self.dataset.load(table)
        return self._published[table]

    def kept(self, table: str) -> "pd.DataFrame":
        """The rows of a table that are in this reading, numbered anew, with their published cells."""
        if table not in self._kept:
            frame = self.published(table)
            is_kept = self._stated_rows(table) if self.reading == "stated" else None
            self._kept[table] = frame if is_kept is None or is_kept.all() else frame[is_kept].reset_index(drop=True)
        return self._kept[table]

    @cached_property
    def claims(self) -> "pd.DataFrame":
        """The published claims."""
        return self.published("claims")

    def claims_on(self, table: str, among: "pd.DataFrame | None" = None) -> "pd.DataFrame":
        """The claims on kept rows of a table, all or some of them, each with the number of its row."""
        claims = self.claims if among is None else among
        claims = claims[claims["record_table"] == table]
        if claims.empty:
            return claims.assign(row=0)
        rows = rows_of(claims, ["article_id", "record_id"], self.kept(table), ["article_id", TABLES[table].id])
        return claims.assign(row=rows)[rows >= 0]

    @cached_property
    def _concluding(self) -> "pd.DataFrame":
        """The inferred claims: those of conclusions."""
        return self.claims[self.claims["support"] == "inferred"]

    @cached_property
    def _said(self) -> "pd.DataFrame":
        """The claims by which the voice asserts or denies something; as stated, only explicit ones."""
        return self.voice.among(self.claims, self.reading == "stated") if self.voice else self.claims.iloc[:0]

    def _changed(self, table: str) -> "tuple[pd.DataFrame, list[Change]]":
        if table not in self._read:
            frame, changes = self.kept(table), list[Change]()
            if self.reading == "stated":
                frame, changes = changed(frame, table, self._emptied(table), WAIVED["stated"])
            elif self.reading == "filled" and table in CELL_CLAIMED:
                concluded = self.claims_on(table, self._concluding)
                frame, changes = changed(frame, table, filled(frame, table, concluded), WAIVED["filled"])
            if self.voice and table in CELL_CLAIMED:
                frame, more = changed(
                    frame, table, said(frame, table, self.claims_on(table, self._said)), WAIVED["voice"]
                )
                changes = changes + more
            self._read[table] = frame, changes
        return self._read[table]

    def _emptied(self, table: str) -> list[Change]:
        """Inferred cells, and cells that refer to rows which are not stated."""
        claims = self.claims if table == "relations" else self._concluding  # whose certainty is that of the row claim
        found = emptied(table, self.claims_on(table, claims)) if table in CLAIMED else []
        for column in TABLES[table].columns:
            if column.refers in CLAIMED and not column.required and not self._stated_rows(column.refers).all():
                cells = self.kept(table)[["article_id", column.name]]
                rows = rows_of(cells, ["article_id", column.name], self.kept(column.refers), _key(column.refers))
                lost = cells[column.name].notna() & (rows < 0)
                found += [Change(row, column.name, None, "missing") for row in cells.index[lost]]
        return found

    def _stated_rows(self, table: str) -> "pd.Series[bool]":
        """Which published rows are stated, as are the rows that they need."""
        if table not in self._is_stated:
            frame = self.published(table)
            found = frame["article_id"].notna()
            if table in CLAIMED:
                claims = self._concluding
                on_rows = claims["field"].isna() & (claims["claim_rank"] == "preferred")
                concluded = claims[on_rows & (claims["record_table"] == table)]
                if len(concluded):
                    found &= rows_of(frame, _key(table), concluded, ["article_id", "record_id"]) < 0
            if "support" in frame:
                found &= frame["support"] == "explicit"
            for column in TABLES[table].columns:
                if column.refers in CLAIMED and column.required:
                    found &= self._leads_to_stated(frame, column.name, column.refers)
            if {*RECORD} <= {*frame}:
                for record_table in frame["record_table"].unique():
                    if record_table in CLAIMED:
                        on_table = frame["record_table"] == record_table
                        found &= ~on_table | self._leads_to_stated(frame, "record_id", record_table)
            self._is_stated[table] = found
        return self._is_stated[table]

    def _leads_to_stated(self, frame: "pd.DataFrame", column: str, table: str) -> "Any":
        """Which rows refer, by a column, to a stated row of a table."""
        is_stated = self._stated_rows(table)
        if is_stated.all():
            return frame[column].notna() | frame[column].isna()
        target = self.published(table)[is_stated]
        return rows_of(frame, ["article_id", column], target, _key(table)) >= 0


def _key(table: str) -> list[str]:
    return list(TABLES[table].key)
