"""The same words everywhere, typos forgiven, and nothing taken for a command that people just say."""

import pytest

from bot.commands import CHINESE, ENGLISH, NEVER_NUMBERED, SLIPS, Command, Word, parse_command, parse_offer

CLAIMS = (
    "认领1024", "认领 1024", "认领 #1024", "认领：1024。", "１０２４认领", "＃1024 认领", "@里仁 认领 1024",
    "/claim 1024", "claim #1024", "clam 1024", "take 1024", "认令 1024", "认领 1024 谢谢", "认领 1024吧",
    "认领1024号", "认领工单1024", "认领 1024号工单",
)  # fmt: skip
NO_COMMANDS = (
    "恢复供水了吗", "我的电梯坏了", "我的1024", "上报：电梯坏了", "催促物业快点修", "退回来的快递在哪", "同意楼上的",
    "评价一下你们物业太差了", "平价菜店几点开门", "帮助老人搬东西", "待办证明怎么开", "代办营业执照吗", "进度太慢了",
    "认领3号楼的快递", "认领 101室的快递", "认领 3单元", "分类垃圾桶满了", "恢复 1024号楼供水", "结案陈词",
    "撤回了一条消息", "1203我来",
    "help me please", "close the door", "the claim is wrong", "1024", "", "电梯坏了", "clam", "放回原处了",
)  # fmt: skip


@pytest.mark.parametrize(("spoken", "word"), sorted(CHINESE.items()))
def test_every_chinese_word_is_a_command(spoken: str, word: Word):
    assert parse_command(spoken) == Command(word, None)


@pytest.mark.parametrize(("spoken", "word"), sorted(ENGLISH.items()))
def test_every_english_word_is_a_command(spoken: str, word: Word):
    assert parse_command(f"/{spoken.upper()}") == Command(word, None)


@pytest.mark.parametrize(("slip", "meant"), sorted(SLIPS.items()))
def test_a_slip_is_read_as_the_word_it_stands_for(slip: str, meant: str):
    word = CHINESE[meant]

    assert parse_command(slip if word in NEVER_NUMBERED else f"{slip} 1024").word is word


@pytest.mark.parametrize("said", CLAIMS)
def test_a_number_may_stand_before_or_behind_and_look_as_it_likes(said: str):
    assert parse_command(said) == Command(Word.CLAIM, 1024)


@pytest.mark.parametrize(
    ("said", "command"),
    [
        ("办结 1024 已换好门锁，请放心", Command(Word.RESOLVE, 1024, "已换好门锁，请放心")),
        ("1024 办结 已换好门锁", Command(Word.RESOLVE, 1024, "已换好门锁")),
        ("退回 1024 属地不符", Command(Word.HAND_BACK, 1024, "属地不符")),
        ("暂缓 1024 3天 等配件", Command(Word.PAUSE, 1024, "3天 等配件")),
        ("并案 1024 1000", Command(Word.MERGE, 1024, "1000")),
        ("评价 1024 不满意 还在漏", Command(Word.RATE, 1024, "不满意 还在漏")),
        ("评价不满意", Command(Word.RATE, None, "不满意")),
        ("补充 在三楼", Command(Word.ADD, None, "在三楼")),
        ("hand back 1024 not ours", Command(Word.HAND_BACK, 1024, "not ours")),
        ("resolve 1024 done", Command(Word.RESOLVE, 1024, "done")),
        ("进度？", Command(Word.STATUS, None)),
        ("催办一下", Command(Word.URGE, None)),
        ("删除我的数据", Command(Word.ERASE, None)),
    ],
)
def test_what_follows_is_kept(said: str, command: Command):
    assert parse_command(said) == command


@pytest.mark.parametrize("said", NO_COMMANDS)
def test_what_people_just_say_is_no_command(said: str):
    assert parse_command(said) is None


@pytest.mark.parametrize(
    ("said", "is_whole"), [("认领 1024", True), ("删除我的数据", True), ("帮助", False), ("进度", False)]
)
def test_only_what_nobody_says_by_chance_is_heard_in_a_group_unasked(said: str, is_whole: bool):
    assert parse_command(said).is_whole is is_whole


@pytest.mark.parametrize("said", ["1024 我来", "#1024我去看看", "1024，我来处理吧。", "@里仁 1024我接"])
def test_staff_take_a_ticket_in_their_own_words(said: str):
    assert parse_offer(said) == Command(Word.CLAIM, 1024)


@pytest.mark.parametrize("said", ["1024 我来问一下", "502我来", "1024我来了又走了", "我来"])
def test_other_words_behind_a_number_take_nothing(said: str):
    assert parse_offer(said) is None
