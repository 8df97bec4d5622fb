"""Each law on a made-up good and bad sample: a law that cannot complain protects nothing."""

from collections.abc import Callable, Iterator

import pytest

from tests.conventions import code_laws, text_laws

Law = Callable[[str, str], Iterator[str]]

LONG_FUNCTION = "def answer():\n" + "    pass\n" * 40
FACTORY = "def make_router():\n    def inner():\n" + "        pass\n" * 38 + "    return inner\n"

BAD: list[tuple[Law, str, str]] = [
    (code_laws.complain_about_length, "bot/inbox.py", "x = 1\n" * 301),
    (code_laws.complain_about_length, "tests/test_inbox.py", "x = 1\n" * 401),
    (code_laws.complain_about_functions, "bot/inbox.py", LONG_FUNCTION),
    (code_laws.complain_about_functions, "bot/inbox.py", "async " + LONG_FUNCTION),
    (code_laws.complain_about_docstring, "bot/inbox.py", "x = 1\n"),
    (code_laws.complain_about_name, "bot/utils.py", ""),
    (code_laws.complain_about_name, "bot/ticket_manager.py", ""),
    (code_laws.complain_about_name, "common/tickets.py", ""),
    (code_laws.complain_about_comparison, "bot/a.py", "assert signature == expected"),
    (code_laws.complain_about_comparison, "bot/a.py", "assert expected != message.msg_signature"),
    (code_laws.complain_about_comparison, "bot/a.py", "assert sign(body) == query['signature']"),
    (code_laws.complain_about_comparison, "bot/a.py", "assert sign(body) == query.get('signature')"),
    (code_laws.complain_about_clock, "bot/inbox.py", "now = datetime.now(UTC)"),
    (code_laws.complain_about_clock, "bot/inbox.py", "now = datetime.datetime.utcnow()"),
    (code_laws.complain_about_clock, "bot/inbox.py", "field(default_factory=date.today)"),
    (code_laws.complain_about_clock, "bot/inbox.py", "now = time.time()"),
    (code_laws.complain_about_clock, "bot/inbox.py", "from time import time"),
    (code_laws.complain_about_core_imports, "routing/desk.py", "import sqlmodel"),
    (code_laws.complain_about_core_imports, "routing/desk.py", "from storage.tables import Ticket"),
    (code_laws.complain_about_core_imports, "routing/desk.py", "import os"),
    (text_laws.complain_about_template, "a.html", "{{ text | " + "safe }}"),
    (text_laws.complain_about_template, "a.html", "{% autoescape false %}"),
    (text_laws.complain_about_template, "a.html", "<script>go()</script>"),
    (text_laws.complain_about_template, "a.html", "<style>p { }</style>"),
    (text_laws.complain_about_template, "a.html", '<p class="a" style="color: red">'),
    (text_laws.complain_about_template, "a.html", '<button\n  onclick="go()">'),
    (text_laws.complain_about_template, "a.html", '<a href="javascript:go()">'),
    (text_laws.complain_about_machine_path, "a.md", "see /" + "root/.config"),
    (text_laws.complain_about_machine_path, "a.md", "see /" + "home/anna/liren"),
    (text_laws.complain_about_machine_path, "a.md", "see /" + "tmp/liren"),
    (text_laws.complain_about_registry, "a.toml", "index = https://" + "pypi.org/simple"),
    (text_laws.complain_about_registry, "a.toml", "index = https://" + "mirrors.example.cn/simple"),
    (text_laws.complain_about_lock, "a.lock", "x @ https://example.org/x.whl --hash=sha256:00"),
    (text_laws.complain_about_lock, "a.lock", "x==1\n"),
    (text_laws.complain_about_readme, "README.md", "Use `make run`."),
    (text_laws.complain_about_readme, "README.md", "Use `make test`."),
]

GOOD: list[tuple[Law, str, str]] = [
    (code_laws.complain_about_length, "bot/inbox.py", "x = 1\n" * 300),
    (code_laws.complain_about_functions, "bot/inbox.py", FACTORY),
    (code_laws.complain_about_docstring, "bot/inbox.py", '"""Takes what arrives."""\n'),
    (code_laws.complain_about_docstring, "tests/__init__.py", ""),
    (code_laws.complain_about_name, "bot/channels/telegram/inbound.py", ""),
    (code_laws.complain_about_comparison, "bot/a.py", "assert compare_digest(signature, expected)"),
    (code_laws.complain_about_comparison, "bot/a.py", "assert signature is None"),
    (code_laws.complain_about_clock, "app/clock.py", "now = datetime.now(UTC)"),
    (code_laws.complain_about_clock, "bot/inbox.py", "now = clock.now()"),
    (code_laws.complain_about_clock, "bot/inbox.py", "limit = time.monotonic() + 5"),
    (code_laws.complain_about_core_imports, "routing/desk.py", "from routing.tickets import Ticket"),
    (code_laws.complain_about_core_imports, "routing/desk.py", "from datetime import datetime"),
    (text_laws.complain_about_template, "a.html", '<script src="/static/a.js" defer></script>'),
    (text_laws.complain_about_template, "a.html", '<p class="style">{{ text }}</p> on = 1'),
    (text_laws.complain_about_machine_path, "a.md", "the pages at /work and the folder a/" + "tmp"),
    (text_laws.complain_about_registry, "a.md", "https://example.org/docs"),
    (text_laws.complain_about_lock, "a.lock", "x==1 --hash=sha256:00\n"),
    (text_laws.complain_about_readme, "README.md", "Use `make run` and `make test`."),
]


def name_of(case: object) -> str | None:
    return getattr(case, "__name__", None)


@pytest.mark.parametrize(("law", "path", "text"), BAD, ids=name_of)
def test_law_complains_about_a_bad_sample(law: Law, path: str, text: str):
    assert list(law(path, text))


@pytest.mark.parametrize(("law", "path", "text"), GOOD, ids=name_of)
def test_law_is_content_with_a_good_sample(law: Law, path: str, text: str):
    assert not list(law(path, text))


def test_settings_are_found_by_their_full_names():
    text = "`LIREN_WECHAT_APP_ID` `_APP_SECRET`, LIREN_SANDBOX=on and f'LIREN_{name}'"

    assert text_laws.list_settings(text) == {"LIREN_WECHAT_APP_ID", "LIREN_SANDBOX"}
