"""Words of the monthly bulletin: what neighbours read on the notice board, and the page around it."""

WORDS = {
    "bulletin.title": ("{place}居民事务月报", "{place}: what residents reported"),
    "bulletin.month": ("{year} 年 {month} 月", "{year}-{month:02}"),
    "bulletin.day": ("{month} 月 {day} 日", "{month:02}-{day:02}"),
    "bulletin.earlier": ("上一个月", "Earlier month"),
    "bulletin.later": ("下一个月", "Later month"),
    "bulletin.pdf": ("下载 PDF", "Download as PDF"),
    "bulletin.hint": (
        "可以贴在楼下，也可以发给领导。不足 {n} 件的数字不写进去，谁说的、说了什么都不会出现。",
        "For the notice board and for leaders. Counts below {n} are left out, and so is who said what.",
    ),
    "bulletin.reported": ("反映", "Reported"),
    "bulletin.solved": ("已解决", "Solved"),
    "bulletin.on_time": ("按时办结", "On time"),
    "bulletin.cases": ("件", "cases"),
    "bulletin.few": ("不足 {n} 件", "under {n}"),
    "bulletin.so_far": (
        "这个月还没过完，写到 {day}为止。",
        "The month is not over; this goes up to {day}.",
    ),
    "bulletin.said.title": ("大家说了什么", "What was said"),
    "bulletin.said.nothing": (
        "这个月没有人反映事情。要是有事没说，现在说也不晚。",
        "Nothing was reported this month. If there was something, it is not too late to say so.",
    ),
    "bulletin.said.few": (
        "这个月反映的事不多，不足 {n} 件，就不列数字了。",
        "Few matters were reported this month, fewer than {n}, so no figures are given.",
    ),
    "bulletin.said.plain": (
        "这个月，大家一共反映了 {n} 件事。",
        "Residents reported {n} matters this month.",
    ),
    "bulletin.said.more": (
        "这个月，大家一共反映了 {n} 件事，比上个月多 {d} 件。",
        "Residents reported {n} matters this month, {d} more than the month before.",
    ),
    "bulletin.said.less": (
        "这个月，大家一共反映了 {n} 件事，比上个月少 {d} 件。",
        "Residents reported {n} matters this month, {d} fewer than the month before.",
    ),
    "bulletin.said.same": (
        "这个月，大家一共反映了 {n} 件事，和上个月一样多。",
        "Residents reported {n} matters this month, as many as the month before.",
    ),
    "bulletin.said.people": (
        "开口的有 {people} 位邻居。",
        "{people} neighbours spoke up.",
    ),
    "bulletin.said.most": ("说得最多的是{list}。", "Most of it was about {list}."),
    "bulletin.item": ("{name}（{n} 件）", "{name} ({n})"),
    "bulletin.done.title": ("办得怎么样", "What was done"),
    "bulletin.done.all": ("这些事都已经解决了。", "All of it is solved."),
    "bulletin.done.some": (
        "到 {day}为止，解决了 {solved} 件，还有 {open} 件正在办。",
        "By {day}, {solved} were solved and {open} were under way.",
    ),
    "bulletin.done.most": (
        "到 {day}为止，解决了 {solved} 件，还有几件正在办。",
        "By {day}, {solved} were solved and a few were under way.",
    ),
    "bulletin.done.none": ("到 {day}为止，大多还在办。", "By {day}, most of it was under way."),
    "bulletin.done.merged": (
        "另有 {n} 件和别人反映的是同一件事，并在一起办。",
        "{n} more told of what others had told of already; they were dealt with together.",
    ),
    "bulletin.done.half": (
        "解决了的事里，一半以上在 {span}办好。",
        "More than half of what was solved took no longer than {span}.",
    ),
    "bulletin.done.slow": (
        "解决了的事里，一半以上用了 7 天多，我们会再快些。",
        "More than half of what was solved took over 7 days; we mean to be quicker.",
    ),
    "bulletin.done.on_time": (
        "按时限该办结的，{share} 按时办结了（{count}/{n}）。",
        "Of what was due, {share} was resolved on time ({count}/{n}).",
    ),
    "bulletin.done.satisfied": (
        "收到 {n} 次评价，{share} 说满意或基本满意（{count}/{n}）。",
        "Of {n} ratings, {share} said satisfied or mostly satisfied ({count}/{n}).",
    ),
    "bulletin.done.unrated": (
        "评价的人还不多，办完以后欢迎回一句。",
        "Few gave a rating; a word after it is done is welcome.",
    ),
    "bulletin.hot.title": ("很多人都提到的事", "What many told of"),
    "bulletin.hot.one": (
        "有 {n} 位邻居都提到了{where}的{category}。",
        "{n} neighbours told of: {category}, {where}.",
    ),
    "bulletin.open.title": ("还没办好的事", "What is not done yet"),
    "bulletin.open.one": (
        "{day}反映的“{category}”，{n} 天了，还没办好。",
        "A matter of {day} ({category}) is not done after {n} days.",
    ),
    "bulletin.open.promise": (
        "我们没有忘记，办好了会在这里告诉大家。",
        "It is not forgotten, and will be told of here.",
    ),
    "bulletin.thanks.title": ("谢谢", "Thanks"),
    "bulletin.thanks.speakers": (
        "谢谢每一位开口的邻居：说出来，事情才有人办。",
        "Thanks to everybody who spoke up: what is said can be dealt with.",
    ),
    "bulletin.thanks.doers": (
        "也谢谢动手的人：{list}。",
        "And to those who did the work: {list}.",
    ),
    "bulletin.thanks.item": ("{name}办结 {n} 件", "{name} {n}"),
    "bulletin.thanks.all": ("也谢谢动手办事的每一位同事。", "And to everybody who did the work."),
    "bulletin.foot.how": (
        "有事请在群里 @里仁，或者在公众号里直接说。遇到险情请先打 119、120、110。",
        "Tell Liren in your group or in its account. In an emergency call 119, 120 or 110 first.",
    ),
    "bulletin.foot.what": (
        "按反映的月份统计，截至 {now}；不足 {n} 件的不列。",
        "Counted by the month of the report, as of {now}; counts below {n} are left out.",
    ),
}
