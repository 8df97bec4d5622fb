"""What must be true after any number of kills (docs: faults, section on invariants): each returns its complaints."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from tests.kill.account_stand_in import Account
from tests.kill.people import Said
from tests.kill.stored import Row, Stored

LEVELS = ("building", "community", "street")
NODES = {"xingfuli-b1", "xingfuli", "xinhua"}
GROUPS = {"xingfuli-b1-staff", "xingfuli-property", "xingfuli-staff", "xinhua-staff"}
CLAIM_LIMIT = timedelta(seconds=2)
SETTLED = {"sent", "dead", "dropped", "unknown", "unreachable"}
ENDED = {"closed", "withdrawn", "declined", "merged"}
REPEAT = "（可能重复）"
MOVES = {
    None: {"opened"},
    "open": {"claimed", "escalated", "supervised", "reminded", "resolved", "moved"},
    "claimed": {"resolved", "escalated", "supervised", "reminded", "released"},
    "resolved": {"rated", "closed", "disputed"},
}
AFTER = {
    "opened": "open",
    "escalated": "open",
    "claimed": "claimed",
    "resolved": "resolved",
    "released": "open",
}


def complaints(stored: Stored, said: Said, account: Account) -> list[str]:
    """Every broken promise; none is the only good answer."""
    return [
        *_lost_or_invented(stored, said),
        *_not_one_ticket_a_report(stored, said),
        *_without_owner(stored),
        *_claimed_by_many(stored, said),
        *_impossible_stories(stored),
        *_early_or_twice(stored),
        *_unsettled(stored),
        *_shown_unasked(stored, account),
        *_shown_twice(stored, account),
        *_out_of_order(stored, account),
    ]


def _lost_or_invented(stored: Stored, said: Said) -> Iterator[str]:
    """1, 2: who was acknowledged is stored, and nothing is stored that nobody sent."""
    for key in sorted(said.acked - stored.inbox.keys()):
        yield f"acknowledged and lost: {key}"
    messages = {key for key in stored.inbox if key.startswith("m:")}
    for key in sorted(messages - said.sent):
        yield f"stored and never sent: {key}"


def _not_one_ticket_a_report(stored: Stored, said: Said) -> Iterator[str]:
    """3, 4: one reason, one ticket, one set of effects."""
    texts = Counter(row["text"] for row in stored.tickets.values())
    kept = Counter(stored.words)
    for key, words in said.reports.items():
        wanted = 1 if key in stored.inbox else 0
        if texts[words] != wanted or kept[words] != wanted:
            yield f"{key} made {texts[words]} tickets and {kept[words]} messages, not {wanted}"
        if wanted and stored.inbox[key]["ticket"] is None:
            yield f"{key} was answered without a number"
    for key, number in said.receipts.items():
        if stored.tickets.get(number, {}).get("text") != said.reports[key]:
            yield f"{key} was promised ticket {number}, which says something else"


def _without_owner(stored: Stored) -> Iterator[str]:
    """5."""
    for number, row in stored.tickets.items():
        if row["status"] not in ENDED and (row["node"] not in NODES or row["group"] not in GROUPS):
            yield f"ticket {number} is owned by nobody: {row['node']} {row['group']}"


def _claimed_by_many(stored: Stored, said: Said) -> Iterator[str]:
    """6: at most one claim a cycle. Who heard "yours" and then lost the ticket to the clock heard the truth."""
    for number, story in stored.events.items():
        claims = sum(each["kind"] == "claimed" for each in story)
        dispatches = sum(each["kind"] in {"opened", "escalated", "moved"} for each in story)
        if claims > dispatches or said.claims[number] > claims:
            yield f"ticket {number}: {said.claims[number]} told so, {claims} claims in {dispatches} dispatches"


def _impossible_stories(stored: Stored) -> Iterator[str]:
    """7: every step is allowed where the ticket stood, and each raised the version by one."""
    for number, story in stored.events.items():
        state: str | None = None
        counted = [each for each in story if each["kind"] != "unreachable"]
        for event in counted:
            if event["kind"] not in MOVES[state]:
                yield f"ticket {number}: {event['kind']} while {state}"
            state = AFTER.get(event["kind"], state)
        if stored.tickets[number]["version"] != len(counted):
            yield f"ticket {number}: version {stored.tickets[number]['version']} after {len(counted)} steps"


def _early_or_twice(stored: Stored) -> Iterator[str]:
    """8, 9, 11: each level once, one after the other, never before its limit, never after the end."""
    nodes = ("xingfuli-b1", "xingfuli", "xinhua")
    for number, story in stored.events.items():
        dispatched_at = story[0]["at"]
        reached = [nodes.index(story[0]["node"])]
        for event in story[1:]:
            if event["kind"] == "moved":  # the scan came after its report: only now the place is known
                dispatched_at, reached = event["at"], [nodes.index(event["node"])]
            if event["kind"] != "escalated":
                continue
            if event["at"] - dispatched_at < CLAIM_LIMIT:
                yield f"ticket {number}: escalated {event['at'] - dispatched_at} after its dispatch"
            dispatched_at = event["at"]
            reached.append(nodes.index(event["node"]))
        if reached != sorted(set(reached)):
            yield f"ticket {number}: climbed {reached}"


def _unsettled(stored: Stored) -> Iterator[str]:
    """12, first half."""
    for row in stored.outbox:
        if row["state"] not in SETTLED:
            yield f"parcel {row['parcel_id']} is still {row['state']}: {row['detail']}"


def _shown_unasked(stored: Stored, account: Account) -> Iterator[str]:
    """12: what was shown was meant to be, and what is called sent was shown."""
    keys = {row["key"][:32] for row in stored.outbox}
    meant: dict[str, set[str]] = {}
    for row in stored.outbox:
        about = f"#{row['ticket_number']}" if row["ticket_number"] else _words_of_answer(row)
        meant.setdefault(row["chat"], set()).add(about)
    for each in account.shown:
        is_meant = each.key in keys if each.key else any(n in each.words for n in meant.get(each.user, ()))
        if not is_meant:
            yield f"shown to {each.user} and in no outbox: {each.words[:80]}"
    reached = {each.user for each in account.shown}
    for row in stored.outbox:
        if row["state"] == "sent" and row["chat"] not in reached:
            yield f"parcel {row['parcel_id']} is sent and {row['chat']} saw nothing"


def _words_of_answer(row: Row) -> str:
    """An answer about no ticket that came too late for the callback, as the vendor was handed it."""
    values = row["values"] if isinstance(row["values"], dict) else json.loads(row["values"])
    return json.dumps(json.loads(values["message"])["text"], ensure_ascii=False).strip('"')


def _shown_twice(stored: Stored, account: Account) -> Iterator[str]:
    """13: a repeat says that it may be one. The same may be true twice: claimed, climbed, and claimed again."""
    meant: Counter[tuple[str, int, str]] = Counter()
    for row in stored.outbox:
        if row["state"] == "sent":
            meant[row["chat"], row["ticket_number"], row["kind"]] += 1
    plain = Counter(
        (each.user, each.words) for each in account.shown if not each.key and REPEAT not in each.words
    )
    for (user, words), count in plain.items():
        often = max(
            (times for (chat, n, _), times in meant.items() if chat == user and f"#{n}" in words), default=1
        )
        if count > often:
            yield f"shown {count} times to {user}, not marked as a repeat: {words[:120]}"


def _out_of_order(stored: Stored, account: Account) -> Iterator[str]:
    """14: a resident hears about a ticket in the order in which it happened."""
    own: dict[str, list[Row]] = {}
    for row in stored.outbox:
        if row["hearer_kind"] == "reporters" and row["state"] == "sent" and not row["maybe_repeat"]:
            own.setdefault(row["chat"], []).append(row)
    shown = {each.key: place for place, each in enumerate(account.shown) if each.key}
    for chat, rows in own.items():
        places = [shown[row["key"]] for row in rows if row["key"] in shown]
        if places != sorted(places):
            yield f"{chat} heard things in another order: {places}"


def lateness(stored: Stored) -> list[float]:
    """Seconds by which each escalation of an unclaimed ticket came after its limit."""
    late = []
    for story in stored.events.values():
        state, dispatched_at = "open", story[0]["at"]
        for event in story[1:]:
            if event["kind"] == "escalated" and state == "open" and event["reason"] == "claim_due":
                late.append((event["at"] - dispatched_at - CLAIM_LIMIT).total_seconds())
            if event["kind"] in {"escalated", "moved"}:
                dispatched_at = event["at"]
            state = AFTER.get(event["kind"], state)
    return late


def figures(stored: Stored, said: Said, account: Account) -> dict[str, object]:
    """For the report of a trial."""
    late = sorted(lateness(stored))
    states = Counter(row["state"] for row in stored.outbox)
    return {
        "sent": len(said.sent), "acked": len(said.acked), "tries": said.tries, "tickets": len(stored.tickets),
        "escalations": len(late), "late_median": round(late[len(late) // 2], 2) if late else None,
        "late_most": round(late[-1], 2) if late else None, "outbox": dict(states), "shown": len(account.shown),
        "marked_repeats": sum(REPEAT in each.words for each in account.shown),
        "dropped_by_key": account.repeats_dropped,
        "claims": sum(said.claims.values()),
    }  # fmt: skip


def show(found: list[str], measured: dict[str, object]) -> str:
    return "\n".join([json.dumps(measured, ensure_ascii=False), f"{len(found)} complaints", *found[:40]])
