"""The verbs of a ticket by their English names: what their text means, and which move of the desk each is."""

from collections.abc import Callable
from dataclasses import dataclass

from routing import desk as moves
from routing.callers import Caller
from routing.desk import Desk
from routing.errors import BadValueError
from routing.tickets import Rating, Ticket
from routing.until import parse_until

Move = Callable[[Desk, int, Caller, str], Ticket]

RATINGS: tuple[tuple[str, Rating], ...] = (
    (Rating.MOSTLY.value, Rating.MOSTLY),
    (Rating.UNSATISFIED.value, Rating.UNSATISFIED),
    (Rating.SATISFIED.value, Rating.SATISFIED),
    ("基本满意", Rating.MOSTLY),
    ("不满意", Rating.UNSATISFIED),
    ("满意", Rating.SATISFIED),
)
"""The longer words first: each is contained in another."""

MOST_DIGITS = 18


@dataclass(frozen=True, slots=True)
class Said:
    """`text` says what the text of the request means, `example` is one; `of_resident`: only reporters say it."""

    move: Move
    chinese: str
    text: str = "not used"
    example: str = ""
    of_resident: bool = False


def parse_number(text: str) -> int | None:
    """A ticket's number as people write it, "1024" or "#1024"; None for anything else."""
    digits = text.strip().lstrip("#＃")
    if digits.isascii() and digits.isdigit() and len(digits) <= MOST_DIGITS:
        return int(digits)
    return None


def parse_rating(text: str, number: int) -> tuple[Rating, str]:
    """The rating and the words after it. Raises BadValueError."""
    said = text.strip()
    for word, rating in RATINGS:
        if said.casefold().startswith(word):
            return rating, said[len(word) :].strip(" ，,。:：")
    raise BadValueError("rating_unclear", number=number)


def parse_into(text: str) -> int:
    """The number of the ticket to merge into. Raises BadValueError."""
    number = parse_number(text)
    if number is None:
        raise BadValueError("number_unclear")
    return number


def _pause(desk: Desk, number: int, caller: Caller, text: str) -> Ticket:
    until_at, reason = parse_until(text, desk.now, timezone=desk.hierarchy.timezone)
    return moves.pause(desk, number, caller, until_at=until_at, reason=reason)


def _merge(desk: Desk, number: int, caller: Caller, text: str) -> Ticket:
    return moves.merge(desk, number, caller, into=parse_into(text))


def _rate(desk: Desk, number: int, caller: Caller, text: str) -> Ticket:
    rating, words = parse_rating(text, number)
    return moves.rate(desk, number, caller, rating=rating, words=words)


VERBS: dict[str, Said] = {
    "claim": Said(lambda desk, number, caller, _: moves.claim(desk, number, caller), "认领"),
    "release": Said(
        lambda desk, number, caller, text: moves.release(desk, number, caller, reason=text),
        "放回",
        "why, may be empty",
        "今天轮休",
    ),
    "hand_back": Said(
        lambda desk, number, caller, text: moves.hand_back(desk, number, caller, reason=text),
        "退回",
        "a listed reason, and more words after it",
        "权属不清 管道属自来水公司",
    ),
    "escalate": Said(
        lambda desk, number, caller, text: moves.escalate(desk, number, caller, reason=text),
        "上报",
        "why",
        "需要消防部门一起处理",
    ),
    "transfer": Said(
        lambda desk, number, caller, text: moves.transfer(desk, number, caller, whom=text),
        "转派",
        "a member of staff or a group, by id or by name",
        "wangfang",
    ),
    "note": Said(
        lambda desk, number, caller, text: moves.add_note(desk, number, caller, text=text),
        "备注",
        "the note",
        "已约维修工下午三点到",
    ),
    "question": Said(
        lambda desk, number, caller, text: moves.question(desk, number, caller, text=text),
        "询问",
        "what the reporters are asked",
        "水是从哪个房间漏下来的？",
    ),
    "pause": Said(_pause, "暂缓", "until when, then why", "3天 等配件"),
    "resume": Said(lambda desk, number, caller, _: moves.resume(desk, number, caller), "恢复"),
    "approve": Said(lambda desk, number, caller, _: moves.approve_pause(desk, number, caller), "同意"),
    "refuse": Said(
        lambda desk, number, caller, text: moves.refuse_pause(desk, number, caller, reason=text),
        "不同意",
        "why, may be empty",
        "请先临时处理",
    ),
    "resolve": Said(
        lambda desk, number, caller, text: moves.resolve(desk, number, caller, result=text),
        "办结",
        "what was done",
        "已更换门机皮带，试运行正常",
    ),
    "decline": Said(
        lambda desk, number, caller, text: moves.decline(desk, number, caller, reason=text),
        "不予受理",
        "why, and where to go",
        "属于房屋买卖纠纷，请找法院",
    ),
    "merge": Said(_merge, "并案", "the number to merge into", "1000"),
    "part": Said(lambda desk, number, caller, _: moves.part(desk, number, caller), "拆案"),
    "sort": Said(
        lambda desk, number, caller, text: moves.sort(desk, number, caller, category=text),
        "分类",
        "a category, by id or by name",
        "water",
    ),
    "urgent": Said(
        lambda desk, number, caller, text: moves.make_urgent(desk, number, caller, reason=text),
        "加急",
        "why, may be empty",
        "有老人被困",
    ),
    "reopen": Said(
        lambda desk, number, caller, text: moves.reopen(desk, number, caller, reason=text),
        "重办",
        "why",
        "居民反映没有解决",
    ),
    "close": Said(
        lambda desk, number, caller, text: moves.close(desk, number, caller, reason=text),
        "结案",
        "why",
        "已当面确认",
    ),
    "urge": Said(lambda desk, number, caller, _: moves.urge(desk, number, caller), "催办", of_resident=True),
    "add": Said(
        lambda desk, number, caller, text: moves.add_for_reporter(desk, number, caller, text=text),
        "补充",
        "what the reporter adds",
        "厨房也开始漏了",
        of_resident=True,
    ),
    "withdraw": Said(
        lambda desk, number, caller, _: moves.withdraw(desk, number, caller), "撤回", of_resident=True
    ),
    "rate": Said(
        _rate,
        "评价",
        "satisfied, mostly_satisfied or unsatisfied (满意, 基本满意, 不满意), and more words after it",
        "满意 来得很快",
        of_resident=True,
    ),
}

OTHER_NAMES = {
    "make_urgent": "urgent",
    "approve_pause": "approve",
    "refuse_pause": "refuse",
    "add_note": "note",
    "hand back": "hand_back",
    "handback": "hand_back",
}
"""Longer names for the same."""


def find_verb(name: str) -> tuple[str, Said] | None:
    """The verb with its own name; "-" stands for "_"."""
    plain = name.casefold().replace("-", "_")
    own = OTHER_NAMES.get(plain, plain)
    said = VERBS.get(own)
    return (own, said) if said else None


def list_meanings() -> str:
    """A table in Markdown: each verb with what its text means."""
    rows = [f"| `{name}` | {said.chinese} | {said.text} | {said.example} |" for name, said in VERBS.items()]
    return "\n".join(["| verb | 中文 | text | example |", "|---|---|---|---|", *rows])
