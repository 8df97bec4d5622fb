"""The pages about what went wrong, wired: the desk of troubles, the audit log, the map of coverage."""

from fastapi import APIRouter

from admin_web.office import Office
from admin_web.pages import audit, coverage, troubles
from app.tree.coverage_desk import HouseCoverage
from app.troubles.audit_desk import HouseAudit
from app.troubles.chain_watch import ChainWatch
from app.troubles.desk import HouseTroubles
from app.wiring import House
from storage.queries.audit import AuditReads
from storage.queries.coverage import CoverageReads
from storage.queries.troubles import TroubleReads


def build_trouble_pages(office: Office, house: House) -> APIRouter:
    router = APIRouter(include_in_schema=False)
    engine = house.store.reading_engine
    log = HouseAudit(house, AuditReads(engine), ChainWatch(house.store, house.clock.now))
    map_of_coverage = HouseCoverage(house, CoverageReads(engine))
    desk = HouseTroubles(house, TroubleReads(engine), map_of_coverage)
    office.counters[troubles.TROUBLES] = lambda visitor: house.troubled.count(visitor.visit.scope)
    router.include_router(troubles.build_router(office, desk))
    router.include_router(audit.build_router(office, log))
    router.include_router(coverage.build_router(office, map_of_coverage))
    return router
