"""The family of pages on which admins edit the tree: one draft a person, several ways to write it."""

from fastapi import APIRouter

from admin_web.office import Office
from admin_web.pages import (
    hierarchy_code,
    hierarchy_plan,
    hierarchy_replay,
    hierarchy_steps,
    hierarchy_table,
    hierarchy_tree,
    hierarchy_versions,
)
from admin_web.pages.hierarchy_drafting import Drafting, HierarchyPorts

FAMILIES = (
    hierarchy_tree,
    hierarchy_steps,
    hierarchy_code,
    hierarchy_plan,
    hierarchy_table,
    hierarchy_replay,
    hierarchy_versions,
)


def build_router(office: Office, ports: HierarchyPorts) -> APIRouter:
    drafting = Drafting(office, ports)
    router = APIRouter(include_in_schema=False)
    for family in FAMILIES:
        router.include_router(family.build_router(drafting))
    return router
