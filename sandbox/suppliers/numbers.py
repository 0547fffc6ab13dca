"""A rented SMS number at the pretend supplier: when its codes come and when it runs out."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final, Self

from sandbox.clock import Now
from sandbox.suppliers.timelines import LEFT_OUT

DIAL_CODES: Final = {
    "us": "1", "gb": "44", "de": "49", "fr": "33", "es": "34", "pl": "48",
    "ua": "380", "in": "91", "id": "62", "vn": "84", "br": "55", "tr": "90",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class SmsProject:
    """What codes are received for, in one country; ids and prices differ between countries.

    `names` and `titles` are its name and its country's in other languages.
    """

    project_id: str
    name: str
    price: Decimal
    country_id: str
    country_title: str
    names: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class SmsStep:
    """After so many seconds the number says this, perhaps with a code."""

    after_s: int
    status: str
    code: str | None = None
    content: str | None = None


@dataclass(frozen=True, kw_only=True)
class SmsPlan:
    """What becomes of a number.

    `steps` come in order of time. At `lifetime_s` the number runs out by itself unless
    `runs_out` is False. `override` replaces fields of `sms_status`; `LEFT_OUT` removes one.
    """

    steps: tuple[SmsStep, ...] = ()
    lifetime_s: int = 1200
    runs_out: bool = True
    waiting: str = "active"
    phone: str | None = None
    override: Mapping[str, object] = field(default_factory=dict)

    def with_expiry(self, said: object) -> Self:
        """Say anything for `expires_at`."""
        return replace(self, override={**self.override, "expires_at": said})

    def without_expiry(self) -> Self:
        """Leave `expires_at` out."""
        return self.with_expiry(LEFT_OUT)

    def with_phone(self, phone: str) -> Self:
        """Give exactly this phone, for example one without its country code."""
        return replace(self, phone=phone)


def codes_after(*pairs: tuple[int, str]) -> SmsPlan:
    """Several codes, each after so many seconds."""
    return SmsPlan(
        steps=tuple(
            SmsStep(after_s, "code_received", code, f"Your verification code is {code}")
            for after_s, code in pairs
        )
    )


def code_after(after_s: int = 15, code: str = "123456") -> SmsPlan:
    """One code."""
    return codes_after((after_s, code))


def no_code() -> SmsPlan:
    """No code; the number runs out."""
    return SmsPlan()


def stays_active() -> SmsPlan:
    """No code, and the supplier never says that the number has run out."""
    return SmsPlan(runs_out=False)


def expired(after_s: int = 60) -> SmsPlan:
    """Expired earlier than `expires_at` promised."""
    return SmsPlan(steps=(SmsStep(after_s, "expired"),))


def canceled_by_supplier(after_s: int = 60) -> SmsPlan:
    """Called off by the supplier."""
    return SmsPlan(steps=(SmsStep(after_s, "canceled"),))


def code_at_expiry(code: str = "123456") -> SmsPlan:
    """The code comes in the very moment in which the number runs out."""
    return code_after(SmsPlan().lifetime_s, code)


def late_code(after_expiry_s: int = 120, code: str = "123456") -> SmsPlan:
    """The number runs out, and the code comes nevertheless."""
    return code_after(SmsPlan().lifetime_s + after_expiry_s, code)


def made_up_phone(country_id: str, nth: int) -> str:
    """A phone of the country that no other number has."""
    return f"+{DIAL_CODES.get(country_id, '999')}5550{100_000 + nth}"


@dataclass(kw_only=True)
class SandboxNumber:
    """One rented number. `given` are codes and words a person adds to the plan."""

    id: int | str
    phone: str
    project: SmsProject
    ordered_at: datetime
    plan: SmsPlan
    now: Now = field(repr=False)
    given: list[SmsStep] = field(default_factory=list)

    @property
    def expires_at(self) -> datetime:
        """When the number really runs out."""
        return self.ordered_at + timedelta(seconds=self.plan.lifetime_s)

    @property
    def reached(self) -> list[SmsStep]:
        """What has happened so far, in the order of time."""
        elapsed_s = int((self.now() - self.ordered_at).total_seconds())
        happened = [step for step in (*self.plan.steps, *self.given) if step.after_s <= elapsed_s]
        if self.plan.runs_out and elapsed_s >= self.plan.lifetime_s:
            got_code = any(s.code for s in happened if s.after_s <= self.plan.lifetime_s)
            end = "completed" if got_code else "expired"
            happened.append(SmsStep(self.plan.lifetime_s, end))
        return sorted(happened, key=lambda step: step.after_s)

    @property
    def status(self) -> str:
        """The word of `sms_status`."""
        reached = self.reached
        return reached[-1].status if reached else self.plan.waiting

    @property
    def last_code(self) -> SmsStep | None:
        """The newest code with its text."""
        return next((step for step in reversed(self.reached) if step.code), None)

    @property
    def charge(self) -> Decimal:
        """The price once a code has come, nothing before."""
        return self.project.price if self.last_code else Decimal(0)

    def take_over(self) -> None:
        """Let a person decide from now on: what the plan still had in store never comes."""
        self.plan = replace(
            self.plan, steps=tuple(s for s in self.plan.steps if s in self.reached)
        )

    def give_code(self, code: str, content: str | None = None) -> None:
        """Let a code come now."""
        self._now_says("code_received", code, content or f"Your verification code is {code}")

    def cancel(self) -> None:
        """Call the number off now."""
        self._now_says("canceled")

    def expire(self) -> None:
        """Let the number run out now."""
        self._now_says("completed" if self.last_code else "expired")

    def _now_says(self, status: str, code: str | None = None, content: str | None = None) -> None:
        elapsed_s = int((self.now() - self.ordered_at).total_seconds())
        self.given.append(SmsStep(elapsed_s, status, code, content))
