"""What the likenesses of two letters weigh, in log-odds: written by `understanding.incidents.fitting`, not by hand.

Fitted on two thirds of the letters, an incident whole on one side; the last third was set aside before. On five parts
of the letters in turn what is surer than nine in ten is right at least as often as it says.
"""

BIAS = -26.0379
WEIGHTS = (
    5.2921,  # root_of_whole
    5.6067,  # head_in_other
    6.6699,  # head_in_other_less
    0.3837,  # longest_run
    1.3143,  # runs
    0.2552,  # weight_of_runs
    -0.3770,  # days
    2.2034,  # shorter
    1.7918,  # length_apart
    7.6025,  # characters
    6.9039,  # head_characters
)
