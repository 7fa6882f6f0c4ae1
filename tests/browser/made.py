"""The packages whose explorers are opened: this repository's, made-up ones, and one in which every text is hostile."""

import shutil
import subprocess
import sys
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from bakumoscow.dataset import Dataset
from bakumoscow.explorer.page import page
from bakumoscow.model.tables import TABLES
from bakumoscow.pipeline.build import build
from tests.conftest import ROOT
from tests.test_hostile import PAYLOADS
from tests.test_passages import changed

# "emoji" is a French article that begins with these characters, shown with the words between its passages.
EMOJI = "🐟👩‍🚒"
DAILY = ("repository", "article", "emoji", "hostile")  # `make check` opens the others, too
NAMES = (*DAILY, "bridge-name", "harbor-protest")
CORPUS = 44  # articles of the corpus, which have 1,012 events
# No build lets a cell have these: they are no text of a page, or another text once the page is read.
NEVER_IN_A_CELL = ("terminal", "lines")
HOSTILE = [text for name, text in PAYLOADS.items() if name not in NEVER_IN_A_CELL]
HOSTILE += ["</script></style></textarea><h1>x", "\" onclick='alert(1)' x=\"", "&lt;b&gt;&#x3c;", "--><!--", "]]>"]
FORMS = ("edtf", "code", "field")  # parts of the names of columns whose text is a form, and no words
WORDS = (
    "text",
    "name",
    "title",
    "citizenship",
)  # ends of the names of columns with words


class Hostile(Dataset):
    """A package in which every free text, and everything that it says of itself, is a payload."""

    @property
    def title(self) -> str:
        return HOSTILE[2]

    @property
    def description(self) -> str:
        return " ".join(HOSTILE)

    def load(self, table: str, **given: Any) -> Any:
        frame, payloads = super().load(table, **given), cycle(HOSTILE)
        for column in TABLES[table].columns:
            if column.is_free_text and column.mark != "key" and not any(part in column.name for part in FORMS):
                is_spoiled = frame[column.name].notna()
                if column.name == "claimed_value":
                    is_spoiled &= frame["field"].astype(object).str.endswith(WORDS, na=False)
                spoiled = [f"{text} {next(payloads)}" for text in frame[column.name][is_spoiled]]
                frame.loc[is_spoiled, column.name] = spoiled
        return frame

    def describe(self, table: str) -> Any:
        frame = super().describe(table)
        return frame.assign(description=[f"{text} {HOSTILE[2]}" for text in frame["description"]])


class Made:
    """The pages by the name of their package, each made when it is first asked for."""

    def __init__(self, built_package: Path, folder: Path) -> None:
        self.built_package, self.folder = built_package, folder
        self.page = cache(self._page)
        self.dataset = cache(self._dataset)

    def _page(self, name: str) -> Path:
        if name == "repository":
            return ROOT / "build/explorer.html"
        path = self.folder / f"{name}.html"
        dataset = self.dataset(name)
        texts = (Path(dataset.directory) / "seeds").glob("*.txt") if name == "emoji" else ()
        with pytest.MonkeyPatch.context() as patch:
            if name == "hostile":
                patch.setattr("bakumoscow.explorer.page.sharing", lambda dataset: dataset)
            path.write_text(page(dataset, texts), "utf-8", newline="")
        return path

    def _dataset(self, name: str) -> Dataset:
        if name == "repository":
            return Dataset(str(ROOT))
        if name in ("article", "hostile"):
            return (Hostile if name == "hostile" else Dataset)(str(self.built_package))
        directory = self.folder / name
        if name == "emoji":
            changed(directory, ("Pêche", f"{EMOJI}Pêche"))
        elif name == "corpus":
            command = [sys.executable, str(ROOT / "benchmarks/corpus.py"), str(directory), str(CORPUS)]
            subprocess.run(command, check=True)
            build(directory)
        else:
            build(Path(shutil.copytree(ROOT / f"tests/packages/{name}", directory)))
        return Dataset(str(directory))
