"""Which category a named one is now, and what stands above it."""

from __future__ import annotations

from bot.base.ids import CategoryId
from bot.catalog.places.tree import Tree


def home_of(tree: Tree, category: CategoryId) -> CategoryId:
    """The head of the category that a named one is shown as, also after it was renamed."""
    return tree.head(tree.home(category))


def heads_above(tree: Tree, category: CategoryId) -> tuple[CategoryId, ...]:
    """The heads of a category as it is shown and of all above it, the nearest first."""
    heads, at = list[CategoryId](), tree.nodes.get(category)
    while at is not None:
        heads.append(tree.head(at.id))
        at = None if at.parent is None else tree.nodes.get(at.parent)
    return tuple(heads)
