"""Finds building, unit, floor and room in a sentence, a nickname or a short answer.

Nothing is invented: room 1503 says nothing about a floor. What a node of the tree it belongs to is not known here.
"""

import re

from routing.reading import Place
from understanding.numerals import parse_number
from understanding.quick_patterns import QuickPattern
from understanding.text_forms import normalise

_CHINESE = "零〇一二三四五六七八九十百"
_NUMBER = rf"(?:[0-9]{{1,3}}|(?:两百)?[{_CHINESE}]{{1,5}})"
_BUILDING_NAME = rf"(?:[A-Za-z][0-9]{{0,2}}|[0-9]{{1,3}}[A-Za-z]?|(?:两百)?[{_CHINESE}]{{1,5}})"
_ROOM = r"(?:[0-9]{3,4}[A-Da-d]?|[零〇一二三四五六七八九幺]{3,4})"
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_NOT_BEFORE = r"(?<![0-9A-Za-z.\-￥¥$#:])"
# Words that make a number something else: money, time, counts, bus lines, measures.
_UNITS = (
    r"(?!\s*(?:元|块|毛|万|千|年|月|日|天(?!花|台|井|然|线)|人|个|件|斤|克|度|米|平(?!台)|分|秒|"
    r"点(?!滴)|时|次|条|路(?!灯|口|面)|线|公|票|张|份|"
    r"%|:|折|位|辆|台|只|w|k|kg|ml|g\b|号线|多|左右|以上))"
)

# After a word such as 栋 or 单元 a number is a flat, and a surname may follow it, even 张 or 万.
_COUNTED = r"(?!\s*(?:元|块|年|人|个|天|平|米|斤|多|路|%|:))"

_PREFIX = r"(?<![0-9A-Za-z.\-￥¥$:月周零一二三四五六七八九十百])(?<!星期)(?<!礼拜)(?<!月 )(?<![这那哪每整同某半另几])"
_BUILDING = QuickPattern(
    rf"{_PREFIX}(?P<name>{_BUILDING_NAME})\s*"
    r"(?:号\s*楼(?!梯|道|层)|(?:栋|幢)(?!楼都|楼全)|"
    r"座(?!车|山|桥|城|塔|庙|寺|谈|位|儿|大巴|客车|商务|越野|岛|雕|像|房|以上)|"
    r"\#\s*楼?|号(?=\s*[0-9]{3,4}\s*室))"
)
_PAIR_OF_BUILDING_AND_UNIT = QuickPattern(
    r"(?<![0-9\-])(?P<name>[A-Za-z]?[0-9]{1,3})\s*-\s*(?P<unit>[0-9]{1,2})\s*单\s*元"
)
_UNIT = QuickPattern(
    rf"(?<![0-9周])(?<!星期)(?<!礼拜)(?P<unit>{_NUMBER}|[A-Ha-h甲乙丙丁])\s*(?:单\s?元|"
    rf"门(?=\s*[0-9]{{3,4}}))(?!房|格|测)"
)
_FLOOR = QuickPattern(
    rf"(?:(?<=[0-9A-Za-z]\#)|"
    rf"(?<![0-9A-Za-z.\-周\#这那每整上下几爬高零一二三四五六七八九十百]))(?<!爬了)(?<!一共)(?<!总共)(?<!公司)"
    rf"(?P<below>负|地下|-)?\s*(?P<floor>[0-9]{{1,2}}|[{_CHINESE}]{{1,4}})\s*"
    r"(?:楼(?!栋|号)|层(?!楼?高|的楼|灰|油|水|土|雪|冰|皮|膜|厚|意|关|纸|层|漆|布|塑|窗|玻|住宅)|"
    r"[Ff](?![A-Za-z0-9]))"
)
_BASEMENT = QuickPattern(
    r"(?<![0-9A-Za-z])(?:(?<=地库)|(?<=车库)|)[Bb](?P<floor>[1-9])\s*(?:层|楼|(?=\s*(?:的)?(?:地库|"
    r"车库|停车场)))"
)
_BASEMENT_AFTER = QuickPattern(
    r"(?:地库|车库|停车场|地下室|地下)\s*(?:负\s*(?P<minus>[1-9一二三四])|[Bb](?P<floor>[1-9])(?![0-9\-]))"
)

_DASHED = QuickPattern(
    rf"{_NOT_BEFORE}(?<![{_PROVINCES}])(?P<name>[A-Za-z][0-9]{{0,2}}|"
    rf"[0-9]{{1,3}}[A-Za-z]?)(?:\s*[栋幢\#]|\s*号楼)?\s*[-/]\s*"
    rf"(?:(?P<unit>[0-9]{{1,2}}|[A-Ha-h])(?:单元)?\s*[-/]\s*)?(?:(?P<floor>[0-9]{{1,2}})\s*[-/]\s*)?"
    rf"(?P<room>[0-9]{{3,4}}[A-Da-d]?)(?![0-9\-/A-Za-z]){_UNITS}"
)
_UNIT_AND_ROOM = QuickPattern(
    rf"(?:栋|幢|号楼|座|"
    rf"\#)\s*(?P<unit>[0-9]{{1,2}})\s*[-/]\s*(?P<room>[0-9]{{3,4}}[A-Da-d]?)(?![0-9\-]){_UNITS}"
)
_MARKED_ROOM = QuickPattern(
    r"(?<![0-9A-Za-z\-.￥¥])(?P<room>[0-9]{1,4}[A-Da-d]?|[零〇一二三四五六七八九十百幺]{3,5})\s*"
    r"(?:室(?!内|友|外|温)|号房|房(?!子|贷|租|价|东|产|款|一厅|两厅)|户(?=$|[,。.!? ]|漏|的|家|门|业主|装))"
)
_ROOM_AFTER = QuickPattern(
    rf"(?:栋|幢|号楼|座|(?<=[0-9A-Za-z])\#楼?|单\s?元|门|楼|层|[东西南北]户)\s*(?:的|-|"
    rf",)?\s*(?P<room>{_ROOM})(?![0-9\-A-Za-z]){_COUNTED}"
)
_ROOM_WITH_CUE = QuickPattern(
    rf"(?:(?:我家|我们家|咱家|我是|我住|家住|住在|俺家|我屋头|屋企|楼上|楼下|隔壁|对门|顶楼|业主|住户|"
    rf"房号|房间号?|门牌号?)"
    rf"\s*(?:是|在|的|,|:)?\s*(?P<room>{_ROOM})(?![0-9\-A-Za-z]){_UNITS}"
    rf"|(?<![0-9\-A-Za-z￥¥$.:])(?P<before>{_ROOM})\s*(?:的)?(?:住户|业主|家里|家的|这家|那家|门口|漏|"
    rf"渗|滴|跳闸|停水|停电|没水|没电"
    r"|厨房|卫生间|厕所|阳台|天花板|马桶|暖气|水管|房顶))"
)
_ROOM_AT_END = QuickPattern(
    r"(?<=[一-鿿,。!?])\s+(?P<room>[0-9]{3,4}|"
    r"(?=[^零〇幺]{0,3}[零〇幺])[零〇幺一二三四五六七八九]{3,4})$|"
    r"^(?P<before>[0-9]{3,4})(?=\s+[一-鿿])"
)
_ROOMS = (_MARKED_ROOM, _ROOM_AFTER, _ROOM_WITH_CUE, _ROOM_AT_END)
# Fewer are a room only where a word says so.
_THREE_FIGURES = QuickPattern(r"[0-9]{3}|[零〇一二三四五六七八九幺]{3}")
_ASKS_ABOUT_A_TICKET = QuickPattern(
    r"催|进度|工单|单号|编号|补充|撤回|评价|认领|办结|转派|上报|备注|退回|放回|验证码|密码|尾号|电话|价格"
)
_PARKING = re.compile(r"充电|车棚|车位|停车|地库|车库|停我|挪车|挪一下")

_SHORT_CODE = QuickPattern(
    rf"(?<![0-9A-Za-z.\-{_PROVINCES}])(?P<name>[A-Za-z][0-9]{{0,2}}|"
    rf"[0-9]{{1,3}}[A-Za-z]?)(?:\s*[-/.、,]\s*|\s+)"
    r"(?:(?P<unit>[0-9]{1,2})(?:\s*[-/.、,]\s*|\s+))?(?P<room>[0-9]{1,4}[A-Da-d]?)(?![0-9\-./:]|\s+[0-9])"
    r"(?!\s*(?:年|月|日|号|点|元|块|岁|天|人))"
)
_BARE_ROOM = QuickPattern(
    r"(?<![0-9A-Za-z.\-¥$#])(?P<room>[0-9]{3,4})(?![0-9A-Za-z.\-])(?!\s*(?:年|元|块|路|万))"
)
_BARE_LETTER = re.compile(r"^(?P<name>[A-Za-z])$")
_A_DATE = QuickPattern(
    r"[0-9]{4}\s*[-/.年]\s*[0-9]{1,2}\s*[-/.月]|月\s*[0-9]{1,2}\s*[日号]|[0-9]\s*[月:]|(?:19|"
    r"20)[0-9]{2}-[0-9]"
)
_DENIES = re.compile(r"(?<!是)(?:不是|并非|不在|没在)(?:在|我们|说)?$")
_HINTS_OF_CORRECTION = (
    "不对",
    "错",
    "更正",
    "不是",
    "哦不",
    "噢不",
    "啊不",
    "其实",
    "应该是",
    "我是说",
    "纠正",
    "准确",
)
_CORRECTION = re.compile(
    r"(?:(?:^|[,。!? 哦噢啊呃额唉])不对(?:不对)?[,。!? ]+|(?:其实|应该|"
    r"我)是(?:说)?(?=[0-9A-Za-z一二三四五六七八九十])|"
    r"(?:准确|确切)(?:地)?(?:来)?(?:说|讲)|纠正(?:一下)?|不对(?=[,。!? ]*(?:应该|其实|我)?是)|"
    r"(?:说|打|写|发|搞|讲|记)错了?(?!吗)|更正(?:一下)?|[哦噢啊]不(?=[,是])|"
    r"不是[^,。!?是]{1,10}[,。! ]*(?=(?:而|应该)?是))"
    r"[,。!?: ]*(?:而|应该|其实|我)?(?:是|在)?"
)
"""Where somebody takes back what they said and says it anew."""
_NOT_THAT = re.compile(r"(?<=[0-9A-Za-z栋幢楼元层室号户])[,。! ]*(?:而|并)?不是(?P<that>[^,。!? ]{1,10})")
"""Behind what it is they say what it is not: "是1202不是1220"."""
_HOTLINES = frozenset({"110", "119", "120", "122", "114", "911", "999", "315"})


def read_place(text: str) -> Place:
    """The place a nickname or a short answer names; here bare codes count that a sentence would not give away."""
    plain = normalise(text)
    place = find_place(plain)
    if not place.is_empty or _A_DATE.search(plain) or _ASKS_ABOUT_A_TICKET.search(plain):
        return place
    return _find_short_code(plain) or _find_bare_room(plain) or place


def find_place(plain: str) -> Place:
    """The place named in a normalised sentence; the first building, unit, floor and room that are said, unless the
    speaker corrects them."""
    if any(hint in plain for hint in _HINTS_OF_CORRECTION):
        return _find_corrected(plain)
    return _find_said(plain)


def _find_corrected(plain: str) -> Place:
    plain = _NOT_THAT.sub(" ", plain)
    if turn := _CORRECTION.search(plain):
        corrected = _find_said(plain[turn.end() :])
        if not corrected.is_empty:
            return _mended(_find_said(plain[: turn.start()]), corrected)
    return _find_said(plain)


def _mended(said: Place, corrected: Place) -> Place:
    """What was not said anew stands."""
    return Place(
        building=corrected.building or said.building,
        unit=corrected.unit or said.unit,
        floor=corrected.floor or said.floor,
        room=corrected.room or said.room,
    )


def _find_said(plain: str) -> Place:
    dashed = None if _UNIT_AND_ROOM.search(plain) else _DASHED.search(plain)
    if dashed and (dashed["unit"] or not _is_a_hotline(dashed["room"])):
        return _place_of_code(dashed, plain)
    return _find_marked(plain)


def _place_of_code(dashed: re.Match[str], plain: str) -> Place:
    room: str | None = parse_number(dashed["room"])
    if dashed["unit"] is None and dashed["name"][0] in "Bb" and _PARKING.search(plain):
        # Beside a car park it is a level and a parking space, not a building and a flat.
        return Place(floor=dashed["name"].upper())
    building, unit, floor = (_number_of(dashed[part]) for part in ("name", "unit", "floor"))
    if floor and not dashed["room"].lstrip("0").startswith(floor):
        # Phase, building, unit and flat: 2-3-1-502.
        building, unit, floor = unit, floor, None
    return Place(building=building, unit=unit, floor=floor or _find_floor(plain), room=room)


def _find_marked(plain: str) -> Place:
    building, unit = _find_building(plain), _find_unit(plain)
    code = _UNIT_AND_ROOM.search(plain)
    if (pair := _PAIR_OF_BUILDING_AND_UNIT.search(plain)) is not None:
        building, unit = parse_number(pair["name"]), parse_number(pair["unit"])
    if code is not None:
        return Place(
            building=building,
            unit=parse_number(code["unit"]),
            floor=_find_floor(plain),
            room=parse_number(code["room"]),
        )
    return Place(building=building, unit=unit, floor=_find_floor(plain), room=_find_room(plain))


def _find_building(plain: str) -> str | None:
    said = (found for found in _BUILDING.finditer(plain) if not _is_denied(plain, found.start()))
    return next(filter(None, (parse_number(found["name"]) for found in said)), None)


def _is_denied(plain: str, start: int) -> bool:
    """ "不是3号楼，是5号楼" says 5号楼."""
    return _DENIES.search(plain, max(0, start - 4), start) is not None


def _find_unit(plain: str) -> str | None:
    found = _UNIT.search(plain)
    return _number_of(found["unit"]) if found else None


def _find_floor(plain: str) -> str | None:
    if found := _BASEMENT.search(plain):
        return f"B{found['floor']}"
    if found := _BASEMENT_AFTER.search(plain):
        return f"B{found['floor']}" if found["floor"] else f"-{_number_of(found['minus'])}"
    for found in _FLOOR.finditer(plain):
        if number := _floor_number(found["floor"]):
            return f"-{number}" if found["below"] else number
    return None


def _floor_number(written: str) -> str | None:
    # "二三楼" is the second or the third floor, so it names none.
    if len(written) > 1 and not written.isascii() and "十" not in written and "百" not in written:
        return None
    return parse_number(written)


def _find_room(plain: str) -> str | None:
    for pattern in _ROOMS if _THREE_FIGURES.search(plain) else (_MARKED_ROOM,):
        for found in pattern.finditer(plain):
            written = found["room"] or found["before"] if "before" in found.re.groupindex else found["room"]
            if pattern is _MARKED_ROOM or not _is_a_hotline(written):
                number = parse_number(written)
                if pattern is _ROOM_AT_END and not (number and _may_be_a_room(number, plain)):
                    continue
                return number
    return None


def _find_short_code(plain: str) -> Place | None:
    found = _SHORT_CODE.search(plain)
    if found is None:
        return None
    building, unit, last = parse_number(found["name"]), _number_of(found["unit"]), parse_number(found["room"])
    # Two numbers of one digit are building and unit: a flat has more digits.
    if unit is None and len(found["room"]) == 1:
        return Place(building=building, unit=last)
    return Place(building=building, unit=unit, room=last)


def _find_bare_room(plain: str) -> Place | None:
    found = _BARE_ROOM.search(plain)
    if found and _is_likely_room(found["room"]) and not _is_a_hotline(found["room"]):
        return Place(room=parse_number(found["room"]))
    letter = _BARE_LETTER.match(plain)
    return Place(building=letter["name"].upper()) if letter else None


def _is_likely_room(written: str) -> bool:
    """Floor and flat: the last two digits count the flats of one floor."""
    return (1 <= int(written[-2:]) <= 50 and not written.startswith(("19", "20"))) or len(written) == 3


def _may_be_a_room(written: str, plain: str) -> bool:
    return (
        _is_likely_room(written) and len(plain) > len(written) + 2 and not _ASKS_ABOUT_A_TICKET.search(plain)
    )


def _is_a_hotline(written: str) -> bool:
    return written in _HOTLINES


def _number_of(written: str | None) -> str | None:
    if written is None:
        return None
    return written if written in "甲乙丙丁" else parse_number(written)
