"""What the likenesses of two letters weigh, in log-odds: written by `understanding.incident_fitting`, not by hand.

Fitted on two thirds of the letters, an incident whole on one side; the last third was set aside before. On five parts
of the training letters in turn the certainty that follows is right as often as it says.
"""

BIAS = -26.0214
WEIGHTS = (
    5.3194,  # root_of_whole
    5.6061,  # head_in_other
    6.6875,  # head_in_other_less
    0.3866,  # longest_run
    1.3178,  # runs
    0.2518,  # weight_of_runs
    -0.3751,  # days
    2.1996,  # shorter
    1.7956,  # length_apart
    7.5823,  # characters
    6.8814,  # head_characters
)
