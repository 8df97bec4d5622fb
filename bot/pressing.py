"""What stands before everything else when it presses: the number to call and the category's advice, each said once."""

import re
from dataclasses import replace

from bot.texts import say
from bot.turn import Turn
from routing.reading import Reading

NUMBER = re.compile(r"(?<!\d)(?:110|119|120|122|12356)(?!\d)")
SENTENCE = re.compile(r"[^。；！;!]+[。；！;!]*")
_LONGEST_TOLD = 200
ONLY_IF = re.compile(r"如果|如有|要是|万一|一旦|看到|发现")
"""How advice begins that is for a danger which somebody has just told of."""


def warnings_of(turn: Turn, reading: Reading) -> dict[str, str]:
    """The values `emergency` and `advice` of an answer, empty where nothing presses."""
    category = turn.hierarchy.get_category(reading.category)
    is_pressing = (reading.urgent or reading.emergency is not None) and not reading.is_alike_only
    emergency = say(f"emergency.{reading.emergency.replace(' ', '_')}") if reading.emergency else ""
    emergency, advice = say_once(emergency, category.advice if is_pressing else "")
    return {"emergency": emergency, "advice": advice}


def with_what_was_told(turn: Turn, reading: Reading, *, before: str, words: str) -> Reading:
    """The reading of further words, with the danger that only both together speak of: who smelled gas a minute ago
    writes "头晕，孩子也吐了"."""
    if reading.emergency is not None or not words:
        return reading
    told = before[:_LONGEST_TOLD]
    both = turn.reader.read(f"{told}，{words}", turn.hierarchy)
    if both.emergency is None or both.emergency == turn.reader.read(told, turn.hierarchy).emergency:
        return reading
    return replace(reading, emergency=both.emergency, urgent=True)


def say_once(emergency: str, advice: str) -> tuple[str, str]:
    """Both without naming a number twice: "if there is smoke, call 119" is left out where it is known that there is;
    advice that says outright when to call knows better than a line for every danger ("outside, then call 119")."""
    numbers = set(NUMBER.findall(emergency))
    sentences = SENTENCE.findall(advice)
    calls = [each for each in sentences if numbers & set(NUMBER.findall(each))]
    outright = {number for each in calls if not ONLY_IF.search(each) for number in NUMBER.findall(each)}
    if numbers and numbers <= outright:
        return "", advice
    kept = [each for each in sentences if each not in calls or not ONLY_IF.search(each)]
    return emergency, re.sub(r"[；;]$", "。", "".join(kept))
