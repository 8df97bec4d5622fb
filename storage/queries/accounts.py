"""Reads accounts, sessions and tries together, on one connection that cannot write."""

from collections.abc import Callable
from typing import TypeVar

import sqlalchemy as sa

from storage.accounts import Accounts
from storage.web_sessions import SignInTries, WebSessions

T = TypeVar("T")


class AccountBooks:
    """What a question about those who sign in may look at."""

    def __init__(self, connection: sa.Connection) -> None:
        self.accounts = Accounts(connection)
        self.web_sessions = WebSessions(connection)
        self.sign_in_tries = SignInTries(connection)


class AccountReads:
    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def read(self, question: Callable[[AccountBooks], T]) -> T:
        with self._engine.begin() as connection:
            return question(AccountBooks(connection))
