"""What neighbours say to each other is never surely a report, whatever words of a trouble are in it."""

import pytest

from routing.reading import SURE, Intent

TALK = (
    "双十一快递堆成山", "驿站快递太多了", "暖气热不热你们家", "今年物业费涨了没", "听说老王家被偷了",
    "丢了一个电瓶车充电器", "哈哈哈哈太吵了你们", "楼上的别扔了哈哈", "我家孩子摔倒了没事", "没电了先不聊了",
    "蟑螂药哪个好用", "蟑螂怎么治", "房子漏水怎么修啊大家有经验吗", "去年我家漏水修了五千", "昨晚谁家吵架了",
    "看抖音说有人被电梯夹了", "隔壁小孩弹琴真好听", "谁在弹琴", "半夜三更睡不着", "天然气涨价了", "电又涨价了",
    "单位停水一天", "有人吗", "人呢", "喂喂", "在不",
)  # fmt: skip
REPORTS = (
    "2单元停水了", "孩子被狗咬了",
    "快递堆满楼道了", "楼道里蟑螂怎么治啊", "楼上吵得睡不着", "哈哈电梯又坏了", "我家漏水了怎么办",
    "孩子摔倒了起不来", "谁家半夜在弹琴吵死了", "停车费又涨了", "老人摔倒了没事吧", "厨房漏水了",
    "上次花了500块修的水管又漏了", "去年修了300块钱的门禁现在又坏了", "听说咱们楼要停水？家里已经没水了",
    "地上太滑摔倒了没什么事，物业能不能处理一下积水", "楼上拉二胡真好听，就是半夜也拉，太吵了",
)  # fmt: skip


@pytest.mark.parametrize("said", TALK)
def test_talk_of_neighbours_is_not_surely_a_report(said: str, reader, street):
    reading = reader.read(said, street)

    assert not (reading.intent is Intent.REPORT and reading.certainty >= SURE)
    assert not reading.urgent


@pytest.mark.parametrize("said", REPORTS)
def test_the_same_words_about_the_house_are_a_report(said: str, reader, street):
    reading = reader.read(said, street)

    assert reading.intent is Intent.REPORT
    assert reading.certainty >= SURE


@pytest.mark.parametrize("said", ["厨房一股臭鸡蛋味", "睡着睡着闻到臭鸡蛋的味道", "屋里有臭鸡蛋气味"])
def test_the_smell_of_a_leak_is_gas(said: str, reader, street):
    reading = reader.read(said, street)

    assert (reading.emergency, reading.urgent) == ("119", True)


@pytest.mark.parametrize("said", ["垃圾桶一股臭鸡蛋味", "下水道返上来臭鸡蛋味", "臭鸡蛋扔楼道了"])
def test_a_drain_or_rubbish_that_smells_alike_is_not(said: str, reader, street):
    assert reader.read(said, street).emergency is None


def test_mosquitoes_are_nobody_s_dog(reader, street):
    assert not reader.read("好多蚊子，被咬死了", street).urgent
    assert not reader.read("好多蚊子被咬死了", street).urgent


@pytest.mark.parametrize("said", ["还是有味", "还是漏", "现在还是没水"])
def test_still_is_no_question(said: str, reader, street):
    assert reader.read(said, street).intent is not Intent.QUESTION
