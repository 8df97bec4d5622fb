"""The residents of the measured street and what WeChat pushes for them: follows with a scene, and reports.

Every person reports once, because a second message would be taken as more words on the first matter.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from urllib.parse import urlencode

from benchmarks.trees import scene_of
from tests.wechat_vendor import WechatVendor

TEXTS = (
    "3单元电梯又不动了",
    "楼上半夜一直在敲，孩子睡不着",
    "楼道灯坏了好几天，晚上看不见",
    "楼下垃圾桶满了两天没人收",
    "有辆车停在我的车位上，电话打不通",
    "2单元1503电梯门关不上",
    "一楼把公共绿地围起来了，请来看看",
    "单元门禁坏了，谁都能进来",
)
"""None of them is of a category that gathers, so that each report is a ticket of its own."""

_HEAD = (
    "POST /callback/wechat?{query} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: Mozilla/4.0\r\n"
    "Accept: */*\r\nContent-Type: text/xml\r\nContent-Length: {length}\r\n\r\n"
)


@dataclass(slots=True)
class Residents:
    """Makes requests, ready to send within the five minutes that their signature is good for."""

    vendor: WechatVendor
    communities: int
    buildings: int
    _known: int = 0
    _strangers: int = 0

    def follows(self, number: int) -> list[bytes]:
        """So many new people scan their building's code; their reports come next from `reports`."""
        people = range(self._known, self._known + number)
        events = (
            self.vendor.event("subscribe", sender=f"oKnown{each}", EventKey=f"qrscene_{self._scene(each)}")
            for each in people
        )
        return [self._request(each) for each in events]

    def reports(self, number: int) -> list[bytes]:
        """A message each of so many people: every other one has followed before, the rest are unknown."""
        senders = self._senders()
        return [
            self._request(self.vendor.text(TEXTS[each % len(TEXTS)], sender=next(senders)))
            for each in range(number)
        ]

    def _senders(self) -> Iterator[str]:
        for each in count():
            if each % 2:
                self._strangers += 1
                yield f"oStranger{self._strangers}"
                continue
            yield f"oKnown{self._known}"
            self._known += 1

    def _scene(self, person: int) -> str:
        community, building = divmod(person, self.buildings)
        return scene_of(community % self.communities + 1, building + 1)

    def _request(self, xml: str) -> bytes:
        query, body = self.vendor.encrypt(xml)
        return _HEAD.format(query=urlencode(query), length=len(body)).encode() + body
