"""Talk among neighbours that has the words of a trouble in it: advice that is asked for, a price once paid, praise, a
joke, gossip, what somebody lost. Surely a report it is not; told to the bot itself, a person may look at it.
"""

import re

from understanding.fault_words import COMPLAINT, REQUEST
from understanding.quick_patterns import QuickPattern

_ADVICE = QuickPattern(
    r"(?:怎么|咋|如何)(?:治|除|灭|根治|去除|防)(?!安)|(?:药|牌子|师傅|公司|机|网|贴|剂|胶)[^,。!?]{0,3}哪(?:个|款|种|家)[^,。!?]{0,4}"
    r"(?:好|管用|有效|靠谱)|(?:大家|谁|有没有人|你们)(?:都)?(?:有(?:没有)?经验|用过|试过|是怎么(?:弄|解决|处理|办))"
)
_AT_YOURS = QuickPattern(
    r"(?:热不热|冷不冷|吵不吵|亮不亮|通不通|臭不臭)(?:啊|呀)?[, ]*(?:你们|大家|各位)|"
    r"(?:费|价|租金?|工资|学费|油价)[^,。!?]{0,2}(?:涨|交|缴|降)了?(?:没|没有|吗)[啊呀?!。 ]*$"
)
_PRICES = QuickPattern(
    r"(?:天然气|燃气|煤气|汽油|油|电|水|菜|肉|蛋|房子?|东西)(?:都|又|也|要|真|可)*(?:涨|降)(?:价|了)"
)
_PAID_ONCE = QuickPattern(
    r"(?:去年|前年|上次|以前|当时|那次|那时|前几年)[^。!?]{0,14}(?:花了?|修了|赔了?|换了)[^,。!?]{0,6}"
    r"(?:[0-9一二三四五六七八九十百千万两几]+(?:块|元|百|千|万|多)|不少钱|好多钱)"
)
_PRAISE = QuickPattern(r"(?:琴|歌|曲|鼓|笛|唱|弹|吹|拉)(?:得|的)?[^,。!?]{0,3}(?:真|好|挺|蛮|太)好听")
_MUSIC = QuickPattern(r"^谁(?:家)?(?:在|的)?(?:弹|拉|吹|唱)[^,。!?]{1,4}[啊呀呢?!。~ ]*$")
_SLEEPLESS = QuickPattern(r"^[^,。!?]{0,8}(?:睡不着|失眠)[了啊呀呢?!。~, ]*$")
_SIGNS_OFF = QuickPattern(
    r"没电了?[, ]*(?:先|要)?(?:不聊|不说|下了|撤|充)|(?:先|就)不聊了|回(?:头|聊)再?聊|老鼠爱大米"
)
_LAUGHS = re.compile(r"^(?:哈|嘿|嘻|呵|😂|🤣|😄){2,}|(?:哈{2,}|嘿{2,}|😂+|🤣+)[!。~]*$")
_QUARREL = QuickPattern(r"谁家(?:在)?(?:吵架|吵吵|办喜事|结婚|放炮|放烟花|放鞭炮)[了呢吗啊呀?!。~ ]*$")
_LOST = QuickPattern(
    r"^(?:我|本人)?(?:刚才?|今天|昨天|早上|晚上|不小心)?(?:弄?丢|落)了(?:我的|一?[个串把只条张部件副双支枚])"
)
_UNHURT = QuickPattern(r"(?:摔|跌|滑|绊|磕)倒?(?:了|一跤)?[^,。!?]{0,4}没(?:什么|啥)?事(?!吧|吗|么|儿?做|找)")
_HEARD = QuickPattern(r"^(?:听说|听人说|据说|听讲)")
_PARCELS = QuickPattern(
    r"(?:快递|包裹|驿站|菜鸟)[^,。!?]{0,6}(?:堆成|堆得|堆满|爆仓|多得|太多|好多)|(?:堆满|堆成)[^,。!?]{0,4}(?:驿站|菜鸟)"
)
_COMMON = QuickPattern(
    r"井盖|楼道|楼梯|走廊|过道|通道|门口|大堂|大厅|电梯|单元|楼下|楼里|小区|地库|车库|消防|下水|垃圾|物业|保安|路灯|门禁"
)
_LOUD = QuickPattern(r"吵|响|敲|闹|楼上|隔壁|楼下|声|音|噪")
# It is so here and now, whatever began the sentence: "上次花了500修的水管又漏了", "听说要停水？家里已经没水了".
_HERE_AND_NOW = QuickPattern(
    r"又[^,。!?]{0,3}(?:坏|漏|堵|停|断|掉|裂|脱|响|跳|炸|没)|(?:现在|如今|还是|家里|已经)[^,。!?]{0,8}(?:坏|漏|堵|停|断|不|没|裂)|"
    r"(?:但|但是|不过|可是|就是)[^。!?]{0,12}(?:坏|漏|堵|吵|滑|翘|不|没|半夜|修|裂|松)|太吵|吵死|睡不"
)
# One pattern looks once where any of them can begin.
_SURELY = QuickPattern(
    "|".join(
        each.pattern
        for each in (_PRICES, _PAID_ONCE, _PRAISE, _MUSIC, _SIGNS_OFF, _QUARREL, _AT_YOURS, _HEARD, _UNHURT)
    )
)
_SHORT = 16


def is_talk_among_neighbours(text: str) -> bool:
    """Takes a normalised message. Where the house is named, or somebody complains or asks for help, it is none."""
    if _SURELY.search(text):
        return not any(each.search(text) for each in (_HERE_AND_NOW, COMPLAINT, REQUEST))
    if _SLEEPLESS.search(text):
        return not _LOUD.search(text)
    if _LOST.search(text) or (len(text) <= _SHORT and _LAUGHS.search(text)):
        return not _COMMON.search(text)
    if _ADVICE.search(text) or _PARCELS.search(text):
        return not any(each.search(text) for each in (_COMMON, COMPLAINT, REQUEST))
    return False
