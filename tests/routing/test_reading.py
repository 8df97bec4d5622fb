"""What a reading says of its own certainty."""

import pytest

from routing.reading import Intent, Reading


@pytest.mark.parametrize(
    ("intent", "certainty", "category_certainty", "shown"),
    [
        (Intent.REPORT, 0.8, 0.9, 0.8),
        (Intent.CHATTER, 0.7, 0.9, 0.9),
        (Intent.CHATTER, 0.95, 0.9, 0.95),
        (Intent.CHATTER, 0.7, None, 0.7),
    ],
)
def test_of_unsure_talk_the_certainty_of_its_category_is_shown(
    intent: Intent, certainty: float, category_certainty: float | None, shown: float
):
    reading = Reading(intent, "water", certainty, urgent=False, category_certainty=category_certainty)

    assert reading.sorting_certainty == shown


def test_reasons_that_quote_the_person_do_not_last():
    why = ("说到“3单元”“不动了”，是报事", "管理员关键词“电梯”，归入 电梯", "电梯按紧急时限")
    reading = Reading(Intent.REPORT, "elevator", 0.9, urgent=True, why=why)

    assert reading.lasting_why == why[1:]
