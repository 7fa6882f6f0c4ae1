"""Hugging Face's `datasets` loads every table from the root of the repository, offline."""

from pathlib import Path

from datasets import get_dataset_config_names, load_dataset

from tools.conformance.scripts.published import Row, compare, count, demand, names


def rows(name: str) -> list[Row]:
    splits = load_dataset(str(Path.cwd()), name)
    demand(list(splits) == ["train"], f"{name} has the splits {list(splits)}")
    return list(splits["train"])


found = get_dataset_config_names(str(Path.cwd()))
demand(found == names(), f"the card has other tables: {found}")
for name in found:
    compare(name, rows(name))
count(rows("casualties"), rows("detentions"))
