"""How well this house reads: what the command and the page show, from the store and the reader in force."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.reading.learning import name_categories
from routing.hierarchy import Hierarchy
from routing.ports import Reader
from routing.reading_record import Tally, judge, tally
from storage.queries.reading import ReadingReads, ReadReport, UnsortedReport
from storage.queries.scope import Scope
from storage.reader_models import StoredModel
from storage.store import Store
from understanding.categories import list_keywords_said
from understanding.learning.usefulness import Example, Unsorted, rank_by_use

LATELY = timedelta(days=28)
UNSURE_SHOWN = 12


@dataclass(frozen=True, slots=True)
class ModelFigures:
    """What a learned model says of itself: measured when it was made, on lessons that it had not seen."""

    lessons: int
    made_at: datetime
    accuracy: float
    macro_f1: float
    calibration_error: float


@dataclass(frozen=True, slots=True)
class ReadingReport:
    """`silent` are keywords of the file that stood in no report of the time, by category. `examples` are those that
    teach most, the most useful first; `waiting` counts all that nobody has sorted."""

    since: datetime
    until: datetime
    tally: Tally
    silent: Mapping[str, tuple[str, ...]]
    examples: Sequence[Example]
    waiting: int
    taught: Mapping[str, int]
    model: ModelFigures | None


def report_reading(
    store: Store, tree: Hierarchy, *, reader: Reader, scope: Scope, now: datetime
) -> ReadingReport:
    """Blocks for as long as some thousand reports take to be looked through."""
    reads, since = ReadingReads(store.reading_engine), now - LATELY
    reports = reads.list_read(scope, since=since)
    unsorted = reads.list_unsorted(scope)
    taught = reads.count_taught()
    judgements = (judge(each.number, each.category, each.events) for each in reports)
    after_today = now.astimezone(ZoneInfo(tree.timezone)).date() + timedelta(days=1)
    return ReadingReport(
        since=since,
        until=now,
        tally=tally((each for each in judgements if each is not None), until=after_today),
        silent=_list_silent(reports, tree),
        examples=rank_by_use([_read(each, reader, tree) for each in unsorted], taught)[:UNSURE_SHOWN],
        waiting=len(unsorted),
        taught=taught,
        model=find_model_figures(store, tree),
    )


def find_model_figures(store: Store, tree: Hierarchy) -> ModelFigures | None:
    """Of the model in force; None while only the words of the file are read by."""
    name = name_categories(tree)
    stored = store.writer.run_now(lambda unit: unit.reader_models.find_latest(name))
    return _figures_of(stored) if stored else None


def _figures_of(stored: StoredModel) -> ModelFigures:
    figures = json.loads(stored.figures)
    return ModelFigures(
        lessons=stored.lessons,
        made_at=stored.made_at,
        accuracy=figures["accuracy"],
        macro_f1=figures["macro_f1"],
        calibration_error=figures["calibration_error"],
    )


def _read(report: UnsortedReport, reader: Reader, tree: Hierarchy) -> Unsorted:
    return Unsorted(report.number, report.text, reader.read(report.text, tree))


def _list_silent(reports: Iterable[ReadReport], tree: Hierarchy) -> dict[str, tuple[str, ...]]:
    said = list_keywords_said([each.text for each in reports], tree)
    silent = {
        each.category_id: tuple(word for word in each.keywords if word not in said)
        for each in tree.categories
    }
    return {category_id: words for category_id, words in silent.items() if words}
