"""The pages on the tree, with what they need of this house."""

from fastapi import APIRouter

from admin_web.office import Office
from admin_web.pages import hierarchy
from admin_web.pages.hierarchy_drafting import HierarchyPorts
from admin_web.ports import ApiPorts
from app.tree.drafts import StoredDrafts
from app.tree.workshop import TreeWorkshop
from app.wiring import House


def build_tree_pages(office: Office, house: House, ports: ApiPorts) -> APIRouter:
    """People write drafts by the clock on the wall; a message is tried by that of the house."""
    workshop = TreeWorkshop(house.store, house.school.reader, house.office, house.clock.now)
    drafts = StoredDrafts(house.store, house.links.now)
    return hierarchy.build_router(office, HierarchyPorts(ports.hierarchy, drafts, workshop, house.clock.now))
