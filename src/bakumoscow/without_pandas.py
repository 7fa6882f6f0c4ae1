"""Keep pandas out of a process that does not need it.

pyarrow imports pandas, where it is installed, at the first Python value that it converts, which takes longer than a
whole check. Afterwards it cannot take pandas' values any more: this is for the process of a command, never for the
library.
"""

import importlib.abc
import importlib.machinery
import sys
from collections.abc import Sequence
from types import ModuleType


class _Refusal(importlib.abc.MetaPathFinder):
    """A finder before all others that finds no pandas."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name.partition(".")[0] == "pandas":
            raise ModuleNotFoundError("pandas is kept out of this process", name=name)
        return None


def keep_out_pandas() -> None:
    """Refuse the import of pandas from now on, unless pyarrow cannot do without."""
    import pyarrow as pa
    import pyarrow.compute as pc

    refusal = _Refusal()
    sys.meta_path.insert(0, refusal)
    try:
        pc.equal(pa.array(["a"]), "a")
    except Exception:  # whatever a version of pyarrow may raise here, it needs pandas
        sys.meta_path.remove(refusal)
