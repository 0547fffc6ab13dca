"""What operators call categories in single languages, their signs, and their order by hand."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from bot.base.ids import CategoryId
from bot.catalog.places.tree import Category, Places, Tree

_BASE: Final = (
    "[\u203c\u2049\u2122\u2139\u2194-\u21aa\u231a-\u23ff\u24c2\u25aa-\u25fe\u2600-\u27bf"
    "\u2934\u2935\u2b05-\u2b55\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
)
_ONE: Final = f"{_BASE}(?:\ufe0f|[\U0001f3fb-\U0001f3ff])?"
_ICON: Final = re.compile(
    f"[\U0001f1e6-\U0001f1ff]{{2}}|[0-9#*]\ufe0f?\u20e3|{_ONE}(?:\u200d{_ONE}){{0,4}}"
)
_LONGEST_ICON: Final = 16


@dataclass(frozen=True, slots=True)
class CategoryLook:
    """What operators said of one category: its names by language, its sign, its place by hand."""

    names: Mapping[str, str] = field(default_factory=dict)
    icon: str = ""
    place: int | None = None


Looks = Mapping[CategoryId, CategoryLook]


def find_icon_typed(text: str) -> str | None:
    """The one sign that a text is; None where it is none, or more than one."""
    sign = "".join(text.split())
    return sign if len(sign) <= _LONGEST_ICON and _ICON.fullmatch(sign) else None


def with_looks(
    labels: Mapping[CategoryId, Category], places: Places, looks: Looks
) -> Mapping[CategoryId, Category]:
    """The categories as operators want them to look; all ids of one look alike."""
    if not looks:
        return labels
    tree = Tree(labels, places)
    by_head: dict[CategoryId, CategoryLook] = defaultdict(CategoryLook)
    for category in sorted(looks):
        by_head[tree.head(category)] = looks[category]
    return {one.id: _looking(one, by_head.get(tree.head(one.id))) for one in labels.values()}


def _looking(category: Category, look: CategoryLook | None) -> Category:
    if look is None:
        return category
    by_hand = category.by_hand if look.place is None else look.place
    return replace(category, names=look.names, icon=look.icon, by_hand=by_hand)
