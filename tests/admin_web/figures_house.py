"""A street where things have happened, for the pages of figures: reports, claims, results, ratings, and one silence."""

import itertools
from datetime import timedelta

from routing import desk as verbs
from routing.callers import Caller
from routing.desk import Desk, Report, open_ticket
from routing.messages import Address
from routing.sweep import list_due, take_step
from routing.tickets import Rating
from tests.admin_web.auth.office_house import OfficeHouse
from tests.builders import a_person, a_reading

B1, B2, B5 = "xingfuli-b1", "xingfuli-b2", "hepingli-b5"


class Life:
    """Lets residents and staff of an office's street act at its clock's time."""

    def __init__(self, office: OfficeHouse) -> None:
        self.office = office
        self._house = office.house
        self._names = itertools.count(1)

    @property
    def tree(self):
        return self._house.office.current()

    def _run(self, job):
        return self._house.store.writer.run_now(job)

    def _desk(self, unit) -> Desk:
        return Desk(unit, self.tree, self._house.reach, self._house.clock.now())

    def report(self, origin: str = B1, category: str = "elevator", *, who: str = "") -> int:
        user = who or f"u{next(self._names)}"

        def job(unit):
            person = unit.people.find("sandbox", "liren", user) or unit.people.add(
                a_person(user, node_id=origin)
            )
            address = Address("sandbox", "liren", f"private:{user}")
            report = Report(person, "楼上半夜一直在敲", a_reading(category), origin, address)
            return open_ticket(self._desk(unit), report).ticket.number

        return self._run(job)

    def act(self, verb, number: int, staff_id: str = "liqiang", **words) -> None:
        self._run(
            lambda unit: verb(self._desk(unit), number, Caller(staff=self.tree.staff[staff_id]), **words)
        )

    def solve(self, number: int, staff_id: str = "liqiang") -> None:
        self.act(verbs.claim, number, staff_id)
        self.act(verbs.resolve, number, staff_id, result="换好了")

    def rate(self, number: int, rating: Rating = Rating.SATISFIED) -> None:
        def job(unit):
            (reporter,) = unit.reporters.list_of(number)
            verbs.rate(self._desk(unit), number, Caller(person_id=reporter.person_id), rating=rating)

        self._run(job)

    def wait(self, **span: float) -> None:
        """The clock goes on, and does what is due at the end."""
        self._house.clock.push(timedelta(**span))
        for number in self._run(lambda unit: list_due(unit, self._house.clock.now())):
            self._run(lambda unit, number=number: take_step(self._desk(unit), number))


def live_through_a_day(office: OfficeHouse) -> Life:
    """Eight reports of 1号楼, six of them solved and rated, one handed back, one silent; one report of 和平里."""
    life = Life(office)
    lifts = [life.report() for _ in range(7)]
    silent = life.report(category="noise")
    life.report(B5, "noise")
    for each in lifts[:6]:
        life.solve(each)
    for each in lifts[:5]:
        life.rate(each)
    life.rate(lifts[5], Rating.MOSTLY)
    life.act(verbs.hand_back, lifts[6], reason=life.tree.manners.hand_back_reasons[0])
    assert silent
    life.wait(hours=2)
    return life
