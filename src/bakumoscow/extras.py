"""Packages that bakumoscow uses only if they are installed, each with the extra that brings it."""

from importlib import import_module
from types import ModuleType


def needed(module: str, extra: str, what: str) -> ModuleType:
    """A module of an extra that `what` uses. Raises ModuleNotFoundError with the pip line if it is not installed."""
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if error.name != module:  # installed, but lacks something of its own
            raise
        raise ModuleNotFoundError(
            f'{what} needs {module}, which is not installed; run `pip install "bakumoscow[{extra}]"`.', name=module
        ) from None
