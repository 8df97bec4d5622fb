"""Accounts, sessions and tries in both databases: what may happen once happens once."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from storage.accounts import Account
from storage.store import Store
from storage.writing.unit_of_work import Unit
from tests.storage.conftest import NOW, Do

LATER = NOW + timedelta(minutes=15)


def add_account(unit: Unit, name: str = "wangfang") -> int:
    return unit.accounts.add(
        name, key=name.casefold(), role="node_admin", scope="xingfuli", staff_id=None, now=NOW
    )


def get(do: Do, account_id: int) -> Account:
    account = do(lambda unit: unit.accounts.find(account_id))
    assert account is not None
    return account


def open_session(do: Do, account_id: int, digest: str) -> None:
    do(
        lambda unit: unit.web_sessions.add(
            digest,
            kind="office",
            account_id=account_id,
            staff_id=None,
            device="Firefox",
            now=NOW,
            ends_at=LATER,
        )
    )


def test_an_account_is_found_by_the_key_of_its_name(do: Do) -> None:
    account_id = do(lambda unit: add_account(unit, "WangFang"))

    found = do(lambda unit: unit.accounts.find_named("wangfang"))

    assert found == get(do, account_id)
    assert (found.name, found.role, found.scope, found.created_at) == (
        "WangFang",
        "node_admin",
        "xingfuli",
        NOW,
    )
    assert found.password_hash is found.disabled_at is None
    assert do(lambda unit: unit.accounts.find_named("WangFang")) is None


def test_two_accounts_cannot_have_one_name(do: Do) -> None:
    do(add_account)

    with pytest.raises(Exception, match=r"(?i)unique"):
        do(add_account)


def test_what_proves_who_somebody_is_stays_out_of_a_repr(do: Do) -> None:
    account_id = do(add_account)
    do(lambda unit: unit.accounts.set_password(account_id, "$argon2id$hash"))
    do(lambda unit: unit.accounts.set_totp(account_id, "sealed-secret"))

    shown = repr(get(do, account_id))

    assert "argon2id" not in shown
    assert "sealed-secret" not in shown


def test_a_link_is_good_until_it_ends_and_only_the_newest(do: Do) -> None:
    account_id = do(add_account)
    do(lambda unit: unit.accounts.set_link(account_id, "first", ends_at=LATER))
    do(lambda unit: unit.accounts.set_link(account_id, "second", ends_at=LATER))

    def finds(digest: str, seconds: int) -> bool:
        at = LATER + timedelta(seconds=seconds)
        return do(lambda unit: unit.accounts.find_linked(digest, now=at)) is not None

    assert finds("second", -1)
    assert not finds("second", 0)
    assert not finds("first", -1)


@pytest.mark.parametrize("spoil", ["password", "disable"])
def test_a_link_leaves_when_it_was_used_or_the_account_is_closed(do: Do, spoil: str) -> None:
    account_id = do(add_account)
    do(lambda unit: unit.accounts.set_link(account_id, "link", ends_at=LATER))

    if spoil == "password":
        do(lambda unit: unit.accounts.set_password(account_id, "hash"))
    else:
        do(lambda unit: unit.accounts.set_disabled(account_id, NOW))
        do(lambda unit: unit.accounts.set_disabled(account_id, None))

    assert do(lambda unit: unit.accounts.find_linked("link", now=NOW)) is None


def test_a_step_is_used_once_and_no_earlier_one_after_it(do: Do) -> None:
    account_id = do(add_account)

    used = [do(lambda unit, step=step: unit.accounts.use_step(account_id, step)) for step in (7, 7, 6, 8)]

    assert used == [True, False, False, True]


def test_a_recovery_code_is_used_once_and_new_ones_replace_the_old(do: Do) -> None:
    account_id = do(add_account)
    do(lambda unit: unit.accounts.put_recovery_codes(account_id, ["a", "b"]))

    used = [do(lambda unit: unit.accounts.use_recovery_code(account_id, "a")) for _ in range(2)]
    do(lambda unit: unit.accounts.put_recovery_codes(account_id, ["c", "d", "e"]))

    assert used == [True, False]
    assert not do(lambda unit: unit.accounts.use_recovery_code(account_id, "b"))
    assert do(lambda unit: unit.accounts.count_recovery_codes(account_id)) == 3


def test_a_signed_link_is_used_once_and_forgotten_when_it_has_ended(do: Do) -> None:
    used = [do(lambda unit: unit.accounts.use_link("digest", ends_at=LATER)) for _ in range(2)]
    early = do(lambda unit: unit.accounts.forget_links(NOW))
    late = do(lambda unit: unit.accounts.forget_links(LATER + timedelta(seconds=1)))

    assert used == [True, False]
    assert (early, late) == (0, 1)


def test_sessions_of_an_account_end_together_but_for_one(do: Do, store: Store) -> None:
    account_id, other = do(add_account), do(lambda unit: add_account(unit, "zhaolei"))
    for digest in ("one", "two", "three"):
        open_session(do, account_id, digest)
    open_session(do, other, "other")

    ended = do(lambda unit: unit.web_sessions.end_all_of(account_id, but="two"))

    def left(whose: int) -> list[str]:
        return [each.digest for each in store.reads.accounts.read(lambda b: b.web_sessions.list_of(whose))]

    assert ended == 2
    assert left(account_id) == ["two"]
    assert left(other) == ["other"]


def test_the_session_seen_last_comes_first_and_ended_ones_are_forgotten(do: Do) -> None:
    account_id = do(add_account)
    open_session(do, account_id, "older")
    open_session(do, account_id, "newer")
    do(lambda unit: unit.web_sessions.touch("newer", now=NOW + timedelta(minutes=1)))

    listed = do(lambda unit: unit.web_sessions.list_of(account_id))

    assert [each.digest for each in listed] == ["newer", "older"]
    assert do(lambda unit: unit.web_sessions.forget_ended(LATER)) == 0
    assert do(lambda unit: unit.web_sessions.forget_ended(LATER + timedelta(seconds=1))) == 2


def test_tries_count_in_a_window_from_the_first_of_them(do: Do) -> None:
    window = timedelta(minutes=15)

    def note(minutes: int) -> int:
        now = NOW + timedelta(minutes=minutes)
        return do(lambda unit: unit.sign_in_tries.note("bucket", now=now, since=now - window))

    assert [note(each) for each in (0, 5, 15, 16)] == [1, 2, 3, 1]
    now = NOW + timedelta(minutes=16)
    assert do(lambda unit: unit.sign_in_tries.count("bucket", since=now - window)) == 1
    do(lambda unit: unit.sign_in_tries.forget("bucket"))
    assert do(lambda unit: unit.sign_in_tries.count("bucket", since=now - window)) == 0


def test_a_job_that_fails_leaves_no_account_behind(do: Callable[..., object]) -> None:
    def fail(unit: Unit) -> None:
        unit.accounts.lock()
        add_account(unit)
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - our own
        do(fail)

    assert do(lambda unit: unit.accounts.is_empty())
