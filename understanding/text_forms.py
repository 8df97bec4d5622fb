"""Brings what people type into one form: widths, invisible characters, traditional letters, common slips.

What the words mean is not decided here.
"""

import re
import unicodedata
from functools import lru_cache
from types import MappingProxyType

from understanding.dialects import DIALECTS, GUARDED_DIALECTS
from understanding.english import gloss
from understanding.slips import GUARDED_SLIPS, SLIPS

LONGEST = 1000
"""Twice what nearly all letters to a city have (99 of 100 stay below 530). A pasted novel must not cost time: of a
longer text the beginning, which says what it is about, and the end, where people sign with their address, are read."""
_END = 200

_TRADITIONAL = (
    "電樓單號層門戶間東區燈壞漲聲鬧噪擾業務費車場庫佔違規維請問謝謝師傅處理時麼嗎裡裏員過還沒來個們這說話報修壓氣熱"
    "煙燒著災險傷駕關開鎖鐵頂牆樹蟲貓雞髒亂掃運壩溝廁馬紙線網鄰養護檢測響點幾歲寶貝買賣發財樂節陽臺檯國會議義務應該"
    "幫愛給為從後與讓極總媽爺兒孫嬰兩廠邊條掛滿濕凍結風窗戲聽覺見視電蓋匯閘鋼塊產廣場鄉認錢賠償斷續隻雙塵隨陳張劉"
    "罵滅爛鬆緊釘鑽鑿鋸櫃貨輪訊黴塗縫鏽遠遲趕論證據憑罰擋擠搶盜賊撲嚇嚴類頭臉腳腦醫藥療殺鬥槍喪屍墜瀉漬溫涼淨潔濁濃鹼鹽銹"
    "銅鋁鑰閥閉閃闖闆闊隊際陰階難離雲霧靜項順須預領頻題額願顧飄飛飯飲飾館餵騎騙騷驗驚體魚鳥鳴鴿麥黃齊齡龍龜傾僅價優儘儲兇"
    "凈劃剛創劇劑勁動勞勢勵協卻參啟喚喬嘔嘗嘩噴圍園圖團堅墊壯壽夠夥奪奮婦學寧實審寫寬將專尋對導尷屆屬岡島帳帶幣幹廢廳彈彎"
    "徑復徵徹恆惡惱慘慣態慮憂憤懶懷戰拋挾捨採揀換損搖撥擊擔擺攔攝敗敵數斃於暈暢曬書楊構樁標樣橋機橫檔欄歡歷殘毀決況淚淺減"
    "渾湧滲滾潑澆濺灘無煉營爐牽犧狀獨獎現環畫異當癢盡監盤眾瞞矯磚礙禍禮稅種穩窮窪競筆築簡籠糞糾紅納純級細終組絕統經綠緩繞"
    "繼羅習聯職聾腫腸膠膽臨舉舊艱蓆蔔蘇蝕補裝複襯親觸計訂記許訴註評詐詢試詳語誤調談謊講譜譯讀變讚豎負責貼貴賭購贓趙跡踐蹤"
    "軌軟轉輕較載輛輝輸轟辦農進達適選遺郵醜醬釀針鈴銷鋪錄錯鍋鏈鏡鐘長閱闢陸雖麗麵黨齒"
)
_SIMPLIFIED = (
    "电楼单号层门户间东区灯坏涨声闹噪扰业务费车场库占违规维请问谢谢师傅处理时么吗里里员过还没来个们这说话报修压气热"
    "烟烧着灾险伤驾关开锁铁顶墙树虫猫鸡脏乱扫运坝沟厕马纸线网邻养护检测响点几岁宝贝买卖发财乐节阳台台国会议义务应该"
    "帮爱给为从后与让极总妈爷儿孙婴两厂边条挂满湿冻结风窗戏听觉见视电盖汇闸钢块产广场乡认钱赔偿断续只双尘随陈张刘"
    "骂灭烂松紧钉钻凿锯柜货轮讯霉涂缝锈远迟赶论证据凭罚挡挤抢盗贼扑吓严类头脸脚脑医药疗杀斗枪丧尸坠泻渍温凉净洁浊浓碱盐锈"
    "铜铝钥阀闭闪闯板阔队际阴阶难离云雾静项顺须预领频题额愿顾飘飞饭饮饰馆喂骑骗骚验惊体鱼鸟鸣鸽麦黄齐龄龙龟倾仅价优尽储凶"
    "净划刚创剧剂劲动劳势励协却参启唤乔呕尝哗喷围园图团坚垫壮寿够伙夺奋妇学宁实审写宽将专寻对导尴届属冈岛账带币干废厅弹弯"
    "径复征彻恒恶恼惨惯态虑忧愤懒怀战抛挟舍采拣换损摇拨击担摆拦摄败敌数毙于晕畅晒书杨构桩标样桥机横档栏欢历残毁决况泪浅减"
    "浑涌渗滚泼浇溅滩无炼营炉牵牺状独奖现环画异当痒尽监盘众瞒矫砖碍祸礼税种稳穷洼竞笔筑简笼粪纠红纳纯级细终组绝统经绿缓绕"
    "继罗习联职聋肿肠胶胆临举旧艰席卜苏蚀补装复衬亲触计订记许诉注评诈询试详语误调谈谎讲谱译读变赞竖负责贴贵赌购赃赵迹践踪"
    "轨软转轻较载辆辉输轰办农进达适选遗邮丑酱酿针铃销铺录错锅链镜钟长阅辟陆虽丽面党齿"
)
# Written Cantonese has its own letters for everyday words.
_CANTONESE = {
    "咗": "了",
    "冇": "没",
    "嘅": "的",
    "喺": "在",
    "啲": "些",
    "嘈": "吵",
    "佢": "他",
    "𨋢": "电梯",
    "嚟": "来",
    "瞓": "睡",
    "哋": "们",
    "畀": "给",
    "俾": "给",
    "攞": "拿",
    "啱": "刚",
    "嗰": "那",
    "咁": "这么",
    "乜": "什么",
}
_DASHES = dict.fromkeys("‐‑‒–—―−─ー", "-")
_FULL_WIDTH = {chr(each): chr(each - 0xFEE0) for each in range(0xFF01, 0xFF5F)} | {"\u3000": " "}
_LETTERS = MappingProxyType(
    {**dict(zip(_TRADITIONAL, _SIMPLIFIED, strict=True)), **_CANTONESE, **_DASHES, **_FULL_WIDTH}
)
_LETTER = re.compile(f"[{''.join(_LETTERS)}]")
# Every letter is full of these, and one by one they are quicker.
_OFTEN = tuple((each, _FULL_WIDTH[each]) for each in "，！？：；（）")

_WORDS = MappingProxyType({**SLIPS, **DIALECTS})
_WORD = re.compile("|".join(map(re.escape, sorted(_WORDS, key=len, reverse=True))))
_GUARDED = (*GUARDED_SLIPS, *GUARDED_DIALECTS)
_HINTS = re.compile("[遭甩莫哒嘞咧搁勿叒叕登伙倒蛋]|么[事办]|夜到|物叶|门[尽近]|务业|下水到")
"""One of these stands in every text that the guarded words may change."""
# Dictation writes 栋 as another dong before the unit or the flat: 三洞一单元, 3冻502.
_SPOKEN_BUILDING = re.compile(
    r"(?<=[0-9一二三四五六七八九十])[洞冻动](?=\s*[0-9一二三四五六七八九十]{1,3}\s*(?:单元|[0-9]{2}))"
)
_INVISIBLE = frozenset({"Cf", "Cs", "Co", "Mn"})
# What nearly every message is made of: for these letters our table does the same as the slow way through Unicode.
_COMMON_LETTERS = r"\t\n\r -~一-鿿！-～　、。《》〈〉【】“”‘’—"
_COMMON = re.compile(f"[{_COMMON_LETTERS}]*")
_RARE = re.compile(f"[^{_COMMON_LETTERS}]")
_REPEATED = re.compile(r"([!?,。;:、~.…·#*=_+])\1+")
_SPACED_OUT = re.compile(r"(?<![^\s])(?:[一-鿿] ){2,}[一-鿿](?![^\s])")
_SPACES = re.compile(r"\s+")
_CLAUSE_END = re.compile(r"[,。.!?;…~\n]+|\s+|、")


# One message is asked for by several who look for different things in it.
@lru_cache(maxsize=16)
def normalise(text: str) -> str:
    """One line: half width, simplified, no invisible characters, one of each repeated punctuation mark. English has its
    gloss before it."""
    plain = _SPACES.sub(" ", _in_one_form(_within_bounds(text))).strip()
    plain = _REPEATED.sub(r"\1", plain)
    if plain.count(" ") > 1:
        plain = _SPACED_OUT.sub(lambda found: found.group().replace(" ", ""), plain)
    plain = _SPOKEN_BUILDING.sub("栋", _WORD.sub(lambda found: _WORDS[found.group()], plain))
    if plain.isascii():
        return gloss(plain)
    return _mend_beside(plain) if _HINTS.search(plain) else plain


def _mend_beside(plain: str) -> str:
    for pattern, meant in _GUARDED:
        plain = pattern.sub(meant, plain)
    return plain


def _within_bounds(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - _END - 1]}\n{text[-_END:]}"


def _in_one_form(text: str) -> str:
    if not _COMMON.fullmatch(text):
        text = _RARE.sub(_leave_if_visible, unicodedata.normalize("NFKC", text))
    for wide, half in _OFTEN:
        text = text.replace(wide, half)
    return _LETTER.sub(lambda found: _LETTERS[found.group()], text)


def _leave_if_visible(letter: re.Match[str]) -> str:
    return "" if unicodedata.category(letter.group()) in _INVISIBLE else letter.group()


def clause_around(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after a stretch of the text inside its own clause."""
    before = _CLAUSE_END.split(text[max(0, start - 40) : start])[-1]
    after = _CLAUSE_END.split(text[end : end + 40], maxsplit=1)[0]
    return before, after
