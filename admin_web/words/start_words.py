"""Words of the start page."""

WORDS = {
    "start.title": ("首页", "Start"),
    "start.hello": ("您好，{name}", "Hello, {name}"),
    "start.now": ("现在", "Now"),
    "start.open": ("没办结的工单", "Open tickets"),
    "start.late": ("错过时限", "Deadlines missed"),
    "start.dead": ("没送到的消息", "Undelivered messages"),
    "start.refused": ("没被采纳的层级修改", "Refused edits of the tree"),
    "start.refused_why": ("第 {line} 行：{message}", "Line {line}: {message}"),
    "start.all_well": ("没有异常。", "Nothing is out of order."),
    "start.guide": ("开始使用", "First steps"),
    "start.step.tree": ("层级已生效", "The tree is in force"),
    "start.step.tree_hint": (
        "{name}：{nodes} 个节点，{groups} 个群，{staff} 位工作人员（第 {version} 版）",
        "{name}: places {nodes}, groups {groups}, staff {staff} (version {version})",
    ),
    "start.step.own_tree": ("写上自己的社区、群和人", "Write down your own places, groups and people"),
    "start.step.own_tree_hint": (
        "现在是示例里的{name}，{people}是虚构的人，请换成您自己的。",
        "So far it is the sample, {name}: {people} are invented. Put your own in their place.",
    ),
    "start.step.channel": ("接通一个聊天渠道", "Connect a channel"),
    "start.step.channel_done": ("已接通：{names}", "Connected: {names}"),
    "start.step.channel_hint": (
        "现在只有沙盒。微信公众号和 Telegram 的接法写在文档里（docs/how-to）。",
        "Only the sandbox so far. How to connect WeChat or Telegram is in docs/how-to.",
    ),
    "start.step.bound": ("工作人员绑定聊天账号", "Staff bind their chat accounts"),
    "start.step.bound_hint": (
        "{staff} 位工作人员里有 {bound} 位已绑定，绑定后里仁才能单独通知他。",
        "Bound: {bound} of {staff}. Only then can Liren tell them alone.",
    ),
    "start.step.bound_later": (
        "接通渠道以后，给每位工作人员发一个绑定码；绑定后里仁才能单独通知他。",
        "Once a channel is connected, hand each of them a code. Only then can Liren tell them alone.",
    ),
    "start.step.ticket": ("收到第一张工单", "The first ticket"),
    "start.step.ticket_hint": (
        "在沙盒里替居民说一句话试试。",
        "Say something in the sandbox as a resident.",
    ),
    "start.step.second_factor": ("开启两步验证", "Turn on two-step sign-in"),
    "start.step.second_factor_hint": (
        "管理员的账号值得多一道锁。",
        "An admin's account deserves a second lock.",
    ),
    "start.step.colleague": ("请一位同事", "Invite a colleague"),
    "start.step.colleague_hint": (
        "两位总管理员更稳妥：一位进不来，另一位能帮忙。",
        "Two root admins are safer: one can let the other back in.",
    ),
    "start.done": ("已完成", "Done"),
    "start.to_do": ("待做", "To do"),
}
