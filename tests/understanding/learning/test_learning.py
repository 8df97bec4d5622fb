"""A reader that learned from several hundred lines of our own, judged on those it had not seen."""

import csv
import statistics
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from routing.hierarchy import FALLBACK_CATEGORY, Hierarchy
from routing.reading import Intent
from tests.understanding.conftest import a_category, a_street
from tests.understanding.voices import FOLDER, VOICES, list_lines
from understanding.learning.learned_reader import LETTER, LearnedReader, fits
from understanding.learning.lessons import Lesson, group_alike, part_in_folds
from understanding.learning.model_bytes import ModelBytesError, dump, load
from understanding.learning.training import Learned, learn, may_learn
from understanding.reader import KeywordReader

ROOT = Path(__file__).parents[2]
NO_MEANING = "呵呵哒"


def own_lessons() -> list[Lesson]:
    with (FOLDER / "lessons.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["text"], row["category"]) for row in csv.DictReader(file)]
    voices = [(line["text"], line["category"]) for line in list_lines(*VOICES)]
    return [
        Lesson(text, category) for text, category in rows + voices if category not in {"other", "fire_lane"}
    ]


@pytest.fixture(scope="module")
def learned() -> Learned:
    return learn(own_lessons())


@pytest.fixture(scope="module")
def bare_street() -> Hierarchy:
    """The street's categories without a single rule of the admin's."""
    names = sorted({each.category_id for each in own_lessons()})
    return a_street(*(a_category(each, f"第{number}类") for number, each in enumerate(names)))


def test_own_lines_not_seen_are_sorted_well(learned: Learned) -> None:
    figures = learned.figures

    assert figures.lessons > 240
    assert figures.macro_f1 >= 0.67
    assert figures.accuracy >= 0.72
    assert figures.sure_accuracy >= 0.83
    assert figures.calibration_error <= 0.08


def test_same_lessons_make_the_same_model(learned: Learned) -> None:
    again = learn(own_lessons())

    assert dump(again.model) == dump(learned.model)
    assert again.figures == learned.figures


def test_model_comes_back_from_its_bytes(learned: Learned) -> None:
    texts = [each.text for each in own_lessons()]

    back = load(dump(learned.model))

    for text in texts:
        assert back.guess(text).category_id == learned.model.guess(text).category_id
        assert back.guess(text).certainty == pytest.approx(learned.model.guess(text).certainty, abs=0.01)


@pytest.mark.parametrize("spoil", [b"", b"nothing", b"\x80\x04cos\nsystem\n"])
def test_bytes_that_are_no_model_are_refused(spoil: bytes) -> None:
    with pytest.raises(ModelBytesError):
        load(spoil)


def test_a_cut_model_is_refused(learned: Learned) -> None:
    content = dump(learned.model)

    with pytest.raises(ModelBytesError):
        load(content[: len(content) // 2])


def test_near_copies_never_straddle_a_split() -> None:
    letter = "我们小区楼下的烧烤店每天营业到凌晨两点，油烟直接吹进卧室，孩子咳嗽了半个月，"
    texts = [each.text for each in own_lessons()]
    texts += [letter + end for end in ("求求你们管一管吧", "请有关部门处理。", "谁来管管！！")]

    groups, parts = group_alike(texts), part_in_folds(texts, 5)

    assert len(set(groups[-3:])) == 1
    assert len(set(parts[-3:])) == 1
    assert len(set(groups)) > len(texts) * 0.9


def test_few_lessons_teach_nothing() -> None:
    assert not may_learn([Lesson("电梯坏了", "elevator")] * 200)
    assert not may_learn(own_lessons()[:10])
    assert may_learn(own_lessons())


def test_learned_category_says_by_which_words(learned: Learned, bare_street: Hierarchy) -> None:
    reading = LearnedReader(learned.model).read("咱们那部电梯的轿厢门又关不拢了", bare_street)

    assert reading.category == "elevator"
    assert any("学到的" in each and "电梯" in each for each in reading.why)
    assert 0.3 < reading.certainty < 1


def test_text_without_a_letter_is_sorted_and_told_by_nothing(learned: Learned) -> None:
    guess = learned.model.guess("")

    assert guess.category_id in learned.model.categories
    assert guess.words == ()


def test_rules_of_the_admin_win_and_say_so(learned: Learned, bare_street: Hierarchy) -> None:
    others = [each for each in bare_street.categories if each.category_id not in {"noise", "other"}]
    street = a_street(*others, a_category("noise", "噪音扰民", "电梯"))

    reading = LearnedReader(learned.model).read("电梯又坏了，门打不开", street)

    assert reading.category == "noise"
    assert any("管理员关键词“电梯”" in each for each in reading.why)


def test_without_a_model_it_reads_as_by_keywords(street: Hierarchy) -> None:
    for text in [each.text for each in own_lessons()]:
        assert LearnedReader().read(text, street) == KeywordReader().read(text, street)


def test_model_of_a_category_that_left_the_file_is_not_asked(learned: Learned, street: Hierarchy) -> None:
    smaller = a_street(a_category("noise", "噪音扰民", "噪音"))
    text = "暖气片一点热气没有"

    assert not fits(learned.model, smaller)
    assert LearnedReader(learned.model).read(text, smaller) == KeywordReader().read(text, smaller)


def test_category_is_given_whatever_a_letter_is_for(learned: Learned, bare_street: Hierarchy) -> None:
    letter = (
        "尊敬的领导，您好。我们这里的车位一直是先到先得，最近门口的道闸换了以后，外面的车随便进，"
        "业主的车反而没有车位可停，天天如此，晚上回来转半个钟头。"
    )

    reading = LearnedReader(learned.model).read(letter, bare_street)

    assert len(letter) > LETTER
    assert reading.category == "parking"


def test_danger_told_in_passing_in_a_letter_does_not_decide_its_category(
    learned: Learned, bare_street: Hierarchy
) -> None:
    letter = (
        "尊敬的领导，您好。我们小区的车位以前一个月一百五，上个月起物业把停车费涨到四百，外面的车随便进，"
        "业主的车没有车位可停，这是抢劫。请你们来管一管停车收费，把车位还给业主。"
    )
    reader = LearnedReader(learned.model)

    reading, short = reader.read(letter, bare_street), reader.read("停车场有人抢劫", bare_street)

    assert len(letter) > LETTER
    assert (reading.category, reading.emergency) == ("parking", "110")
    assert (short.category, short.emergency) == (FALLBACK_CATEGORY, "110")


def test_small_talk_stays_small_talk(learned: Learned, bare_street: Hierarchy) -> None:
    for text in ("早上好呀", "哈哈哈哈", "周末一起吃饭", NO_MEANING):
        reading = LearnedReader(learned.model).read(text, bare_street)

        assert reading.intent is Intent.CHATTER
        assert reading.certainty == KeywordReader().read(text, bare_street).certainty


def test_aids_are_learned_from_but_not_counted() -> None:
    lessons = [each for each in own_lessons() if each.category_id != "pets"]

    learned = learn(lessons, [Lesson("狗不拴绳", "pets"), Lesson("流浪猫", "pets")])

    assert "pets" in learned.model.categories
    assert {each.category_id for each in learned.figures.categories} == {each.category_id for each in lessons}


def test_one_message_is_read_within_a_millisecond_all_of_it(learned: Learned, bare_street: Hierarchy) -> None:
    reader = LearnedReader(learned.model)
    spent = []
    for each in own_lessons():
        start = time.process_time()
        reader.read(each.text, bare_street)
        spent.append(time.process_time() - start)

    assert statistics.median(spent) < 0.001
    assert float(np.quantile(spent, 0.99)) < 0.005


def test_even_a_pasted_novel_is_read_in_milliseconds(learned: Learned, bare_street: Hierarchy) -> None:
    reader = LearnedReader(learned.model)
    texts = [each.text for each in own_lessons()]
    spent = []
    for each in range(40):
        novel = ",".join(texts[each:]) * 3
        start = time.process_time()
        reader.read(novel, bare_street)
        spent.append(time.process_time() - start)

    assert statistics.median(spent) < 0.005


def test_start_costs_little_time_and_memory(learned: Learned, tmp_path: Path) -> None:
    path = tmp_path / "model"
    path.write_bytes(dump(learned.model))
    program = (
        "import resource, sys, time\n"
        "from pathlib import Path\n"
        "import understanding.reader\n"
        "before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()\n"
        "from understanding.learning.learned_reader import LearnedReader\n"
        "from understanding.learning.model_bytes import load\n"
        "load(Path(sys.argv[1]).read_bytes()).guess('电梯坏了')\n"
        "print(time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)\n"
    )

    said = subprocess.run(
        [sys.executable, "-c", program, str(path)], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout

    seconds, kibibytes = said.split()
    assert float(seconds) < 0.5
    assert int(kibibytes) < 80 * 1024


def test_a_short_line_in_which_no_matter_is_found_says_how_sure_its_category_is(
    learned: Learned, bare_street: Hierarchy
) -> None:
    text = "空调外机的事"
    reading = LearnedReader(learned.model).read(text, bare_street)

    assert reading.intent is Intent.CHATTER
    assert reading.sorting_certainty == round(learned.model.guess(text).certainty, 3)
