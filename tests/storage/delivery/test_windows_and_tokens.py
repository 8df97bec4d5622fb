"""The vendors' terms: reply windows and access tokens, on both databases; and the API's own tokens."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from storage.store import Store
from storage.writing.unit_of_work import Unit
from tests.storage.conftest import NOW

Do = Callable[[Callable[[Unit], Any]], Any]
LANE = "wechat:gh_1"
TWO_DAYS = timedelta(hours=48)
MINUTE = timedelta(minutes=1)


def open_window(do: Do, *, allowed: int, lasts: timedelta, after: timedelta = timedelta(0)) -> None:
    do(lambda unit: unit.windows.open(LANE, "o-1", allowed=allowed, lasts=lasts, now=NOW + after))


def use(do: Do, *, after: timedelta = timedelta(0)) -> bool:
    used: bool = do(lambda unit: unit.windows.use(LANE, "o-1", now=NOW + after))
    return used


def test_a_window_is_used_up(do: Do) -> None:
    open_window(do, allowed=2, lasts=TWO_DAYS)

    assert [use(do) for _ in range(3)] == [True, True, False]


def test_a_window_that_was_never_opened_or_has_ended_is_closed(do: Do) -> None:
    before = use(do)
    open_window(do, allowed=5, lasts=TWO_DAYS)

    assert not before
    assert not use(do, after=TWO_DAYS)


def test_a_lesser_window_never_replaces_a_larger_one(do: Do) -> None:
    open_window(do, allowed=5, lasts=TWO_DAYS)
    open_window(do, allowed=3, lasts=MINUTE)

    assert [use(do, after=MINUTE) for _ in range(6)] == [True] * 5 + [False]


def test_a_lesser_window_helps_when_the_larger_one_is_used_up(do: Do) -> None:
    open_window(do, allowed=1, lasts=TWO_DAYS)
    use(do)
    open_window(do, allowed=3, lasts=MINUTE)

    assert use(do)


def test_a_new_word_opens_a_full_window_again(do: Do) -> None:
    open_window(do, allowed=2, lasts=TWO_DAYS)
    use(do)
    open_window(do, allowed=2, lasts=TWO_DAYS, after=MINUTE)

    assert [use(do, after=MINUTE) for _ in range(3)] == [True, True, False]


def test_who_leaves_closes_the_window(do: Do) -> None:
    open_window(do, allowed=2, lasts=TWO_DAYS)

    do(lambda unit: unit.windows.close(LANE, "o-1"))

    assert not use(do)


def test_one_at_a_time_refreshes_a_token(do: Do) -> None:
    def lease(after: timedelta) -> bool:
        got: bool = do(lambda unit: unit.vendor_tokens.lease_refresh(LANE, now=NOW + after))
        return got

    assert lease(timedelta(0))
    assert not lease(timedelta(seconds=29))
    assert lease(timedelta(seconds=30))


def test_a_stored_token_is_read_and_frees_the_refresh(do: Do) -> None:
    do(lambda unit: unit.vendor_tokens.lease_refresh(LANE, now=NOW))
    before = do(lambda unit: unit.vendor_tokens.read(LANE))

    do(lambda unit: unit.vendor_tokens.store(LANE, "t-1", expires_at=NOW + TWO_DAYS))

    assert before is None
    assert do(lambda unit: unit.vendor_tokens.read(LANE)) == ("t-1", NOW + TWO_DAYS)
    assert do(lambda unit: unit.vendor_tokens.lease_refresh(LANE, now=NOW))


def test_an_api_token_is_known_by_its_secret_until_it_is_revoked(store: Store, do: Do) -> None:
    made = do(lambda unit: unit.api_tokens.add("s3cret", name="街道", role="viewer", scope="xinhua", now=NOW))

    assert store.reads.find_api_token("s3cret") == made
    assert store.reads.find_api_token("s3creT") is None
    assert do(lambda unit: unit.api_tokens.revoke(made.token_id, now=NOW))
    assert not do(lambda unit: unit.api_tokens.revoke(made.token_id, now=NOW))
    assert store.reads.find_api_token("s3cret") is None
    assert [each.revoked_at for each in store.reads.list_api_tokens()] == [NOW]


def test_settings_are_kept_by_name(store: Store, do: Do) -> None:
    do(lambda unit: unit.settings.put("clock", "60"))
    do(lambda unit: unit.settings.put("clock", "90"))

    assert do(lambda unit: unit.settings.find("clock")) == "90"
    assert do(lambda unit: unit.settings.find("nothing")) is None
    assert store.reads.settings()["clock"] == "90"
