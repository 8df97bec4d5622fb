"""How often the reader was right, from stories."""

from datetime import date, timedelta

from routing.callers import Caller
from routing.desk import claim, confirm, make_urgent, resolve, sort, sort_as_told
from routing.reading_record import CategoryTally, Confusion, Judgement, WeekTally, judge, tally
from tests.builders import TUESDAY_NINE, a_reading
from tests.world import World

UNTIL = date(2026, 11, 25)


def judged(world: World, number: int) -> Judgement:
    found = judge(number, world.ticket(number).category, world.store.history.list_of(number))
    assert found is not None
    return found


def test_what_staff_sorted_is_the_truth():
    world = World()
    number = world.report(reading=a_reading("water", certainty=0.4))
    sort(world.desk(), number, world.staff("liqiang"), category="noise")

    found = judged(world, number)

    assert (found.read_as, found.truth, found.certainty, found.is_right) == ("water", "noise", 0.4, False)


def test_what_staff_confirmed_or_worked_on_to_the_end_was_right():
    world = World()
    first, second = world.report(), world.report(who="u2")
    confirm(world.desk(), first, world.staff("chenjie"))
    claim(world.desk(), second, world.staff("chenjie"))
    resolve(world.desk(), second, world.staff("chenjie"), result="劝过了")

    assert [judged(world, each).is_right for each in (first, second)] == [True, True]


def test_nobody_has_said_while_it_waits_was_hurried_or_only_its_reporter_chose():
    world = World()
    waits, hurried, told = (world.report(who=each) for each in ("u1", "u2", "u3"))
    make_urgent(world.desk(), hurried, world.staff("chenjie"))
    sort_as_told(world.desk(), told, world.resident("u3"), category="water")

    assert [judged(world, each).truth for each in (waits, hurried, told)] == [None, None, None]
    assert judged(world, told).read_as == "noise"


def test_an_office_that_sorts_is_believed_too():
    world = World()
    number = world.report()
    sort(world.desk(), number, Caller(office="office:street"), category="water")

    assert judged(world, number).truth == "water"


def test_of_an_older_story_the_first_sorting_tells_what_it_was_read_as():
    world = World()
    number = world.report()
    sort(world.desk(), number, world.staff("chenjie"), category="water")
    story = world.store.history.list_of(number)
    for each in story:
        each.values.pop("read_as", None)

    found = judge(number, "water", story)

    assert found is not None
    assert (found.read_as, found.truth) == ("noise", "water")
    assert judge(number, "water", story[1:]) is None


def a_judgement(read_as: str, truth: str | None, *, days_ago: int = 0) -> Judgement:
    return Judgement(1, TUESDAY_NINE - timedelta(days=days_ago), read_as, None, truth)


def test_the_tally_counts_by_category_what_was_read_was_right_and_was_meant():
    found = tally(
        [
            a_judgement("water", "water"),
            a_judgement("water", "noise"),
            a_judgement("water", "noise"),
            a_judgement("other", "noise"),
            a_judgement("noise", None),
        ],
        until=UNTIL,
    )

    assert (found.reports, found.judged, found.right) == (5, 4, 1)
    assert found.categories == (
        CategoryTally("water", 3, 1, 1),
        CategoryTally("other", 1, 0, 0),
        CategoryTally("noise", 0, 0, 3),
    )
    assert found.confusions == (Confusion("water", "noise", 2), Confusion("other", "noise", 1))


def test_weeks_are_counted_back_from_today():
    found = tally(
        [
            a_judgement("water", "water"),
            a_judgement("water", "noise", days_ago=6),
            a_judgement("water", "water", days_ago=7),
        ],
        until=UNTIL,
    )

    assert found.weeks == (WeekTally(date(2026, 11, 11), 1, 1), WeekTally(date(2026, 11, 18), 2, 1))


def test_nothing_reported_is_a_tally_of_nothing():
    assert tally([], until=UNTIL).weeks == ()
