"""What an admin expects of a message: where it should go. Kept with the file and tried on every edit of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Expectation:
    """`text` said in the group `group_id`. The rest is what is wanted; empty or None where that is left open.

    `goes_to` is the id of the group that is asked, `level` the level at which it starts.
    """

    text: str
    group_id: str
    category: str = ""
    urgent: bool | None = None
    node: str = ""
    level: str = ""
    goes_to: str = ""
