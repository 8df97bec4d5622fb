"""Whether a dreadful word is meant as happening: not denied, not long past, not supposed, not a figure of speech.

In doubt it counts as happening: a needless alarm costs less than a missed one.
"""

import re

from understanding.quick_patterns import QuickPattern
from understanding.text_forms import clause_around

_DENIED_BEFORE = QuickPattern(
    r"(?:没有?|未|无|并不是|(?<!是)不是|不存在|没发现|没听说|排除了?)(?:人|有人|谁|出现|发生|什么|任何|人员|"
    r"任何人|人员伤亡|小孩|老人)?$"
)
_DENIED_INSIDE = QuickPattern(
    r"(?:没有?|未|无|(?<!是)不是)(?:人|有人|谁|出现|发生|任何人|人员|小孩|老人)*(?:被?[困关夹]|"
    r"受伤|伤|着火|起火)"
)
_PAST = re.compile(r"上次|上回|上一次|以前|去年|前年|上个?月|上周|上礼拜|那次|曾经?|当年|小时候|前几年|往年")
_PAST_AFTER = re.compile(r"^(?:了?过)(?!半|来|去|不)")
_NOW = QuickPattern(r"又|现在|刚|正在|再次|这会|今天|今晚|此刻|这次|还在")
_SUPPOSED = QuickPattern(
    r"万一|要是|如果|假如|倘若|担心|(?<!恐)怕(?!是)|防止|避免|预防|以防|容易|会不会(?!是)|迟早|早晚会?|"
    r"可能会|难道要|等到|非要|别等|真要|一旦|才会|有可能会|怎样才|总有一天|说不定|搞不好|弄不好"
)
_SUPPOSED_AFTER = re.compile(
    r"^了?(?:大家|一起|全楼|整栋)[^,。!?]{0,4}(?:飞升|升天|完蛋|陪葬|遭殃)|^(?:的(?:危险|风险|"
    r"隐患|可能)|隐患|风险|怎么预防|应急预案|知识|怎么逃生)"
)
_LIKENED_AFTER = re.compile(r"^[^,。!?]{0,5}(?:一样|似的|般的|一般)")
_EXAGGERATED_BEFORE = QuickPattern(
    r"(?:蚊[子虫]?|[热气笑急累渴辣困饿忙吓疼痒美帅冷]得|笑到|气到|热到|忙到|"
    r"(?<!赶)快要?(?![来点些去救跑逃打叫喊报派看帮])|"
    r"都要|差点|险些|恨不得|原地)[^,。!?]{0,6}$"
)
_NOT_HERE = QuickPattern(
    r"演练|演习|彩排|误报|虚惊一场|讲座|培训|宣传册?|电影|电视剧|连续剧|新闻(?:上|里|说|报道)|小说|"
    r"游戏|剧情|梦见|梦到|做梦|视频里|抖音|内存泄|我的代码|朋友圈[^,。!?]{0,4}(?:着火|炸)|"
    r"火药味|(?:男神|女神)来了|(?:爆炸|炸裂)(?:地|的)?(?:好吃|好喝|好看|香)"
)
_HEARSAY = QuickPattern(
    r"小时候|看新闻|看抖音|抖音上|某小区|(?:听说|听讲|听人说|"
    r"据说)[^,。!?]{0,8}(?:隔壁|别的|其他|对面|附近|前面|"
    r"哪个)[^,。!?]{0,3}(?:小区|村|县|市|楼盘|单位)|"
    r"(?:有个|有一个|某个?|外地|别的|其他)小区|(?:转发|转)[^。]{0,40}提醒|"
    r"^(?:转发|转自|转)[^。]*(?:遇难|身亡|死亡|丧生|引发|扩散)|(?:图片|视频)(?:来自|是)网[络上]|(?:隔壁|外地|别的|其他|某)(?:城市|省|市|县)"
)
_HERE_TOO = re.compile(r"(?:我们|咱们?|这边|本小区|自己)[^,。!?]{0,6}(?:也|都|就)|(?:赶紧|快)(?:来|打)")
_OVER = QuickPattern(
    r"(?:摔|跌|滑|绊|磕)倒?(?:了|一跤)?[^,。!?]{0,4}没(?:什么|啥)?事(?!吧|吗|么|儿?做|找)|"
    r"扑灭|火(?:已经|已|都)?灭了|救出来?了|已经?(?:出来|脱困|获救|解除)|出来了没事|找到了|找着了|"
    r"已经?找到|没事了|平安(?:回家|出来|到家)|虚惊|抓住了|抓到了|(?:必须|值得|提出|特此|要)表扬|"
    r"后来(?:就|都|又)?(?:出来|救出|没事|修好|好)了|我(?:们|家)?(?:来|会|全)?赔(?!了)|没大碍|没伤着|皮实|哭(?:两|几)声就|"
    r"判了(?!吗|没)|[0-9一二三四五六七八九十几两]+分钟就(?:到|来|解决|出来)了"
)
_BUT = re.compile(r"但|可是|不过|又|还在|还有|没(?:找到|扑灭|救出|抓)|找到了吗")


def is_happening(text: str, start: int, end: int) -> bool:
    """True unless the sentence itself says that the words from `start` to `end` are not so."""
    before, after = clause_around(text, start, end)
    if _DENIED_BEFORE.search(before) or _DENIED_INSIDE.search(text[start:end]):
        return False
    if _LIKENED_AFTER.search(after) or _SUPPOSED_AFTER.search(after):
        return False
    if _SUPPOSED.search(before):
        return False
    return not _is_past(before, after)


def is_exaggerated(text: str, start: int, end: int) -> bool:
    """ "热得要着火", "气得冒烟", "差点晕倒": speech that shows a mood."""
    before, _ = clause_around(text, start, end)
    return bool(_EXAGGERATED_BEFORE.search(before))


def is_over_or_elsewhere(text: str) -> bool:
    """The whole message speaks of a drill, a film or something that has ended."""
    if _NOT_HERE.search(text) or is_hearsay(text):
        return True
    return bool(_OVER.search(text)) and not _BUT.search(text)


def is_hearsay(text: str) -> bool:
    """What was in the news, or what another estate is said to have."""
    return bool(_HEARSAY.search(text)) and not _HERE_TOO.search(text)


def _is_past(before: str, after: str) -> bool:
    if _NOW.search(before) or _NOW.search(after):
        return False
    return bool(_PAST.search(before) or _PAST_AFTER.search(after))
