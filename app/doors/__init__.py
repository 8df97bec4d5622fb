"""The doors by which messages come and go, one file a channel. A vendor's library is only imported where it is used:
aiogram alone takes seconds, and most houses have one door.
"""

from importlib import import_module

from app.clock import Clock
from app.doors.door import Door
from app.settings import Settings
from storage.store import Store

CHANNELS = {"wechat": "app.doors.wechat", "telegram": "app.doors.telegram"}
"""Setting → module with `open_door(settings, store, clock, owner=…)`."""


def open_doors(settings: Settings, store: Store, clock: Clock, *, owner: str) -> tuple[Door, ...]:
    """A door for each channel that is configured, in the order above."""
    configured = [path for name, path in CHANNELS.items() if getattr(settings, name) is not None]
    return tuple(import_module(each).open_door(settings, store, clock, owner=owner) for each in configured)
