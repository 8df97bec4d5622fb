"""The table of dangers, in the order in which they are looked for.

119 fire, gas and rescue, 120 ambulance, 110 police, 122 traffic police; two of them where both have to come. 12356 is
the line to talk to for who wants to die, and for nobody else. None: urgent, but no call is advised.
"""

from understanding.dangers.despair import DESPAIR, SELF_HARM
from understanding.dangers.fire import FIRE, FUMES, GAS
from understanding.dangers.house import HOUSE
from understanding.dangers.illness import ILLNESS, NOBODY_TO_TAKE
from understanding.dangers.rescue import TRAPPED, UNSEEN
from understanding.dangers.traffic import HURT_IN_TRAFFIC, TRAFFIC
from understanding.dangers.violence import LOST, VIOLENCE

DANGER_RULES = (
    HURT_IN_TRAFFIC,
    SELF_HARM,
    DESPAIR,
    TRAPPED,
    FUMES,
    GAS,
    FIRE,
    ILLNESS,
    NOBODY_TO_TAKE,
    VIOLENCE,
    LOST,
    TRAFFIC,
    UNSEEN,
    HOUSE,
)
"""The first that is found names the number."""

FOR_THE_POLICE = frozenset(each.label for each in (SELF_HARM, DESPAIR, VIOLENCE, LOST))
"""Labels of dangers that no handler of a house can deal with, whatever else their words resemble."""

ABOUT_A_PERSON = frozenset(each.label for each in (HURT_IN_TRAFFIC, TRAFFIC, ILLNESS, NOBODY_TO_TAKE))
"""Labels of dangers that are about somebody, not about the thing that stands beside them in the message."""
