"""The seconds of a call of each question, asked once before it is timed; `run.py` compares packages of two sizes.

python benchmarks/questions.py DIRECTORY    prints JSON: the number of events, and medians of five calls
"""

import json
import sys
import warnings
from collections.abc import Callable
from statistics import median
from time import perf_counter

import bakumoscow


def main(directory: str) -> None:
    warnings.simplefilter("ignore")
    dataset = bakumoscow.open(directory)
    claims = dataset.load("claims")
    voices = claims[~claims["asserted_by"].isin(["article", "coder"])]
    voice = "/".join(voices[["article_id", "asserted_by"]].iloc[0])
    asked: dict[str, Callable[[], object]] = {
        'load("events", reading="stated")': lambda: dataset.load("events", reading="stated"),
        'load("events", reading="filled")': lambda: dataset.load("events", reading="filled"),
        'provenance("events", reading="filled")': lambda: dataset.provenance("events", reading="filled"),
        "timeline()": lambda: dataset.timeline(),
        'timeline(reading="filled")': lambda: dataset.timeline(reading="filled"),
        "dyads()": lambda: dataset.dyads(),
        'dyads(level="state", reading="filled")': lambda: dataset.dyads(level="state", reading="filled"),
        'totals("casualties", by="event", whole=True)': lambda: dataset.totals("casualties", by="event", whole=True),
        'totals("detentions", by="detained_by")': lambda: dataset.totals("detentions", by="detained_by"),
        "reactions()": lambda: dataset.reactions(),
        'quotes(country="RUS")': lambda: dataset.quotes(country="RUS"),
        "assessments()": lambda: dataset.assessments(),
        "compare(voice)": lambda: dataset.compare(voice),
        'evidence("casualties")': lambda: dataset.evidence("casualties"),
        "passages()": lambda: dataset.passages(),
        'search("arrest")': lambda: dataset.search("arrest"),
        'levels("factuality")': lambda: dataset.levels("factuality"),
        "cite()": lambda: dataset.cite(),
    }
    found: dict[str, float] = {"events": len(dataset.load("events"))}
    for name, ask in asked.items():
        ask()
        found[name] = median(timed(ask) for _ in range(5))
    print(json.dumps(found))


def timed(ask: Callable[[], object]) -> float:
    start = perf_counter()
    ask()
    return perf_counter() - start


if __name__ == "__main__":
    main(sys.argv[1])
