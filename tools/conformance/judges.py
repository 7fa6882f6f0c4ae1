"""The judges: a program that others wrote, the environment it runs in, and what it is asked."""

from dataclasses import dataclass

from tools.conformance.environments import Environment, NodePackages, Packages, Plain, System

EXPECTED = "40 deaths, at least 8 detained"  # what each judge that counts prints
NODE = System("node", ("npm", "--version"), ("nodejs", "npm"))
R_PACKAGES = ("readr", "data.table", "haven")
R = System(
    "R",
    ("Rscript", "-e", f"stopifnot(sapply(c({', '.join(map(repr, R_PACKAGES))}), requireNamespace, quietly = TRUE))"),
    ("r-base-core", *(f"r-cran-{name}" for name in R_PACKAGES)),
)
CALC = System("LibreOffice", ("soffice", "--version"), ("libreoffice-calc",))


@dataclass(frozen=True)
class Judge:
    """A judge: the command fails if the files are not what they should be.

    In `command`, {npm}, {made}, {wheel} and {sdist} are places. It runs in a copy of what the repository
    publishes. One with `counts` prints the deaths and the detained that it read, and they must be right.
    """

    name: str
    asked: str
    environment: Environment
    command: str
    counts: bool = True


def _reader(name: str, asked: str, environment: Environment, script: str) -> Judge:
    """A judge that reads tables with a script for Python."""
    return Judge(name, asked, environment, f"python -m tools.conformance.scripts.{script}")


def _checker(name: str, command: str, wanted: str = "") -> Judge:
    """A judge of the distributions."""
    return Judge(name, "finds nothing wrong", Packages(name, (wanted or name,)), command, counts=False)


def _r(name: str, asked: str, folder: str) -> Judge:
    """A judge that reads tables with R."""
    return Judge(
        f"R: {name}", asked, R, f"Rscript --vanilla tools/conformance/scripts/read_tables.R {name} {{made}}/{folder}"
    )


PARQUET = "reads every cell of the Parquet files"
OLD_PANDAS, NEW_PANDAS = (
    Packages(f"pandas-{age}", ("pandas", "pyarrow"), is_oldest=age == "oldest") for age in ("oldest", "newest")
)
OLD_PYARROW, NEW_PYARROW = (
    Packages(f"pyarrow-{age}", ("pyarrow",), is_oldest=age == "oldest") for age in ("oldest", "newest")
)

JUDGES = (
    Judge(
        "frictionless",
        "validates the CSV package, without any extra",
        Packages("frictionless", ("frictionless",)),
        "frictionless validate datapackage.json",
        counts=False,
    ),
    Judge(
        "frictionless with Parquet",
        "validates the Parquet package",
        Packages("frictionless-parquet", ("frictionless[pandas,parquet]",)),
        "frictionless validate datapackage-parquet.json",
        counts=False,
    ),
    *(
        Judge(
            f"check-datapackage, {descriptor}",
            "finds nothing against the standard, with --strict",
            Packages("check-datapackage", ("check-datapackage",), python="3.12"),
            f"check-datapackage check --strict {descriptor}",
            counts=False,
        )
        for descriptor in ("datapackage.json", "datapackage-parquet.json")
    ),
    _reader(
        "datapackage for Python",
        "reads every cell by its schema, and follows the references",
        Packages("datapackage", ("datapackage",)),
        "datapackage_tables",
    ),
    Judge(
        "datapackage for npm",
        "reads every table by its schema, without the references",
        NodePackages("datapackage", NODE),
        "node {npm}/read_package.mjs",
    ),
    _reader(
        "Datasette",
        "answers a query on the database of datapackage-to-datasette",
        Packages("datasette", ("datapackage-to-datasette", "datasette")),
        "datasette_query",
    ),
    _reader(
        "Hugging Face datasets",
        "loads every cell from the root of the repository, offline",
        Packages("datasets", ("datasets",)),
        "hub_dataset",
    ),
    _reader(
        "mlcroissant",
        "validates croissant.json and loads every cell by it",
        Packages("mlcroissant", ("mlcroissant[parquet]",)),
        "croissant_records",
    ),
    Judge(
        "roc-validator",
        "misses nothing that RO-Crate 1.1 requires, offline",
        Packages("roc-validator", ("roc-validator", "rocrate<0.14")),  # a newer rocrate has the context of 1.2 or 1.3
        "python -m tools.conformance.scripts.research_object",
        counts=False,
    ),
    Judge(
        "DataCite's schema",
        "finds nothing in datacite.json against version 4.5",
        Packages("datacite", ("datacite",)),
        "python -m tools.conformance.scripts.datacite_schema",
        counts=False,
    ),
    Judge(
        "cffconvert",
        "writes BibTeX and APA, with author, title, year and version",
        Packages("cffconvert", ("cffconvert",)),
        "python -m tools.conformance.scripts.citation",
        counts=False,
    ),
    Judge(
        "check-jsonschema, CITATION.cff",
        "finds nothing against the Citation File Format",
        Packages("check-jsonschema", ("check-jsonschema",)),
        "check-jsonschema --builtin-schema vendor.citation-file-format CITATION.cff",
        counts=False,
    ),
    Judge(
        "check-jsonschema, validate",
        "finds nothing in the report of `validate` against its schema",
        Packages("check-jsonschema", ("check-jsonschema",)),
        "check-jsonschema --schemafile src/bakumoscow/reports/validation.schema.json {made}/validation.json",
        counts=False,
    ),
    _checker("twine", "twine check --strict {wheel} {sdist}"),
    _checker("check-wheel-contents", "check-wheel-contents {wheel}"),
    _checker("validate-pyproject", "validate-pyproject pyproject.toml", "validate-pyproject[all]"),
    _reader("pandas, oldest", PARQUET, OLD_PANDAS, "pandas_parquet"),
    _reader("pandas, newest", PARQUET, NEW_PANDAS, "pandas_parquet"),
    _reader("pyarrow, oldest", PARQUET, OLD_PYARROW, "pyarrow_parquet"),
    _reader("pyarrow, newest", PARQUET, NEW_PYARROW, "pyarrow_parquet"),
    _reader(
        "polars",
        f"{PARQUET} and of `export jsonl`",
        Packages("polars", ("polars",)),
        "polars_parquet {made}/jsonl",
    ),
    _reader("DuckDB", PARQUET, Packages("duckdb", ("duckdb",)), "duckdb_parquet"),
    _reader(
        "fastparquet",
        f"{PARQUET}; it gives dates as nanoseconds since 1970",
        Packages("fastparquet", ("fastparquet",)),
        "fastparquet_parquet",
    ),
    Judge(
        "hyparquet",
        "reads the Parquet files into what JSON.stringify writes",
        NodePackages("hyparquet", NODE),
        "node {npm}/read_parquet.mjs",
    ),
    _r("base", "reads every cell with the script of `export r`", "r"),
    _r("readr", "reads every cell of the CSV files", "r"),
    _r("data.table", "reads every cell of the CSV files; it keeps doubled quotation marks", "r"),
    _r("haven", "reads every cell of `export dta`, with levels and days", "dta"),
    _reader("pandas, oldest, Stata", "reads every cell of `export dta`", OLD_PANDAS, "pandas_stata {made}/dta"),
    _reader("pandas, newest, Stata", "reads every cell of `export dta`", NEW_PANDAS, "pandas_stata {made}/dta"),
    _reader(
        "LibreOffice",
        "prints every cell of `export xlsx`, and =1+1 as it is",
        CALC,
        "spreadsheet {made}/xlsx {made}/hostile.xlsx",
    ),
    _reader(
        "SQLite",
        "reads every cell of `export sqlite`, checks its keys and refuses wrong rows",
        Plain("SQLite"),
        "sqlite_enforces {made}/sqlite",
    ),
    _reader("networkx", "opens `export graphml`", Packages("networkx", ("networkx",)), "networkx_graph {made}/graphml"),
    _reader(
        "GDAL, by pyogrio",
        "opens `export geojson`, with its positions",
        Packages("pyogrio", ("pyogrio",)),
        "geojson_features {made}/geojson",
    ),
)


def locked() -> list[Packages]:
    """The environments that have a lock, uv's own among them."""
    found = {judge.environment: None for judge in JUDGES if isinstance(judge.environment, Packages)}
    return [Packages("uv", ("uv",)), *found]
