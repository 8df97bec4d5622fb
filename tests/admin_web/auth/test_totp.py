"""Codes of an app as RFC 6238 has them, and recovery codes."""

import base64
from datetime import UTC, datetime, timedelta

import pytest

from admin_web.auth import totp

RFC_SECRET = base64.b32encode(b"12345678901234567890").decode()
# RFC 6238, appendix B, SHA-1; six of its eight figures.
RFC_CODES = (
    (59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (2000000000, "279037"),
    (20000000000, "353130"),
)  # fmt: skip


@pytest.mark.parametrize(("seconds", "code"), RFC_CODES)
def test_codes_are_those_of_the_rfc(seconds: int, code: str):
    assert totp.code_at(RFC_SECRET, seconds // 30) == code


@pytest.mark.parametrize(("off", "fits"), [(-61, False), (-30, True), (0, True), (30, True), (61, False)])
def test_a_phone_may_be_half_a_minute_off(off: int, fits: bool):
    now = datetime(2026, 11, 24, 1, 0, 1, tzinfo=UTC)
    code = totp.code_at(RFC_SECRET, totp.step_at(now + timedelta(seconds=off)))

    found = totp.find_step(RFC_SECRET, f" {code[:3]} {code[3:]} ", now)

    assert (found is not None) is fits


@pytest.mark.parametrize("code", ["", "12345", "abcdef", "１２３４５６", "\ud800", "0" * 500])
def test_what_is_no_code_fits_nothing(code: str):
    assert totp.find_step(RFC_SECRET, code, datetime(2026, 11, 24, tzinfo=UTC)) is None


def test_secrets_and_recovery_codes_are_long_and_never_the_same():
    secrets = {totp.make_secret() for _ in range(20)}
    codes = totp.make_recovery_codes()

    assert len(secrets) == 20
    assert all(len(base64.b32decode(each)) == 20 for each in secrets)
    assert len(set(codes)) == len(codes) == totp.RECOVERY_CODES
    assert all(totp.looks_like_recovery_code(each) for each in codes)


def test_a_recovery_code_may_be_written_as_one_likes():
    written = ("abcd-efgh-jkmn-pqrs", "ABCD EFGH JKMN PQRS", "abcdefghjkmnpqrs")

    assert len({totp.digest_recovery_code(each) for each in written}) == 1
    assert not totp.looks_like_recovery_code("123456")


def test_the_picture_says_who_and_where():
    uri = totp.make_uri("ABC", "王芳", issuer="里仁")

    assert uri.startswith("otpauth://totp/%E9%87%8C%E4%BB%81%3A%E7%8E%8B%E8%8A%B3?")
    assert "secret=ABC" in uri
