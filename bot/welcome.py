"""Coming and going: a short welcome with what is kept, a scanned building, and leaving, which erases."""

from dataclasses import replace

from bot.channel import Answer
from bot.dialogs import PLACE, find_asked, forget
from bot.reports import place_told
from bot.speakers import ensure_person
from bot.turn import Turn, reply
from bot.wording import place_name


def answer_follow(turn: Turn) -> Answer:
    """The welcome; in a group of the tree only that the bot is there. A scene says where the person lives."""
    if not turn.inbound.private:
        return Answer()
    place = ""
    if turn.inbound.scene:
        turn, place = _remember_scene(turn, turn.inbound.scene)
    if turn.person is not None and turn.person.node_id:
        place = place or place_name(turn.hierarchy, turn.person.node_id)
    return reply("answer.welcome", place=place or turn.hierarchy.name)


def answer_scan(turn: Turn) -> Answer:
    turn, place = _remember_scene(turn, turn.inbound.scene or "")
    if not place:
        return reply("answer.welcome", place=turn.hierarchy.name)
    asked = find_asked(turn)
    if asked is not None and asked.awaits == PLACE and turn.person is not None and turn.person.node_id:
        forget(turn)
        return place_told(turn, asked.said, node_id=turn.person.node_id)
    return reply("answer.scanned", place=place)


def answer_unfollow(turn: Turn) -> Answer:
    """The account's rules demand that everything about the person goes (WeChat: 取消关注)."""
    if turn.person is not None and turn.inbound.private:
        turn.store.people.erase(turn.person.person_id, now=turn.now)
    return Answer()


def _remember_scene(turn: Turn, scene: str) -> tuple[Turn, str]:
    group = turn.hierarchy.find_group_by_scene(scene)
    if group is None:
        return turn, ""
    turn = ensure_person(turn)
    assert turn.person is not None
    placed = replace(turn.person, node_id=group.node_id)
    turn.store.people.save(placed)
    return turn.as_person(placed), place_name(turn.hierarchy, group.node_id)
