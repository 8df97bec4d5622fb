"""Accidents of traffic."""

from understanding.dangers.rule import NEAR, PERSON, rule

HURT_IN_TRAFFIC = rule(
    "交通事故有人受伤",
    "122",
    pattern=rf"(?:车祸|追尾|交通事故|撞车|两车相撞|被(?:一?辆?{NEAR}车|电瓶车|电动车|汽车|轿车|摩托|"
    rf"货车){NEAR}撞|"
    rf"车{NEAR}把{PERSON}{NEAR}撞|撞(?:到|了|倒|伤|上){NEAR}{PERSON})"
    r".{0,25}?(?:受伤|伤|流?血|动不了|起不来|昏|晕|倒地|不省人事|骨折|躺在)",
    unless=r"差点|险些|撞伤了心",
)

TRAFFIC = rule(
    "交通事故",
    "122",
    pattern=r"出(?:了)?车祸|车撞(?:了|到|倒|上)?人(?!家)|撞(?:了|到|倒|着)(?:一?个)?(?:老人|孩子|小孩|"
    r"行人|大爷|大妈|人)(?:了|$|[,。!?])",
    unless=r"差点|险些|电影|剧|游戏|撞人设",
)
