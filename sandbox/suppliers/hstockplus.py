"""The pretend HstockPlus: accounts, work on a link and SMS numbers under one numeric id space."""

from collections import deque
from collections.abc import Iterable
from decimal import Decimal
from typing import ClassVar

from sandbox.clock import Now
from sandbox.suppliers.answers import Params
from sandbox.suppliers.languages import hstockplus_language
from sandbox.suppliers.listing import categories_of
from sandbox.suppliers.numbers import SandboxNumber, SmsPlan, SmsProject, code_after, made_up_phone
from sandbox.suppliers.orders import SandboxOrder
from sandbox.suppliers.refusals import INVALID_ACTION, LINK_REQUIRED, NO_FUNDS_HSTOCKPLUS, Refusal
from sandbox.suppliers.services import SandboxService, money_text
from sandbox.suppliers.sms_actions import SmsActions
from sandbox.suppliers.world import Action, SupplierWorld

_FIRST_ID = 23501


class HstockPlusWorld(SupplierWorld):
    """Source: HstockPlus API v2. The page names no HTTP status for refusals: 200 until changed.

    `shows_accounts` False leaves the undocumented `accounts` out of every status. A server that
    `is_newer` answers what is read in the language of `lang`; an older one overlooks the field,
    or `refuses_lang`.
    """

    name: ClassVar[str] = "HSTOCKPLUS"
    no_funds: ClassVar[str] = NO_FUNDS_HSTOCKPLUS
    adding: ClassVar[frozenset[str]] = frozenset({"add", "add_sms"})

    def __init__(
        self,
        *,
        now: Now,
        key: str = "sandbox-hstockplus-key",
        services: Iterable[SandboxService] = (),
        balance: Decimal = Decimal("100.00"),
    ) -> None:
        super().__init__(now=now, key=key, services=services, balance=balance)
        self.refusal_status = 200
        self.wrong_key_status = 200
        self.shows_accounts = True
        self.is_newer = False
        self.refuses_lang = False
        self.projects: list[SmsProject] = []
        self.numbers: dict[str, SandboxNumber] = {}
        self.default_sms_plan: SmsPlan = code_after(15)
        self._sms_plans: deque[SmsPlan] = deque()
        self._numbers_given: deque[int] = deque()

    @property
    def spent(self) -> Decimal:
        """Services as they stand, and each number once it has had a code."""
        return super().spent + sum((n.charge for n in self.numbers.values()), Decimal(0))

    @property
    def orders_placed(self) -> int:
        """Orders of services and of numbers."""
        return len(self.orders) + len(self.numbers)

    @property
    def last_number(self) -> SandboxNumber:
        """The newest number."""
        return list(self.numbers.values())[-1]

    def language(self, params: Params) -> str:
        """In which language this question is answered."""
        if self.refuses_lang and "lang" in params:
            raise Refusal(INVALID_ACTION)
        return hstockplus_language(params.get("lang", "en")) if self.is_newer else "en"

    def list_categories(self, params: Params) -> object:
        """Their names in the language asked for."""
        return {"categories": categories_of(self.shelf(), self.language(params))}

    def plan_sms(self, plan: SmsPlan) -> None:
        """Decide what becomes of the next number; calls queue up."""
        self._sms_plans.append(plan)

    def give_numbers(self, count: int) -> None:
        """Let the next `add_sms` give so many numbers, whatever quantity it asks for."""
        self._numbers_given.append(count)

    def check_funds(self, project: SmsProject, count: int) -> None:
        """Refuse numbers whose codes the wallet could not pay, though only codes are charged."""
        if project.price * count > self.balance:
            raise Refusal(self.no_funds)

    def count_given(self, asked: int) -> int:
        """How many numbers an `add_sms` for `asked` really gives."""
        return self._numbers_given.popleft() if self._numbers_given else asked

    def actions(self) -> dict[str, Action]:
        """The shared ones and the five for SMS numbers."""
        return super().actions() | SmsActions(self).by_name()

    def rent(self, project: SmsProject, phone: str | None) -> SandboxNumber:
        """Hand out one number, a new one or `phone` again."""
        plan = self._sms_plans.popleft() if self._sms_plans else self.default_sms_plan
        number = SandboxNumber(
            id=self.next_id(),
            phone=plan.phone or phone or made_up_phone(project.country_id, len(self.numbers)),
            project=project,
            ordered_at=self.now(),
            plan=plan,
            now=self.now,
        )
        self.numbers[str(number.id)] = number
        return number

    def default_quantity(self) -> None:
        """The page asks for a quantity every time."""

    def check_link(self, service: SandboxService, params: Params) -> None:
        """Work on a link needs one; the page says so and not in which words it refuses."""
        if not service.is_product and not params.get("link", "").strip():
            raise Refusal(LINK_REQUIRED)

    def next_id(self) -> int:
        """A number that neither an order nor an SMS order has had."""
        return _FIRST_ID + next(self._ids)

    def limit_told(self, limit: int, total: int) -> int:
        """Without a limit the page says that `limit` equals the total."""
        return limit or total

    def service_row(self, service: SandboxService, params: Params) -> dict[str, object]:
        """Source: HstockPlus API v2, "Services List"; `entityType` is not on the page."""
        words = service.words(self.language(params))
        row: dict[str, object] = {
            "service": service.id,
            "name": words["name"],
            "type": service.type,
            "category": words["category"],
            "rate": f"{service.rate:f}",
            "min": service.min,
            "max": service.max,
            "refill": service.refill,
            "cancel": service.cancel,
            "stock": service.stock,
        }
        kind = {"entityType": service.entity_type} if service.entity_type else {}
        return row | kind | service.extra

    def status_reply(self, order: SandboxOrder) -> dict[str, object]:
        """Source: HstockPlus API v2, "Order Status"; `accounts` is not on the page."""
        reply: dict[str, object] = {
            "status": order.stage.status,
            "charge": money_text(order.charge),
            "start_count": order.service.start_count,
            "remains": order.remains,
            "currency": self.currency,
        }
        with_accounts = self.shows_accounts and order.service.is_product and order.stage.shown
        return reply | ({"accounts": order.shown_accounts} if with_accounts else {})
