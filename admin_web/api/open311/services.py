"""Categories as Open311 services. None has attributes: whoever reports tells it in words."""

from fastapi import APIRouter, Response

from admin_web.api.open311.rendering import Form, Record, render, render_one
from admin_web.api.operations import Operation, add
from admin_web.ports import ApiPorts
from admin_web.problems import ProblemError
from routing.hierarchy import Category, Hierarchy

_SAMPLE = (
    '[{"service_code": "elevator", "service_name": "电梯", "description": "3单元电梯又不动了", "metadata": false, '
    '"type": "realtime", "keywords": "电梯,困梯,轿厢", "group": ""}]'
)
_LIST = Operation(
    "GET",
    "/services.{form}",
    "List services",
    "What can be reported, in the order of the hierarchy. `form` is json or xml; `jurisdiction_id` may be left out.",
    (429, 503),
    sample=_SAMPLE,
    says="The services.",
)
_SHOW = Operation(
    "GET",
    "/services/{service_code}.{form}",
    "Read a service's definition",
    "No service asks for attributes, so the list of them is empty.",
    (404, 429, 503),
    sample='{"service_code": "elevator", "attributes": []}',
    says="The definition.",
)


class Services:
    def __init__(self, ports: ApiPorts) -> None:
        self._ports = ports

    def add_to(self, router: APIRouter) -> None:
        add(router, _LIST, self.list_services)
        add(router, _SHOW, self.show_service)

    async def list_services(self, form: Form) -> Response:
        categories = self._ports.hierarchy.current().categories
        return render([_render(each) for each in categories], form, names=("services", "service"))

    async def show_service(self, service_code: str, form: Form) -> Response:
        category = get_service(self._ports.hierarchy.current(), service_code)
        definition: Record = {"service_code": category.category_id, "attributes": []}
        return render_one(definition, form, name="service_definition")


def get_service(hierarchy: Hierarchy, code: str) -> Category:
    """404 for a code that is no category."""
    category = hierarchy.find_category(code)
    if category is None:
        raise ProblemError(404, "unknown_service", "没有这个服务代码 (unknown service_code)。")
    return category


def _render(category: Category) -> Record:
    return {
        "service_code": category.category_id,
        "service_name": category.name,
        "description": "；".join(category.examples) or category.name,
        "metadata": False,
        "type": "realtime",
        "keywords": ",".join(category.keywords),
        "group": "",
    }
