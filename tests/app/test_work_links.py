"""Which private notices get a link: only where a phone can reach the service, and where nobody else reads."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from admin_web.auth.links import Links, mark_of
from admin_web.auth.seals import Seals
from app.settings import read_settings
from app.work_links import work_link_of
from routing.messages import Address

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
ALONE = Address("sandbox", "sandbox", "private:wangfang")
TELEGRAM = {"LIREN_TELEGRAM_TOKEN": "123456:" + "a" * 35, "LIREN_TELEGRAM_MODE": "polling"}


def link(address: Address, **given: str) -> str | None:
    settings = read_settings(given, folder=Path("/"))
    links = Links(Seals(b"k" * 32), settings.public_url, lambda: NOW)
    return work_link_of(settings, links)(address, "wangfang", 1001)


def test_the_default_address_is_no_address():
    assert link(ALONE) is None


def test_a_link_signs_in_for_one_ticket():
    given = {"LIREN_PUBLIC_URL": "https://liren.test"}
    made = link(ALONE, **given)

    assert made is not None
    assert made.startswith("https://liren.test/work/sign-in?key=")
    work_pass = Links(Seals(b"k" * 32), "https://liren.test", lambda: NOW).open_work_key(
        made.partition("key=")[2]
    )
    assert work_pass is not None
    assert (work_pass.staff_id, work_pass.ticket, work_pass.sent_to) == ("wangfang", 1001, "")


def test_a_link_is_marked_with_the_account_that_it_goes_to():
    made = link(Address("telegram", "1", "2001"), LIREN_PUBLIC_URL="https://liren.test", **TELEGRAM)

    assert made is not None
    work_pass = Links(Seals(b"k" * 32), "https://liren.test", lambda: NOW).open_work_key(
        made.partition("key=")[2]
    )
    assert work_pass is not None
    assert work_pass.sent_to == mark_of("telegram", "2001")
    assert len(made) < 250


@pytest.mark.parametrize(("channel", "has_link"), [("telegram", True), ("sandbox", False)])
def test_beside_real_channels_the_sandbox_gets_none(channel: str, has_link: bool):
    address = Address(channel, "1", "2001")

    assert (
        link(address, LIREN_PUBLIC_URL="https://liren.test", LIREN_SANDBOX="on", **TELEGRAM) is not None
    ) is (has_link)


@pytest.mark.parametrize("home", ["http://127.0.0.1:8123", "http://localhost:8000"])
def test_a_phone_is_not_led_to_itself(home: str):
    phone = Address("telegram", "123456", "telegram:2001")

    assert link(phone, LIREN_PUBLIC_URL=home, **TELEGRAM) is None
    assert link(ALONE, LIREN_PUBLIC_URL=home) is not None
