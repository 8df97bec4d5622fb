"""Which passwords are taken, and that nobody learns from the time whether there is such an account."""

import pytest
from argon2 import PasswordHasher

from admin_web.auth.passwords import Passwords, find_fault


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("短短的", "password.too_short"),
        ("x" * 201, "password.too_long"),
        ("aaaaaaaaaaaa", "password.known_to_all"),
        ("1234567890", "password.known_to_all"),
        ("Password123", "password.known_to_all"),
        ("my-Wangfang-2026", "password.like_name"),
        ("三单元的电梯什么时候修好", None),
        ("correct horse battery", None),
    ],
)
def test_a_password_must_be_long_and_not_easily_guessed(password: str, fault: str | None):
    assert find_fault(password, "wangfang") == fault


async def test_the_same_signs_fit_in_whatever_form_a_keyboard_gives_them():
    passwords = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    made = await passwords.make_hash("Ｃａｆe\u0301 一二三四五六")

    assert await passwords.is_right("Caf\u00e9 一二三四五六", made)
    assert not await passwords.is_right("Cafe 一二三四五六", made)


async def test_without_an_account_the_same_work_is_done_and_nothing_fits():
    class Counting(PasswordHasher):
        checked = 0

        def verify(self, hash, password):
            Counting.checked += 1
            return super().verify(hash, password)

    passwords = Passwords(Counting(time_cost=1, memory_cost=8, parallelism=1))

    assert not await passwords.is_right("nobody", None)
    assert not await passwords.is_right("nobody", "no hash at all")
    assert Counting.checked == 2


def test_the_usual_hash_is_argon2id_of_the_rfcs_strength():
    made = PasswordHasher().hash("x")

    assert made.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert Passwords(PasswordHasher(time_cost=4, memory_cost=8, parallelism=1)).is_outdated(made)
