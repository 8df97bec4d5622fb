"""Words of the page about how well messages are read."""

WORDS = {
    "nav.learning": ("分类学习", "Learning"),
    "learning.title": ("分类学习", "Learning to sort"),
    "learning.lead": (
        "居民的话是机器人先分的类。工作人员改过、点过“对”，或者没改就办结的，都算有了答案；它照着这些学，越学越准。",
        "The bot sorts what residents say. What staff sorted, confirmed, or worked on to the end without sorting it"
        " anew counts as the answer; from that it learns.",
    ),
    "learning.right": ("分对了", "Right"),
    "learning.right_hint": (
        "近 4 周有答案的 {judged} 件里，对了 {right} 件",
        "{right} of {judged} with an answer in the last 4 weeks",
    ),
    "learning.no_answer_yet": ("还没有答案", "No answers yet"),
    "learning.no_answer_hint": (
        "等工作人员分过类、办结几件，这里就有数了。",
        "Once staff have sorted or resolved some reports, this is a number.",
    ),
    "learning.waiting": ("等人看一眼", "Waiting for a look"),
    "learning.waiting_hint": (
        "在办、还没人确认过分类的工单",
        "Tickets in hand whose category nobody confirmed",
    ),
    "learning.lessons": ("学过的例子", "Examples learned from"),
    "learning.lessons_hint": (
        "满 20 个、至少两类，就会自己学一遍",
        "From 20 of two categories on it learns by itself",
    ),
    "learning.reader": ("现在怎么分", "How it sorts now"),
    "learning.reader.learned": ("先看关键词，再按学到的", "Keywords first, then what it learned"),
    "learning.reader.keywords": ("只看关键词和例句", "By keywords and examples alone"),
    "learning.model_hint": (
        "{at} 学的，用了 {lessons} 个例子；拿没见过的例子考它，对 {accuracy}%",
        "Learned on {at} from {lessons} examples; right on {accuracy}% of those that it had not seen",
    ),
    "learning.weeks": ("一周一周看", "Week by week"),
    "learning.week_of": ("{since} 起的一周", "Week from {since}"),
    "learning.week_hint": ("对 {right} / {judged}", "{right} of {judged} right"),
    "learning.examples": ("先分这几件，它学得最快", "Sort these first: it learns most from them"),
    "learning.examples_hint": (
        "它最没把握、最少见，或者说的人最多的排在前面。点一下就分好，工单也会转给该办的群。",
        "What it is least sure of, knows least about, or many have said comes first. One tap sorts, and the ticket"
        " moves to who handles it.",
    ),
    "learning.examples_read_only": (
        "它最没把握、最少见，或者说的人最多的排在前面。",
        "What it is least sure of, knows least about, or many have said comes first.",
    ),
    "learning.no_examples": ("在办的都有人看过了。", "Everything in hand has been looked at."),
    "learning.guess": ("它猜：{category}，把握 {certainty}%", "Its guess: {category}, {certainty}% sure"),
    "learning.alike": ("还有 {n} 件说法差不多", "{n} more say nearly the same"),
    "learning.ticket": ("工单 #{number}", "Ticket #{number}"),
    "learning.is_right": ("对，是{category}", "Yes, {category}"),
    "learning.is": ("是{category}", "It is {category}"),
    "learning.another": ("别的类", "Another category"),
    "learning.choose": ("选一类", "Choose one"),
    "learning.sort": ("就分这类", "Sort"),
    "learning.more": (
        "还有 {n} 件，先分完这些，最要紧的会补上来。",
        "{n} more; the next best follow when these are done.",
    ),
    "learning.said.sorted": (
        "#{number} 已分到“{category}”，也转给了该办的群。",
        "#{number} is sorted as {category} now.",
    ),
    "learning.said.confirmed": ("记下了：#{number} 就是“{category}”。", "Noted: #{number} is {category}."),
    "learning.said.none_chosen": (
        "#{number} 还没选类别，请选一个。",
        "No category was chosen for #{number}.",
    ),
    "learning.said.too_late": (
        "#{number} 已经不在办了，或者刚有人分过，没有再动它。",
        "#{number} is not in hand any more, or was just sorted; nothing was changed.",
    ),
    "learning.undo": ("分回“{category}”", "Back to {category}"),
    "learning.categories": ("每一类分得准不准", "Right by category"),
    "learning.category": ("类别", "Category"),
    "learning.read": ("分到这类的", "Sorted as it"),
    "learning.right_of": ("其中分对的", "Of these right"),
    "learning.share": ("分对率", "Right"),
    "learning.meant": ("真是这类的", "Truly are"),
    "learning.confusions": ("常把什么错当成什么", "What it takes for what"),
    "learning.confused": ("当成“{read_as}”，其实是“{truth}”", "Taken for {read_as}, truly {truth}"),
    "learning.times": ("{n} 件", "{n}"),
    "learning.no_confusions": ("没有分错的。", "Nothing was sorted wrong."),
    "learning.silent": ("从来没用上的关键词", "Keywords that never fire"),
    "learning.silent_hint": (
        "近 4 周 {n} 件里一次也没出现。可以去“层级与群”里换成居民真会说的词。",
        "In none of the {n} reports of the last 4 weeks. Words that residents really say may do better.",
    ),
    "learning.no_silent": ("每个关键词都用上了。", "Every keyword was used."),
    "learning.none_reported": ("近 4 周没有人报事。", "Nobody has reported anything in the last 4 weeks."),
}
