"""What a visitor may do with a ticket just now, and what each thing asks for: the same for the desk and the phone.

The rules are the desk's own (`routing.desk.possible`). Doing it is in `ticket_desk`, words are in `words.action_words`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from admin_web.api.body import clean_text
from admin_web.api.scope import ACTS, ADMINS
from admin_web.api.ticket_json import OFFICE, path_name
from admin_web.api.verbs import find_verb
from admin_web.auth.refusals import PageRefused
from admin_web.auth.visitor import Visitor
from routing.callers import Caller, may_see
from routing.desk.possible import list_possible, list_possible_for_reporter
from routing.errors import BadValueError
from routing.hierarchy import RESIDENTS, Group, Hierarchy, Staff
from routing.tickets import Ticket, Verb


class Asks(StrEnum):
    """What the form of an action has beside its button. `CHOICE` and `CHOICE_AND_WORDS` come with choices; `UNTIL` is
    a day and words; `NUMBER` that of another ticket; `MAYBE_WORDS` may stay empty."""

    NOTHING = "nothing"
    WORDS = "words"
    MAYBE_WORDS = "maybe_words"
    CHOICE = "choice"
    CHOICE_AND_WORDS = "choice_and_words"
    UNTIL = "until"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a list. `word` is a key of `words` instead of a label; `group` is the heading under which it stands."""

    value: str
    label: str = ""
    word: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """`verb` is the last part of the address; `action.<verb>` its name in `words`. `replies` are the category's canned
    answers. `is_for_reporter`: an office does it for somebody who reported the ticket."""

    verb: str
    asks: Asks
    choices: tuple[Choice, ...] = ()
    replies: tuple[str, ...] = ()
    is_for_reporter: bool = False


ASKED_FOR: Mapping[Verb, Asks] = {
    Verb.CLAIM: Asks.NOTHING,
    Verb.RESOLVE: Asks.WORDS,
    Verb.RESUME: Asks.NOTHING,
    Verb.APPROVE: Asks.NOTHING,
    Verb.REFUSE: Asks.MAYBE_WORDS,
    Verb.NOTE: Asks.WORDS,
    Verb.QUESTION: Asks.WORDS,
    Verb.TRANSFER: Asks.CHOICE,
    Verb.PAUSE: Asks.UNTIL,
    Verb.ESCALATE: Asks.WORDS,
    Verb.HAND_BACK: Asks.CHOICE_AND_WORDS,
    Verb.RELEASE: Asks.MAYBE_WORDS,
    Verb.SORT: Asks.CHOICE,
    Verb.MAKE_URGENT: Asks.MAYBE_WORDS,
    Verb.MERGE: Asks.NUMBER,
    Verb.PART: Asks.NOTHING,
    Verb.DECLINE: Asks.WORDS,
    Verb.REOPEN: Asks.WORDS,
    Verb.CLOSE: Asks.WORDS,
    Verb.ADD: Asks.WORDS,
    Verb.URGE: Asks.NOTHING,
    Verb.RATE: Asks.CHOICE_AND_WORDS,
    Verb.WITHDRAW: Asks.NOTHING,
}

ANSWERING = frozenset({Verb.RESOLVE, Verb.DECLINE, Verb.NOTE})
"""Verbs for which the category's canned answers are offered."""

UNDONE_BY: Mapping[str, str] = {"claim": "release", "pause": "resume", "merge": "part"}
"""What takes back what was just done, as far as the desk has it."""

RATINGS = ("satisfied", "mostly_satisfied", "unsatisfied")
LONGEST_TEXT = 2000
"""Of one's own words, as the fields say too."""
MOST_WORDS = LONGEST_TEXT + 100
"""With what was chosen beside them."""
_MOST_CHOICES = 200


def list_actions(visitor: Visitor, ticket: Ticket, staff: Staff | None) -> tuple[Action, ...]:
    """In the order in which they are offered. `staff` is who acts, see `choose_staff`; None leaves what only staff do.

    Empty for those who only look.
    """
    if visitor.role not in ACTS:
        return ()
    tree = visitor.visit.hierarchy
    own = list_possible(tree, ticket, Caller(staff=staff)) if staff else ()
    actions = [_action(verb, tree, ticket) for verb in own]
    if visitor.role in ADMINS:
        actions += [_action(verb, tree, ticket) for verb in list_possible_for_reporter(ticket)]
    return tuple(actions)


def list_stand_ins(visitor: Visitor, ticket: Ticket) -> tuple[Staff, ...]:
    """In whose name the visitor may act on this ticket: themselves first; admins also for those in their scope."""
    tree = visitor.visit.hierarchy
    own = tree.find_staff(visitor.staff_id) if visitor.staff_id else None
    others = _near(tree, ticket) if visitor.role in ADMINS else ()
    found = {each.staff_id: each for each in (own, *others) if each is not None}
    return tuple(
        each
        for each in found.values()
        if each is own
        or (visitor.visit.scope.covers(each.node_id) and may_see(tree, ticket, Caller(staff=each)))
    )


def choose_staff(visitor: Visitor, ticket: Ticket, wanted: str = "") -> Staff | None:
    """Who acts: the one that is wanted, else the visitor, else whoever an admin would most likely help out.

    None when there is nobody. PageRefused with 403 for somebody for whom the visitor may not act.
    """
    stand_ins = list_stand_ins(visitor, ticket)
    if not wanted:
        return stand_ins[0] if stand_ins else None
    found = next((each for each in stand_ins if each.staff_id == wanted), None)
    if found is None:
        raise PageRefused(403, "refused.not_in_their_name")
    return found


def caller_for(visitor: Visitor, action_verb: str, staff: Staff | None) -> Caller:
    """PageRefused with 403 where the role may not, as the API does."""
    found = find_verb(action_verb)
    if found is None:
        raise PageRefused(404, "refused.not_found")
    if found[1].of_resident:
        if visitor.role not in ADMINS:
            raise PageRefused(403, "refused.may_not_act")
        return Caller(office=f"{OFFICE}{visitor.name}")
    if visitor.role not in ACTS or staff is None:
        raise PageRefused(403, "refused.may_not_act")
    return Caller(staff=staff)


def say_form(form: Mapping[str, str]) -> str:
    """What the verb is told, from the fields `choice`, `text` and `reply`, a canned answer where no words stand.

    Raises BadValueError for more words than the API takes: each is told to people in a chat.
    """
    words = form.get("text", "").strip() or form.get("reply", "").strip()
    said = clean_text(f"{form.get('choice', '').strip()} {words}".replace("\r\n", "\n"))
    if len(said) > MOST_WORDS:
        raise BadValueError("text_too_long", most=LONGEST_TEXT)
    return said


def done_key(verb: str, after: Ticket) -> str:
    """The key of what is said when it is done; the ticket is as it is then."""
    is_only_asked = verb == "pause" and after.pause_request is not None
    return "done.pause_asked" if is_only_asked else f"done.{verb}"


def name_of(verb: Verb | str) -> str:
    """The name of a verb in addresses and words, which is the API's."""
    found = find_verb(str(verb))
    return found[0] if found else str(verb)


def _action(verb: Verb, tree: Hierarchy, ticket: Ticket) -> Action:
    return Action(
        name_of(verb),
        ASKED_FOR[verb],
        tuple(_choices(verb, tree, ticket)),
        _replies(verb, tree, ticket),
        verb in {Verb.ADD, Verb.URGE, Verb.RATE, Verb.WITHDRAW},
    )


def _choices(verb: Verb, tree: Hierarchy, ticket: Ticket) -> Sequence[Choice]:
    if verb is Verb.SORT:
        others = (each for each in tree.categories if each.category_id != ticket.category)
        return [Choice(each.category_id, each.name) for each in others]
    if verb is Verb.HAND_BACK:
        return [Choice(each, each) for each in tree.manners.hand_back_reasons]
    if verb is Verb.RATE:
        return [Choice(each, word=f"rating.{each}") for each in RATINGS]
    return _receivers(tree, ticket) if verb is Verb.TRANSFER else ()


def _replies(verb: Verb, tree: Hierarchy, ticket: Ticket) -> tuple[str, ...]:
    return tree.get_category(ticket.category).replies if verb in ANSWERING else ()


def _receivers(tree: Hierarchy, ticket: Ticket) -> list[Choice]:
    """Groups from where it was reported up to the root, and below the node that is asked; their members with them."""
    groups = [each for each in _groups_near(tree, ticket) if each.kind != RESIDENTS]
    choices: dict[str, Choice] = {}
    for group in groups:
        heading = f"{path_name(tree, group.node_id)} · {group.name}"
        if group.group_id != ticket.group:
            choices.setdefault(group.group_id, Choice(group.group_id, group.name, group=heading))
        for staff in tree.list_members(group.group_id):
            if staff.staff_id != ticket.holder:
                label = f"{staff.name}（{staff.role}）"
                choices.setdefault(staff.staff_id, Choice(staff.staff_id, label, group=heading))
    return list(choices.values())[:_MOST_CHOICES]


def _groups_near(tree: Hierarchy, ticket: Ticket) -> list[Group]:
    places = [*tree.climb(ticket.node), *tree.climb(ticket.origin)]
    below = tree.find_node(ticket.node)
    places += [tree.get_node(each) for each in (below.children if below else ())]
    nodes = dict.fromkeys(each.node_id for each in places)
    asked = tree.find_group(ticket.group)
    found = [each for node_id in nodes for each in tree.get_node(node_id).groups]
    return [*([asked] if asked else []), *(each for each in found if each.group_id != ticket.group)]


def _near(tree: Hierarchy, ticket: Ticket) -> list[Staff]:
    """Holder, members of the asked group, then the staff of the groups from there up."""
    holder = tree.find_staff(ticket.holder) if ticket.holder else None
    asked = (ticket.group, *ticket.asked_groups)
    found = [each for group_id in asked for each in tree.list_members(group_id)]
    above = [group for node in tree.climb(ticket.node) for group in node.groups if group.kind != RESIDENTS]
    found += [each for group in above for each in tree.list_members(group.group_id)]
    return [*([holder] if holder else []), *found][:_MOST_CHOICES]
