"""How the house learns to sort: collects lessons, trains, and takes a model into use only where it does better.

What a lesson teaches is known in `understanding`, where it is kept in `storage`.
"""

import hashlib
import json
import logging
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from routing.hierarchy import FALLBACK_CATEGORY, Hierarchy
from storage.reader_models import StoredModel, Taught
from storage.store import Store
from storage.writing.unit_of_work import Unit
from understanding.learning.figures import Figures
from understanding.learning.learned_reader import LearnedReader
from understanding.learning.lessons import Lesson, group_alike
from understanding.learning.model_bytes import ModelBytesError, dump, load
from understanding.learning.text_model import TextModel
from understanding.learning.training import Learned, learn, may_learn
from understanding.text_forms import normalise

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Studied:
    """`before` is how often the reader in use until now was right on the same lessons, none of which it had seen."""

    figures: Figures
    before: float
    tried_on: int
    is_taken: bool


def study(store: Store, tree: Hierarchy, *, now: datetime) -> Studied | None:
    """Trains on everything that was taught and sorted; blocks for seconds. None while there are too few lessons."""
    taught = collect_lessons(store, tree)
    lessons = [Lesson(each.text, each.category_id) for each in taught]
    if not may_learn(lessons):
        return None
    learned = learn(lessons, list_aids(tree))
    old = store.writer.run_now(lambda unit: unit.reader_models.find_latest(name_categories(tree)))
    before, after, tried_on = _compare(learned, taught, tree, old)
    is_taken = after >= before
    if is_taken:
        model = _pack(learned, tree, now=now)
        store.writer.run_now(lambda unit: unit.reader_models.add(model))
    log.info("model=%s lessons=%d", "taken" if is_taken else "left", len(lessons))
    return Studied(learned.figures, before, tried_on, is_taken)


def collect_lessons(store: Store, tree: Hierarchy) -> list[Taught]:
    """What was taught and what staff sorted, of categories that the file still has."""

    def read(unit: Unit) -> list[Taught]:
        return unit.reader_models.list_taught() + unit.reader_models.list_sorted()

    known = {each.category_id for each in tree.categories}
    return [each for each in store.writer.run_now(read) if each.category_id in known]


def list_aids(tree: Hierarchy) -> list[Lesson]:
    """The admin's examples and keywords, as lessons that every model begins with."""
    return [
        Lesson(text, each.category_id)
        for each in tree.categories
        if each.category_id != FALLBACK_CATEGORY
        for text in (*each.examples, *each.keywords)
    ]


def find_latest_model(store: Store, tree: Hierarchy) -> TextModel | None:
    """The model in force for this tree; None while only the words of the file are read by."""
    name = name_categories(tree)
    stored = store.writer.run_now(lambda unit: unit.reader_models.find_latest(name))
    return unpack(stored) if stored else None


def unpack(stored: StoredModel) -> TextModel | None:
    """None for a model of another release: the next study makes a new one."""
    try:
        return load(stored.content)
    except ModelBytesError as error:
        log.warning("model=%d unusable=%s", stored.model_id, error)
        return None


def name_categories(tree: Hierarchy) -> str:
    """The same name for all versions of the file that have the same categories."""
    ids = sorted(each.category_id for each in tree.categories)
    return hashlib.sha256("\n".join(ids).encode()).hexdigest()[:32]


def _compare(
    learned: Learned, taught: Sequence[Taught], tree: Hierarchy, old: StoredModel | None
) -> tuple[float, float, int]:
    """How often the reader in use and the new model are right on lessons that neither had seen.

    A model in use has seen what was taught before it was made; where nothing is new, it keeps its place only against
    a worse one.
    """
    fresh = _list_fresh(taught, old.made_at) if old else list(range(len(taught)))
    if not fresh and old is not None:
        return float(json.loads(old.figures)["accuracy"]), learned.figures.accuracy, len(taught)
    reader = LearnedReader(unpack(old) if old else None)
    was_right = [reader.read(taught[each].text, tree).category == taught[each].category_id for each in fresh]
    is_right = [learned.unseen[each] == taught[each].category_id for each in fresh]
    return sum(was_right) / len(fresh), sum(is_right) / len(fresh), len(fresh)


def _list_fresh(taught: Sequence[Taught], made_at: datetime) -> list[int]:
    """Places of what was taught since, without near copies of what was taught before."""
    groups = group_alike([normalise(each.text) for each in taught])
    known = {group for group, each in zip(groups, taught, strict=True) if each.taught_at <= made_at}
    return [number for number, group in enumerate(groups) if group not in known]


def _pack(learned: Learned, tree: Hierarchy, *, now: datetime) -> StoredModel:
    return StoredModel(
        categories=name_categories(tree),
        hierarchy_version=tree.version,
        lessons=learned.figures.lessons,
        figures=json.dumps(asdict(learned.figures), ensure_ascii=False),
        content=dump(learned.model),
        made_at=now,
    )
