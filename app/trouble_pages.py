"""The pages about what went wrong, wired: the desk of troubles, the audit log, the map of coverage."""

from fastapi import APIRouter

from admin_web.office import Office
from admin_web.pages import troubles
from app.trouble_desk import HouseTroubles
from app.wiring import House
from storage.trouble_queries import TroubleReads


def build_trouble_pages(office: Office, house: House) -> APIRouter:
    router = APIRouter(include_in_schema=False)
    desk = HouseTroubles(house, TroubleReads(house.store.reading_engine))
    router.include_router(troubles.build_router(office, desk))
    return router
