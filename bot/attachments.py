"""What came with a message, asked of its channel once the message is stored."""

from bot.turn import Turn


def keep_attachments(turn: Turn, ticket_number: int | None, *, person_id: int) -> None:
    """For a ticket, or to wait for the words that say which. `person_id`: who sent it, and may have it erased."""
    for each in turn.inbound.attachments:
        turn.store.pictures.want(
            each,
            address=turn.inbound.address,
            ticket_number=ticket_number,
            person_id=person_id,
            now=turn.now,
        )
