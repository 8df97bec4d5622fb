"""Tells what the group only passes on or chats about: notices, advertisements, greetings, sign-offs, stickers."""

import re

from understanding.quick_patterns import QuickPattern

_STICKER = re.compile(r"\[[^\[\]]{1,8}\]")
_EMPTY = re.compile(r"^[\W\d_]*$")
_SHORT_TALK = re.compile(
    r"^(?:好的?|收到|ok|OK|嗯+|哦+|哈+|嘿+|呵+|是的?|对的?|行|可以|支持|顶|赞|同意|同问|同求|"
    r"知道了|明白|了解|没事|不客气|不用谢|加油|厉害|牛|早|早安|早上好|"
    r"晚安|晚上好|中午好|大家好|你好|您好|在[吗么嘛不]|在不在|有人(?:在)?[吗么嘛不]|人呢|喂+|接龙|打卡|\+1|1|路过|围观|吃瓜|辛苦了?|恭喜|"
    r"恭喜发财|生日快乐|新年快乐|节日快乐|拜拜|再见|来了|好嘞|好滴|得嘞|要得|巴适|中|成|妥了)"
    r"[啊呀哈呢吧啦哦的了嘛噢哟!。~,. ]*$"
)
_GREETING = QuickPattern(
    r"新年好|节快乐|新年快乐|元旦快乐|生日快乐|春节快乐|中秋快乐|端午安康|恭喜发财|万事如意|身体健康|"
    r"阖家|国泰民安|请多关照|初来乍到|新搬来|抢红包|发个?红包|红包来|大吉大利|早上好|晚安|周末愉快|"
    r"报平安|体温正常"
)
_NOTICE = QuickPattern(
    r"温馨提[示醒]|敬请(?:谅解|知悉|留意|关注|期待)|特此(?:通知|公告)|(?:停水|停电|停气|年检|检修|施工|"
    r"清洗|维护|演练|放假|活动|接种|体检|缴费|收费)(?:的)?(?:通知|公告|通告)|^(?:通知|公告|通告|转发|"
    r"转|提醒|倡议书?)[:：】\]]|^【[^】]{2,12}】|"
    r"(?:各位|尊敬的|亲爱的)(?:业主|居民|邻居|住户|家人)[^,。!?]{0,4}[:,!][^。]{0,60}(?:请|将|计划|"
    r"定于|为)|请(?:各位|广大)?(?:业主|居民|大家|车主|住户|邻居|家长|商户|党员)(?:们)?(?:于|"
    r"在[^,。!?]{1,8}前|务|提前|相互|互相|做好|注意|收好|自觉|及时|"
    r"按时|积极|务必)|"
    r"关于[^,。!?]{2,24}的(?:通知|公告|通告|提示|函|倡议)|(?:紧急|重要|温馨|群|业委会|物业|社区|"
    r"街道|居委会)(?:通知|公告|提示|提醒)(?=$|[:,。 ])|"
    r"(?:现|特)?(?:通知|公告)如下|望(?:周知|知悉|转告|谅解|理解)|(?:民警|警方|社区|街道|物业|"
    r"消防)(?:提醒|提示)(?:您|大家|各位)?[:,]|计划(?:检修|停电|"
    r"停水)|(?:转发|转)[^。]{0,40}提醒大家|提醒大家[^。]{0,6}(?:不要|别|注意|勿)|(?:检查|消杀|"
    r"演练|演习|更换|施工)的通知|(?:消杀|灭蚊|演习|"
    r"演练)[^。]{0,20}请|(?:橙色|黄色|红色|蓝色)预警|谨防|(?:请|大家|注意|出门)[^,。!?]{0,4}绕行|"
    r"给您带来(?:的)?不便|带来不便|请相互转告|"
    r"互相转告|预计[^,。!?]{0,12}恢复|"
    r"将于[^,。!?]{0,16}(?:停|"
    r"进行|举行|开展|检修|清洗)|社区工作人员将|物业服务中心宣?$|(?:物业|社区|居委会|"
    r"街道)(?:服务中心)?(?:宣|通知)$"
)
_DOUBTS = re.compile(r"(?:吗|么|真的假的|是真的)[?!。 ]*$")
_STAFF_ANSWER = QuickPattern(
    r"已(?:经)?(?:报修|安排|派人|联系|通知|上报|派单|转达|登记|处理|反馈|在处理|在路上)|马上(?:派人|"
    r"安排|过去|处理|来|到)|(?:师傅|工程|维修|人员)[^,。!?]{0,6}(?:分钟到|马上到|在路上|已到|已经到|"
    r"到场|正在处理|正在修)|这就(?:去|来|安排)|我们(?:会|将)(?:尽快|马上|立即)|稍后(?:处理|回复)|误报|"
    r"(?:已|都)?联系(?:了)?(?:维保|师傅|厂家|维修)|巡查完毕|一切正常|已交接|(?:已|都)?(?:修好|"
    r"恢复)(?:运行|正常|供水|"
    r"供电)[^。]{0,8}请?(?:大家)?放心|请稍等|收到[,。 ].{0,8}(?:安排|处理|派|过去|看)"
)
_OWN_DISTURBANCE = QuickPattern(
    r"我家[^。!?]{0,14}(?:装修|施工|搬家|打孔|钻孔)[^。]{0,16}(?:抱歉|打扰|见谅|谅解|包涵|不好意思|"
    r"对不起|理解)|(?:打扰|抱歉|见谅|包涵)[^。]{0,12}我家[^。!?]{0,10}(?:装修|施工|搬家)|先说声抱歉|"
    r"打扰(?:大家|各位|了)[^。]{0,8}(?:抱歉|见谅|谅解)|给大家添麻烦|我(?:们|家)?(?:来|会|全)?赔(?!了)"
)
_ADVERT = QuickPattern(
    r"砍一刀|帮忙?砍|助力|拼(?:个)?单|团购|接龙|秒杀|优惠|特价|打折|包邮|送货?上门|私聊|私信|加我|"
    r"加微信|扫码(?:进群|加|关注|领|下单|参|抢|免|购)|二维码|链接|转让|出售|出租|求租|招租|求购|"
    r"急售|低价|[0-9]+(?:元|块)?(?:一|/|每)(?:斤|只|箱|"
    r"盒|份|个|袋)|自家(?:养|种|做)|土鸡蛋|代购|招聘|招人|兼职|日结|点赞投票|投(?:个)?票|帮忙?投|拉票|"
    r"关注一下|有意(?:者|请|联系|私)|闲置|二手|开业|代办|贷款|培训班|试听|上新|下单|预定|预订"
)
_FOUND_THING = QuickPattern(
    r"(?:^|[,。!? 我])(?:刚才?|今天|昨天)?(?:捡到|拾到)|谁(?:家)?(?:的)?[^,。!?]{0,10}(?:掉|落|飘|"
    r"丢|忘)[^。!?]{0,24}(?:我给|我先|帮你|"
    r"帮忙收|来拿|来取|自取|认领|挂在|放在(?:门卫|岗亭|物业|保安))"
)
_TRADE = QuickPattern(
    r"(?:专业|专修|专治|专门|承接|承包)[^。!?]{0,4}(?:疏通|开锁|维修|修理|保洁|搬家|清洗|防水|"
    r"补漏|漏水|家政|装修|打孔|安装|改造|回收)|"
    r"(?:承接|专治|包过|包教|包会|包工包料)|(?:疏通|开锁|换锁|补漏|修水管|修电路|保洁|搬家|打孔|"
    r"清洗)[^。!?]{0,16}(?:找|联系|微信|电话|上门|价格)|"
    r"微信同号|电话微信|随叫随到|免费(?:上门|勘测|量房|试)|(?:24|二十四)小时上门|上门(?:服务|安装|"
    r"回收|疏通|开锁)|"
    r"高价回收|价格(?:优惠|实惠|面议|公道)|质优价廉|满五唯一|拎包入住|南北通透|"
    r"(?:房子|车位|店面|门面|铺面)(?:要|出|急)(?:卖|租|售)|(?:^|[,。!? 你])(?:卖|出|"
    r"转)(?:一?[台辆套张个]|闲置|二手|车位)|要的(?:扣|报|接|私|来)|"
    r"(?:全新|[八九]成新)[^。!?]{0,10}(?:出|卖|转|自提|拆封)|(?:扣|回复?)1(?:$|[,。!? ])|"
    r"满[0-9]+户|经验丰富|[0-9一二三四五六七八九十]+年经验|爆款|尾货"
)
_FAULT_INSIDE_TRADE = QuickPattern(
    r"谁|有没有|哪|吗|小广告|贴(?:了|满|得|在)|骚扰|投诉|诈骗|被骗|上当|举报|坏了|堵住|挡"
)
_FAULT_INSIDE_ADVERT = QuickPattern(r"小广告|贴|塞|骚扰|堆|堵|占|坏|漏|投诉|诈骗|骗|乱收|多收|不退")
_NEWS_OF_REPAIR = QuickPattern(
    r"(?:已(?:经)?|都|终于|总算|算是)[^,。!?]{0,4}(?:修好|处理(?:完|好)|解决|恢复|弄好|搞定|换好|"
    r"清理干净|通了)|修好了(?!吗|没|么|又)|处理完了(?!吗|没)|来(?:水|电|气)了(?!吗|没)|(?:^|"
    r"[,。!? ])(?:水|电|气|暖气|热水|路灯|灯)(?:终于|总算|"
    r"都)?(?:来|亮|通|热)(?:了|啦)(?!吗|没|么|又)|(?:终于|总算)(?:不[^,。!?]{1,3}了|来了?|好了?|"
    r"通了?|亮了?|修了?|走了?|停了?|热了?|安静|清静|"
    r"清净)|现在好了|不漏了|(?:通|弄|清|换|补|扫|运|拖)(?:好|干净|走|掉)了(?!吗|没|么)|恢复(?:正常|"
    r"供水|供电)了?(?!吗|没)|换(?:了)?新的?|没事了|(?:小|好|干净|亮|安静|快|清静|凉快|暖和)多了|不漏了|"
    r"不吵了|解决了(?!吗|没)|好了(?:,|。|!| |$)[^吗]{0,4}(?:谢|感谢|不用|辛苦)"
)
_STILL_WRONG = QuickPattern(
    r"但|可是|不过|又|还是|还没|没(?:有)?(?:修好|解决)|不到[^,。!?]{0,4}(?:天|小时)|结果|依旧|依然|仍|"
    r"说(?:是)?已?经?(?:修好|处理|解决)"
)
_ABOUT_THE_GROUP = QuickPattern(
    r"退群|刷屏|屏蔽(?:群|消息|了群)|免打扰|群里[^,。!?]{0,6}(?:吵|和气|骂|别说|太闹)|(?:吵|"
    r"骂)[^。!?]{0,6}群里"
)

_LOST_PET = QuickPattern(
    r"(?:猫|狗|鹦鹉|宠物|兔子|乌龟|泰迪|金毛|柯基)[^,。!?]{0,6}(?:走?丢了?|不见了|跑丢|跑出去|找不到|走失)"
)
_APPEAL = re.compile(r"(?:看到|看见|发现|捡到|知道)[^。!?]{0,8}(?:联系|私|告诉|说一声|电话)|重谢|酬谢|必有")


def is_small_talk(text: str) -> bool:
    """Stickers, numbers, a yes, a greeting: nothing is told. Takes a normalised message."""
    rest = _STICKER.sub("", text).strip()
    return bool(_EMPTY.match(rest) or _SHORT_TALK.match(rest))


def is_greeting(text: str) -> bool:
    return bool(_GREETING.search(text))


def is_notice(text: str) -> bool:
    """Somebody official, or who passes it on, tells all what will be."""
    return bool(_NOTICE.search(text)) and not _DOUBTS.search(text)


def is_passed_on(text: str) -> bool:
    """Written for all, of what may happen anywhere: a trouble named in it is not there just now."""
    return is_notice(text) or is_advert(text)


def is_staff_answer(text: str) -> bool:
    return bool(_STAFF_ANSWER.search(text)) and not _STILL_WRONG.search(text)


def is_own_disturbance(text: str) -> bool:
    """A neighbour excuses the noise of their own building work beforehand."""
    return bool(_OWN_DISTURBANCE.search(text))


def is_advert(text: str) -> bool:
    if _TRADE.search(text) and not _FAULT_INSIDE_TRADE.search(text):
        return True
    return bool(_ADVERT.search(text)) and not _FAULT_INSIDE_ADVERT.search(text)


def is_news_of_repair(text: str) -> bool:
    """What was wrong is right again."""
    return bool(_NEWS_OF_REPAIR.search(text)) and not _STILL_WRONG.search(text)


def is_found_thing(text: str) -> bool:
    """Somebody looks for whom it belongs to."""
    return bool(_FOUND_THING.search(text))


def is_lost_pet(text: str) -> bool:
    """Told to the bot somebody may help to look; an appeal to the neighbours is theirs."""
    return bool(_LOST_PET.search(text)) and not _APPEAL.search(text)


def is_about_the_group(text: str) -> bool:
    """Talk about the chat itself, such as leaving it because it is loud."""
    return bool(_ABOUT_THE_GROUP.search(text))
