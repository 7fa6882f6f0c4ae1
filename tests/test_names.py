"""Names: every column can be written bare in any query language, and one name means one thing."""

import re
import sqlite3

import duckdb
import pytest

from bakumoscow.formats.descriptor import quoting_columns
from bakumoscow.model.column import Column
from bakumoscow.model.tables import TABLES

# Reserved words that are possible column names; DuckDB lists its own.
# ISO/IEC 9075-2:2016, table of reserved words.
SQL_2016 = """
abs absent acos all allocate alter and any are array array_agg array_max_cardinality as asensitive asin asymmetric at
atan atomic authorization avg begin begin_frame begin_partition between bigint binary blob boolean both by call called
cardinality cascaded case cast ceil ceiling char char_length character character_length check classifier clob close
coalesce collate collect column commit condition connect constraint contains convert copy corr corresponding cos cosh
count covar_pop covar_samp create cross cube cume_dist current current_catalog current_date
current_default_transform_group current_path current_role current_row current_schema current_time current_timestamp
current_transform_group_for_type current_user cursor cycle date day deallocate dec decfloat decimal declare default
define delete dense_rank deref describe deterministic disconnect distinct double drop dynamic each element else empty
end end_frame end_partition equals escape every except exec execute exists exp external extract false fetch filter
first_value float floor for foreign frame_row free from full function fusion get global grant group grouping groups
having hold hour identity in indicator initial inner inout insensitive insert int integer intersect intersection
interval into is join json_array json_arrayagg json_exists json_object json_objectagg json_query json_table
json_table_primitive json_value lag language large last_value lateral lead leading left like like_regex listagg ln
local localtime localtimestamp log log10 lower match match_number match_recognize matches max measures member merge
method min minute mod modifies module month multiset national natural nchar nclob new no none normalize not nth_value
ntile null nullif numeric occurrences_regex octet_length of offset old omit on one only open or order out outer over
overlaps overlay parameter partition pattern per percent percent_rank percentile_cont percentile_disc period permute
portion position position_regex power precedes precision prepare primary procedure ptf range rank reads real recursive
ref references referencing regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope regr_sxx regr_sxy regr_syy
release result return returns revoke right rollback rollup row row_number rows running savepoint scope scroll search
second seek select sensitive session_user set show similar sin sinh skip smallint some specific specifictype sql
sqlexception sqlstate sqlwarning sqrt start static stddev_pop stddev_samp submultiset subset substring substring_regex
succeeds sum symmetric system system_time system_user table tablesample tan tanh then time timestamp timezone_hour
timezone_minute to trailing translate translate_regex translation treat trigger trim trim_array true truncate uescape
union unique unknown unmatched unnest update upper user using value value_of values var_pop var_samp varbinary varchar
varying versioning when whenever where width_bucket window with within without year
"""
# src/include/parser/kwlist.h: reserved, and reserved but for functions and types.
POSTGRESQL = """
all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate collation column
concurrently constraint create cross current_catalog current_date current_role current_schema current_time
current_timestamp current_user default deferrable desc distinct do else end except false fetch for foreign freeze from
full grant group having ilike in initially inner intersect into is isnull join lateral leading left like limit
localtime localtimestamp natural not notnull null offset on only or order outer overlaps placing primary references
returning right select session_user similar some symmetric system_user table tablesample then to trailing true union
unique user using variadic verbose when where window with
"""
# tool/mkkeywordhash.c: all keywords, since which of them pass as names depends on the place.
SQLITE = """
abort action add after all alter always analyze and as asc attach autoincrement before begin between by cascade case
cast check collate column commit conflict constraint create cross current current_date current_time current_timestamp
database default deferrable deferred delete desc detach distinct do drop each else end escape except exclude exclusive
exists explain fail filter first following for foreign from full generated glob group groups having if ignore immediate
in index indexed initially inner insert instead intersect into is isnull join key last left like limit match
materialized natural no not nothing notnull null nulls of offset on or order others outer over partition plan pragma
preceding primary query raise range recursive references regexp reindex release rename replace restrict returning right
rollback row rows savepoint select set table temp temporary then ties to transaction trigger unbounded union unique
update using vacuum values view virtual when where window with within without
"""
# MySQL 8 and 9, reserved words of the manual.
MYSQL = """
accessible add all alter analyze and as asc asensitive before between bigint binary blob both by call cascade case
change char character check collate column condition constraint continue convert create cross cube cume_dist
current_date current_time current_timestamp current_user cursor database databases day_hour day_microsecond day_minute
day_second dec decimal declare default delayed delete dense_rank desc describe deterministic distinct distinctrow div
double drop dual each else elseif empty enclosed escaped except exists exit explain false fetch first_value float
float4 float8 for force foreign from fulltext function generated get grant group grouping groups having high_priority
hour_microsecond hour_minute hour_second if ignore in index infile inner inout insensitive insert int int1 int2 int3
int4 int8 integer intersect interval into io_after_gtids io_before_gtids is iterate join json_table key keys kill lag
last_value lateral lead leading leave left library like limit linear lines load localtime localtimestamp lock long
longblob longtext loop low_priority manual master_bind master_ssl_verify_server_cert match maxvalue mediumblob
mediumint mediumtext middleint minute_microsecond minute_second mod modifies natural no_write_to_binlog not nth_value
ntile null numeric of on optimize optimizer_costs option optionally or order out outer outfile over parallel partition
percent_rank precision primary procedure purge qualify range rank read read_write reads real recursive references
regexp release rename repeat replace require resignal restrict return revoke right rlike row row_number rows schema
schemas second_microsecond select sensitive separator set show signal smallint spatial specific sql sql_big_result
sql_calc_found_rows sql_small_result sqlexception sqlstate sqlwarning ssl starting stored straight_join system table
tablesample terminated then tinyblob tinyint tinytext to trailing trigger true undo union unique unlock unsigned update
usage use using utc_date utc_time utc_timestamp values varbinary varchar varcharacter varying virtual when where while
window with write xor year_month zerofill
"""
# R: help("Reserved"); the words with capital letters are no column names here anyway.
R = "if else repeat while function for next break in"
RESERVED = {"SQL:2016": SQL_2016, "PostgreSQL": POSTGRESQL, "SQLite": SQLITE, "MySQL": MYSQL, "R": R}

COLUMNS = [(table, column) for table, model in TABLES.items() for column in model.columns]
NAMES = sorted({column.name for _, column in COLUMNS})


def _words(words: str) -> set[str]:
    return set(words.split())


@pytest.mark.parametrize("language", RESERVED)
def test_reserved_words(language: str) -> None:
    """Catches a column or table that must be put between quotation marks in every query."""
    assert _words(RESERVED[language]) & {*NAMES, *TABLES} == set()


def test_reserved_words_of_duckdb() -> None:
    """Catches a name that became reserved with a version of DuckDB."""
    query = "select keyword_name from duckdb_keywords() where keyword_category = 'reserved'"
    with duckdb.connect(":memory:") as duck:
        reserved = {str(word) for (word,) in duck.execute(query).fetchall()}
    assert "select" in reserved
    assert reserved & {*NAMES, *TABLES} == set()


@pytest.mark.parametrize("table", TABLES)
def test_bare_names_work(table: str) -> None:
    """Catches a name that is on no list but does not parse in SQLite or DuckDB."""
    names = ", ".join(column.name for column in TABLES[table].columns)
    create = f"create table {table} ({', '.join(f'{column.name} text' for column in TABLES[table].columns)})"
    query = f"select {names} from {table} group by {names} order by {names}"
    with sqlite3.connect(":memory:") as sqlite:
        sqlite.execute(create)
        assert sqlite.execute(query).fetchall() == []
    with duckdb.connect(":memory:") as duck:
        duck.execute(create)
        assert duck.execute(query).fetchall() == []


@pytest.mark.parametrize("name", [*NAMES, *TABLES])
def test_shape(name: str) -> None:
    """Catches a name that Stata cuts (32 characters), or that needs quotation marks for its case or characters."""
    assert re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", name)
    assert len(name) <= 32


@pytest.mark.parametrize("table", TABLES)
def test_columns_are_distinct(table: str) -> None:
    """Catches two columns of one name, and a column with the name of its table."""
    names = [column.name for column in TABLES[table].columns]
    assert len(names) == len(set(names))
    assert table not in names


@pytest.mark.parametrize(("table", "column"), [(t, c) for t, c in COLUMNS if c.name.endswith("_id")], ids=str)
def test_id_is_a_key_or_a_reference(table: str, column: Column) -> None:
    """Catches a column `_id` on which nothing can be joined.

    `record_id` is a key of the table that `record_table`, beside it, names.
    """
    names = [other.name for other in TABLES[table].columns]
    if column.name == "record_id":
        assert "record_table" in names
        assert all(TABLES[level].id.endswith("_id") for level in TABLES[table]["record_table"].levels or ())
    else:
        assert column.refers or column.name == TABLES[table].id


@pytest.mark.parametrize("table", TABLES)
def test_key_is_named(table: str) -> None:
    """Catches a key whose suffix does not say that it is one, and a reference to no table."""
    model = TABLES[table]
    assert model.key[0] == model.columns[0].name == "article_id"
    assert model.id.endswith(("_id", "_number")) or "record_id" in model.key
    assert {column.refers for column in model.columns if column.refers} <= TABLES.keys()


@pytest.mark.parametrize("name", [n for n in NAMES if sum(c.name == n for _, c in COLUMNS) > 1])
def test_one_name_means_one_type(name: str) -> None:
    """Catches a name that is text in one table and a number, or text of another form, in another."""
    meanings = {(c.type.name, c.pattern, c.minimum, c.maximum) for _, c in COLUMNS if c.name == name}
    assert len(meanings) == 1


@pytest.mark.parametrize("name", [n for n in NAMES if n.endswith("_id") and n != "record_id"])
def test_one_id_means_one_table(name: str) -> None:
    """Catches a key whose name points to one table here and to another there."""
    keys = {table for table, model in TABLES.items() if model.id == name}
    assert len(keys | {c.refers for _, c in COLUMNS if c.name == name and c.refers}) == 1


@pytest.mark.parametrize(
    ("suffix", "types"),
    [("_date", {"date"}), ("_text", {"text"}), ("_id", {"text"}), ("_code", {"text"}), ("_number", {"integer"})],
)
def test_suffix_says_the_type(suffix: str, types: set[str]) -> None:
    """Catches a suffix that promises another type than the column has."""
    found = {column.type.name for _, column in COLUMNS if column.name.endswith(suffix)}
    assert found == types


def test_the_descriptor_names_the_columns_of_the_articles_words() -> None:
    """Catches a column that holds the publisher's words and is said to be under the coding's licence."""
    words = {"quoted_text", "claimed_value", "text", "cue", "context_text", "date_text", "count_text", "outcome_text"}
    words |= {"charge", "sentence_text", "object_text", "means_text", "certainty_text", "dateline_text", "publisher"}
    words |= {"name", "title", "ethnicity", "citizenship", "nationality", "occupation"}
    words |= {"publisher", "dateline_text"}
    assert set(quoting_columns()) == words
