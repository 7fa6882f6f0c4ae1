"""The 2025 crisis between Russia and Azerbaijan as tables in which every coded cell is backed by a claim.

>>> import bakumoscow
>>> bakumoscow.load("events")
>>> bakumoscow.evidence("casualties", "aktau-crash-deaths")
>>> bakumoscow.open("a/package/of/yours").load("events")

Importing the package is cheap: each function is imported when it is first used.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bakumoscow.dataset import Dataset, installed, open_dataset
    from bakumoscow.errors import IntegrityError, NotFoundError

    __version__: str
    open = open_dataset
    describe, evidence, load = installed().describe, installed().evidence, installed().load
    load_all, path, schema, tables = installed().load_all, installed().path, installed().schema, installed().tables

# Classes, and the methods of the installed dataset. `open` is left out: `from bakumoscow import *` would hide
# Python's own.
__all__ = [
    "Dataset",
    "IntegrityError",
    "NotFoundError",
    "describe",
    "evidence",
    "load",
    "load_all",
    "path",
    "schema",
    "tables",
]


if not TYPE_CHECKING:  # a type checker would accept any name as an attribute

    def __getattr__(name: str) -> object:
        if name == "__version__":
            return _version()
        if name in (*__all__, "open"):
            from bakumoscow import dataset, errors

            if name == "open":
                return dataset.open_dataset
            return getattr(
                dataset.installed() if name.islower() else errors if name.endswith("Error") else dataset, name
            )
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
    return sorted({*globals(), *__all__, "__version__", "open"})
