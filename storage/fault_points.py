"""Named places where the kill trials end the process. Inert unless LIREN_FAULT_POINT names one.

`LIREN_FAULT_POINT=writer.before_commit` kills this process with SIGKILL the first time it gets there;
`LIREN_FAULT_POINT=writer.after_commit:20` the twentieth time.
"""

import os
import signal
from itertools import count

_NAME, _, _TIMES = os.environ.get("LIREN_FAULT_POINT", "").partition(":")
_KILL_AT = int(_TIMES or 1)
_visits = count(1)


def reach(name: str) -> None:
    """Returns, or the process is gone."""
    if name == _NAME and next(_visits) >= _KILL_AT:
        os.kill(os.getpid(), signal.SIGKILL)
