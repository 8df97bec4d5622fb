"""Words of the pages at the door: signing in, the first admin, invitations, links for staff."""

WORDS = {
    "sign_in.title": ("登录", "Sign in"),
    "sign_in.name": ("账号名", "Account name"),
    "sign_in.password": ("密码", "Password"),
    "sign_in.submit": ("登录", "Sign in"),
    "sign_in.by_link": (
        "网格员不用账号：打开里仁发给您的链接就能进来，或对里仁说“工作台”，要一个新的。",
        "Staff need no account: open the link that Liren sent you, or say “workbench” to Liren for a new one.",
    ),
    "sign_in.nobody": (
        "这里还没有任何账号。请打开服务启动时打印的链接；过了一刻钟，重启服务会再打印一个。",
        "There is no account yet. Open the link that the service printed at its start; after a quarter of an hour, a "
        "restart prints another.",
    ),
    "sign_in.lost": (
        "忘了密码？请上一级管理员给您一个新链接。",
        "Lost your password? An admin above you can give you a new link.",
    ),
    "sign_in.wrong": ("账号名或密码不对。", "The name or the password is wrong."),
    "sign_in.too_often": ("试得太多了，请过 15 分钟再试。", "Too many tries. Come back in 15 minutes."),
    "sign_in.start_again": ("等得太久了，请重新登录。", "That took too long. Please sign in again."),
    "sign_in.code_title": ("输入验证码", "Enter the code"),
    "sign_in.code_hint": (
        "打开验证器，输入 6 位数字。手机不在身边，就用一个恢复码。",
        "The six figures of your authenticator app. Without your phone, use a recovery code.",
    ),
    "sign_in.code": ("验证码或恢复码", "Code or recovery code"),
    "sign_in.wrong_code": ("验证码不对，或者已经用过。", "The code is wrong, or was used before."),
    "sign_in.continue": ("继续", "Continue"),
    "sign_in.begin_again": ("换个账号登录", "Use another account"),
    "sign_in.signed_out": ("您已退出。", "You are signed out."),
    "first.title": ("设立第一位管理员", "Create the first admin"),
    "first.hint": (
        "这里还没有任何账号。您设的这一个管全部，也能邀请其他人。",
        "There is no account yet. This one is over everything and may invite others.",
    ),
    "first.submit": ("设立并登录", "Create and sign in"),
    "invitation.title": ("设置您的密码", "Set your password"),
    "invitation.hint": ("账号“{name}”的新密码。", "A new password for the account “{name}”."),
    "invitation.submit": ("设置并登录", "Set and sign in"),
    "link.over": ("这个链接已经用过或已过期。", "This link was used before, or has ended."),
    "link.first_again": (
        "还没有人用它建账号的话，重启服务会再打印一个；已经有账号了，请直接登录。",
        "If nobody made an account with it, a restart of the service prints another; if there is one, sign in.",
    ),
    "link.invitation_again": ("请管理员再发一个新链接。", "Ask an admin for a new link."),
    "link.work_again": (
        "给里仁发“工作台”，它会单独发您一个新链接；也可以用账号登录。",
        "Send workbench to Liren for a new link, or sign in with an account.",
    ),
    "work.title": ("处理工单", "To the ticket"),
    "work.hint": (
        "您好，{name}。点一下就能看 {ticket} 号工单。",
        "Hello, {name}. One tap leads to ticket {ticket}.",
    ),
    "work.hint_no_ticket": (
        "您好，{name}。点一下就能看您的待办。",
        "Hello, {name}. One tap leads to your work.",
    ),
    "work.submit": ("进入", "Go on"),
    "password.new": ("新密码", "New password"),
    "password.repeat": ("再输一遍", "Once more"),
    "password.rule": (
        "至少 10 个字，容易记、别人猜不到的一句话最好。",
        "At least 10 characters; a sentence that is easy to remember and hard to guess is best.",
    ),
    "password.too_short": ("密码太短，至少要 10 个字。", "Too short: at least 10 characters."),
    "password.too_long": ("密码太长，最多 200 个字。", "Too long: at most 200 characters."),
    "password.known_to_all": ("这个密码太容易猜到，请换一个。", "Too easy to guess; choose another."),
    "password.like_name": ("密码里不要带账号名。", "The password must not hold the account name."),
    "password.differ": ("两次输入的密码不一样。", "The two passwords differ."),
}
