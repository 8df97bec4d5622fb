"""Letters of an invented town arrive one by one: those of one matter come together, those of one estate do not."""

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from routing.likeness import Telling
from tests.understanding.letters import LETTERS
from understanding.incidents.evaluation import gather, gather_as_the_desk, report, score, share_offered
from understanding.incidents.fitting import collect, fit
from understanding.incidents.letter_likeness import FEATURES
from understanding.incidents.letters import Labels, Letter, label, pairs_of, read_letters
from understanding.incidents.open_matters import OpenMatters
from understanding.incidents.readings import ONE_MATTER, OPEN

MONDAY = datetime(2026, 9, 7, tzinfo=UTC)


def letters() -> list[Letter]:
    return [
        Letter(at, Telling(text=text, at=MONDAY + timedelta(days=day), subject=subject), matter or None)
        for at, (day, matter, subject, text) in enumerate(LETTERS)
    ]


def test_what_is_gathered_is_one_matter_and_what_is_one_matter_is_at_least_offered():
    told = letters()
    incidents = [each.incident for each in told]
    everybody = set(range(len(told)))

    gathered = gather(told)

    reached = score(pairs_of(gathered.numbers), pairs_of(incidents))
    assert reached.precision >= 0.95
    assert reached.recall >= 0.6
    assert share_offered(gathered, label(told), everybody) >= 0.95


def test_the_figures_are_told_in_words():
    told = letters()

    lines = report(told, gather(told), set(range(len(told))))

    assert lines[0].startswith(f"letters: {len(told)}, counted: {len(told)}, pairs to find: ")
    assert all("precision" in each for each in lines[1:5])


def test_a_letter_that_is_surely_about_two_brings_them_together():
    told = letters()
    doubled = [told[0], *told[3:4], *told[20:21]]

    assert len(set(gather(doubled).numbers)) == 1


def test_two_that_have_grown_are_left_to_staff_and_so_is_every_two_at_the_desk():
    told = letters()
    waste, market = told[0], told[2]
    both = replace(waste, telling=_of_both(waste.telling, market.telling))

    assert len(set(gather([waste, market, both]).numbers)) == 1
    assert len(set(gather([waste, waste, market, market, both]).numbers)) == 2
    assert len(set(gather_as_the_desk([waste, market, both]).numbers)) == 2


def test_a_letter_that_is_surely_about_several_goes_to_the_one_told_of_most():
    told = letters()
    matters = OpenMatters()
    for number, at in ((1, 3), (2, 0), (2, 0)):
        matters.note(number, told[at].telling)

    likely = matters.list_likely(told[3].telling)

    assert [each.number for each in likely] == [2, 1]
    assert likely[0].is_sure
    assert likely[0].certainty < likely[1].certainty


def _of_both(one: Telling, two: Telling) -> Telling:
    return replace(one, subject=f"{one.subject}{two.subject}", text=f"{one.text}{two.text}")


def test_what_is_left_open_is_learned_from_neither_way():
    told = letters()
    labels = label(told)
    apart = Labels(labels.numbers, frozenset({frozenset((labels.numbers[0], labels.numbers[1]))}))

    settled, _ = collect(told, labels)
    rows, _ = collect(told, apart)

    assert apart.are_open(1, 0)
    assert len(rows) < len(settled)


def test_a_pair_that_was_read_again_is_either_one_matter_or_open():
    settled, left_open = {frozenset(each) for each in ONE_MATTER}, {frozenset(each) for each in OPEN}

    assert not settled & left_open
    assert all(len(each) == 2 for each in settled | left_open)


def test_one_among_ten_thousand_lines_is_found_in_milliseconds():
    matters = OpenMatters()
    words = (
        "电梯坏了",
        "停水了",
        "楼道灯不亮",
        "楼上太吵",
        "垃圾没人收",
        "门禁刷不开",
        "下水道堵了",
        "路灯坏了",
    )
    for number in range(10_000):
        path = (f"b{number // 5}", f"c{number // 100}", "street")
        matters.note(
            number,
            Telling(f"{words[number % 8]}，{number % 7}天了没人管", MONDAY, str(number % 8), path=path),
        )

    spent = []
    for number in range(0, 10_000, 100):
        begun = time.process_time()
        found = matters.find(
            Telling(
                f"{words[number % 8]}还没修",
                MONDAY,
                str(number % 8),
                path=(f"b{number // 5}", f"c{number // 100}", "street"),
            )
        )
        spent.append(time.process_time() - begun)
        assert found is not None
        assert found.number == number

    assert sorted(spent)[len(spent) // 2] < 0.005


def test_fitting_weighs_what_letters_of_one_matter_share():
    told = letters()
    labels = label(told)
    rows, same = collect(told, labels)

    weights = fit(rows, same)

    assert len(weights) == len(FEATURES) + 1
    assert weights[FEATURES.index("root_of_whole")] > 0
    assert sum(same) > 10


def test_letters_are_read_in_the_order_of_time_and_an_incident_lies_on_one_side(tmp_path: Path):
    path = tmp_path / "letters.jsonl"
    path.write_text(
        '{"id": 2, "at": "2026/9/8 10:00:00", "subject": "乙", "text": "二", "incident": 5}\n'
        '{"id": 1, "at": "2026-09-07 10:00:00", "subject": "甲", "text": "一", "incident": 5}\n',
        encoding="utf-8",
    )

    read = read_letters(path)

    assert [each.letter_id for each in read] == [1, 2]
    assert read[0].lot == read[1].lot
    assert read[0].telling.at == datetime(2026, 9, 7, 10, tzinfo=UTC)
