"""Words of the page of QR codes. What stands on the printed cards is read by residents, in Chinese."""

WORDS = {
    "channel.help": ("使用说明网页", "The page on how to report"),
    "codes.title": ("楼栋二维码", "QR codes of buildings"),
    "codes.lead": (
        "打印出来贴在楼道里。居民一扫就进入和里仁的对话，里仁也知道他住哪栋楼。",
        "Print them for the stairwells. Whoever scans one is in a chat with Liren, which knows their building.",
    ),
    "codes.node": ("范围", "Place"),
    "codes.channel": ("扫码后打开", "Leads to"),
    "codes.per": ("每页几张", "Cards on a page"),
    "codes.per.1": ("1 张，贴门厅", "1, for the hall"),
    "codes.per.2": ("2 张", "2"),
    "codes.per.4": ("4 张", "4"),
    "codes.per.8": ("8 张，贴电梯里", "8, for lifts"),
    "codes.show": ("更新", "Update"),
    "codes.download": ("下载 PDF（{n} 栋）", "Download the PDF ({n})"),
    "codes.example": ("样张", "Example"),
    "codes.picture": ("{place}的二维码", "QR code of {place}"),
    "codes.no_channel": (
        "还没有接通微信公众号或 Telegram，二维码先指向使用说明网页。接通以后请重新打印，扫码就能直接报事。",
        "No WeChat or Telegram yet: the codes lead to the page on how to report. Print anew once one is connected.",
    ),
    "codes.no_address": (
        "服务还没有对外的网址（LIREN_PUBLIC_URL），手机打不开这个二维码。请先设好网址再打印。",
        "The service has no address that phones reach (LIREN_PUBLIC_URL). Set it before you print.",
    ),
    "codes.silent": (
        "渠道现在没有答复，拿不到二维码。请过几分钟再试。",
        "The channel does not answer just now. Please try again in a few minutes.",
    ),
    "codes.nothing": (
        "这个范围里没有可以打印的楼。要有居民群；进聊天的二维码还要在层级文件里给群写上 scene。",
        "Nothing to print here: it takes a residents' group, and for a chat also a scene in the file.",
    ),
    "codes.too_many": (
        "一次最多打印 400 栋，请选小一点的范围。",
        "At most 400 buildings at once. Choose a smaller place.",
    ),
    "codes.without_scene": ("没有 scene，打印不了", "No scene: cannot be printed"),
    "codes.building": ("楼栋", "Building"),
    "codes.above": ("所在地方", "Place above"),
    "codes.state": ("状态", "State"),
    "codes.good": ("可以打印", "Can be printed"),
    "codes.caption": ("手机扫一扫", "Scan it"),
    "codes.caption.wechat": ("微信扫一扫", "Scan it with WeChat"),
    "codes.caption.help": ("手机扫一扫", "Scan it"),
    "codes.line_1.chat": ("有事扫码说一句，会有人回您。", "Scan it and say a word: somebody answers."),
    "codes.line_2.chat": ("例如：3单元电梯不动了", "Such as: the lift of unit 3 stands still"),
    "codes.line_1.help": ("有事想找社区、物业？扫码看怎么说。", "Something is wrong? See how to report it."),
    "codes.line_2.help": ("一句话就行，会有人回您。", "One sentence is enough: somebody answers."),
}
