"""Room on the disk of the database: a house that cannot write another day should say so while it still can."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from app.settings import Settings
from storage.engine import parse_address

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Room:
    """Bytes that are free in the folder of the database, and how many there should be."""

    folder: Path
    free: int
    wanted: int

    @property
    def is_short(self) -> bool:
        return self.free < self.wanted

    def __str__(self) -> str:
        return f"{self.free // MEBIBYTE} MiB are free, {self.wanted // MEBIBYTE} MiB are wanted"


def find_room(settings: Settings) -> Room | None:
    """None for a database elsewhere, whose disk this machine cannot see."""
    url = parse_address(settings.database_url)
    if url.drivername != "sqlite" or not url.database:
        return None
    folder = Path(url.database).absolute().parent
    return Room(folder, shutil.disk_usage(folder).free, settings.free_space * MEBIBYTE)
