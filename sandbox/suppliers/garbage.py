"""Catalogue rows that a careful shop hides: one of every kind of nonsense."""

from typing import Final

from sandbox.suppliers.timelines import LEFT_OUT, rewritten

# A JSON number no finite type holds; json.dumps cannot write it, so a mark stands for it.
INFINITE: Final = "1e400"
INFINITE_MARK: Final = '"@infinite@"'

_GOOD: Final[dict[str, object]] = {
    "name": "Garbage row",
    "description": "",
    "type": "Default",
    "category": "Social",
    "subcategory": "",
    "rate": "1.00",
    "min": 1,
    "max": 10,
    "refill": False,
    "cancel": False,
    "stock": 10,
    "entityType": "product",
    "autoDelivery": True,
}

_FLAWS: Final[tuple[dict[str, object], ...]] = (
    {"rate": "abc"},
    {"rate": "NaN"},
    {"rate": "-Infinity"},
    {"rate": "1e400"},
    {"rate": "@infinite@"},
    {"rate": "-1.00"},
    {"rate": ""},
    {"rate": None},
    {"rate": True},
    {"rate": ["1.00"]},
    {"rate": "1,00"},
    {"rate": LEFT_OUT},
    {"min": 10, "max": 1},
    {"min": -5},
    {"min": "many"},
    {"max": LEFT_OUT},
    {"stock": -1},
    {"stock": "lots"},
    {"stock": None},
    {"name": None},
    {"name": LEFT_OUT},
    {"name": {"en": "nested"}},
    {"name": "lone surrogate \ud800"},
    {"category": 7},
    {"category": LEFT_OUT},
    {"service": None},
    {"service": ""},
    {"service": {"id": 1}},
    {"service": LEFT_OUT},
)

GARBAGE_ROWS: Final[tuple[object, ...]] = (
    *(
        rewritten(_GOOD | {"service": 900_000 + n, "name": f"Garbage row {n}"}, flaw)
        for n, flaw in enumerate(_FLAWS)
    ),
    None,
    "a string",
    42,
    [],
    {},
)
