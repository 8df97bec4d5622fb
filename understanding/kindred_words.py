"""Families of words that mean much the same trouble, for files whose keyword lists are short.

A category whose name or keyword belongs to a family also takes the family's other words, with less certainty.
"""

from dataclasses import dataclass
from functools import lru_cache

from routing.hierarchy import Category
from understanding.fault_words import NOISE_AT_NIGHT
from understanding.quick_patterns import QuickPattern


@dataclass(frozen=True, slots=True, eq=False)
class Family:
    """`heads`: a category with one of these in its name or keywords is of this family. `words`: what residents say."""

    heads: tuple[str, ...]
    words: QuickPattern


def _family(heads: str, words: str) -> Family:
    return Family(tuple(heads.split()), QuickPattern(words))


# The more telling families stand first; a message belongs to the first that a category of the file shares.
FAMILIES = (
    _family(
        "高空抛物 抛物 坠物",
        r"(?:楼上|高空|窗户?)[^,。!?]{0,8}(?:扔|抛|丢|掉)[^,。!?]{0,8}(?:下来|东西|烟头|垃圾|瓶)|(?:扔|"
        r"抛|丢|掉)[^,。!?]{0,4}下来|(?:外墙|瓷砖|墙皮|玻璃|花盆)[^,。!?]{0,6}(?:掉|砸)",
    ),
    _family(
        "消防安全 消防 火灾 起火 着火 冒烟",
        r"着火|起火|失火|冒(?:黑|浓|白)?烟|浓烟|火花|焦糊|糊味|烧焦|短路|消防栓|灭火器|烟感|(?:电动车|"
        r"电瓶车|电瓶)[^,。!?]{0,8}(?:电梯|楼道|上楼|进楼|充电(?!桩|棚|站|口))|飞线|防火门|易燃|爆炸|"
        r"漏电|燃气泄漏|煤气味|(?:燃气|天然气)味",
    ),
    _family(
        "消防通道 堵住通道 通道占用",
        r"(?:堵|占|停)[^,。!?]{0,6}(?:消防|逃生|救援)|(?:消防|逃生|救援)[^,。!?]{0,6}(?:堵|占|停)",
    ),
    _family("电梯 困梯 轿厢", r"电梯|轿厢|(?<![楼扶滑阶])梯(?:子)?(?:不动|停了|坏了|困)"),
    _family(
        "噪音 噪声 扰民 太吵 吵闹",
        r"吵(?:死|得|到|醒|人|闹)|太吵|好吵|很吵|天天吵|贼吵|蹦迪|唱K|唱歌|K歌|嚎|电钻|装修声|(?:半夜|"
        r"凌晨|深夜|天天|大清早|中午|午休|周末|楼上)[^,。!?]{0,10}(?:敲|响|跳|拖|砸|音乐|麻将|打鸣|"
        r"狗叫|装修|施工|弹琴)|广场舞|音响|打鸣|狂吠|砰砰|咚咚|嗡嗡|轰隆|放烟花|放鞭炮|睡不着|噪|吵架|"
        + NOISE_AT_NIGHT.pattern,
    ),
    _family(
        "停车 车位 道闸",
        r"停车|车位|道闸|抬杆|僵尸车|挪车|挪一下|(?:车|轿车|货车|大众|面包车)[^,。!?]{0,8}(?:堵|挡|占|"
        r"停)[^,。!?]{0,8}(?:门|路|出口|我|消防|通道)|乱停|车库出口|占了?我的?位",
    ),
    _family(
        "漏水 渗水 漏水维修 管道维修 堵塞",
        r"漏水|渗水|滴水|往下滴|漏雨|也漏|在漏|又漏|漏得|漏下|爆管|水管[^,。!?]{0,4}(?:爆|裂|破|漏)|"
        r"天花板[^,。!?]{0,6}(?:湿|水|滴|渗)|(?:马桶|下水道|下水|地漏|管道|厕所)[^,。!?]{0,6}(?:堵|"
        r"返水|反水|漏|不通)|墙[^,。!?]{0,4}(?:渗|湿|发霉)|水漫|积水|水滴|滴到|嗷嗷漏|不漏|"
        r"(?<![疏遗走])漏(?![洞税电气])",
    ),
    _family(
        "停水 没水 水电 供水 水压",
        r"停水|没水|断水|水停|没得水|热水|水压|自来水|水质|漂白粉|水[^,。!?]{0,4}(?:黄|浑|小)|来水",
    ),
    _family("停电 没电 水电 供电 跳闸", r"停电|没电|断电|跳闸|没得电|来电|电压|公摊电|电线|电表|电闸|配电"),
    _family("暖气 供暖 水电气 供热", r"暖气|供暖|地暖|供热"),
    _family("燃气 天然气 煤气 停气 水电气", r"停气|没气|天然气|燃气|煤气"),
    _family(
        "垃圾 卫生 环境卫生 保洁 清洁 异味 化粪池",
        r"垃圾|厨余|异味|恶臭|臭味|好臭|很臭|太臭|臭死|臭得|发臭|馊|油烟|污水|化粪池|粪|狗屎|尿|蟑螂|"
        r"老鼠|耗子|蚊子|苍蝇|埋汰|脏|保洁|小广告|绿了|下水道[^,。!?]{0,4}(?:味|冒)|烟头|纸壳|杂物|"
        r"楼道[^,。!?]{0,4}堆|堆[^,。!?]{0,6}楼道",
    ),
    _family(
        "违建 占道 违章 乱搭 乱堆",
        r"违建|违章|私搭|乱搭|阳光房|占道|(?:摊|杂物|鞋柜|东西|材料|货)[^,。!?]{0,8}(?:占|堆|堵)|"
        r"堆(?:满|放|了)[^,。!?]{0,6}(?:楼道|走廊|过道)|(?:楼道|走廊|过道)[^,。!?]{0,6}堆|圈地|加盖|"
        r"搭(?:了)?个棚",
    ),
    _family("宠物 狗 犬 养狗 养犬", r"狗|犬|不牵绳|遛|猫|养鸡|养鸽"),
    _family(
        "治安 安保 保安 偷盗 盗窃",
        r"小偷|被偷|被盗|遭偷|撬|走失|走丢|打架|斗殴|陌生人|可疑|尾随|(?:保安|门卫)[^,。!?]{0,6}(?:不|"
        r"没|睡)|群租|蛇|马蜂|被划|报警|监控[^,。!?]{0,6}找|丢(?:了)?(?:件|车)|骚扰|打人|持刀|赌博|"
        r"传销|打起来|打人|家暴|刀|不见了",
    ),
    _family(
        "路灯 照明 楼道灯 声控灯",
        r"路灯|楼道灯|灯[^,。!?]{0,4}(?:坏|烂|不亮|不着|不明|黑|闪)|声控灯|感应灯|全黑|漆黑",
    ),
    _family("门禁 单元门 对讲", r"门禁|单元门|楼门|对讲|人脸识别"),
    _family("监控 摄像头", r"监控|摄像头"),
    _family("健身器材 儿童 游乐", r"健身器|器材|滑梯|秋千|游乐"),
    _family(
        "公共设施 设施",
        r"路灯|灯[^,。!?]{0,4}(?:坏|不亮|黑|闪)|声控灯|感应灯|门禁|单元门|对讲|健身器|器材|滑梯|秋千|"
        r"长椅|井盖|坑|路面|地砖|栏杆|护栏|扶手|减速带|红绿灯|充电桩|快递柜|信号|监控|摄像头|围墙|玻璃|"
        r"雨棚",
    ),
    _family("绿化 树木 草坪", r"树(?!立)|草坪|草丛|花坛|绿化|灌木|杂草|枯枝"),
    _family(
        "物业服务 物业费 收费 物业", r"物业|收费|公摊|业委会|维修基金|停车费|服务态度|态度(?:差|恶劣)|乱收"
    ),
    _family("邻里纠纷 邻里 纠纷 调解", r"吵架|骂人|纠纷|邻居[^,。!?]{0,8}(?:骂|不讲理|故意)|调解"),
)


def families_of(category: Category) -> tuple[Family, ...]:
    """The families whose heads stand in the category's name or keywords, in order.

    A head inside a longer head does not count: 消防 in 消防通道 is not about fires.
    """
    return _families_of_words(category.name, category.keywords)


# Asked again with every message, while the file stays the same for weeks.
@lru_cache(maxsize=512)
def _families_of_words(name: str, keywords: tuple[str, ...]) -> tuple[Family, ...]:
    words = " ".join((name, *keywords))
    heads = {head for family in FAMILIES for head in family.heads if head in words}
    telling = {each for each in heads if not any(each != other and each in other for other in heads)}
    return tuple(family for family in FAMILIES if telling.intersection(family.heads))
