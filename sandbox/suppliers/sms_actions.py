"""The five SMS actions of HstockPlus. Source: HstockPlus API v2, "SMS Verification API"."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol

from sandbox.suppliers.answers import Params
from sandbox.suppliers.numbers import SandboxNumber, SmsProject
from sandbox.suppliers.refusals import (
    INVALID_QUANTITY,
    ORDER_NOT_FOUND,
    SERVICE_NOT_FOUND,
    SERVICE_REQUIRED,
    Refusal,
)
from sandbox.suppliers.till import whole_number
from sandbox.suppliers.timelines import rewritten

_MOST_NUMBERS = 10


class RentsNumbers(Protocol):
    """What the actions need of their world."""

    projects: list[SmsProject]
    numbers: dict[str, SandboxNumber]
    currency: str

    def check_funds(self, project: SmsProject, count: int) -> None:
        """Refuse when the wallet cannot pay for so many codes."""

    def language(self, params: Params) -> str:
        """In which language a question is answered."""

    def count_given(self, asked: int) -> int:
        """How many numbers really come."""

    def rent(self, project: SmsProject, phone: str | None) -> SandboxNumber:
        """Hand out one number."""


def time_text(moment: datetime) -> str:
    """Write a time as the page does: `2023-01-01T12:00:00.000Z`."""
    in_utc = moment.astimezone(UTC).replace(tzinfo=None)
    return f"{in_utc.isoformat(timespec='milliseconds')}Z"


class SmsActions:
    """The actions, each taking the parameters and answering the reply."""

    def __init__(self, world: RentsNumbers) -> None:
        self._world = world

    def by_name(self) -> dict[str, Callable[[Params], object]]:
        """The names on the page."""
        return {
            "sms_projects": self.list_projects,
            "sms_countries": self.list_countries,
            "add_sms": self.take_order,
            "sms_code": self.tell_code,
            "sms_status": self.tell_status,
        }

    def list_projects(self, params: Params) -> object:
        """A bare list, one row for each project in each country."""
        country, language = params.get("country", ""), self._world.language(params)
        return [
            {
                "project_id": project.project_id,
                "name": project.names.get(language, project.name),
                "price": f"{project.price:.4f}",
                "country_id": project.country_id,
                "country_title": project.titles.get(language, project.country_title),
            }
            for project in self._world.projects
            if country in ("", project.country_id)
        ]

    def list_countries(self, params: Params) -> object:
        """A bare list of the countries in which something can be received."""
        language = self._world.language(params)
        titles = {
            project.country_id: project.titles.get(language, project.country_title)
            for project in self._world.projects
        }
        return [
            {"country_code": country, "country_name": title} for country, title in titles.items()
        ]

    def take_order(self, params: Params) -> object:
        """The page names no refusals here; those of `add` are used for the like."""
        project = self._load_project(params)
        count = whole_number(params.get("quantity", "1"))
        if not count or count > _MOST_NUMBERS:
            raise Refusal(INVALID_QUANTITY)
        phone = self._reused_phone(params)
        self._world.check_funds(project, count)
        numbers = [self._world.rent(project, phone) for _ in range(self._world.count_given(count))]
        return {
            "orders": [
                {
                    "order": number.id,
                    "phone": number.phone,
                    "country": number.project.country_id,
                    "status": number.status,
                }
                for number in numbers
            ]
        }

    def tell_code(self, params: Params) -> object:
        """The newest code, or that there is none yet."""
        number = self._load_number(params)
        step = number.last_code
        if step:
            return {"status": "completed", "code": step.code, "sms_content": step.content}
        if number.status == number.plan.waiting:
            return {"status": "waiting", "message": "Waiting for code"}
        return {"status": number.status}

    def tell_status(self, params: Params) -> object:
        """Where the number stands, what it cost and until when it lives."""
        number = self._load_number(params)
        reply: dict[str, object] = {
            "status": number.status,
            "phone": number.phone,
            "code": number.last_code.code if number.last_code else None,
            "charge": f"{number.charge:.4f}",
            "currency": self._world.currency,
            "expires_at": time_text(number.expires_at),
        }
        return rewritten(reply, number.plan.override)

    def _load_project(self, params: Params) -> SmsProject:
        asked, country = params.get("project_id", "").strip(), params.get("country", "")
        if not asked:
            raise Refusal(SERVICE_REQUIRED)
        for project in self._world.projects:
            if project.project_id == asked and country in ("", project.country_id):
                return project
        raise Refusal(SERVICE_NOT_FOUND)

    def _reused_phone(self, params: Params) -> str | None:
        phone = params.get("phone", "").strip()
        if not phone:
            return None
        if phone not in {number.phone for number in self._world.numbers.values()}:
            raise Refusal(ORDER_NOT_FOUND)
        return phone

    def _load_number(self, params: Params) -> SandboxNumber:
        number = self._world.numbers.get(params.get("order", ""))
        if number is None:
            raise Refusal(ORDER_NOT_FOUND)
        return number
