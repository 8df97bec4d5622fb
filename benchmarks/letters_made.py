"""Made-up reports in the words of residents, so that words are as rare and as common as in a real street."""

from collections.abc import Iterator
from random import Random

THINGS = (
    "电梯", "单元门", "楼道灯", "下水道", "垃圾桶", "消防通道", "路灯", "围墙", "化粪池",
    "健身器材", "快递柜", "充电桩", "车棚", "水管", "暖气", "煤气表", "门禁", "监控", "井盖",
    "绿化带", "花坛", "儿童滑梯", "窨井", "屋顶", "外墙皮", "广告牌", "对讲机", "信箱", "地下车库",
    "污水泵",
)  # fmt: skip
TROUBLES = (
    "坏了", "又不动了", "漏水", "堵了", "一直响", "没人清", "被占了", "不亮", "塌了一块",
    "味道很大", "打不开", "关不上", "松动了", "掉下来一块", "结冰了", "冒黑烟", "被人撬了", "进水了",
    "不制热", "时好时坏",
)  # fmt: skip
TAILS = (
    "，请尽快来看看", "，老人出行不方便", "，已经三天了", "，孩子差点摔倒", "，晚上睡不着", "，上次修过又这样",
    "，邻居也在说", "，麻烦安排一下", "，什么时候能好", "", "", "",
)  # fmt: skip
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"


def make_texts(count: int, *, seed: int = 7) -> Iterator[tuple[str, str]]:
    """So many texts with their places, always the same ones."""
    random = Random(seed)
    for _ in range(count):
        who = (
            f"{random.choice(SURNAMES)}{random.choice(('阿姨', '师傅', '大爷'))}"
            if random.random() < 0.1
            else ""
        )
        place = f"{random.randint(1, 6)}单元{random.randint(1, 28)}层" if random.random() < 0.6 else ""
        yield f"{who}{random.choice(THINGS)}{random.choice(TROUBLES)}{random.choice(TAILS)}", place
