"""The live stream: lines of any window, clock pushes, lines of other processes, and its end."""

import json
from collections.abc import AsyncIterator

from bot.channel import Answer
from bot.channels.sandbox.conversation import ERASED, say
from bot.channels.sandbox.feed import Happening
from bot.channels.sandbox.inbound import Spoken, parse_message
from bot.channels.sandbox.lines import Draft
from bot.channels.sandbox.stream import stream_events
from routing.messages import Address, Inbound, Outbound
from tests.bot.channels.sandbox.toy_house import TUESDAY, ToyHouse

GROUP = Address("sandbox", "sandbox", "xingfuli-staff")


async def no_clock() -> str:
    return "{}"


def watch(house: ToyHouse, *, lasts: float = 60, look_every: float = 60) -> AsyncIterator[str]:
    windows = house.windows
    return stream_events(windows.feed, windows.refresh, no_clock, lasts=lasts, look_every=look_every)


def read_line(event: str) -> dict[str, object]:
    name, data = event.strip().split("\n")
    assert name == "event: line"
    line: dict[str, object] = json.loads(data.removeprefix("data: "))
    return line


async def test_a_stream_begins_with_the_clock(house: ToyHouse):
    assert await anext(watch(house)) == "retry: 1000\nevent: clock\ndata: {}\n\n"


async def test_every_tab_hears_a_new_line(house: ToyHouse):
    tabs = [watch(house), watch(house)]
    for tab in tabs:
        await anext(tab)

    await house.channel.send(GROUP, Outbound("新工单"), key="p1")

    for tab in tabs:
        line = read_line(await anext(tab))
        assert (line["group"], line["text"]) == ("xingfuli-staff", "新工单")


async def test_a_push_is_told(house: ToyHouse):
    tab = watch(house)
    await anext(tab)

    house.windows.feed.tell(Happening("clock"))

    assert await anext(tab) == "event: clock\ndata: {}\n\n"


async def test_an_erasure_is_told_after_its_answer_so_that_no_window_shows_what_is_gone(house: ToyHouse):
    tab = watch(house)
    await anext(tab)
    spoken = Spoken(group="private:u1", sender="u1", text="删除我的数据")
    inbound = parse_message(spoken, key="m1", now=TUESDAY, picture=None, replies_to_bot=False)
    draft = Draft(key="said:m1", chat="private:u1", author="u1", name="u1", text=spoken.text, at=TUESDAY)

    async def receive(_inbound: Inbound) -> Answer:
        return Answer((Outbound("已删除"),), about=ERASED)

    await say(draft, inbound, receive=receive, board=house.windows)

    told = [await anext(tab) for _ in range(3)]
    assert [read_line(each)["text"] for each in told[:2]] == ["删除我的数据", "已删除"]
    assert told[2] == "event: cleared\ndata: {}\n\n"


async def test_lines_of_another_process_arrive(house: ToyHouse):
    await house.channel.send(GROUP, Outbound("先前"), key="p0")
    tab = watch(house, look_every=0.01)
    await anext(tab)

    await ToyHouse(unit=house.unit).channel.send(GROUP, Outbound("别处发的"), key="p1")

    assert read_line(await anext(tab))["text"] == "别处发的"


async def test_a_quiet_stream_beats(house: ToyHouse):
    tab = watch(house, look_every=0.001)
    await anext(tab)

    assert await anext(tab) == ": quiet\n\n"


async def test_a_stream_ends_in_time_and_leaves_nothing_behind(house: ToyHouse):
    events = [event async for event in watch(house, lasts=0)]

    assert len(events) == 1
    assert house.windows.feed.watchers == 0


async def test_a_shutdown_ends_streams_and_those_to_come(house: ToyHouse):
    tab = watch(house)
    await anext(tab)

    house.windows.close()

    assert [event async for event in tab] == []
    assert len([event async for event in watch(house)]) == 1


async def test_a_tab_that_does_not_read_is_sent_away(house: ToyHouse):
    tab = watch(house)
    await anext(tab)

    for number in range(501):
        await house.channel.send(GROUP, Outbound("新"), key=f"p{number}")

    assert [event async for event in tab] == []
