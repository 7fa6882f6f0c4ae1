"""The contract: one pandera model a table, the single source of every schema and of the codebook."""

from bakumoscow.models.base import Table
from bakumoscow.models.core import Actors, Casualties, Detentions, Events, Quotes
from bakumoscow.models.evidence import Articles, Claims, Sentences
from bakumoscow.models.links import Charges, Codes, Participants, Places, Relations

MODELS: dict[str, type[Table]] = {
    "events": Events,
    "actors": Actors,
    "casualties": Casualties,
    "detentions": Detentions,
    "quotes": Quotes,
    "claims": Claims,
    "sentences": Sentences,
    "articles": Articles,
    "places": Places,
    "participants": Participants,
    "relations": Relations,
    "charges": Charges,
    "codes": Codes,
}
