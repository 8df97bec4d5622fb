"""Decides what a message is for: an ordered list of rules over signs, the first that fits wins and says why."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from routing.reading import Intent
from understanding.fault_words import (
    COMPLAINT,
    HOME,
    NOISE_AT_NIGHT,
    OTHER_HOUSE,
    PLAIN_FAULT,
    PRIVATE,
    REQUEST,
    THING,
    WEAK_FAULT,
)
from understanding.notices_and_chat import (
    is_about_the_group,
    is_advert,
    is_greeting,
    is_news_of_repair,
    is_notice,
    is_own_disturbance,
    is_small_talk,
    is_staff_answer,
)
from understanding.quick_patterns import QuickPattern

_NEAR = 26
_CLAUSE = re.compile(r"[^,。!?; ]+")
_THANKS = QuickPattern(
    r"谢谢|感谢|多谢|点(?:个)?赞|辛苦了?|给力|表扬|好评|锦旗|谢了|谢啦|唔该|不该你|太好了|亮多了|干净多了"
)
_OPENS_WITH_THANKS = QuickPattern(r"^.{0,3}(?:感谢|表扬|多谢|谢谢(?!.{0,6}(?:派|安排|来|处理|修)))")
_STILL = QuickPattern(r"但|可是|不过|又|还是|还没|麻烦|请")
_SUGGESTION = QuickPattern(
    r"建议|提议|倡议|我觉得可以|可以考虑|可以(?:搞|弄|组织|加|装|设|办)(?:个|一个|一下|几)|不妨|"
    r"提(?:个|点|一个)?(?:小)?(?:意见|想法)|希望(?:增|能|可以|"
    r"物业|社区|小区|以后|大家|咱们|我们)|能不能(?:每|公开|考虑|配|贴|划|改成|换成|加|装|增|设|组织|搞|"
    r"多|把|安排|弄|统一|给|定期|建|在)|可不可以(?:加|装|增|设|组织|搞|多|把|安排|统一|建|在)|"
    r"是不是(?:可以|该|应该)(?:加|装|增|设|组织|搞|多|统一|建)|最好(?:能|是)?(?:加|装|增|设|组织|搞|多|"
    r"把|统一|定期|建)|要是能[^,。!?]{0,12}就好|不如(?:加|装|搞|组织|把)|应该(?:加|装|增设|组织|统一|"
    r"设)"
)
_URGES_REPAIR = QuickPattern(
    r"(?:尽快|赶紧|赶快|早点|马上|抓紧|快点)[^,。!?]{0,8}(?:修|处理|解决|清|换|管|来|恢复)"
)
_PROGRESS = QuickPattern(
    r"(?:修|弄|搞|处理|解决|整|换|换上|装上|补上|换灯|清理|疏通|通)(?:好|完|掉)?了?(?:好)?(?:吗|"
    r"没有?(?:啊|呀|"
    r"呢)?(?:$|[,。!? ])|么(?:$|[,。!? ]))|(?:修|处理|解决|弄|搞|办|整|进行|查)(?:得|的)?(?:怎么样|"
    r"咋样|如何|怎样|啷个样|点样)|到(?:哪|那|什么)一?步|进度|进展|"
    r"(?:什么时候|啥时候|几时|多久|多耐|哪天|何时|还要多久)[^,。!?]{0,6}(?:修|处理|解决|弄|来人|派人|"
    r"给?换(?!届)|给个说法|有结果|整好|搞好|搞掂)|(?:有人|师傅|维修的?|你们|人)(?:来|过来|在处理|处理|"
    r"管|跟进|"
    r"去)[^,。!?]{0,4}(?:了吗|了没|吗|没有?$|没得)|"
    r"(?:的事|的事情|那事|上次[^,。!?]{0,8})(?:怎么样|咋样|如何|怎样)了?|(?:师傅|人|"
    r"维修)[^,。!?]{0,4}到哪|(?:谁|哪个)在(?:处理|跟|管)|有没有人(?:来|管|跟)|(?:有没有|"
    r"有)(?:人)?(?:处理)?(?:结果|消息|下文|回音|说法|答复|回复)|(?:结果|下文|答复|回复)(?:呢|出来了?吗|"
    r"了吗)|几点来(?!电|水)|查(?:一下|下)?我的(?:工单|单子|报修)|催(?:一下|一催|催|下)|(?:单子|工单|单号|"
    r"报修单|报的修)[^,。!?]{0,10}(?:吗|没|呢|怎么|咋|"
    r"到哪)|^(?:还)?有人(?:来)?管(?:吗|没|冇|么|不)"
)
_EARLIER_REPORT = QuickPattern(
    r"(?:上次|之前|昨天|前天|早上|上午|上周|那天|大前天|前几天|刚才|头先|琴日|"
    r"[0-9一二三四五六七八九十两几]+(?:天|周|个?月)前)?我?(?:们)?(?:家)?(?:上次|之前|昨天|前天|早上|"
    r"上午|上周|那天|前几天|刚才|琴日)?(?:报|反映|反应|投诉|登记|提交|申请|上报)(?:修)?(?:了|过|的|"
    r"上去|咗)"
    r"|(?:上次|之前|昨天|前天|上周|前几天)[^,。!?]{0,4}(?:说|讲|提)(?:的|过)|报修(?:的|过)|"
    r"我(?:们)?报的|(?:那个|我的|我那)(?:单子|工单|报修|投诉)"
)
_QUESTION = QuickPattern(
    r"请问|想问|问一?下|问个|咨询|打听|请教|知道[^,。!?]{0,12}(?:不|伐|没得)$|有(?:谁|人|没有人)?知道|"
    r"有没有(?!人管)|有谁|谁(?:有|知道|家有|能|认识|会)|哪(?:里|家|个|儿|位|天|款|种)|边度|几点|多少|"
    r"什么时候|啥时候|几时|找谁|怎么(?:办理|申请|交|弄|走|提取|开|联系|办|预约|缴|查|装|用|收费)|如何|"
    r"咋(?:办理|申请|交|查)|什么(?:价|牌子|流程|手续|材料|电话|意思)|"
    r"能不能|可不可以|可以(?:吗|么)|吗[?。!~ ]*$|么\?|伐$|什么$|哪些|在哪|几号|怎么(?:登记|领)|"
    r"[店吗里的]没[?。 ]*$|(?P<verb>[去来要用])不(?P=verb)|(?:在|开|有|上班|营业)不[?。 ]*$|"
    r"还是[^,。!?]{1,6}[?]?$|呢\?*$|[?]$|是不是|要不要|好不好|靠谱|推荐|有必要|会[^,。!?]{0,6}吗|"
    r"行不行|得不得|吗(?:你们|大家|各位)"
)
_ASKS_POLITELY = QuickPattern(r"请问|想问|问一?下|问个|大家都")
_ASKS_TO_KNOW = QuickPattern(
    r"哪里(?:有|能|可以|办|修)|知道(?:几点|什么|怎么|哪|谁)|咨询|打听|请教|有谁知道|有(?:人|"
    r"没有人)知道|谁知道|找谁|哪(?:里|家|个师傅|儿)(?:能|可以|有|比较|修|卖|好)|怎么(?:办理|申请|登记|领|"
    r"交|提取|联系|预约|缴|查|收费)|去哪里|在哪(?:里)?(?:查|办|交|看|领)|几点|多少钱|什么(?:价|牌子|"
    r"流程|手续|材料|时候(?:开始|交|来|有|停))|靠谱|推荐|有必要|一般(?:找|多|怎么|是)|大家觉得|"
    r"会[^,。!?]{0,6}吗|有活动吗|要不要|收费标准|电话(?:是)?多少|(?:谁|"
    r"有没有人)有[^,。!?]{0,10}(?:电话|微信|联系方式)"
)
_HAS_HAPPENED = QuickPattern(
    r"坏了|漏了|停了|断了|爆了|堵了|破了|没了|掉了|裂了|又|几天了|一直|"
    r"[0-9一二三四五六七八九十两几半]+(?:天|周|个月|月|小时)了?|好久|在漏|不亮|死了|停水了|停电了|"
    r"没水了|没电了|打不开|关不上|不动了|困"
)
_GENERALLY = QuickPattern(
    r"一般|通常|(?:^|请问|想问)[^,。!?]{0,4}(?:如果|万一|要是)|(?:几点|几号|什么时候|啥时候|哪天|"
    r"多久)[^,。!?]{0,4}(?:停|来|恢复)|平时|以后|能(?:停|放|装|用|修)吗|可以(?:停|放|装|用)吗|允许|"
    r"规定|会(?:停|不会停)|是真的|明天|后天|下周|什么时候停|收费|多少钱|"
    r"(?:停|断)[水电气暖]?到(?:几点|什么时候|啥时候|哪天|多久)|"
    r"[水电气暖]了?(?:吗|么)(?:你们|大家|各位)|(?:你们|大家|各位|有谁)(?:家|那|那边|楼)?(?:也|都)?(?:停|没|断)[水电气暖]了?(?:吗|么|没)"
)


@dataclass(frozen=True, slots=True)
class Signs:
    """What stands out in a normalised message. `fault` and `thing` are the words found, or None."""

    text: str
    fault: str | None
    thing: str | None
    is_plain_fault: bool
    keyword: str | None
    is_dangerous: bool
    resembles_example: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """`certainty` is of the intent alone, 0 to 1."""

    intent: Intent
    certainty: float
    reason: str


@dataclass(frozen=True, slots=True)
class _Rule:
    intent: Intent
    certainty: float
    reason: str
    fits: Callable[[Signs], bool]


def look_for_signs(text: str, *, keyword: str | None, is_dangerous: bool, resembles_example: bool) -> Signs:
    """`keyword` is the category's word that was found, if any."""
    here = _without_matters_of_others(text)
    plain = NOISE_AT_NIGHT.search(here) or PLAIN_FAULT.search(here)
    thing, weak = _nearest_pair(here, keyword)
    return Signs(
        text=text,
        fault=plain.group() if plain else weak,
        thing=thing,
        is_plain_fault=plain is not None,
        keyword=keyword,
        is_dangerous=is_dangerous,
        resembles_example=resembles_example,
    )


def decide_intent(signs: Signs) -> Verdict:
    rule = next(each for each in _RULES if each.fits(signs))
    return Verdict(
        rule.intent, rule.certainty, rule.reason.format(fault=signs.fault, thing=signs.thing or "")
    )


def _without_matters_of_others(text: str) -> str:
    """The message with every clause blanked that speaks of another house, or only of a phone, a film or a lesson."""
    if not (OTHER_HOUSE.search(text) or PRIVATE.search(text)):
        return text
    return _CLAUSE.sub(lambda clause: _blank_if_elsewhere(clause.group()), text)


def _blank_if_elsewhere(clause: str) -> str:
    elsewhere = OTHER_HOUSE.search(clause) or (PRIVATE.search(clause) and not _names_thing(clause))
    return " " * len(clause) if elsewhere else clause


def _names_thing(clause: str) -> bool:
    return any(not HOME.fullmatch(found.group()) for found in THING.finditer(clause))


def _nearest_pair(text: str, keyword: str | None) -> tuple[str | None, str | None]:
    """A thing and a fault word close to each other; a fault word alone does not count."""
    things = [(found.start(), found.end(), found.group()) for found in THING.finditer(text)]
    if keyword and (at := text.find(keyword)) >= 0:
        things.append((at, at + len(keyword), keyword))
    for found in WEAK_FAULT.finditer(text):
        for start, end, thing in things:
            apart = start >= found.end() or end <= found.start()
            if apart and -_NEAR <= found.start() - end <= _NEAR:
                return thing, found.group()
    things.sort(key=lambda each: bool(HOME.fullmatch(each[2])))
    return (things[0][2] if things else None), None


def _tells_fault(signs: Signs) -> bool:
    return signs.is_plain_fault or (signs.thing is not None and signs.fault is not None)


def _asks_for_progress(signs: Signs) -> bool:
    found = _PROGRESS.search(signs.text)
    if found is None:
        return False
    if _EARLIER_REPORT.search(signs.text):
        return True
    rest = signs.text[: found.start()] + signs.text[found.end() :]
    return not (_HAS_HAPPENED.search(rest) and _tells_fault(signs))


def _only_asks(signs: Signs) -> bool:
    """A fault that is only asked about, not told as there, leaves it a question."""
    if not _QUESTION.search(signs.text):
        return False
    if _tells_fault(signs):
        knowing = not signs.is_plain_fault and _ASKS_TO_KNOW.search(signs.text)
        return bool(_GENERALLY.search(signs.text) or (knowing and not _HAS_HAPPENED.search(signs.text)))
    return any(each.search(signs.text) for each in (_ASKS_POLITELY, _ASKS_TO_KNOW, _GENERALLY))


def _suggests(signs: Signs) -> bool:
    found = _SUGGESTION.search(signs.text)
    if found is None or _URGES_REPAIR.search(signs.text):
        return False
    told_before = signs.text[: found.start()]
    return not (
        _tells_fault(signs) and (_HAS_HAPPENED.search(told_before) or PLAIN_FAULT.search(told_before))
    )


def _thanks(signs: Signs) -> bool:
    if not _THANKS.search(signs.text):
        return False
    if is_news_of_repair(signs.text) or _OPENS_WITH_THANKS.search(signs.text):
        return not (signs.is_plain_fault and _STILL.search(signs.text))
    return not _tells_fault(signs) and not REQUEST.search(signs.text)


def _names_common_thing(signs: Signs) -> bool:
    return signs.thing is not None and not HOME.fullmatch(signs.thing)


def _complains_of_thing(signs: Signs) -> bool:
    return _names_common_thing(signs) and bool(COMPLAINT.search(signs.text) or REQUEST.search(signs.text))


_RULES = (
    _Rule(Intent.REPORT, 0.97, "说到危险", lambda signs: signs.is_dangerous),
    _Rule(Intent.CHATTER, 0.95, "表情或应答", lambda signs: is_small_talk(signs.text)),
    _Rule(Intent.THANKS, 0.9, "表示感谢", lambda signs: _thanks(signs)),
    _Rule(Intent.CHATTER, 0.9, "像转发的通知", lambda signs: is_notice(signs.text)),
    _Rule(Intent.CHATTER, 0.85, "像工作人员的答复", lambda signs: is_staff_answer(signs.text)),
    _Rule(Intent.CHATTER, 0.85, "自家施工先打招呼", lambda signs: is_own_disturbance(signs.text)),
    _Rule(Intent.CHATTER, 0.85, "像广告或转让", lambda signs: is_advert(signs.text)),
    _Rule(Intent.CHATTER, 0.8, "说的是群本身", lambda signs: is_about_the_group(signs.text)),
    _Rule(Intent.PROGRESS, 0.85, "询问进展", _asks_for_progress),
    _Rule(Intent.CHATTER, 0.8, "说事情已经好了", lambda signs: is_news_of_repair(signs.text)),
    _Rule(Intent.SUGGESTION, 0.85, "提出建议", _suggests),
    _Rule(Intent.QUESTION, 0.8, "想打听一件事", _only_asks),
    _Rule(Intent.REPORT, 0.92, "说到“{fault}”，是报事", lambda signs: signs.is_plain_fault),
    _Rule(Intent.REPORT, 0.88, "说到“{thing}”“{fault}”，是报事", _tells_fault),
    _Rule(Intent.REPORT, 0.8, "与例子相近，是报事", lambda signs: signs.resembles_example),
    _Rule(Intent.REPORT, 0.65, "对“{thing}”有意见或请人处理", _complains_of_thing),
    _Rule(Intent.CHATTER, 0.85, "问候", lambda signs: is_greeting(signs.text)),
    _Rule(Intent.QUESTION, 0.65, "是个问句", lambda signs: bool(_QUESTION.search(signs.text))),
    _Rule(
        Intent.REPORT,
        0.4,
        "只说了“{thing}”",
        lambda signs: signs.text.strip("!?。,~啊呀 ") == signs.keyword,
    ),
    # Here a person may well have meant something: the words are of the house, only the trouble was not understood.
    _Rule(Intent.CHATTER, 0.45, "提到“{thing}”，没看出要办什么", lambda signs: signs.thing is not None),
    _Rule(Intent.CHATTER, 0.7, "没有说到要办的事", lambda signs: True),
)
