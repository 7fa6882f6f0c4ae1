"""A workbook with texts that a spreadsheet takes for something else: `python -m tools.conformance.hostile FILE`."""

import sys
from typing import Any

from bakumoscow.dataset import Dataset, installed
from tools.conformance.scripts.published import HOSTILE


class Changed(Dataset):
    """The installed package, with these texts for labels of codes."""

    def load(self, table: Any, **reading: Any) -> Any:
        frame = super().load(table, **reading)
        return frame[: len(HOSTILE)].assign(label=HOSTILE) if table == "codes" else frame


if __name__ == "__main__":
    Changed(installed().directory).export("xlsx", sys.argv[1])
