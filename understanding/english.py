"""Reports in plain English, glossed with the Chinese words that everything else here knows.

Only what a person in a building has to say: things of the house, what is wrong with them, where, and dangers.
"""

import re

_PLACES = (
    (r"\b(?:building|bldg|block|tower)\.?\s*#?\s*([0-9]{1,3}[a-z]?|[a-z])\b", r"\1号楼"),
    (r"\bunit\s*#?\s*([0-9]{1,2})\b", r"\1单元"),
    (r"\b([0-9]{1,2})(?:st|nd|rd|th)\s+floor\b", r"\1层"),
    (r"\bfloor\s*([0-9]{1,2})\b", r"\1层"),
    (r"\b(?:room|apartment|apt|flat)\.?\s*#?\s*([0-9]{3,4}[a-d]?)\b", r"\1室"),
)
_MATTERS = (
    (r"fire (?:lane|exit|door|escape)s?", "消防通道"),
    (r"fire extinguishers?", "灭火器"),
    (r"(?:fire|smoke) alarms?", "烟感报警器"),
    (r"kill(?:ing)? myself|suicide|want to die|end my life", "不想活了"),
    (r"(?:trapped|stuck) in (?:the |an? |our )?(?:elevator|lift)", "被困在电梯里"),
    (r"smell(?:s|ing)? (?:of |like )?gas|gas (?:smell|leak(?:s|ing)?)|leaking gas|gas is leaking", "煤气味很浓"),
    (r"on fire|(?:a |there is |there's )?fire(?= in| at| on|!|$)|flames|burning", "着火了"),
    (r"smoke(?! detector)|smoking battery", "冒烟"),
    (r"unconscious|passed out|heart attack|can(?:no|')?t breathe|fainted|collapsed", "晕倒了"),
    (r"bleeding", "流了好多血"),
    (r"fighting|a fight|beating", "打起来了"),
    (r"knife", "拿着刀"),
    (r"thief|thieves|burglars?|broke into|break-?in", "进小偷"),
    (r"stolen|stole|robbed", "被偷了"),
    (r"snakes?", "有蛇"),
    (r"no hot water|hot water is (?:out|off|gone)", "没有热水"),
    (r"no (?:running )?water|water (?:is |has been |was )?(?:off|out|cut|gone|stopped)", "没水"),
    (r"low water pressure|water pressure", "水压小"),
    (r"leak(?:s|ing|age|ed)?|drip(?:s|ping)?", "漏水"),
    (r"flood(?:s|ed|ing)?", "积水"),
    (r"burst", "爆了"),
    (r"no (?:power|electricity)|power (?:is |has been |was )?(?:off|out|cut|gone|outage|failure)|blackout", "停电"),
    (r"no heat(?:ing)?|heat(?:ing|er)? (?:is |are )?(?:off|out|cold|not)", "暖气不热"),
    (r"no gas", "停气"),
    (r"nois[ey]+|loud music|too loud|loud", "噪音"),
    (r"bark(?:s|ing|ed)?", "狗叫个不停"),
    (r"garbage|trash|rubbish|litter", "垃圾"),
    (r"stinks?|smelly|smells?(?: bad| awful)?|stench", "臭味"),
    (r"cockroach(?:es)?", "蟑螂"),
    (r"rats?|mice|mouse", "老鼠"),
    (r"clogged|blocked|blocking|blocks", "堵了"),
    (r"not working|n[o']t work(?:ing)?|(?:does|do|did)(?: not|n't) (?:work|open|close|move|turn on)", "坏了"),
    (r"out of (?:order|service)|broken?|broke down|stopped(?: working)?|stuck|failed|faulty", "坏了"),
    (r"(?:is|are) (?:out|down|dead|off)|went out", "坏了"),
    (r"crack(?:ed|s)?|shattered", "裂了"),
    (r"loose", "松了"),
    (r"dirty|filthy", "脏"),
)  # fmt: skip
_THINGS = (
    (r"elevators?|lifts?", "电梯"),
    (r"toilets?", "马桶"),
    (r"drains?|sewers?", "下水道"),
    (r"pipes?", "水管"),
    (r"ceiling", "天花板"),
    (r"street ?lights?", "路灯"),
    (r"lights?|lamps?|bulbs?", "灯"),
    (r"corridor|hallway|hall", "楼道"),
    (r"stair(?:s|case|way|well)?", "楼梯"),
    (r"intercom|doorbell", "对讲"),
    (r"(?:access|key) card|door lock|entrance door|front door|gate", "门禁"),
    (r"doors?", "门"),
    (r"windows?", "窗户"),
    (r"parking(?: space| spot| lot)?", "车位"),
    (r"garage|car park", "车库"),
    (r"cars?", "车"),
    (r"(?:security )?guards?", "保安"),
    (r"property (?:fee|management)|management fee", "物业"),
    (r"neighbou?rs?", "邻居"),
    (r"upstairs", "楼上"),
    (r"downstairs", "楼下"),
    (r"bathroom|restroom", "卫生间"),
    (r"kitchen", "厨房"),
    (r"renovation|drilling|construction", "装修"),
    (r"midnight|at night|all night", "半夜"),
    (r"(?:my )?(?:cat|dog) (?:is |has been |went )?(?:missing|lost|ran away)|lost my (?:cat|dog)", "宠物不见了"),
    (r"dogs?", "狗"),
)  # fmt: skip
_TALK = (
    (r"thanks?(?: you)?", "谢谢"),
    (r"has been (?:fixed|repaired)|(?:is|was|got) (?:fixed|repaired)|working again", "修好了"),
    (r"how (?:do|can|to|much)|where (?:is|can|do)|what time|does anyone know|who knows", "请问哪里"),
    (r"when (?:will|is)", "什么时候"),
    (r"(?:be|get) (?:fixed|repaired)", "修好"),
    (r"(?:for|since) ([0-9]{1,2}) days?", r"\1天了"),
    (r"again", "又"),
    (r"please|can you|could you", "麻烦"),
)
_GLOSSES = tuple(
    (re.compile(pattern if pattern.startswith(r"\b") else rf"\b(?:{pattern})(?![a-z])"), chinese)
    for pattern, chinese in (*_TALK, *_MATTERS, *_THINGS, *_PLACES)
)
_SAYS_A_MATTER = re.compile("|".join(sorted({re.escape(chinese) for _, chinese in (*_MATTERS, *_THINGS)})))
_WORD = re.compile(r"[a-z]{2,}")
_CHINESE = re.compile(r"[0-9a-z]*[一-鿿]+")


def gloss(text: str) -> str:
    """The Chinese for what is known of an English text, the text itself behind it; unchanged where no matter is known.

    Takes text of ASCII alone.
    """
    lowered = text.lower()
    if not _WORD.search(lowered):
        return text
    for pattern, chinese in _GLOSSES:
        lowered = pattern.sub(f" {chinese} ", lowered)
    if not _SAYS_A_MATTER.search(lowered):
        return text
    return f"{' '.join(_CHINESE.findall(lowered))} {text}"
