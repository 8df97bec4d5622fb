"""From a text to a command: the same words on every channel, in Chinese and English, with typos forgiven.

What a command does is not decided here. A text that is no command is left to the reader.
"""

import difflib
import re
from dataclasses import dataclass
from enum import StrEnum


class Word(StrEnum):
    """What people say to the bot; the value is the English word beside the Chinese one."""

    STATUS = "status"
    URGE = "urge"
    ADD = "add"
    WITHDRAW = "withdraw"
    RATE = "rate"
    MINE = "mine"
    HELP = "help"
    ERASE = "erase"
    CLAIM = "claim"
    RELEASE = "release"
    HAND_BACK = "handback"
    ESCALATE = "escalate"
    TRANSFER = "transfer"
    NOTE = "note"
    QUESTION = "question"
    PAUSE = "pause"
    RESUME = "resume"
    RESOLVE = "resolve"
    DECLINE = "decline"
    MERGE = "merge"
    MERGE_INTO = "merge_into"
    PART = "part"
    SORT = "sort"
    HURRY = "urgent"
    APPROVE = "approve"
    REFUSE = "refuse"
    REOPEN = "reopen"
    CLOSE = "close"
    DETAILS = "details"
    WORKLIST = "worklist"
    WHO_AM_I = "whoami"
    KIND = "kind"


CHINESE = {
    "进度": Word.STATUS,
    "催办": Word.URGE,
    "补充": Word.ADD,
    "撤回": Word.WITHDRAW,
    "评价": Word.RATE,
    "我的": Word.MINE,
    "帮助": Word.HELP,
    "删除我的数据": Word.ERASE,
    "认领": Word.CLAIM,
    "签收": Word.CLAIM,
    "放回": Word.RELEASE,
    "退回": Word.HAND_BACK,
    "退单": Word.HAND_BACK,
    "上报": Word.ESCALATE,
    "转派": Word.TRANSFER,
    "备注": Word.NOTE,
    "询问": Word.QUESTION,
    "问居民": Word.QUESTION,
    "暂缓": Word.PAUSE,
    "恢复": Word.RESUME,
    "办结": Word.RESOLVE,
    "不予受理": Word.DECLINE,
    "并案": Word.MERGE,
    "并到": Word.MERGE_INTO,
    "并入": Word.MERGE_INTO,
    "拆案": Word.PART,
    "分类": Word.SORT,
    "归类": Word.KIND,
    "加急": Word.HURRY,
    "同意": Word.APPROVE,
    "不同意": Word.REFUSE,
    "重办": Word.REOPEN,
    "结案": Word.CLOSE,
    "详情": Word.DETAILS,
    "待办": Word.WORKLIST,
    "我的编号": Word.WHO_AM_I,
}

ENGLISH = {each.value: each for each in Word} | {
    "hand_back": Word.HAND_BACK,
    "hand back": Word.HAND_BACK,
    "todo": Word.WORKLIST,
    "progress": Word.STATUS,
    "done": Word.RESOLVE,
    "take": Word.CLAIM,
    "ask": Word.QUESTION,
    "start": Word.HELP,
}

SLIPS = {
    "认令": "认领",
    "认铃": "认领",
    "人领": "认领",
    "任领": "认领",
    "认零": "认领",
    "办节": "办结",
    "办接": "办结",
    "办解": "办结",
    "办洁": "办结",
    "崔办": "催办",
    "催板": "催办",
    "吹办": "催办",
    "催促": "催办",
    "评介": "评价",
    "平价": "评价",
    "进渡": "进度",
    "近度": "进度",
    "撒回": "撤回",
    "彻回": "撤回",
    "帮住": "帮助",
    "帮组": "帮助",
    "代办": "待办",
    "带办": "待办",
    "转拍": "转派",
    "上抱": "上报",
    "上保": "上报",
    "备住": "备注",
    "寻问": "询问",
    "讯问": "询问",
    "巡问": "询问",
    "问局民": "问居民",
    "并按": "并案",
    "补冲": "补充",
    "放会": "放回",
    "退会": "退回",
    "暂换": "暂缓",
    "撤消": "撤回",
    "撤销": "撤回",
    "取消": "撤回",
    "催一下": "催办",
    "催催": "催办",
    "催一催": "催办",
    "查进度": "进度",
    "看进度": "进度",
    "接单": "认领",
    "合并": "并案",
    "删除我的资料": "删除我的数据",
    "删除我的信息": "删除我的数据",
    "删除我的个人信息": "删除我的数据",
    "删掉我的数据": "删除我的数据",
    "删掉我的资料": "删除我的数据",
    "清除我的数据": "删除我的数据",
}
"""What fingers and voice input make of the words, and what people say instead; read as the word they stand for."""

NEVER_NUMBERED = frozenset({Word.MINE, Word.HELP, Word.ERASE, Word.WORKLIST, Word.WHO_AM_I})
TALKATIVE = frozenset({Word.ADD, Word.RATE, Word.RESOLVE, Word.NOTE, Word.QUESTION, Word.SORT})
"""Words that may be followed by words without a number, if a space or a reply says that they are meant."""

ASKING = frozenset({Word.QUESTION, Word.ADD, Word.NOTE})
"""Words with which something may be asked, so that its mark stays."""

MENTION = re.compile(r"[@＠](?:里仁|小里|liren|bot|机器人)\s*", re.IGNORECASE)
NUMBER = r"(?:工单号?|单号)?\s*[#＃]?\s*(\d{3,9})(?!\d|\s*[室楼栋幢层天日月元点]|\s*(?:单元|号楼))(?:\s*号(?:工单)?)?"
POLITE = re.compile(r"(?:一下|下|吧|呢|啊|谢谢|麻烦了|please)*", re.IGNORECASE)
HOW_SATISFIED = re.compile(
    r"不?满意|基本满意|一般|还行|还可以|很好|没解决|(?:un)?satisfied|mostly", re.IGNORECASE
)
_WORDS = "|".join(sorted([*CHINESE, *SLIPS], key=len, reverse=True))
_PLEASE = r"(?:请|麻烦(?:您|你|你们)?|帮我|帮忙|我要|我想|再)*"
WORD_FIRST = re.compile(
    rf"^{_PLEASE}(?P<word>{_WORDS})(?P<gap>[\s:：,，]*)(?:{NUMBER})?(?P<rest>.*)$", re.DOTALL
)
_MORE = r"(?P<more>(?:[\s,，、和及跟#＃]+\d{4,9}(?!\d))*)"
NUMBER_FIRST = re.compile(rf"^{NUMBER}{_MORE}[\s:：,，]*(?P<word>{_WORDS})(?P<rest>.*)$", re.DOTALL)
OFFER = re.compile(
    rf"^[#＃]?\s*(\d{{4,9}}){_MORE}[\s:：,，]*(?:都)?我(?:来|接|去|负责|处理)"
    r"(?:接|负责|处理|办|弄|修|看看|看一?下|看)?吧?[。.!！~～ ]*$"
)
TAKES = re.compile(r"^我?(?:来|要)?[领接][\s:：]*[#＃]?\s*(\d{4,9})[。.!！~～ ]*$")
ENGLISH_FIRST = re.compile(
    rf"^(?P<word>hand back|[a-z_]{{3,10}})\b\s*(?:{NUMBER})?(?P<rest>.*)$", re.DOTALL | re.IGNORECASE
)


FULL_WIDTH = {each + 0xFEE0: each for each in range(0x21, 0x7F) if chr(each).isalnum() or chr(each) in "#/"}
"""Letters, digits and signs of a command as Chinese keyboards write them. Punctuation behind it stays as it is."""


@dataclass(frozen=True, slots=True)
class Command:
    """`number` is None where none was said; `rest` is what follows, without leading punctuation."""

    word: Word
    number: int | None
    rest: str = ""

    @property
    def is_whole(self) -> bool:
        """Nobody says this by chance: it names a ticket, or it is a whole phrase of its own."""
        return self.number is not None or self.word is Word.ERASE


def parse_command(text: str) -> Command | None:
    """The command that a text is, or None. Full-width forms, a leading slash and a mention are read through."""
    said = MENTION.sub("", text.translate(FULL_WIDTH)).strip().lstrip("/").strip()
    return _parse_chinese(said) or _parse_english(said)


def parse_offer(text: str) -> Command | None:
    """How staff take a ticket among themselves: "1024 我来". From residents it is talk about a flat."""
    said = MENTION.sub("", text.translate(FULL_WIDTH)).strip()
    offer = OFFER.match(said) or TAKES.match(said)
    return Command(Word.CLAIM, int(offer[1]), offer.groupdict().get("more") or "") if offer else None


def _parse_chinese(said: str) -> Command | None:
    found = WORD_FIRST.match(said)
    if found:
        return _command(_word(found["word"]), found[3], found["rest"], is_spaced=bool(found["gap"]))
    found = NUMBER_FIRST.match(said)
    if not found:
        return None
    return _command(_word(found["word"]), found[1], f"{found['more']}{found['rest']}", is_spaced=True)


def _parse_english(said: str) -> Command | None:
    found = ENGLISH_FIRST.match(said)
    if not found:
        return None
    spoken = found["word"].lower()
    near = [spoken] if spoken in ENGLISH else difflib.get_close_matches(spoken, ENGLISH, n=1, cutoff=0.8)
    if not near or (near[0] != spoken and not found[2]):
        return None
    return _command(ENGLISH[near[0]], found[2], found["rest"], is_spaced=True)


def _word(spoken: str) -> Word:
    return CHINESE[SLIPS.get(spoken, spoken)]


def _command(word: Word, number: str | None, rest: str, *, is_spaced: bool) -> Command | None:
    words = rest.strip(" \t\n:：,，。!！?？~～")
    if POLITE.fullmatch(words):
        words = ""
    if words and word in ASKING and rest.rstrip().endswith(("?", "？")):
        words += "？"
    if word in NEVER_NUMBERED:
        return None if words or number else Command(word, None)
    says_how = word is Word.RATE and HOW_SATISFIED.match(words)
    if number is None and words and not (is_spaced and word in TALKATIVE) and not says_how:
        return None
    return Command(word, int(number) if number else None, words)
