"""Brings what people type into one form: widths, invisible characters, traditional letters, common slips.

What the words mean is not decided here.
"""

import re
import unicodedata
from functools import lru_cache
from types import MappingProxyType

LONGEST = 1000
"""Twice what nearly all letters to a city have (99 of 100 stay below 530). A pasted novel must not cost time: of a
longer text the beginning, which says what it is about, and the end, where people sign with their address, are read."""
_END = 200

_TRADITIONAL = (
    "電樓單號層門戶間東區燈壞漲聲鬧噪擾業務費車場庫佔違規維請問謝謝師傅處理時麼嗎裡裏員過還沒來個們這說話報修壓氣熱"
    "煙燒著災險傷駕關開鎖鐵頂牆樹蟲貓雞髒亂掃運壩溝廁馬紙線網鄰養護檢測響點幾歲寶貝買賣發財樂節陽臺檯國會議義務應該"
    "幫愛給為從後與讓極總媽爺兒孫嬰兩廠邊條掛滿濕凍結風窗戲聽覺見視電蓋匯閘鋼塊產廣場鄉認錢賠償斷續隻雙塵隨陳張劉"
)
_SIMPLIFIED = (
    "电楼单号层门户间东区灯坏涨声闹噪扰业务费车场库占违规维请问谢谢师傅处理时么吗里里员过还没来个们这说话报修压气热"
    "烟烧着灾险伤驾关开锁铁顶墙树虫猫鸡脏乱扫运坝沟厕马纸线网邻养护检测响点几岁宝贝买卖发财乐节阳台台国会议义务应该"
    "帮爱给为从后与让极总妈爷儿孙婴两厂边条挂满湿冻结风窗戏听觉见视电盖汇闸钢块产广场乡认钱赔偿断续只双尘随陈张刘"
)
# Written Cantonese has its own letters for everyday words.
_CANTONESE = {
    "咗": "了",
    "冇": "没",
    "嘅": "的",
    "喺": "在",
    "啲": "些",
    "嘈": "吵",
    "佢": "他",
    "𨋢": "电梯",
    "嚟": "来",
    "瞓": "睡",
}
_DASHES = dict.fromkeys("‐‑‒–—―−─ー", "-")
_FULL_WIDTH = {chr(each): chr(each - 0xFEE0) for each in range(0xFF01, 0xFF5F)} | {"\u3000": " "}
_LETTERS = MappingProxyType(
    {**dict(zip(_TRADITIONAL, _SIMPLIFIED, strict=True)), **_CANTONESE, **_DASHES, **_FULL_WIDTH}
)
_LETTER = re.compile(f"[{''.join(_LETTERS)}]")
# Every letter is full of these, and one by one they are quicker.
_OFTEN = tuple((each, _FULL_WIDTH[each]) for each in "，！？：；（）")

# Slips of the input method or of dictation, seen so often that they are read as what was meant.
# Only those are listed that are no words themselves.
SLIPS = MappingProxyType(
    {
        "电题": "电梯",
        "电剃": "电梯",
        "电踢": "电梯",
        "店梯": "电梯",
        "垫梯": "电梯",
        "电体坏": "电梯坏",
        "升降机": "电梯",
        "楼倒": "楼道",
        "楼到灯": "楼道灯",
        "楼到里": "楼道里",
        "喽道": "楼道",
        "物页": "物业",
        "物叶": "物业",
        "务业": "物业",
        "勿业": "物业",
        "漏睡": "漏水",
        "楼水": "漏水",
        "停谁": "停水",
        "挺水": "停水",
        "挺电": "停电",
        "造音": "噪音",
        "澡音": "噪音",
        "躁音": "噪音",
        "燥音": "噪音",
        "扰名": "扰民",
        "饶民": "扰民",
        "太抄": "太吵",
        "好抄": "好吵",
        "垃级": "垃圾",
        "拉圾": "垃圾",
        "拉极": "垃圾",
        "垃极": "垃圾",
        "路登": "路灯",
        "下水到": "下水道",
        "门尽": "门禁",
        "门近": "门禁",
        "监空": "监控",
        "摄象头": "摄像头",
        "消房": "消防",
        "消妨": "消防",
        "通到堵": "通道堵",
        "暖汽": "暖气",
        "燃汽": "燃气",
        "煤汽": "煤气",
        "冒眼": "冒烟",
        "着伙": "着火",
        "被捆": "被困",
        "捆人": "困人",
        "化粪迟": "化粪池",
        "井盍": "井盖",
        "单圆": "单元",
        "单员": "单元",
        "号搂": "号楼",
        "晕到了": "晕倒了",
    }
)
# Words of the dialects, so that the lists elsewhere need one form only.
DIALECTS = MappingProxyType(
    {
        "唔该": "谢谢",
        "唔": "不",
        "入面": "里面",
        "边度": "哪里",
        "边个": "谁",
        "点解": "为什么",
        "屋企": "家里",
        "成日": "整天",
        "莫得": "没得",
        "莫人": "没人",
        "啷个": "怎么",
        "屋头": "家里",
        "晓得": "知道",
        "哪点": "哪里",
        "哪个的": "谁的",
        "黑黢黢": "漆黑",
        "咋整": "怎么办",
        "埋汰": "脏",
        "不好使": "坏了",
        "侬": "你",
        "阿拉": "我们",
        "伐管": "不管",
    }
)
_WORDS = MappingProxyType({**SLIPS, **DIALECTS})
_WORD = re.compile("|".join(map(re.escape, sorted(_WORDS, key=len, reverse=True))))
# Dictation writes 栋 as another dong before the unit or the flat: 三洞一单元, 3冻502.
_SPOKEN_BUILDING = re.compile(
    r"(?<=[0-9一二三四五六七八九十])[洞冻动](?=\s*[0-9一二三四五六七八九十]{1,3}\s*(?:单元|[0-9]{2}))"
)
_INVISIBLE = frozenset({"Cf", "Cs", "Co", "Mn"})
# What nearly every message is made of: for these letters our table does the same as the slow way through Unicode.
_COMMON_LETTERS = r"\t\n\r -~一-鿿！-～　、。《》〈〉【】“”‘’—"
_COMMON = re.compile(f"[{_COMMON_LETTERS}]*")
_RARE = re.compile(f"[^{_COMMON_LETTERS}]")
_REPEATED = re.compile(r"([!?,。;:、~.…·#*=_+])\1+")
_SPACED_OUT = re.compile(r"(?<![^\s])(?:[一-鿿] ){2,}[一-鿿](?![^\s])")
_SPACES = re.compile(r"\s+")
_CLAUSE_END = re.compile(r"[,。.!?;…~\n]+|\s+|、")


# One message is asked for by several who look for different things in it.
@lru_cache(maxsize=16)
def normalise(text: str) -> str:
    """One line: half width, simplified, no invisible characters, one of each repeated punctuation mark."""
    plain = _SPACES.sub(" ", _in_one_form(_within_bounds(text))).strip()
    plain = _REPEATED.sub(r"\1", plain)
    if plain.count(" ") > 1:
        plain = _SPACED_OUT.sub(lambda found: found.group().replace(" ", ""), plain)
    return _SPOKEN_BUILDING.sub("栋", _WORD.sub(lambda found: _WORDS[found.group()], plain))


def _within_bounds(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - _END - 1]}\n{text[-_END:]}"


def _in_one_form(text: str) -> str:
    if not _COMMON.fullmatch(text):
        text = _RARE.sub(_leave_if_visible, unicodedata.normalize("NFKC", text))
    for wide, half in _OFTEN:
        text = text.replace(wide, half)
    return _LETTER.sub(lambda found: _LETTERS[found.group()], text)


def _leave_if_visible(letter: re.Match[str]) -> str:
    return "" if unicodedata.category(letter.group()) in _INVISIBLE else letter.group()


def split_clauses(text: str) -> tuple[str, ...]:
    """Parts between punctuation or spaces, which stand for punctuation in chat; empty ones left out."""
    return tuple(part for part in _CLAUSE_END.split(text) if part)


def clause_around(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after a stretch of the text inside its own clause."""
    before = _CLAUSE_END.split(text[max(0, start - 40) : start])[-1]
    after = _CLAUSE_END.split(text[end : end + 40], maxsplit=1)[0]
    return before, after
