"""In danger each number is named once, and nothing of the advice is lost that is more than a number."""

import pytest

from bot.pressing import say_once
from bot.texts import say

GAS = "请先关阀、开窗、离开，不要开关电灯；到室外再打燃气抢修电话或 119。"
FIRE, AMBULANCE, POLICE = (say(f"emergency.{each}") for each in ("119", "120", "110"))


@pytest.mark.parametrize(
    ("emergency", "advice", "said"),
    [
        (FIRE, GAS, ("", GAS)),
        (FIRE, "请不要在楼道充电，看到冒烟请先离开并拨打 119。", (FIRE, "")),
        (FIRE, "如果已经看到烟或火，请先撤离并拨打 119。", (FIRE, "")),
        (AMBULANCE, "如果有人昏迷，请先拨打 120，我们马上安排人上门。", (AMBULANCE, "")),
        (
            POLICE,
            "先消消气，我们来当面沟通；如果有人动手，请先拨打 110。",
            (POLICE, "先消消气，我们来当面沟通。"),
        ),
        (
            FIRE,
            "请勿扒门，按轿厢内紧急呼叫按钮，等待救援。",
            (FIRE, "请勿扒门，按轿厢内紧急呼叫按钮，等待救援。"),
        ),
        ("", "如果已经看到烟或火，请先撤离并拨打 119。", ("", "如果已经看到烟或火，请先撤离并拨打 119。")),
        (FIRE, "", (FIRE, "")),
        (say("emergency.110_120"), GAS, (say("emergency.110_120"), GAS)),
    ],
)
def test_a_number_is_named_once_and_the_rest_of_the_advice_stays(emergency, advice, said):
    assert say_once(emergency, advice) == said


def test_what_the_ambulance_line_does_not_name_is_still_said():
    both = say_once(AMBULANCE, "到室外再打 119。")

    assert both == (AMBULANCE, "到室外再打 119。")
