import pytest

from understanding.circumstances import is_happening
from understanding.emergencies import find_danger


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("楼下着火了", "119"),
        ("一股焦糊味 插座那", "119"),
        ("好重的煤气味", "119"),
        ("电梯里关了人", "119"),
        ("阿姨晕倒了", "120"),
        ("他割腕了", "120"),
        ("有人持刀", "110"),
        ("在撬我家门", "110"),
        ("老人走丢了", "110"),
        ("车祸 司机受伤了", "122"),
        ("快来人啊", "110"),
        ("快来人啊着火了", "119"),
        ("赶快派人来 楼下着火了", "119"),
        ("来人啊救命", "110"),
        ("有人吗救命", "110"),
        ("救救我", "110"),
        ("好大的烟", "119"),
        ("电梯里困了个娃娃", "119"),
        ("电梯停在半空,里头有人", "119"),
        ("孩子被锁在家里了", "119"),
        ("孩子掉河里了", "119"),
        ("有个老人倒在楼下了", "120"),
        ("婆婆绊倒了动不了", "120"),
        ("心口疼得厉害", "120"),
        ("吃了一瓶安眠药", "120"),
        ("楼顶上坐着个人", "110 120 12356"),
        ("小偷撬门", "110"),
        ("出车祸了", "122"),
        ("车撞人了", "122"),
        ("我妈86了一个人在家敲门没人开", None),
        ("电线断了垂到地上", None),
        ("井盖不见了", None),
        ("屋里烧炭火盆,头晕想吐", "119 120"),
        ("头疼得很,家里煤炉还烧着", "119 120"),
        ("煤气味好大,我头晕", "119 120"),
        ("燃气报警器一直响", "119"),
    ],
)
def test_danger_names_the_number_to_call(text: str, number: str | None) -> None:
    danger = find_danger(text)

    assert danger is not None
    assert danger.number == number


@pytest.mark.parametrize(
    "text",
    [
        *(
            "老板火大",
            "吃火锅",
            "热得要着火了",
            "气得冒烟",
            "演习 着火了别慌",
            "梦见家里着火",
            "没有着火",
            "上次着火过",
        ),
        *(
            "笑晕了",
            "差点晕倒",
            "停车困难",
            "我困了 睡了",
            "被噪音困扰",
            "跳楼价",
            "想死你了",
            "天然气停气通知",
        ),
        *(
            "狗打架",
            "眼皮打架",
            "猫走丢了",
            "孩子找不到对象",
            "轮胎漏气",
            "爆炸头",
            "救命 笑死我了 哈哈",
            "蛇年大吉",
        ),
        *(
            "我钥匙锁在家里了",
            "有人把垃圾倒在楼下",
            "电梯坏了里头有人抽烟",
            "快被吵晕了",
            "手机掉水里了",
            "救救孩子吧作业太多了",
            "快递敲门没人应",
        ),
        *("燃气费贵得想吐", "天然气公司态度真恶心", "燃气报警器没电了一直嘀嘀响"),
        *("万一着火呢", "如果有人被困", "刷饭卡进电梯", "火已经灭了", "孩子找到了 之前走失"),
    ],
)
def test_figure_of_speech_is_no_danger(text: str) -> None:
    assert find_danger(text) is None


def test_gas_is_told_to_leave_before_calling() -> None:
    danger = find_danger("闻到煤气味")

    assert danger is not None
    assert "先离开" in danger.reason


@pytest.mark.parametrize(
    ("text", "happening"),
    [
        *(
            ("有人被困", True),
            ("没有人被困", False),
            ("没人被困", False),
            ("上次被困过", False),
            ("又被困了", True),
        ),
        *(("上次被困,今天又被困", True), ("没人救 有人被困", True), ("恐怕被困", True), ("怕被困", False)),
        *(("是不是有人被困", True), ("像被困一样", False), ("被困的风险", False), ("被困过半小时", True)),
    ],
)
def test_word_counts_unless_denied_past_or_supposed(text: str, happening: bool) -> None:
    start = text.rindex("被困")

    assert is_happening(text, start, start + 2) is happening


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("有人要跳楼", "110 120 12356"),
        ("楼顶天台有个人站着要往下跳", "110 120 12356"),
        ("活不下去了", "110 120 12356"),
        ("我想死", "110 120 12356"),
        ("心情不好,活着真没劲", "110 120 12356"),
        ("有人在楼道打架动刀了", "110"),
        ("楼下打架，有人被砍了一身血", "110 120"),
    ],
)
def test_where_two_have_to_come_both_are_named(text: str, number: str) -> None:
    danger = find_danger(text)

    assert danger is not None
    assert (danger.number, danger.is_for_police) == (number, True)
