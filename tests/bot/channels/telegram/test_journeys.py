from bot.channels.telegram.journeys import MAX_JOURNEYS, Journeys


def test_same_words_go_on_and_other_words_begin_anew() -> None:
    journeys = Journeys()
    journeys.resume("k1", ("一", "二")).said.append(5)

    assert journeys.resume("k1", ("一", "二")).last == 5
    assert journeys.resume("k1", ("可能重复：一", "二")).last is None


def test_only_the_latest_are_remembered() -> None:
    journeys = Journeys()
    for number in range(MAX_JOURNEYS):
        journeys.resume(f"k{number}", ("一",)).said.append(number)
    journeys.resume("k0", ("一",))

    journeys.resume("one more", ("一",))

    assert journeys.resume("k0", ("一",)).last == 0
    assert journeys.resume("k1", ("一",)).last is None
