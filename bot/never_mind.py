"""Who was asked something and does not want it any more: nothing is done, and they hear so."""

from bot.channel import Answer
from bot.dialogs import REPORT, settle
from bot.turn import Turn, reply
from routing.people import Dialog

NEVER_MIND = frozenset(
    {
        "算了",
        "取消",
        "不办了",
        "不用了",
        "先不",
        "先不办",
        "先算了",
        "没事了",
        "撤销",
        "点错了",
        "按错了",
        "发错了",
    }
    | {"cancel", "never mind"}
)
NO = frozenset({"不要", "不用", "不", "不是", "不需要", "否", "no", "n", "2"})
"""To "shall a person read it?" these say no as well."""


def answer_never_mind(turn: Turn, asked: Dialog | None) -> Answer | None:
    """None for everything else: of other questions a no is an answer."""
    said = turn.inbound.text.strip("。.!！~～ 吧了").lower()
    plain = {each.strip("吧了") for each in NEVER_MIND}
    if asked is None or asked.awaits not in {"words", REPORT}:
        return None
    if said not in plain and not (asked.awaits == REPORT and said in NO):
        return None
    settle(turn, asked)
    if asked.awaits == REPORT:
        return reply("answer.fine")
    number = int(asked.said.partition(" ")[2])
    return reply("answer.never_mind", ticket=number, number=number)
