"""Pictures that staff send with the words by which they solve a matter: kept, and shown to its reporters."""

from bot.turn import Turn
from routing.messages import BY_STAFF
from routing.people import Person


def keep_result(turn: Turn, number: int) -> None:
    """Under the name that the staff's own pages use, so that both ways are one."""
    if turn.staff is None or not turn.inbound.attachments:
        return
    people, staff_id = turn.store.people, turn.staff.staff_id
    known = people.find(BY_STAFF, BY_STAFF, staff_id)
    person = known or people.add(Person(person_id=0, channel=BY_STAFF, account=BY_STAFF, user=staff_id))
    for each in turn.inbound.attachments:
        turn.store.pictures.want(
            each,
            address=turn.inbound.address,
            ticket_number=number,
            person_id=person.person_id,
            now=turn.now,
        )
