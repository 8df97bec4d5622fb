"""Settings from the environment and `.env`: what is wrong is told in one list, and no secret ever."""

from pathlib import Path

import pytest

from app.settings import SettingsError, read_settings

WECHAT = {
    "LIREN_WECHAT_APP_ID": "wx5b0d3f8a91c27e64",
    "LIREN_WECHAT_APP_SECRET": "canary-secret-of-the-account-001",
    "LIREN_WECHAT_TOKEN": "PutongToken2026",
    "LIREN_WECHAT_AES_KEY": "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
}


def test_with_nothing_set_everything_has_a_default(tmp_path: Path):
    settings = read_settings({}, folder=tmp_path)

    assert settings.database_url == f"sqlite:///{tmp_path / 'liren.db'}"
    assert settings.hierarchy == tmp_path / "hierarchy.yaml"
    assert (settings.wechat, settings.telegram, settings.api_token) == (None, None, None)
    assert not settings.has_real_channel


def test_an_env_file_completes_the_environment_and_never_overrides_it(tmp_path: Path):
    (tmp_path / ".env").write_text(
        '# ours\nexport LIREN_PUBLIC_URL="https://liren.example"\nLIREN_LOG=text\n\n', "utf-8"
    )

    settings = read_settings({"LIREN_LOG": "json"}, folder=tmp_path)

    assert (settings.public_url, settings.log) == ("https://liren.example", "json")


@pytest.mark.parametrize(
    "written",
    [
        b"\xef\xbb\xbfLIREN_LOG=text\r\n",
        b"LIREN_LOG = text   # for reading\n",
        b"export LIREN_LOG='text' # for reading\n",
        b"LIREN_FOO= # not set\nLIREN_LOG=text\n",
    ],
)
def test_an_env_file_may_be_written_as_other_programs_write_it(written: bytes, tmp_path: Path):
    (tmp_path / ".env").write_bytes(written)

    assert read_settings({}, folder=tmp_path).log == "text"


@pytest.mark.parametrize("value", ["a-secret#with-a-sign", '"a secret # with blanks"'])
def test_a_sign_inside_a_value_is_part_of_it(value: str, tmp_path: Path):
    (tmp_path / ".env").write_text(f"LIREN_API_TOKEN={value}\n", encoding="utf-8")

    assert read_settings({}, folder=tmp_path).api_token == value.strip('"')


def test_an_env_file_in_another_code_is_told(tmp_path: Path):
    (tmp_path / ".env").write_bytes("LIREN_API_TOKEN=canary-密钥".encode("utf-16"))

    with pytest.raises(SettingsError) as told:
        read_settings({}, folder=tmp_path)

    assert told.value.problems == (".env is not UTF-8; save it as UTF-8",)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("LIREN_HIERACHY", "did you mean LIREN_HIERARCHY?"),
        ("liren_log", "did you mean LIREN_LOG?"),
        ("LIREN_FOO", "docs/settings.md lists them."),
    ],
)
def test_an_unknown_name_is_told_with_the_nearest_known_one(name: str, said: str, tmp_path: Path):
    (tmp_path / ".env").write_text(f"{name}=text\n", encoding="utf-8")

    with pytest.raises(SettingsError) as told:
        read_settings({}, folder=tmp_path)

    assert told.value.problems == (f"{name}: no such setting; {said}",)


def test_an_empty_value_is_as_good_as_none(tmp_path: Path):
    assert read_settings({"LIREN_API_TOKEN": " ", "LIREN_LOG": ""}, folder=tmp_path).log == "json"


def test_every_problem_is_told_at_once(tmp_path: Path):
    wrong = {
        "LIREN_PUBLIC_URL": "liren.example",
        "LIREN_API_TOKEN": "short",
        "LIREN_LOG": "loud",
        "LIREN_SANDBOX": "maybe",
        "LIREN_DATABASE_ULR": "sqlite:///x.db",
        "LIREN_WECHAT_APP_ID": "wx5b0d3f8a91c27e64",
    }

    with pytest.raises(SettingsError) as told:
        read_settings(wrong, folder=tmp_path)

    text = str(told.value)
    for name in (*wrong, "LIREN_WECHAT_AES_KEY", "LIREN_WECHAT_TOKEN", "LIREN_WECHAT_APP_SECRET"):
        if name != "LIREN_WECHAT_APP_ID":
            assert name in text, name


def test_no_secret_shows_itself(tmp_path: Path):
    secrets = {**WECHAT, "LIREN_API_TOKEN": "canary-api-token", "LIREN_SECRET_KEY": "canary-secret-key"}

    shown = repr(read_settings(secrets, folder=tmp_path))

    assert "canary" not in shown
    assert WECHAT["LIREN_WECHAT_AES_KEY"] not in shown


def test_a_malformed_secret_is_not_repeated_in_the_complaint(tmp_path: Path):
    with pytest.raises(SettingsError) as told:
        read_settings({**WECHAT, "LIREN_WECHAT_AES_KEY": "canary-key"}, folder=tmp_path)

    assert "canary" not in str(told.value)
    assert "LIREN_WECHAT_AES_KEY" in str(told.value)


@pytest.mark.parametrize(
    "url", ["mysql://u:canary@h/d", "sqlite:////nowhere/liren.db", "sqlite://", "canary"]
)
def test_an_impossible_database_is_told_with_the_other_settings(url: str, tmp_path: Path):
    with pytest.raises(SettingsError) as told:
        read_settings({"LIREN_DATABASE_URL": url, "LIREN_LOG": "xml"}, folder=tmp_path)

    assert [each.split(":")[0] for each in told.value.problems] == ["LIREN_DATABASE_URL", "LIREN_LOG"]
    assert "canary" not in str(told.value)
