"""How a shelf is filtered, cut into pages and summed up in categories."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sandbox.suppliers.answers import Params
from sandbox.suppliers.refusals import (
    CATEGORY_NOT_FOUND,
    SUBCATEGORY_ELSEWHERE,
    SUBCATEGORY_NOT_FOUND,
    Refusal,
)
from sandbox.suppliers.services import SandboxService
from sandbox.suppliers.till import whole_number


@dataclass(frozen=True)
class Page:
    """One page of a list; `limit` 0 means that all of it was asked for."""

    services: Sequence[SandboxService]
    total: int
    number: int
    limit: int
    total_pages: int


def categories_of(
    services: Iterable[SandboxService], language: str = "en"
) -> list[dict[str, object]]:
    """Sum up the categories in the order in which they first appear."""
    found: dict[str, dict[str, str]] = {}
    names: dict[str, str] = {}
    for service in services:
        words = service.words(language)
        below = found.setdefault(service.category, {})
        names[service.category] = words["category"]
        if service.subcategory:
            below[service.subcategory] = words["subcategory"]
    return [
        {"category": names[category], "subcategories": list(below.values())}
        for category, below in found.items()
    ]


def check_filters(services: Sequence[SandboxService], params: Params) -> None:
    """Refuse names that no row carries. Source: AccPlanet API v2, "Error Responses"."""
    category, subcategory = params.get("category", ""), params.get("subcategory", "")
    if category and category not in {service.category for service in services}:
        raise Refusal(CATEGORY_NOT_FOUND)
    if not subcategory:
        return
    homes = {service.category for service in services if service.subcategory == subcategory}
    if not homes:
        raise Refusal(SUBCATEGORY_NOT_FOUND)
    if category and category not in homes:
        raise Refusal(SUBCATEGORY_ELSEWHERE)


def matching(services: Iterable[SandboxService], params: Params) -> list[SandboxService]:
    """Keep the rows of the asked category and subcategory, by their English names."""
    category, subcategory = params.get("category", ""), params.get("subcategory", "")
    return [
        service
        for service in services
        if category in ("", service.category) and subcategory in ("", service.subcategory)
    ]


def page_of(services: Sequence[SandboxService], params: Params) -> Page:
    """Cut out the asked page; unreadable numbers count as the defaults, 1 and 0."""
    total = len(services)
    limit = whole_number(params.get("limit")) or 0
    if limit == 0:
        return Page(services, total=total, number=1, limit=0, total_pages=1)
    number = max(whole_number(params.get("page")) or 1, 1)
    start = (number - 1) * limit
    pages = max(-(-total // limit), 1)
    return Page(
        services[start : start + limit], total=total, number=number, limit=limit, total_pages=pages
    )
