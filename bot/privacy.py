"""What others must not see of a person: name, telephone, identity number, plate, flat. Masked where a group reads."""

import re

PHONE = re.compile(r"(?<!\d)((?:\+?86[\s-]?)?1[3-9]\d)[\s-]?\d{4}[\s-]?(\d{4})(?!\d)")
LANDLINE = re.compile(r"(?<!\d)(0\d{2,3}[\s-]?)\d{5,6}(\d{2})(?!\d)")
IDENTITY = re.compile(r"(?<![\dA-Za-z])(\d{3})\d{11}(\d{3}[\dXx])(?![\dA-Za-z])")
PLATE = re.compile(
    r"([京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z])[·\s]?[A-Z0-9]{4,5}([A-Z0-9挂])"
)
TRIPLE = re.compile(r"(?<![\d-])(\d{1,3}\s*[-—–]\s*\d{1,2}\s*[-—–]\s*)\d{3,4}(?![\d-])")
PAIR = re.compile(r"(?<![\d-])(\d{1,3}\s*[-—–]\s*)\d{3,4}(?![\d-])")
ROOM = re.compile(r"(?<!\d)\d{3,4}(\s*(?:室|房|号房|户))")
AFTER_BUILDING = re.compile(r"((?:单元|号楼|栋|幢|楼|座|层|门)\s*)\d{3,4}(?!\d|\s*(?:元|块|年|月|人|个))")
# Common surnames, so that "我叫保安来了" loses nothing; and a title is no name.
_SURNAMES = (
    "欧阳|上官|司马|诸葛|[赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕张孔曹严华金魏陶姜谢邹苏潘葛范彭鲁韦马方俞任袁柳"
    "史唐薛雷贺倪汤罗毕郝安于傅康伍余顾孟黄萧尹姚邵汪祁毛戴宋庞熊纪项祝董梁杜阮季贾江颜郭梅盛林钟徐邱骆高夏蔡田胡霍万"
    "柯卢莫丁邓石崔龚程陆翁曾关蒙向叶白涂肖易廖龙黎侯邢段武刘乔温]"
)
NAME = re.compile(
    rf"((?:我叫|名叫|我的名字[是叫]|姓名|联系人|本人)\s*[是为:：]?\s*(?:{_SURNAMES}))"
    r"(?!师傅|经理|主任|阿姨|先生|女士|书记|老师)[\u4e00-\u9fff]{1,2}"
    r"(?=$|[，,。.、；;！!\s（(\d]|电话|手机|微信|住|家住)"
)
_NO_NAME = (
    "师傅|经理|主任|阿姨|先生|女士|书记|老师|谢谢|马上|方便|安排|安心|安全|高兴|严重|向您|白天|陆续|关闭|关于|毕竟|万一|任何|何时|"
    "何必|张贴|金额|温度|水|石|管|祝"
)
_TELEPHONE = r"(?:\+?86[\s-]?)?1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}"
# "13812345678，张三" and "张三 电话13812345678": whoever gives a number writes the name beside it.
NAME_BEFORE_NUMBER = re.compile(
    rf"((?:^|(?<=[，,。.、；;！!\s：:（(]))(?!{_NO_NAME})(?:{_SURNAMES}))(?!{_NO_NAME})[\u4e00-\u9fff]{{1,2}}"
    rf"(?=[，,、\s：:（(]*(?:的?(?:电话|手机|手机号|联系方式|微信))?(?:是|：|:|\s)*{_TELEPHONE})"
)
NAME_AFTER_NUMBER = re.compile(
    rf"({_TELEPHONE}[，,、\s（(]+(?:找|我是|我叫)?(?!{_NO_NAME})(?:{_SURNAMES}))(?!{_NO_NAME})[\u4e00-\u9fff]{{1,2}}"
    r"(?=$|[，,。.、；;！!\s）)])"
)
# "楼上1201在敲", "1201那户": a flat without the word for it, where what stands beside it leaves no doubt.
NEIGHBOUR = re.compile(
    r"((?:楼上|楼下|隔壁|对门|对面)\s*的?\s*)\d{3,4}(?!\d|\s*(?:元|块|年|月|日|号楼|人|个|次|点|分))|"
    r"(?<![\d#＃])\d{3,4}(?=\s*(?:家|那户|那家|的?(?:业主|住户|租户|邻居|人家)|在(?:敲|装修|吵|闹|漏|打|弹|放|养|扔|砸|钻)))"
)
# "801的", "1503漏水", "漏水 602": floor and flat alone. What counts, costs or numbers something else stays.
BARE = re.compile(
    r"(?<![\d#＃A-Za-z.:：￥¥+*/_-])(?<![第满共约近号单])(?<!并[到入])(?<!并[到入] )"
    r"(?<!工单[ 号])(?<!单号 )(?<!编号 )(?<![灯杆桩井箱柜表房]号)"
    r"(?!(?:110|119|120)(?!\d))(?:[1-9]|[1-3]\d)(?:0[1-9]|1\d|20)"
    r"(?![\dA-Za-z.:：%％℃/_-]|\s*(?:元|块|毛|钱|年|月|日|号(?!房|家)|路|人|个|次|点|分|秒|天(?!天)|周|小时|平|米|斤|"
    r"克|度|伏|瓦|安|吨|升|公里|千|万|多|余|来|件|辆|条|张|页|步|倍|栋|幢|楼|层|单元|户|家(?:超市|店)|线|班|车|工单|热线))"
)
SPOKEN = re.compile(
    r"(?<![零〇一二三四五六七八九十第])[一二三四五六七八九十]{1,3}[零〇][一二三四五六七八九]"
    r"(?![零〇一二三四五六七八九十百千万年元块个])"
)
"""As it is dictated: "三单元五零二"."""
HOME = re.compile(r"(房号|门牌号?|我家|我们家|住在?|家住|俺家|我屋|我是|我在|业主|住户)(\s*)\d{3,4}(?!\d)")


def mask(text: str) -> str:
    """Without name, telephone, identity number, plate and flat. Building, unit and floor stay: work needs them."""
    masked = NAME.sub(r"\1**", text)
    masked = NAME_AFTER_NUMBER.sub(r"\1**", NAME_BEFORE_NUMBER.sub(r"\1**", masked))
    masked = PHONE.sub(r"\1****\2", IDENTITY.sub(r"\1***********\2", masked))
    masked = PLATE.sub(r"\1***\2", LANDLINE.sub(r"\1****\2", masked))
    masked = TRIPLE.sub(r"\1***", masked)
    masked = PAIR.sub(r"\1***", masked)
    masked = AFTER_BUILDING.sub(r"\1***", ROOM.sub(r"***\1", masked))
    masked = NEIGHBOUR.sub(lambda found: f"{found[1] or ''}***", masked)
    masked = HOME.sub(r"\1\2***", masked)
    return SPOKEN.sub("***", BARE.sub("***", masked))
