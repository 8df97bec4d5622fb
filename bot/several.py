"""A message that tells several matters: a ticket and a receipt for each. What one report becomes is in `reports`."""

from dataclasses import replace

from bot.channel import Answer
from bot.reports import answer_report
from bot.speakers import find_person
from bot.turn import Turn
from routing.reading import Reading


def answer_matters(turn: Turn, reading: Reading) -> Answer:
    """As `answer_report`, once for each matter that is surely told. In danger nobody reads a second receipt."""
    is_pressing = reading.urgent or reading.emergency is not None
    parts = () if is_pressing else turn.reader.parts_of(turn.inbound.text, turn.hierarchy)
    if len(parts) < 2:
        return answer_report(turn, reading)
    answers = []
    for part in parts:
        told = replace(turn, inbound=replace(turn.inbound, text=part))
        answers.append(answer_report(told, _placed(turn.reader.read(part, turn.hierarchy), reading)))
        turn = replace(turn, person=find_person(turn.store, turn.inbound))
    return replace(answers[0], messages=tuple(each for one in answers for each in one.messages))


def _placed(part: Reading, whole: Reading) -> Reading:
    """Where a part names no place, it is where the message is."""
    return replace(part, place=whole.place) if part.place.is_empty else part
