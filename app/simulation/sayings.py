"""What the made residents say: the admin's own examples, in the voices of people who are in a hurry, and small talk."""

import random
from collections.abc import Sequence

from app.simulation.street import ELSE_SO_OFTEN, HOW_OFTEN
from routing.hierarchy import Category, Hierarchy

_BEFORE = ("", "", "", "请问", "师傅", "麻烦看一下，", "又来了，", "网格员在吗？", "急，", "@里仁 ")
_AFTER = (
    "",
    "",
    "",
    "，好几天了",
    "，麻烦处理一下",
    "！！",
    "，老人不方便",
    "，谁管管",
    "，谢谢",
    "。昨天就这样",
)
_CHATTER = ("收到", "谢谢", "早上好", "今天快递到了吗", "哈哈哈", "谁家的猫丢了", "周末一起遛弯吗", "好的")
_DONE = (
    "已处理好",
    "师傅上门修好了",
    "现场已清理",
    "已劝导，双方同意",
    "换了新的，试过正常",
    "已联系单位修复",
)
_NOTES = ("已联系师傅，下午到", "配件在路上", "正在现场", "已约好时间上门")


class Sayings:
    """Chooses by `chance` alone, so that a seed gives the same street again."""

    def __init__(self, hierarchy: Hierarchy, chance: random.Random) -> None:
        self._chance = chance
        self._examples = {each.category_id: _examples_of(each) for each in hierarchy.categories}
        known = [each for each in hierarchy.categories if self._examples[each.category_id]]
        self._categories = [each.category_id for each in known]
        # No two streets are alike, but on none a fire lane is blocked as often as somebody is loud.
        self._weights = [_how_often(each) * chance.uniform(0.7, 1.4) for each in known]

    def report(self) -> str:
        if not self._categories:
            return "楼道里有点问题，请来看看"
        (category,) = self._chance.choices(self._categories, self._weights)
        said = self._chance.choice(self._examples[category])
        return f"{self._chance.choice(_BEFORE)}{said}{self._chance.choice(_AFTER)}"

    def chatter(self) -> str:
        return self._chance.choice(_CHATTER)

    def done(self) -> str:
        return self._chance.choice(_DONE)

    def note(self) -> str:
        return self._chance.choice(_NOTES)


def _how_often(category: Category) -> float:
    return next((often for word, often in HOW_OFTEN.items() if word in category.name), ELSE_SO_OFTEN)


def _examples_of(category: Category) -> Sequence[str]:
    return category.examples or tuple(f"这里{each}，请来看看" for each in category.keywords[:3])
