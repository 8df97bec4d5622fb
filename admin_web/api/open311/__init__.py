"""Open311 GeoReport v2 (https://wiki.open311.org/GeoReport_v2): categories are services, tickets are requests.

Without a token only what is public is told: no words of residents, no building.
"""

from fastapi import APIRouter, Depends

from admin_web.api.access import Door
from admin_web.api.open311.refusals import Open311Route
from admin_web.api.open311.requests import Requests
from admin_web.api.open311.services import Services
from admin_web.ports import ApiPorts

PREFIX = "/open311/v2"


def build_open311_router(ports: ApiPorts, door: Door) -> APIRouter:
    router = APIRouter(
        prefix=PREFIX, tags=["open311"], route_class=Open311Route, dependencies=[Depends(door.admit_any)]
    )
    Services(ports).add_to(router)
    Requests(ports, door).add_to(router)
    return router
