"""The 2025 crisis between Russia and Azerbaijan as tables in which every coded cell is backed by a claim.

>>> import bakumoscow
>>> bakumoscow.timeline()
>>> bakumoscow.load("events")
>>> bakumoscow.evidence("casualties", "aktau-crash-deaths")
>>> bakumoscow.open("a/package/of/yours").load("events")

Importing the package is cheap: each function is imported when it is first used.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bakumoscow import plot as plot
    from bakumoscow.dataset import Dataset, installed, open_dataset
    from bakumoscow.errors import IntegrityError, LeftOutWarning, NotFoundError
    from bakumoscow.versions import diff

    __version__: str
    open = open_dataset
    _installed = installed()
    assessments = _installed.assessments
    cite = _installed.cite
    compare = _installed.compare
    connect = _installed.connect
    describe = _installed.describe
    dyads = _installed.dyads
    evidence = _installed.evidence
    export = _installed.export
    levels = _installed.levels
    load = _installed.load
    load_all = _installed.load_all
    passages = _installed.passages
    path = _installed.path
    provenance = _installed.provenance
    quotes = _installed.quotes
    reactions = _installed.reactions
    schema = _installed.schema
    search = _installed.search
    tables = _installed.tables
    timeline = _installed.timeline
    totals = _installed.totals

# Classes, `diff`, and the methods of the installed dataset. `open` is left out: `from bakumoscow import *` would hide
# Python's own.
__all__ = [
    "Dataset",
    "IntegrityError",
    "LeftOutWarning",
    "NotFoundError",
    "assessments",
    "cite",
    "compare",
    "connect",
    "describe",
    "diff",
    "dyads",
    "evidence",
    "export",
    "levels",
    "load",
    "load_all",
    "passages",
    "path",
    "provenance",
    "quotes",
    "reactions",
    "schema",
    "search",
    "tables",
    "timeline",
    "totals",
]


if not TYPE_CHECKING:  # a type checker would accept any name as an attribute

    def __getattr__(name: str) -> object:
        if name == "__version__":
            return _version()
        if name == "plot":
            from importlib import import_module

            return import_module("bakumoscow.plot")
        if name == "diff":
            from bakumoscow.versions import diff

            return diff
        if name in (*__all__, "open"):
            from bakumoscow import dataset, errors

            if name == "open":
                return dataset.open_dataset
            if name.islower():
                return getattr(dataset.installed(), name)
            return getattr(dataset if name == "Dataset" else errors, name)
        raise AttributeError(f"module 'bakumoscow' has no attribute {name!r}")


def _version() -> str:
    """The installed version, or that of the dataset in a copy without metadata."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("bakumoscow")
    except PackageNotFoundError:
        from bakumoscow.dataset import installed
        from bakumoscow.errors import IntegrityError

        try:
            return installed().version
        except IntegrityError as error:
            raise AttributeError(f"the version of bakumoscow is not known: {error}") from error


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, "__version__", "open", "plot"})
