"""What the likenesses of two letters weigh, in log-odds: written by `understanding.incident_fitting`, not by hand.

Fitted on two thirds of the letters, an incident whole on one side; the last third was set aside before. On five parts
of the training letters in turn the certainty that follows is right as often as it says.
"""

BIAS = -13.3107
WEIGHTS = (
    4.9451,  # root_of_whole
    -0.7826,  # whole
    4.3275,  # head_in_other
    3.1348,  # head_in_other_less
    0.2232,  # heads
    -1.6605,  # besides_name
    2.3724,  # head_besides_name
    0.3864,  # longest_run
    1.0980,  # runs
    0.1808,  # weight_of_runs
    -0.2599,  # days
    0.6888,  # shorter
    0.4087,  # length_apart
    0.6317,  # numbers
)
