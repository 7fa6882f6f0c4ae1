"""A citation in the styles of reference managers; each style escapes what means something to it."""

import json
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bakumoscow.formats.bibliography import Citation
    from bakumoscow.formats.publication import Name

# BibTeX counts braces even behind a backslash, so a brace is a command, too.
TEX = str.maketrans(
    {
        **{character: f"\\{character}" for character in "&%$#_"},
        **{"\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "|": r"\textbar{}"},
        **{"~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "<": r"\textless{}", ">": r"\textgreater{}"},
    }
)
# The licences for data whose names are those of SPDX, which a CITATION.cff demands.
SPDX = re.compile(r"CC0-1\.0|CC-BY(-NC)?(-SA|-ND)?-[1-4]\.0|ODbL-1\.0|ODC-By-1\.0|PDDL-1\.0|MIT")
MESSAGE = "If you use this dataset, please cite it. Cite a cell by version, table, row and column."


def bibtex(citation: "Citation") -> str:
    """An entry of BibTeX and BibLaTeX.

    BibLaTeX prints the version of a @dataset, and not howpublished; BibTeX prints howpublished, and not the version.
    """
    authors = [_tex_name(author) for author in citation.authors]
    fields = {
        "author": " and ".join(authors),
        "title": f"{{{citation.title.translate(TEX)}}}",  # the second braces keep the capitals
        "year": citation.released[:4],
        "version": citation.version.translate(TEX),
        "howpublished": f"Dataset, version {citation.version.translate(TEX)}",
        "url": citation.homepage.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C"),
        "note": citation.part.translate(TEX),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@dataset{{{citation.key},", *lines, "}"])


def apa(citation: "Citation") -> str:
    """A reference by APA 7, then the part that is cited."""
    names = [_apa_name(author) for author in citation.authors]
    authors = ", ".join(names[:-1]) + f"{', ' if len(names) > 2 else ' '}& {names[-1]}" if names[1:] else "".join(names)
    year = f"({citation.released[:4] or 'n.d.'})."
    title = f"{citation.title} (Version {citation.version}) [Data set]."
    head = [f"{authors.removesuffix('.')}.", year, title] if authors else [title, year]
    return " ".join([*head, *(text for text in (citation.part, citation.homepage) if text)])


def cff(citation: "Citation") -> str:
    """A CITATION.cff, version 1.2.0; a text is written as in JSON, which is a text of YAML."""
    has_name, has_address = SPDX.fullmatch(citation.license), re.match("https?://", citation.license_address)
    entries = {
        "cff-version": "1.2.0",
        "message": f"Please cite this part of the dataset: {citation.part}" if citation.part else MESSAGE,
        "type": "dataset",
        "title": citation.title,
        "abstract": citation.description,
        "authors": [_cff_name(author) for author in citation.authors],
        "version": citation.version,
        "date-released": citation.released,
        "url": citation.homepage,
        "license": citation.license if has_name else "",
        "license-url": citation.license_address if has_address and not has_name else "",
        "keywords": list(dict.fromkeys(citation.keywords)),
    }
    return "\n".join(line for name, value in entries.items() if value for line in _yaml(name, value))


def ris(citation: "Citation") -> str:
    """A record of RIS, with the line ends that it demands."""
    lines = [
        ("TY", "DATA"),
        ("ID", citation.key),
        *(
            ("AU", f"{author.name}, {author.given}".strip()) for author in citation.authors
        ),  # `Entity,` has no given name
        ("TI", citation.title),
        ("PY", citation.released[:4]),
        ("DA", citation.released.replace("-", "/")),
        ("ET", citation.version),
        ("UR", citation.homepage),
        *(("KW", word) for word in citation.keywords),
        ("N1", citation.part),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in [*lines, ("ER", "")] if value or tag == "ER")


def csl(citation: "Citation") -> str:
    """CSL-JSON: a list of one item."""
    authors = [
        {"family": each.name, "given": each.given} if each.is_person else {"literal": each.name}
        for each in citation.authors
    ]
    item = {
        "id": citation.key,
        "type": "dataset",
        "author": authors,
        "title": citation.title,
        "version": citation.version,
        "issued": {"date-parts": [[int(part) for part in citation.released.split("-")]]} if citation.released else {},
        "URL": citation.homepage,
        "keyword": ", ".join(citation.keywords),
        "note": citation.part,
    }
    return json.dumps([{name: value for name, value in item.items() if value}], ensure_ascii=False, indent=2)


def _tex_name(author: "Name") -> str:
    """A name in braces, which keep `and`, commas and particles of a name together."""
    parts = (author.name, author.given) if author.given else (author.name,)
    return ", ".join(f"{{{part.translate(TEX)}}}" for part in parts)


def _apa_name(author: "Name") -> str:
    initials = " ".join(f"{part[0]}." for part in re.split(r"[\s-]+", author.given) if part)
    return f"{author.name}, {initials}" if initials else author.name


def _cff_name(author: "Name") -> dict[str, str]:
    if not author.is_person:
        return {"name": author.name}
    return {"family-names": author.name} | ({"given-names": author.given} if author.given else {})


def _yaml(name: str, value: Any) -> list[str]:
    """An entry of a CITATION.cff as lines."""
    if not isinstance(value, list):
        return [f"{name}: {json.dumps(value, ensure_ascii=False)}"]
    items: list[list[str]] = [
        [f"{key}: {json.dumps(text, ensure_ascii=False)}" for key, text in item.items()]
        if isinstance(item, dict)
        else [json.dumps(item, ensure_ascii=False)]
        for item in value
    ]
    lines = [f"{'    ' if number else '  - '}{line}" for item in items for number, line in enumerate(item)]
    return [f"{name}:", *lines]


STYLES: "dict[str, Callable[[Citation], str]]" = {"bibtex": bibtex, "apa": apa, "cff": cff, "ris": ris, "csl": csl}
