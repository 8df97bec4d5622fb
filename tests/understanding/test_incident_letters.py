"""Letters of an invented town arrive one by one: those of one matter come together, those of one estate do not."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from routing.likeness import Telling
from tests.understanding.letters import LETTERS
from understanding.incident_evaluation import gather, report, score, share_offered
from understanding.incident_fitting import collect, fit, label
from understanding.incident_letters import Letter, pairs_of, read_letters
from understanding.incidents import OpenMatters
from understanding.letter_likeness import FEATURES

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
    assert share_offered(gathered, incidents, everybody) >= 0.95


def test_the_figures_are_told_in_words():
    told = letters()

    lines = report(told, gather(told), set(range(len(told))))

    assert lines[0].startswith(f"letters: {len(told)}, counted: {len(told)}, pairs to find: ")
    assert all("precision" in each for each in lines[1:4])


def test_a_letter_that_is_surely_about_two_brings_them_together():
    told = letters()
    doubled = [told[0], *told[3:4], *told[20:21]]

    assert len(set(gather(doubled).numbers)) == 1


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
