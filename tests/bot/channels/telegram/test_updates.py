import json

import pytest

from bot.channels.telegram.updates import parse_update
from tests.bot.channels.telegram.test_inbound import read


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"7",
        b"\xff\xfe",
        b"[" * 500_000,
        b'{"message": {}}',
        b'{"update_id": "x"}',
        b'{"update_id": 1, "message": 5}',
        b'{"update_id": 1, "callback_query": []}',
        b'{"update_id": 1, "my_chat_member": {"old_chat_member": 3}}',
        read("private_text").replace("电梯".encode(), b"\\ud800"),
    ],
)
def test_what_is_no_update_is_a_value_error(body: bytes) -> None:
    with pytest.raises(ValueError, match=r"Update|line"):
        parse_update(body)


def test_tap_without_a_field_we_never_read_is_taken() -> None:
    raw = json.loads(read("tap_in_group"))
    del raw["callback_query"]["chat_instance"]

    update = parse_update(json.dumps(raw).encode())

    assert update.callback_query is not None
    assert update.callback_query.data == "认领 1024"
