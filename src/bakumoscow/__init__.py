"""The 2025 crisis between Russia and Azerbaijan as tables in which every coded cell shows its words.

>>> import bakumoscow
>>> bakumoscow.load("events")
>>> bakumoscow.evidence("casualties", "aktau-crash-deaths")

Importing the package costs nothing that is not used: each function is imported when it is first asked for.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bakumoscow.published import (
        IntegrityError,
        NotFoundError,
        describe,
        evidence,
        load,
        load_all,
        path,
        schema,
        tables,
    )

    __version__: str

__all__ = [
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


if not TYPE_CHECKING:  # a type checker would take any name for an attribute

    def __getattr__(name: str) -> object:
        if name == "__version__":
            from importlib.metadata import version

            return version("bakumoscow")
        if name in __all__:
            from bakumoscow import published

            return getattr(published, name)
        raise AttributeError(f"module 'bakumoscow' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, "__version__"})
