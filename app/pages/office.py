"""The pages for those who sign in: each family in a line, with what it needs of this house."""

from fastapi import FastAPI

from admin_web.auth.passwords import Passwords
from admin_web.office import Office
from admin_web.page_refusals import install_page_refusals
from admin_web.pages import account, accounts, one_time_links, sign_in, start
from admin_web.ports import ApiPorts
from admin_web.rendering import Pages
from app.accounts import build_house_auth, build_start_ports
from app.binding_desk import build_staff_pages
from app.pages.figures import build_figure_pages
from app.pages.reading import build_learning_pages
from app.pages.tickets import build_ticket_pages
from app.pages.tree import build_tree_pages
from app.pages.troubles import build_trouble_pages
from app.pages.work import build_work_pages
from app.tree.code_sheets import build_code_pages
from app.wiring import House


def add_office_pages(
    app: FastAPI, house: House, *, pages: Pages, ports: ApiPorts, passwords: Passwords | None = None
) -> None:
    """After everything else: what goes wrong on a page gets a page, and the handlers before keep the rest."""
    office = Office(pages, house.office.current)
    auth = build_house_auth(house, passwords=passwords)
    app.state.gate = auth.gate
    for router in (
        sign_in.build_router(office, auth),
        one_time_links.build_router(office, auth, hierarchy=house.office.current),
        start.build_router(office, auth, build_start_ports(house, ports.hierarchy.find_refused)),
        account.build_router(office, auth),
        accounts.build_router(office, auth),
        build_work_pages(office, auth, house, ports),
        build_staff_pages(office, house),
        build_code_pages(office, house),
        build_trouble_pages(office, house),
        build_tree_pages(office, house, ports),
        build_ticket_pages(office, house, ports),
        build_figure_pages(office, house, smallest_n=ports.smallest_n),
        build_learning_pages(office, house),
    ):
        app.include_router(router)
    install_page_refusals(app, office)
