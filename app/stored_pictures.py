"""Stored pictures for the channels that show them."""

from bot.channel import LoadPicture
from storage.store import Store


def picture_loader(store: Store) -> LoadPicture:
    async def load(picture_id: int) -> bytes:
        found = await store.writer.run(lambda unit: unit.pictures.find_content(picture_id))
        return found.content if found else b""

    return load
