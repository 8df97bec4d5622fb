"""Signed links, and that no link leads away from this house."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin_web.auth.links import FIRST_ADMIN_FOR, WORK_LINK_FOR, Links, safe_next
from admin_web.auth.seals import Seals

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


def links_at(now: datetime = NOW, key: bytes = b"one key") -> Links:
    return Links(Seals(key), "https://liren.test", lambda: now)


def key_of(link: str) -> str:
    return link.partition("?key=")[2]


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.test/", "http:evil.test", "//evil.test", "///evil.test", "/\\evil.test", "\\\\evil.test",
        "/\t/evil.test", "/\n/evil.test", " //evil.test", "javascript:alert(1)", "data:text/html,x", "evil.test", "",
        None, "/" + "a" * 700, "/ /evil.test", "http://[", "\u2028//evil.test", "?next=/admin", "/\x00/evil",
    ],
)  # fmt: skip
def test_nothing_leads_elsewhere(address: str | None):
    assert safe_next(address, default="/admin") == "/admin"


@pytest.mark.parametrize(
    "address", ["/admin", "/admin/tickets?q=%2F%2Fa&page=2", "/work/tickets/1024#story", "/"]
)
def test_a_page_of_this_house_is_found_again(address: str):
    assert safe_next(address, default="/elsewhere") == address


@given(st.text(max_size=40))
def test_whatever_is_written_the_way_begins_with_one_stroke(address: str):
    way = safe_next(address, default="/admin")

    assert way.startswith("/")
    assert not way.startswith(("//", "/\\"))


def test_a_work_link_says_who_and_which_ticket_until_it_ends():
    link = links_at().make_work_link("liqiang", 1024)
    late = links_at(NOW + WORK_LINK_FOR)

    assert link.startswith("https://liren.test/work/sign-in?key=")
    opened = links_at(NOW + WORK_LINK_FOR - timedelta(seconds=1)).open_work_key(key_of(link))
    assert opened is not None
    assert (opened.staff_id, opened.ticket) == ("liqiang", 1024)
    assert late.open_work_key(key_of(link)) is None


def test_two_links_to_one_ticket_are_two_links():
    assert links_at().make_work_link("liqiang", 1024) != links_at().make_work_link("liqiang", 1024)


def test_a_link_of_one_purpose_or_key_opens_no_other_door():
    work, first = key_of(links_at().make_work_link("liqiang", 1)), key_of(links_at().make_first_admin_link())

    assert not links_at().is_first_admin_key(work)
    assert links_at().open_work_key(first) is None
    assert links_at(key=b"another").open_work_key(work) is None
    assert not links_at(key=b"another").is_first_admin_key(first)


def test_every_change_of_a_link_is_noticed():
    key = key_of(links_at().make_work_link("liqiang", 1024))

    for at, sign in enumerate(key):
        for other in "A.b=":
            changed = key[:at] + other + key[at + 1 :]
            assert sign == other or links_at().open_work_key(changed) is None, changed
    for changed in (key + "=", key + "A", f" {key}", key.upper(), key.replace(".", ".."), "", "."):
        assert links_at().open_work_key(changed) is None


def test_the_first_admins_link_is_good_for_a_quarter_of_an_hour():
    key = key_of(links_at().make_first_admin_link())

    assert links_at(NOW + FIRST_ADMIN_FOR - timedelta(seconds=1)).is_first_admin_key(key)
    assert not links_at(NOW + FIRST_ADMIN_FOR).is_first_admin_key(key)


def test_what_is_sealed_is_read_with_the_same_key_only():
    sealed = Seals(b"one key").seal("王芳的秘密")

    assert Seals(b"one key").unseal(sealed) == "王芳的秘密"
    assert Seals(b"another").unseal(sealed) is None
    assert Seals(b"one key").unseal(sealed[:-2]) is None
    assert Seals(b"one key").unseal("\ud800") is None
    assert Seals(b"one key").fingerprint != Seals(b"another").fingerprint
