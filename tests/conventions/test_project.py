"""The project checks itself: every law on every file that it is about."""

from collections.abc import Iterable

import pytest

from tests.conventions import code_laws, sources, text_laws
from tests.conventions.test_laws_can_fail import Law, name_of

# Installations have these in their environment: renaming one breaks them, so they are written down a second time.
PROMISED_SETTINGS = {
    "LIREN_DATABASE_URL",
    "LIREN_HIERARCHY",
    "LIREN_SECRET_KEY",
    "LIREN_API_TOKEN",
    "LIREN_SANDBOX",
    "LIREN_PUBLIC_URL",
    *(
        f"LIREN_WECHAT_{name}"
        for name in ("APP_ID", "APP_SECRET", "TOKEN", "AES_KEY", "AES_KEY_PREVIOUS", "API_BASE")
    ),
    *(f"LIREN_WECOM_{name}" for name in ("CORP_ID", "AGENT_ID", "SECRET", "TOKEN", "AES_KEY", "API_BASE")),
    *(f"LIREN_WECOM_BOT_{name}" for name in ("ID", "SECRET", "TOKEN", "AES_KEY", "WS")),
    *(f"LIREN_TELEGRAM_{name}" for name in ("TOKEN", "WEBHOOK_SECRET", "API_BASE", "MODE")),
}


def assert_keeps(law: Law, paths: Iterable[str]) -> None:
    found = [complaint for path in paths for complaint in law(path, sources.text_of(path))]
    if found:
        pytest.fail("\n".join(found), pytrace=False)


def list_documents() -> list[str]:
    paths = sources.all_paths()
    return [path for path in paths if path.startswith(("README", "docs/")) and path.endswith(".md")]


@pytest.mark.parametrize(
    "law",
    [code_laws.complain_about_length, code_laws.complain_about_name, code_laws.complain_about_functions],
    ids=name_of,
)
def test_all_python(law: Law):
    assert_keeps(law, sources.python_paths())


@pytest.mark.parametrize(
    "law",
    [
        code_laws.complain_about_docstring,
        code_laws.complain_about_comparison,
        code_laws.complain_about_clock,
    ],
    ids=name_of,
)
def test_product_code(law: Law):
    assert_keeps(law, sources.product_paths())


def test_core_is_pure():
    core = [path for path in sources.product_paths() if path.startswith("routing/")]

    assert_keeps(code_laws.complain_about_core_imports, core)


def test_templates_escape_and_hold_no_script():
    assert_keeps(text_laws.complain_about_template, sources.template_paths())


@pytest.mark.parametrize(
    "law", [text_laws.complain_about_machine_path, text_laws.complain_about_registry], ids=name_of
)
def test_all_files(law: Law):
    assert_keeps(law, sources.all_paths())


def test_locks_hold_hashes_and_no_address():
    locks = [path for path in sources.all_paths() if path.endswith(".lock")]

    assert locks
    assert_keeps(text_laws.complain_about_lock, locks)


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_readme_shows_the_two_commands(name: str):
    assert name in sources.all_paths(), f"{name} is missing"
    assert_keeps(text_laws.complain_about_readme, [name])


def test_settings_are_documented():
    documented = text_laws.list_settings("\n".join(sources.text_of(path) for path in list_documents()))
    in_code = text_laws.list_settings("\n".join(sources.text_of(path) for path in sources.product_paths()))

    missing = sorted((PROMISED_SETTINGS | in_code) - documented)
    assert not missing, f"write them down in README.md or docs/: {' '.join(missing)}"
