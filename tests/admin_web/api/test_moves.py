"""The verbs through the API: who may say them, what their text means, and how a refusal looks."""

import pytest

from admin_web.api.verbs import VERBS, find_verb, parse_rating
from admin_web.ports import Role
from routing.errors import BadValueError
from routing.tickets import Rating
from tests.admin_web.api.house import ApiHouse, assert_problem


async def test_staff_claims_and_resolves_and_an_office_rates_for_the_resident(house: ApiHouse):
    number = house.world.report()

    claimed = await house.say(number, "claim", "chenjie")
    resolved = await house.say(number, "resolve", "chenjie", "已劝说，答应夜里不再敲")
    rated = await house.say(number, "rate", text="满意 谢谢")

    assert claimed.json()["holder"] == "chenjie"
    assert resolved.json()["status"] == "resolved"
    assert rated.json()["status"] == "closed"
    assert [(each["event"], each["by"]) for each in rated.json()["history"]] == [
        ("opened", "resident"),
        ("claimed", "chenjie"),
        ("resolved", "chenjie"),
        ("rated", "resident"),
        ("closed", "resident"),
    ]
    assert rated.json()["history"][3]["entered_by"] == "office:settings"


async def test_the_answer_has_the_contracts_fields(house: ApiHouse):
    number = house.world.report()

    ticket = (await house.say(number, "note", "chenjie", "已上门看过")).json()

    wanted = {
        "number", "status", "urgent", "category", "text", "origin", "node", "level", "group", "holder", "reporters",
        "opened_at", "claim_due_at", "resolve_due_at", "escalations", "rating", "history",
    }  # fmt: skip
    assert wanted <= ticket.keys()
    assert {"at", "event", "by", "node", "reason"} <= ticket["history"][0].keys()
    assert ticket["history"][0]["reason"].startswith("rule starts_at: ")
    assert ticket["history"][1]["reason"] == "已上门看过"
    assert ticket["opened_at"].endswith("Z")


STEPS = {
    "release": ["claim"],
    "hand_back": [],
    "escalate": [],
    "transfer": [],
    "note": [],
    "pause": ["claim"],
    "resume": ["claim", "pause"],
    "resolve": ["claim"],
    "decline": [],
    "sort": [],
    "urgent": [],
    "claim": [],
}
EXPECTED = {
    "release": "released", "hand_back": "handed_back", "escalate": "escalated", "transfer": "transferred",
    "note": "noted", "pause": "paused", "resume": "resumed", "resolve": "resolved", "decline": "declined",
    "sort": "sorted", "urgent": "sorted", "claim": "claimed",
}  # fmt: skip


@pytest.mark.parametrize("verb", STEPS)
async def test_every_verb_of_a_holder_makes_its_event(house: ApiHouse, verb: str):
    number = house.world.report()
    texts = {name: said.example for name, said in VERBS.items()}
    for step in STEPS[verb]:
        assert (await house.say(number, step, "chenjie", texts[step])).status_code == 200

    response = await house.say(number, verb, "chenjie", texts[verb])

    assert response.status_code == 200, response.text
    assert response.json()["history"][-1]["event"] == EXPECTED[verb]


async def test_a_level_above_approves_and_refuses_a_long_pause(house: ApiHouse):
    first, second = house.world.report(), house.world.report(who="u2")
    for number in (first, second):
        await house.say(number, "claim", "chenjie")
        asked = await house.say(number, "pause", "chenjie", "60天 等立项")
        assert asked.json()["pause_asked_until"] is not None

    approved = await house.say(first, "approve_pause", "wangfang")
    refused = await house.say(second, "refuse", "wangfang", "请先临时处理")

    assert approved.json()["status"] == "waiting"
    assert approved.json()["waiting_until"] is not None
    assert refused.json()["history"][-1]["event"] == "pause_refused"


async def test_merging_and_parting_again(house: ApiHouse):
    lead, other = house.world.report(), house.world.report(who="u2")

    merged = await house.say(other, "merge", "chenjie", f"#{lead}")
    parted = await house.say(other, "part", "chenjie")

    assert (merged.json()["status"], merged.json()["merged_into"]) == ("merged", lead)
    assert (parted.json()["status"], parted.json()["merged_into"]) == ("open", None)


async def test_somebody_above_closes_and_reopens(house: ApiHouse):
    number = house.world.report()
    await house.say(number, "claim", "chenjie")
    await house.say(number, "resolve", "chenjie", "已处理")

    closed = await house.say(number, "close", "wangfang", "已当面确认")
    reopened = await house.say(number, "reopen", "wangfang", "居民又来反映")

    assert closed.json()["status"] == "closed"
    assert reopened.json()["status"] == "open"


async def test_an_office_urges_and_withdraws_for_a_resident(house: ApiHouse):
    number = house.world.report()

    urged = await house.say(number, "urge", "resident")
    again = await house.say(number, "urge", "resident")
    withdrawn = await house.say(number, "withdraw")

    assert urged.json()["history"][-1]["by"] == "resident"
    assert_problem(again, 409, "urged_lately")
    assert withdrawn.json()["status"] == "withdrawn"


async def test_a_move_that_came_too_late_is_409_and_changes_nothing(house: ApiHouse):
    number = house.world.report()
    await house.say(number, "claim", "chenjie")

    late = await house.say(number, "claim", "wangfang")

    problem = assert_problem(late, 409, "already_claimed")
    assert problem["detail"] == "说不成：already_claimed。"
    assert problem["instance"] == f"/api/v1/tickets/{number}/claim"
    assert house.world.ticket(number).holder == "chenjie"


@pytest.mark.parametrize(
    ("verb", "by", "text", "status", "code"),
    [
        ("resolve", "wangfang", "好了", 409, "not_while_open"),
        ("claim", "nobody", "", 422, "unknown_staff"),
        ("claim", "resident", "", 403, "staff_only"),
        ("claim", None, "", 422, "by_missing"),
        ("claim", "", "", 422, "by_missing"),
        ("claim", "sunli", "", 403, "not_their_ticket"),
        ("rate", "chenjie", "满意", 403, "resident_only"),
        ("rate", None, "还行吧", 422, "rating_unclear"),
        ("rate", None, "满意", 409, "not_while_open"),
        ("escalate", "chenjie", "", 422, "reason_missing"),
        ("hand_back", "chenjie", "不想办", 422, "hand_back_reason"),
        ("transfer", "chenjie", "查无此人", 422, "unknown_receiver"),
        ("sort", "chenjie", "没有的类", 422, "unknown_category"),
        ("merge", "chenjie", "那一件", 422, "number_unclear"),
        ("merge", "chenjie", "999999", 404, "unknown_ticket"),
        ("explode", "chenjie", "", 404, "unknown_verb"),
    ],
)
async def test_refusals(house: ApiHouse, verb, by, text, status, code):
    number = house.world.report()

    response = await house.say(number, verb, by, text)

    assert_problem(response, status, code)
    assert house.world.story(number) == ["opened"]


async def test_a_pause_without_a_day_is_422(house: ApiHouse):
    number = house.world.report()
    await house.say(number, "claim", "chenjie")

    assert_problem(await house.say(number, "pause", "chenjie", "等配件"), 422, "until_unclear")
    assert_problem(await house.say(number, "pause", "chenjie", "2020-01-01 等配件"), 422, "until_is_past")


async def test_a_token_acts_only_through_staff_of_its_own_branch(house: ApiHouse):
    number = house.world.report()
    token = house.token(Role.STAFF, "xingfuli")

    stranger = await house.say(number, "claim", "sunli", token=token)
    above = await house.say(number, "claim", "zhao", token=token)
    own = await house.say(number, "claim", "wangfang", token=token)

    assert_problem(stranger, 403, "staff_out_of_scope")
    assert_problem(above, 403, "staff_out_of_scope")
    assert own.json()["holder"] == "wangfang"


async def test_a_token_of_staff_speaks_for_no_resident(house: ApiHouse):
    number = house.world.report()

    response = await house.say(number, "withdraw", token=house.token(Role.STAFF))

    assert_problem(response, 403, "role_too_small")


async def test_a_ticket_out_of_sight_is_404_whatever_else_is_wrong(house: ApiHouse):
    number = house.world.report()
    token = house.token(Role.NODE_ADMIN, "hepingli")

    unseen = await house.say(number, "claim", "nobody", token=token)
    missing = await house.say(7, "claim", "nobody", token=token)

    assert_problem(unseen, 404, "unknown_ticket")
    assert unseen.json() | {"instance": ""} == missing.json() | {"instance": ""}


async def test_merging_into_a_ticket_out_of_sight_is_404(house: ApiHouse):
    own = house.world.report()
    foreign = house.world.report(who="u2", origin="hepingli-b1")

    response = await house.say(
        own, "merge", "chenjie", str(foreign), token=house.token(Role.STAFF, "xingfuli")
    )

    assert_problem(response, 404, "unknown_ticket")


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b'{"by": "chenjie", "status": "closed"}', "application/json", 422),
        (b'{"by": 5}', "application/json", 422),
        (b"[]", "application/json", 422),
        (b"{", "application/json", 422),
        (b"", "application/json", 422),
        (b"\xff\xfe", "application/json", 422),
        (b"[" * 5000, "application/json", 422),
        (b'{"by": "chenjie"}', "text/plain", 415),
        (b'{"by": "chenjie"}', "", 415),
        (b'{"text": "' + b"x" * 70_000 + b'"}', "application/json", 413),
        (b'{"by": "chenjie", "text": "' + b"x" * 2001 + b'"}', "application/json", 422),
    ],
)
async def test_a_body_that_is_wrong_is_a_problem_and_no_move(house: ApiHouse, body, kind, status):
    number = house.world.report()

    response = await house.ask(
        "POST", f"/api/v1/tickets/{number}/claim", content=body, headers={"content-type": kind}
    )

    code = {413: "too_large", 415: "wrong_content_type", 422: "bad_values"}[status]
    problem = assert_problem(response, status, code)
    assert status != 422 or problem["errors"]
    assert house.world.story(number) == ["opened"]


async def test_signs_that_no_store_keeps_are_taken_out_of_a_text(house: ApiHouse):
    number = house.world.report()

    response = await house.say(number, "note", "chenjie", "已\x00看\x07过")

    assert response.json()["history"][-1]["words"] == "已看过"


async def test_half_a_letter_is_refused(house: ApiHouse):
    number = house.world.report()

    body = b'{"by": "chenjie", "text": "a\\ud800c"}'
    headers = {"content-type": "application/json"}
    response = await house.ask("POST", f"/api/v1/tickets/{number}/note", content=body, headers=headers)

    assert_problem(response, 422, "bad_values")


async def test_a_writer_that_is_down_is_503_with_a_time_to_come_again(house: ApiHouse):
    number = house.world.report()
    house.reader.is_down = True

    response = await house.say(number, "claim", "chenjie")

    assert_problem(response, 503, "unavailable")
    assert response.headers["retry-after"] == "1"


@pytest.mark.parametrize(
    ("text", "rating", "words"),
    [
        ("satisfied 很快", Rating.SATISFIED, "很快"),
        ("mostly_satisfied", Rating.MOSTLY, ""),
        ("Unsatisfied，没修好", Rating.UNSATISFIED, "没修好"),
        ("不满意 又坏了", Rating.UNSATISFIED, "又坏了"),
        ("基本满意", Rating.MOSTLY, ""),
        ("满意：好", Rating.SATISFIED, "好"),
    ],
)
def test_ratings_are_read_in_both_languages(text: str, rating: Rating, words: str):
    assert parse_rating(text, 1024) == (rating, words)


def test_a_rating_that_is_none_is_refused():
    with pytest.raises(BadValueError):
        parse_rating("还行", 1024)


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("hand-back", "hand_back"),
        ("HAND_BACK", "hand_back"),
        ("make_urgent", "urgent"),
        ("approve-pause", "approve"),
    ],
)
def test_a_verb_has_its_other_spellings(name: str, own: str):
    found = find_verb(name)

    assert found is not None
    assert found[0] == own
