"""Reading XML within bounds: each forbidden shape beside the nearest allowed one."""

import time

import pytest

from bot.channels.wechat.refusals import Reason, RefusedError
from bot.channels.wechat.xml_fields import MAX_DEPTH, MAX_ELEMENTS, parse_fields, without_controls

BOMB = b"""<?xml version="1.0"?><!DOCTYPE xml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><xml><Content>&c;</Content></xml>"""
EXTERNAL = b'<!DOCTYPE xml SYSTEM "http://127.0.0.1:9/x.dtd"><xml><Content>1</Content></xml>'
FILE = b'<!DOCTYPE xml [<!ENTITY f SYSTEM "file:///etc/hostname">]><xml><Content>&f;</Content></xml>'


def nested(depth: int) -> bytes:
    """`depth` elements inside each other, the root included."""
    inner = depth - 1
    return b"<xml>" + b"<List>" * inner + b"</List>" * inner + b"</xml>"


def many(elements: int) -> bytes:
    return b"<xml>" + b"".join(b"<F%d/>" % number for number in range(elements - 1)) + b"</xml>"


def assert_refused(xml: bytes) -> None:
    with pytest.raises(RefusedError) as refusal:
        parse_fields(xml)
    assert refusal.value.reason is Reason.XML


def test_fields_are_the_leaves_under_the_root():
    xml = "<xml>\n<Content><![CDATA[电梯 ]]></Content><MsgId>1</MsgId><Recognition/>\n</xml>".encode()

    assert parse_fields(xml) == {"Content": "电梯 ", "MsgId": "1", "Recognition": ""}


def test_text_in_pieces_is_put_together():
    assert parse_fields(b"<xml><Content>a&lt;<![CDATA[<b>]]>&amp;&#20013;</Content></xml>") == {
        "Content": "a<<b>&中"
    }


def test_unknown_field_may_hold_more_and_is_joined():
    xml = b"<xml><ScanCodeInfo><ScanType>qr</ScanType><ScanResult>1</ScanResult></ScanCodeInfo></xml>"

    assert parse_fields(xml)["ScanCodeInfo"].split() == ["qr", "1"]


def test_unknown_list_may_repeat_its_items():
    xml = b"<xml><PicList><item><P>1</P></item><item><P>2</P></item></PicList></xml>"

    assert parse_fields(xml)["PicList"].split() == ["1", "2"]


@pytest.mark.parametrize("name", ["Content", "FromUserName", "Encrypt", "MsgId", "EventKey"])
def test_field_that_we_read_holds_no_tags(name: str):
    assert_refused(f"<xml><{name}><a>1</a></{name}></xml>".encode())


@pytest.mark.parametrize("xml", [BOMB, EXTERNAL, FILE, b"<!DOCTYPE xml><xml/>"])
def test_document_type_is_refused(xml: bytes):
    assert_refused(xml)


def test_depth_is_bounded():
    assert parse_fields(nested(MAX_DEPTH))
    assert_refused(nested(MAX_DEPTH + 1))


def test_number_of_elements_is_bounded():
    assert len(parse_fields(many(MAX_ELEMENTS))) == MAX_ELEMENTS - 1
    assert_refused(many(MAX_ELEMENTS + 1))


@pytest.mark.parametrize(
    "xml",
    [
        b"",
        b"not xml",
        b"{}",
        b"<xml>",
        b"<xml></xml><xml></xml>",
        b"<XML></XML>",
        b"<html><Content>1</Content></html>",
        b"<xml><MsgType>a</MsgType><MsgType>b</MsgType></xml>",
        b"<xml><Content a='1'>1</Content></xml>",
        b"<xml><Content>\xff\xfe</Content></xml>",
        b"<xml><Content>\xed\xa0\x80</Content></xml>",
        b"<xml><Content>\x00</Content></xml>",
        b"<xml><Content>&unknown;</Content></xml>",
        "<xml><Content>电</Content></xml>".encode("gbk"),
        "<?xml version='1.0' encoding='utf-16'?><xml/>".encode("utf-16"),
    ],
)
def test_malformed_text_is_refused(xml: bytes):
    assert_refused(xml)


def test_a_message_is_not_lost_for_a_control_character():
    xml = "<xml><Content>电梯\x00坏\x08了\n谢谢</Content></xml>".encode()

    assert parse_fields(without_controls(xml)) == {"Content": "电梯坏了\n谢谢"}


def test_worst_bodies_of_64_kib_cost_little():
    worst = [
        b"<a>" * 21_000,
        b"<xml>" + b"<F/>" * 16_000 + b"</xml>",
        b"<xml " + b" ".join(b"a%d='1'" % number for number in range(6000)) + b"/>",
        b"<xml><Content>" + b"&lt;" * 16_000 + b"</Content></xml>",
        b"<xml><Content>" + b"<![CDATA[]]>" * 5_000 + b"</Content></xml>",
    ]

    began = time.process_time()
    for xml in worst:
        try:
            parse_fields(xml)
        except RefusedError:
            continue
    # The budget is 20 ms each; ten times that says only that nothing explodes, whatever the machine.
    assert time.process_time() - began < 1.0
