"""By its characters: often written ones count more, common ones less, a name that both share can be left out."""

import pytest

from understanding.characters import Characters, Measured, alike, alike_besides, written_of


def taught(*texts: str) -> Characters:
    characters = Characters()
    for text in texts:
        characters.learn(written_of(text))
    return characters


def measured(characters: Characters, *texts: str) -> list[Measured]:
    return [characters.measure(written_of(text)) for text in texts]


def test_the_same_characters_in_any_order_are_one_and_others_are_none():
    characters = taught("垃圾站臭气", "停水三天")

    assert alike(*measured(characters, "垃圾 臭气", "臭气垃圾")) == pytest.approx(1.0)
    assert alike(*measured(characters, "垃圾臭气", "停水三天")) == 0.0


def test_what_everybody_writes_tells_less_than_what_few_write():
    characters = taught(*["小区"] * 50, "垃圾")

    assert alike(*measured(characters, "小垃", "垃停")) > alike(*measured(characters, "小垃", "小停"))


def test_a_name_that_both_share_is_left_out_where_it_is_told():
    characters = taught("翠湖苑垃圾站", "翠湖苑停车难")
    waste, estate, parking = measured(characters, "翠湖苑垃圾站", "翠湖苑", "翠湖苑停车难")
    name = set(map(ord, "翠湖苑"))

    assert alike(waste, parking) > 0.2
    assert alike_besides(waste, parking, name=name) == 0.0
    assert alike_besides(estate, parking, name=name) == 0.0
    assert alike_besides(waste, waste, name=name) == pytest.approx(1.0)


@pytest.mark.parametrize("text", ["", " ", "🚰🚰"])
def test_what_has_no_characters_is_like_nothing(text: str):
    characters = taught("停水")

    assert alike(*measured(characters, text, "停水")) == 0.0
    assert alike(*measured(characters, "停水", text)) == 0.0


def test_a_character_written_a_thousand_times_is_counted_and_breaks_nothing():
    characters = taught("水" * 1_000)

    assert written_of("水" * 1_000).times == bytes([255])
    assert alike(*measured(characters, "水" * 1_000, "水")) == pytest.approx(1.0)
