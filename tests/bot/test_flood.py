"""One who floods is held back; everybody else is not, and nobody who types is."""

from bot.flood import BURST, Flood


def test_somebody_who_types_is_never_held_back():
    flood = Flood()

    assert all(flood.takes("wechat:a", "u1", at=second) for second in range(500))


def test_a_machine_is_held_back_and_the_neighbour_is_not():
    flood = Flood()
    taken = sum(flood.takes("wechat:a", "machine", at=0.0) for _ in range(BURST + 100))

    assert taken == BURST
    assert flood.dropped == 100
    assert flood.takes("wechat:a", "neighbour", at=0.0)


def test_who_is_held_back_is_told_once_a_minute():
    flood = Flood(burst=1)
    flood.takes("wechat:a", "u1", at=0.0)
    flood.takes("wechat:a", "u1", at=0.1)

    told = [flood.may_tell("wechat:a", "u1", at=second) for second in (0.1, 5.0, 61.0)]

    assert told == [True, False, True]


def test_after_a_while_one_may_speak_again():
    flood = Flood(burst=1)
    flood.takes("wechat:a", "u1", at=0.0)

    assert not flood.takes("wechat:a", "u1", at=0.5)
    assert flood.takes("wechat:a", "u1", at=2.0)
