"""In a flood the sums and the hints wait for those who write, but not for ever."""

from app.running.calm import BUSY_OVER, Calm


class Flood:
    """So many jobs were done, and so often the duty was rung through."""

    def __init__(self) -> None:
        self.jobs = self.rung = 0
        self.calm = Calm(lambda: self.jobs)
        self.ring = self.calm.waiting(self.count, most=3)

    async def count(self) -> None:
        self.rung += 1

    async def second(self, *, jobs: int) -> None:
        self.jobs += jobs
        await self.calm.look()
        await self.ring()


async def test_a_quiet_second_is_rung_through_at_once():
    flood = Flood()

    for _ in range(5):
        await flood.second(jobs=BUSY_OVER)

    assert flood.rung == 5


async def test_a_flood_is_waited_out_only_so_long():
    flood = Flood()

    for _ in range(8):
        await flood.second(jobs=BUSY_OVER + 1)
    assert flood.rung == 2

    await flood.second(jobs=0)
    assert flood.rung == 3
