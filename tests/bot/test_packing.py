"""How several notices for one chat become one message."""

from tests.bot.house import House

HOME, HEAD = "xingfuli-b1-residents", "xingfuli-b1-staff"


async def test_what_one_person_adds_bit_by_bit_stands_under_one_heading():
    house = House()
    await house.says("u0", "楼上太吵", group=HOME)
    await house.post()
    for words in ("五楼在敲", "还有电钻", "一直不停"):
        await house.says("u0", f"补充 1001 {words}", group=HOME)

    await house.post()

    assert house.shown(HEAD)[-1] == "居民补充了 #1001（噪音扰民）：\n五楼在敲\n还有电钻\n一直不停"
