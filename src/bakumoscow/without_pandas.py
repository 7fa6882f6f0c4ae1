"""Keep pandas out of a process that does not need it.

If pandas is installed, pyarrow imports it when it first converts a Python value. That takes longer than a whole check.
Once pandas is kept out, pyarrow can no longer convert pandas' values, so only a command may do this, never the library.
"""

import importlib.abc
import importlib.machinery
import sys
from collections.abc import Sequence
from types import ModuleType


class _Refusal(importlib.abc.MetaPathFinder):
    """An import finder that refuses pandas; it must come before all others."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name.partition(".")[0] == "pandas":
            raise ModuleNotFoundError("pandas is kept out of this process", name=name)
        return None


def keep_out_pandas() -> None:
    """Refuse the import of pandas from now on, unless pyarrow needs it."""
    import pyarrow as pa
    import pyarrow.compute as pc

    refusal = _Refusal()
    sys.meta_path.insert(0, refusal)
    try:
        pc.equal(pa.array(["a"]), "a")
    except Exception:  # whatever this version of pyarrow raises, it needs pandas
        sys.meta_path.remove(refusal)
