"""What the bot answers at once to the person who has just written or tapped."""

TEXTS = {
    "answer.receipt": (
        "{emergency}\n{advice}\n已收到，工单 #{number}（{category}）。\n已转{group}，{when}。"
        "\n{where}\n{doubt}\n想知道进展，回复“进度 {number}”。\n{consent}"
    ),
    "answer.receipt_urgent": (
        "{emergency}\n{advice}\n【紧急】已收到，工单 #{number}（{category}）。"
        "\n已马上通知{group}，{when}。\n{where}\n{consent}"
    ),
    "answer.receipt_incident": (
        "{emergency}\n{advice}\n已收到。这件事已有 {reporters} 位居民反映，一起办理，工单 #{number}（{category}）。"
        "\n由{group}负责，{when}。有进展会告诉您。\n{where}\n{consent}"
    ),
    "answer.receipt_same": (
        "{emergency}\n{advice}\n已收到，工单 #{own}（{category}）。"
        "\n这件事已有 {reporters} 位邻居反映，并到工单 #{number} 一起办，{when}。有进展会告诉您。\n{where}\n{consent}"
    ),
    "answer.when_open": "最晚{due} 前有人回应",
    "answer.when_claimed": "{holder}正在办理，预计{due} 前办结",
    "answer.when_waiting": "因故暂缓到{until}",
    "answer.ask_place": "请问您家在哪个小区、几号楼？回复一次就好，例如“{example}”。",
    "answer.place_from_words": "您说的是{place}，已按{place}登记。",
    "answer.ask_category": "请问是哪一类？回复数字就好：{choices}。不回也没关系，工作人员会看。",
    "answer.ask_one_category": "请问是“{category}”的事吗？是就回复 1，不是就回复 2。不回也没关系，工作人员会看。",
    "answer.choice_yes": "是",
    "answer.choice_no": "不是",
    "answer.choice": "{digit} {category}",
    "answer.no_choice": "都不是",
    "answer.category_told": "明白了，#{number} 按“{category}”办理，已转{group}，最晚{due} 前有人回应。",
    "answer.consent": "为办理此事，我们会保存您的留言和联系方式，只给办理的人看；回复“删除我的数据”可随时删除。",
    "answer.joined_own": "{emergency}\n{advice}\n已补充到工单 #{number}。",
    "answer.hurried": "{emergency}\n{advice}\n已补充到工单 #{number}，并按紧急事项处理，{when}。",
    "answer.place_told": "记下了：{place}。工单 #{number} 已转{group}，最晚{due} 前有人回应。",
    "answer.place_same": (
        "记下了：{place}。\n这件事已有 {reporters} 位邻居反映，您的 #{own} 并到工单 #{number} 一起办，{when}。有进展会告诉您。"
    ),
    "answer.place_kept": "记下了，您在{place}。有事直接跟我说就行。",
    "answer.place_unclear": "没找到这个地方。请再写一次，例如“{example}”；不方便说也没关系，工作人员会来问您。",
    "answer.picture_added": "照片已放进工单 #{number}。",
    "answer.picture_waiting": "照片收到了。请再说一句：是什么事，在哪里？",
    "answer.picture_result": "照片已放进 #{number}，会发给居民。",
    "answer.picture_then_words": "照片收到了，再写一句 #{number} 的处理结果就好。",
    "answer.picture_for_whom": (
        "照片收到了。是办理结果的话，请在两分钟内回复“办结 {example} 处理结果”，照片会一起发给居民。"
        "\n是您自己要报的事，请说一句是什么、在哪里。"
    ),
    "answer.voice": "抱歉，我听不了语音。麻烦您打字说一下是什么事、在哪里；按住键盘上的话筒也能说话变文字。",
    "answer.location": "位置收到了：{text}。请再说一句是什么事。",
    "answer.unsupported": "抱歉，我只看得懂文字和照片。请打字说一下是什么事、在哪里。",
    "answer.empty": "请直接告诉我是什么事、在哪里，例如“3单元电梯不动了”。",
    "answer.too_many": "您发得太快了，请歇一会儿再发。前面的都已收到。",
    "answer.hush.kept": "接着发就行，我都会收好，先不一条一条回复了。",
    "answer.hush.same": "同样的话我先不重复回复了。",
    "answer.hush.fast": "您发得有点快，这一分钟我先不一一回复；要办的事照样登记。",
    "answer.hush.summary": "您刚才发来的都收到了，已放进工单 #{number}。",
    "answer.question": "这个问题我答不了。要请工作人员回复您吗？要的话回复“要”。",
    "answer.chatter": "您好，我是里仁，帮大家报修、反映问题。请直接说是什么事、在哪里，例如“3单元电梯不动了”。",
    "answer.unsure": "没太看明白。要请工作人员看看这句话吗？要的话回复“要”；或者再说一次是什么事、在哪里。",
    "answer.person": "好的。请说一句是什么事、在哪里，工作人员会看到，也会回复您。",
    "answer.thanks": "不客气，应该的。以后有事随时说。",
    "answer.welcome": (
        "您好，我是里仁，{place}的报事助手。\n家里、楼里有事，直接发给我，例如“3单元电梯不动了”，也可以发照片。"
        "\n为了办事，我们会保存您的留言和联系方式，只给办理的人看；您继续使用即表示同意。"
        "\n回复“帮助”看怎么用，回复“删除我的数据”可随时删除。"
    ),
    "answer.scanned": "您好，已记下您在{place}。有事直接发给我就行。",
    "answer.erased": "已删除您的个人资料和留言。没办完的工单会继续办，但我们不再知道是谁报的。欢迎随时回来。",
    "answer.nothing_to_erase": "这里没有保存您的资料。",
    "answer.stop": (
        "好的。哪件事不用办了，回复“撤回 工单号”；不想再收到任何消息，回复“删除我的数据”，没办完的事会继续办。"
    ),
    "answer.help": (
        "有事直接发给我：是什么事、在哪里，可以带照片。"
        "\n进度 1024 · 看办到哪了 (status)\n催办 1024 · 请快一点 (urge)\n补充 1024 … · 加几句话 (add)"
        "\n撤回 1024 · 不用办了 (withdraw)\n评价 1024 满意 · 办得怎么样 (rate)"
        "\n我的 · 我报过的事 (mine)\n删除我的数据 (erase)\n火警 119，急救 120，报警 110，交通事故 122。"
    ),
    "answer.help_staff": (
        "认领 1024 (claim) · 放回 1024 (release) · 待办 (worklist)"
        "\n办结 1024 处理结果 (resolve)，照片随后发来就行\n备注 1024 … (note) · 询问 1024 … (question)\n详情 1024 (details)"
        "\n退回 1024 原因 (hand back)：{reasons}\n上报 1024 原因 (escalate)\n转派 1024 姓名或群名 (transfer)"
        "\n暂缓 1024 3天 原因 (pause) · 恢复 1024 (resume)\n分类 1024 电梯 (sort) · 加急 1024 (urgent)"
        "\n并案 1024 1000 (merge) · 拆案 1024 (part)\n不予受理 1024 原因和去处 (decline)"
    ),
    "answer.status": "{line}\n{where}\n{due}\n{last}",
    "answer.status_line": "工单 #{number}（{category}）：{status}",
    "answer.status_where": "现在由{level}的{group}负责，{holder}在办。",
    "answer.status_where_open": "现在由{level}的{group}负责，等人认领。",
    "answer.status_due_open": "最晚{due} 前有人认领。",
    "answer.status_due_claimed": "预计{due} 前办结。",
    "answer.status_until": "暂缓到{until}。",
    "answer.status_last": "最近：{at} {event}",
    "answer.mine": "您报过的事：\n{lines}",
    "answer.mine_line": "#{number} {category}：{status}",
    "answer.mine_empty": "您还没有在办的工单。有事直接发给我就行。",
    "answer.which": "您有几件在办的事，请带上工单号：\n{lines}\n例如“{example}”。",
    "answer.none_to_rate": "现在没有等您评价的事。办好以后会告诉您，到时再请您评价。",
    "answer.withdraw_offer": "好的。不用再来的话，请回复“撤回 {number}”；还要办就不用回。",
    "answer.withdraw_which": "好的。哪一件不用再办了？\n{lines}\n请回复“撤回 工单号”，例如“撤回 {number}”。",
    "answer.never_mind": "好的，#{number} 先不动。",
    "answer.which_work": "您有几件，请带上工单号：\n{lines}\n例如“{example}”。",
    "answer.urged": "已替您催办工单 #{number}。",
    "answer.withdrawn": "工单 #{number} 已撤回。",
    "answer.left_one": (
        "您报的 #{number} 已撤回。您另外报的 {others} 也并在这里，会继续办；都不用办了，请再回复“撤回 {number}”。"
    ),
    "answer.left": "您已退出工单 #{number}。其他居民也报了这件事，会继续办。",
    "answer.rated": "谢谢您的评价。工单 #{number} 已结案。",
    "answer.rated_waiting": "谢谢您的评价，已记下。",
    "answer.rated_again": "很抱歉没办好。工单 #{number} 已重新办理，转{group}，最晚{due} 前有人回应。\n{why}",
    "answer.rated_decide": "很抱歉还是没办好。工单 #{number} 已交{group}定夺，会有人联系您。\n{why}",
    "answer.rate_how": "办得怎么样？请选一个：",
    "answer.rate_why": "哪里没解决？请说一句，我们一并转过去；不想说就回复“没有”。",
    "answer.fine": "好的。",
    "answer.claimed": "{name} 已认领 #{number}，请在{due} 前办结。",
    "answer.released": "#{number} 已放回，等人认领。",
    "answer.handed_back": "#{number} 已退回，转{group}。",
    "answer.escalated": "#{number} 已上报{level}，由{group}接着办。",
    "answer.transferred": "#{number} 已转给{whom}。",
    "answer.noted": "备注已记在 #{number}。",
    "answer.questioned": "已去问 #{number} 的居民，回答会记在工单里，并告诉办理人。",
    "answer.paused": "#{number} 已暂缓到{until}，已告诉居民。",
    "answer.pause_asked": "#{number} 要暂缓到{until}，时间较长，已请上级同意；同意前时限照算。",
    "answer.resumed": "#{number} 已恢复，请在{due} 前办结。",
    "answer.approved": "已同意 #{number} 暂缓到{until}。",
    "answer.refused": "已回复不同意 #{number} 暂缓。",
    "answer.to_be_rung": "#{number} 是电话报的，发不了消息，请打电话问。",
    "answer.resolved_rung": "#{number} 已办结。是电话报的，发不了消息，请打电话告诉居民。",
    "answer.resolved_alone": "#{number} 已办结。报这件事的居民已删除资料，不用再联系。",
    "answer.asks_nobody": "#{number} 的居民已删除资料，问不到了。",
    "answer.resolved": "#{number} 已办结，正在请居民评价。",
    "answer.declined": "#{number} 已记为不予受理，原因已告诉居民。",
    "answer.merged": "#{number} 已并入 #{into}，所有居民都会继续收到进展。",
    "answer.parted": "#{number} 已拆出，单独办理，转{group}。",
    "answer.sorted": "#{number} 已改为“{category}”，转{group}，最晚{due} 前认领。",
    "answer.made_urgent": "#{number} 已加急，{limit}",
    "answer.reopened": "#{number} 已重办，转{group}。",
    "answer.closed": "#{number} 已结案。",
    "answer.worklist_mine": "您手上的：\n{lines}",
    "answer.worklist_open": "等人认领的：\n{lines}",
    "answer.worklist_line": "{mark}#{number} {category} · {place} · {due}",
    "answer.worklist_empty": "现在没有待办，辛苦了。",
    "answer.worklist_more": "…还有 {count} 件",
    "answer.need.resolve": "请写一句 #{number} 的处理结果。",
    "answer.need.hand_back": "为什么退回 #{number}？请选一个：",
    "answer.need.escalate": "为什么上报 #{number}？请写一句。",
    "answer.need.transfer": "把 #{number} 转给谁？请写姓名或群名。",
    "answer.need.note": "请写 #{number} 的备注。",
    "answer.need.question": "想问 #{number} 的居民什么？请写出来，我去问。",
    "answer.need.pause": "#{number} 暂缓到什么时候、为什么？例如“3天 等配件”。",
    "answer.need.decline": "为什么不受理 #{number}？请写原因，并告诉居民该找哪里。",
    "answer.need.merge": "#{number} 并入哪个工单？请写工单号。",
    "answer.need.sort": "#{number} 属于哪一类？可选：{categories}",
    "answer.need.close": "为什么结案 #{number}？请写一句。",
    "answer.need.add": "请写要补充到 #{number} 的话。",
    "answer.need.number": "请带上工单号，例如“{example}”。",
    "answer.who": "您在这里的编号（{channel}）：{user}\n您已登记为工作人员：{name}",
    "answer.who_in_private": "这个请单独发给我，别人就看不到。",
    "answer.unknown_group": "这个群还没有登记。管理员请把群号 {chat} 写进 hierarchy.yaml。",
    "answer.staff_chatter": "在的。回复“待办”看要办的事，回复“帮助”看怎么用。",
}
