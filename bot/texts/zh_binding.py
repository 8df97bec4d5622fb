"""What staff read who bind their chat account to their name in the list, and who ask for the way to their pages."""

TEXTS = {
    "answer.work_link": "您的工作台：点下面的链接打开。24 小时内有效，只能打开一次，请不要转发。",
    "answer.work_link_label": "在手机上办理",
    "answer.work_link_alone": "工作台的链接只能单独发给您，请到和我的私聊里说“工作台”。",
    "answer.no_work_link": "这里还没有开通手机工作台，请回复“待办”看要办的事。",
    "answer.binding.how": (
        "您已登记为工作人员：{name}。"
        "\n把管理员给您的绑定码发给我，例如“绑定 7K3M 9QX2”。绑定以后，新工单和提醒会单独发给您。"
        "\n没有绑定码，请向管理员要一个。"
    ),
    "answer.binding.done": (
        "您好，{name}！绑定成功，您是{place}的{role}。"
        "\n以后新工单和提醒会单独发给您。回复“待办”看要办的事，“帮助”看怎么用。"
        "\n换手机或不再用这个账号，回复“解绑”。"
    ),
    "answer.binding.wrong": "这个绑定码不对，或者已经过期。请核对后再发一次，或请管理员发个新的。",
    "answer.binding.too_many": "试的次数太多了，请过一刻钟再发，或请管理员发个新的绑定码。",
    "answer.binding.already": "{name}，这个账号已经绑定好了，不用再绑。",
    "answer.binding.is_other": "这个账号现在登记的是{name}。要换人用，请先回复“解绑”，再发绑定码。",
    "answer.binding.in_private": "绑定账号请单独发给我，不要发在群里。",
    "answer.binding.code_in_private": "绑定码不能发在群里，刚才那个已经作废。请管理员发个新的，再单独发给我。",
    "answer.binding.ended": "已解绑，以后工作通知不再发到这里。要重新绑定，请向管理员要绑定码。",
    "answer.binding.none": "这个账号没有绑定工作人员，不用解绑。",
    "answer.binding.in_file": "{name}，这个账号是管理员登记在名单里的，请联系管理员修改。",
    "answer.binding.moved_away": "{name}的绑定已换到另一个账号，以后工作通知不再发到这里。如果不是您本人操作，请马上告诉管理员。",
}
