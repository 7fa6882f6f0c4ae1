"""pyarrow reads every Parquet file, without pandas."""

from pyarrow.parquet import read_table

from tools.conformance.scripts.published import compare, count, names, parquet

for name in names():
    compare(name, read_table(parquet(name)).to_pylist())
count(*(read_table(parquet(name)).to_pylist() for name in ("casualties", "detentions")))
