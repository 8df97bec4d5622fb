"""The interface for other programs. `build_api` makes its routes from what `app` hands over."""

from fastapi import APIRouter, Depends

from admin_web.api.access import Allowance, Door
from admin_web.api.audit import Audit
from admin_web.api.docs import build_docs_router
from admin_web.api.hierarchy import HierarchyDesk
from admin_web.api.open311 import build_open311_router
from admin_web.api.outbox import Outbox
from admin_web.api.stats import Stats
from admin_web.api.tickets import Tickets
from admin_web.ports import ApiPorts
from admin_web.problems import install_problem_handlers
from admin_web.rendering import Statics

__all__ = ["build_api", "build_door", "install_problem_handlers"]

PREFIX = "/api/v1"


def build_door(ports: ApiPorts, *, allowance: Allowance | None = None) -> Door:
    """The one door for tokens: of the API, of Open311 and of the metrics."""
    return Door(
        ports.find_token,
        ports.hierarchy.current,
        token=ports.api_token,
        allowance=allowance or Allowance(ports.now),
    )


def build_api(ports: ApiPorts, *, statics: Statics, door: Door) -> APIRouter:
    """Everything under /api/v1 and /open311/v2, with /api/openapi.json and /api/docs."""
    whole = APIRouter()
    whole.include_router(build_docs_router(statics, public_url=ports.public_url))
    for tag, desk in (
        ("tickets", Tickets(ports)),
        ("hierarchy", HierarchyDesk(ports)),
        ("figures", Stats(ports)),
        ("office", Outbox(ports)),
        ("office", Audit(ports)),
    ):
        router = APIRouter(prefix=PREFIX, tags=[tag], dependencies=[Depends(door.admit)])
        desk.add_to(router)
        whole.include_router(router)
    whole.include_router(build_open311_router(ports, door))
    return whole
