"""LibreOffice opens the exported workbook and prints the cells of each sheet: they are those of the tables.

In a second workbook some texts look like formulas, numbers or days, and stay as they are.
"""

import csv
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.conformance.scripts.published import HOSTILE, Row, compare, count, demand, names

# To CSV: comma, quotation mark, UTF-8, from line 1, as shown, all sheets in files of their own.
FILTER = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"


def printed(workbook: Path) -> dict[str, list[Row]]:
    """The rows of each sheet, as LibreOffice prints them."""
    sheets: dict[str, list[Row]] = {}
    with TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"  # its settings, not the user's
        command = ["soffice", profile, "--headless", "--convert-to", FILTER, "--outdir", folder, str(workbook)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        for path in Path(folder).glob("*.csv"):
            with path.open(encoding="utf-8", newline="") as file:
                sheets[path.stem.removeprefix(f"{workbook.stem}-")] = list(csv.DictReader(file))
    return sheets


published, hostile = printed(Path(sys.argv[1])), printed(Path(sys.argv[2]))
for name in names():
    demand(name in published, f"there is no sheet {name}")
    compare(name, published[name])
labels = [row["label"] for row in hostile["codes"]]
demand(labels == list(HOSTILE), f"texts have become {labels}")
count(published["casualties"], published["detentions"])
