"""The two suppliers as pretend servers over real HTTP, for the tests and the demo.

A world is steered by its attributes (`services`, `balance`, `plan`, `faults`), looked at
through others (`received`, `orders`, `numbers`) and served by `world.app()`, each on a port
of its own. `timelines` says what becomes of an order, `numbers` of an SMS number,
`wire_faults` and `reply_faults` what can go wrong, `catalogue` what there is to sell.
"""

from sandbox.suppliers.accplanet import AccPlanetWorld
from sandbox.suppliers.hstockplus import HstockPlusWorld
from sandbox.suppliers.world import SupplierWorld

__all__ = ["AccPlanetWorld", "HstockPlusWorld", "SupplierWorld"]
