"""A member of staff binds the chat account they write from, with a code that an admin gave them, or unbinds it.

What a code looks like is known here and in `app.binding_desk`, which makes them. Whom a bound account may do what is
not decided here: from then on it is an account of the tree like those in the file.
"""

import json
import re
from dataclasses import dataclass
from enum import StrEnum

from bot.addressbook import private_chat
from bot.answers import to_plain
from bot.channel import Answer
from bot.commands import FULL_WIDTH, MENTION
from bot.dialogs import find_asked
from bot.texts import say
from bot.turn import Turn, reply
from bot.wording import place_name
from routing.bindings import Binding
from routing.hierarchy import Staff
from routing.messages import Address, Inbound, Kind, Outbound
from routing.notice_kinds import Hearer, Notice, NoticeKind

CODE_LENGTH = 8
CODE_SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without those that are taken for others: 0 O, 1 I L, U V."""

SCENE = "bind-"
"""How the scene of a QR picture begins that leads here; the code follows."""

MOST_TRIES = 5
"""Wrong codes that one speaker may send within a quarter of an hour."""

_HOW = frozenset({"绑定", "绑定码", "绑定账号", "BIND"})
_UNBIND = frozenset({"解绑", "解除绑定", "取消绑定", "UNBIND"})
_BEGINS = re.compile(r"(?:绑定码?|BIND)[\s:：,，#＃-]*(?P<code>[0-9A-Z][0-9A-Z\s-]{2,18}[0-9A-Z])")
_ALONE = re.compile(rf"[{CODE_SIGNS}]{{4}}[\s-]?[{CODE_SIGNS}]{{4}}")
_GAPS = re.compile(r"[\s-]+")


class About(StrEnum):
    HOW = "how"
    CODE = "code"
    UNBIND = "unbind"


@dataclass(frozen=True, slots=True)
class Said:
    """`is_alone`: a code without a word that says what it is; it may be something else."""

    about: About
    code: str = ""
    is_alone: bool = False


def parse_binding(text: str) -> Said | None:
    """What a text says of binding; None for all other texts. A code alone has letters and digits, as ours do."""
    said = MENTION.sub("", text.translate(FULL_WIDTH)).strip().lstrip("/").strip(" 。.!！").upper()
    if said in _HOW:
        return Said(About.HOW)
    if said in _UNBIND:
        return Said(About.UNBIND)
    found = _BEGINS.fullmatch(said)
    if found:
        return Said(About.CODE, _GAPS.sub("", found["code"]))
    code = _GAPS.sub("", said)
    if _ALONE.fullmatch(said) and re.search(r"\d", code) and re.search(r"[A-Z]", code):
        return Said(About.CODE, code, is_alone=True)
    return None


def code_of_scene(scene: str | None) -> str | None:
    return scene.removeprefix(SCENE).upper() if scene and scene.startswith(SCENE) else None


def may_bind(inbound: Inbound) -> bool:
    """Whether who has which account may be another after this message."""
    if not inbound.private:
        return False
    is_about = code_of_scene(inbound.scene) is not None or parse_binding(inbound.text) is not None
    return is_about or inbound.kind is Kind.UNFOLLOW


def answer_binding(turn: Turn, said: Said) -> Answer | None:
    """None leaves the words to others: they are not about this after all."""
    if said.about is About.CODE:
        return None if said.is_alone and _is_other(turn, said.code) else answer_code(turn, said.code)
    if not turn.inbound.private:
        return reply("answer.binding.in_private")
    if said.about is About.UNBIND:
        return _unbind(turn)
    return reply("answer.binding.how", name=turn.staff.name if turn.staff else "")


def answer_code(turn: Turn, code: str) -> Answer:
    """A refusal is an answer like any other, so that the try is counted with it."""
    address, user = turn.inbound.address, turn.inbound.speaker.user
    bindings = turn.store.bindings
    if bindings.count_tries(address.channel, user, now=turn.now) >= MOST_TRIES:
        return reply("answer.binding.too_many")
    staff_id = bindings.find_code(code, now=turn.now)
    if not turn.inbound.private:
        # Everybody in the group has read it.
        if staff_id is not None:
            bindings.use_code(code)
        return reply("answer.binding.code_in_private")
    staff = turn.hierarchy.find_staff(staff_id) if staff_id else None
    if staff is None:
        bindings.note_try(address.channel, user, now=turn.now)
        return reply("answer.binding.wrong")
    if turn.staff is not None:
        key = "answer.binding.already" if turn.staff.staff_id == staff.staff_id else "answer.binding.is_other"
        return reply(key, name=turn.staff.name)
    return _bind(turn, staff, code)


def forget_account(turn: Turn) -> None:
    """Whoever leaves our account cannot be told there any more."""
    address = turn.inbound.address
    staff_id = turn.store.bindings.find(address.channel, turn.inbound.speaker.user)
    if staff_id is not None and turn.inbound.private:
        turn.store.bindings.unbind(address.channel, staff_id, by=staff_id, now=turn.now)


def _is_other(turn: Turn, code: str) -> bool:
    """The number of a part, say, from somebody who is known already or was asked for words."""
    if turn.store.bindings.find_code(code, now=turn.now) is not None:
        return False
    return turn.staff is not None or not turn.inbound.private or find_asked(turn) is not None


def _bind(turn: Turn, staff: Staff, code: str) -> Answer:
    address, user = turn.inbound.address, turn.inbound.speaker.user
    bindings = turn.store.bindings
    # Another replica may not have heard of a binding that is seconds old.
    is_taken = bindings.find(address.channel, user) not in {None, staff.staff_id}
    if is_taken or not bindings.use_code(code):
        return reply("answer.binding.wrong")
    before = bindings.bind(Binding(address.channel, user, staff.staff_id, turn.now))
    if before is not None:
        _tell_former(turn, staff, before)
    place = place_name(turn.hierarchy, staff.node_id)
    return reply("answer.binding.done", name=staff.name, role=staff.role, place=place)


def _tell_former(turn: Turn, staff: Staff, user: str) -> None:
    """Who had it until now hears so: it may not have been their own doing."""
    here = turn.inbound.address
    address = Address(here.channel, here.account, private_chat(here.channel, user))
    message = Outbound(say("answer.binding.moved_away", name=staff.name))
    values = {"message": json.dumps(to_plain(message), ensure_ascii=False)}
    notice = Notice(NoticeKind.ANSWER, Hearer("chat", address.chat), 0, 0, urgent=True, values=values)
    turn.store.outbox.add(notice, [address], now=turn.now)


def _unbind(turn: Turn) -> Answer:
    address, user = turn.inbound.address, turn.inbound.speaker.user
    staff_id = turn.store.bindings.find(address.channel, user)
    if staff_id is not None:
        turn.store.bindings.unbind(address.channel, staff_id, by=staff_id, now=turn.now)
        return reply("answer.binding.ended")
    return reply(
        "answer.binding.in_file" if turn.staff else "answer.binding.none",
        name=turn.staff.name if turn.staff else "",
    )
