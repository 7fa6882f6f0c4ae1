"""The page: what its parts show of each article, put into the template."""

import base64
import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from bakumoscow.choices import LEVELS, READINGS
from bakumoscow.errors import raise_if_unknown
from bakumoscow.explorer.answers import Row, sharing
from bakumoscow.explorer.blocks import SMALL_GAP
from bakumoscow.explorer.cards import claims_of
from bakumoscow.explorer.each_article import each_article
from bakumoscow.explorer.how_many import interval
from bakumoscow.frames import records
from bakumoscow.model.levels import FACTUALITY
from bakumoscow.model.tables import TABLES

if TYPE_CHECKING:
    from os import PathLike

    from bakumoscow.dataset import Dataset

FILES = "bakumoscow.explorer", "template"
TEMPLATE, STYLE, SCRIPT = "explorer.html.jinja", "explorer.css", "explorer.js"
NOTES = {
    "stated": "only what words of the article say",
    "coded": "what the dataset records, dates and years that the coder concludes included",
    "filled": "also what the coder concludes of cells that coded leaves empty",
}
# Relations, seen from the event that comes first.
LEADS = {"caused_by": "led to", "part_of": "within it", "ends": "ended by", "follows": "then"}
SHOWN_AT_MOST = 40  # claims that are listed under a voice; of more, the filter shows them


def page(dataset: "Dataset", texts: "Iterable[PathLike[str]]" = (), article_id: str | None = None) -> str:
    """The page as HTML: of all articles, or of one. The sentences of the articles whose files `texts` names are whole.

    Raises NotFoundError for an unknown article, IntegrityError also for a text of no article.
    """
    import jinja2

    if article_id is not None:
        raise_if_unknown(article_id, list(dataset.load("articles")["article_id"]), "article")

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader(*FILES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    dataset = sharing(dataset)
    codebook = {table: records(dataset.describe(table)) for table in dataset.tables()}
    articles = each_article(dataset, codebook, texts, article_id)
    lists, level_of = _levels(dataset, codebook)
    style, script = (environment.get_template(name).render() for name in (STYLE, SCRIPT))
    return environment.get_template(TEMPLATE).render(
        dataset=dataset,
        articles=articles,
        several=len(articles) > 1,
        tables=TABLES,
        codebook=codebook,
        level_lists=lists,
        level_of=level_of,
        certainty={level: meaning.split(":")[0].lower() for level, meaning in FACTUALITY.items()},
        readings=READINGS,
        levels_of_parties=LEVELS,
        notes=NOTES,
        leads=LEADS,
        filters=_filters(articles),
        citation=dataset.cite(style="apa"),
        interval=interval,
        small_gap=SMALL_GAP,
        shown_at_most=SHOWN_AT_MOST,
        style=style,
        style_hash=_hash(style),
        script=script,
        script_hash=_hash(script),
    )


def _hash(text: str) -> str:
    """What the policy of the page calls a style or a script by."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _levels(
    dataset: "Dataset", codebook: Mapping[str, Sequence[Row]]
) -> tuple[dict[str, list[Row]], dict[tuple[str, str], str]]:
    """Each different list of levels by name, and the name of the list of each table's column."""
    lists: dict[str, list[Row]] = {}
    level_of = {}
    for table, columns in codebook.items():
        for column in columns:
            if column["levels"] is not None:
                name = column["column"]
                own = records(dataset.levels(name, table)[["level", "meaning"]])
                if lists.get(name, own) != own:
                    name = f"{table}/{name}"
                lists[name] = own
                level_of[table, column["column"]] = name
    return lists, level_of


def _filters(articles: Sequence[Mapping[str, Any]]) -> dict[str, list[tuple[str, str]]]:
    """What each filter offers, as values and what is shown for them."""
    rows = [(table, card) for article in articles for table, cards in article["tables"].items() for card in cards]
    names = {actor: name for article in articles for actor, name in article["names"].items()}
    voices = {voice["actor"] for article in articles for voice in article["voices"]}
    claims = [claim for _, card in rows for claim in claims_of(card)]

    def named(actors: Collection[str]) -> list[tuple[str, str]]:
        shared = [name for name, times in Counter(names[actor] for actor in {*actors}).items() if times > 1]
        shown = {actor: f"{names[actor]} ({actor})" if names[actor] in shared else names[actor] for actor in actors}
        return sorted(shown.items(), key=lambda pair: (pair[1].casefold(), pair[0]))

    def plain(values: Iterable[str]) -> list[tuple[str, str]]:
        return [(value, value.replace("_", " ")) for value in dict.fromkeys(values)]

    return {
        "Table": plain(table for table, _ in rows),
        "Kind": plain(sorted({card["kind"] for _, card in rows if card["kind"]})),
        "Actor": named({actor for _, card in rows for actor in card["actors"]}),
        "Voice": named(voices),
        "Support": plain(sorted({claim["support"] for claim in claims})),
        "Certainty": plain(level for level in FACTUALITY if level in {claim["factuality"] for claim in claims}),
    }
