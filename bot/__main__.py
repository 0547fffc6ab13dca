"""`python -m bot`: loads the shop, and does what its command line says."""

import gc
import sys
from typing import Final

_NOT_LOADED: Final = ("click", "pygments", "rich")
"""What libraries load to colour a developer's terminal, where it happens to be installed."""

if __name__ == "__main__":
    sys.modules.update(dict.fromkeys(_NOT_LOADED))  # type: ignore[arg-type]  # None: "not there"
    # What is loaded stays for ever: looking it through again and again takes longer than to load.
    gc.disable()
    from bot.app.command_line import main

    gc.freeze()
    gc.enable()
    sys.exit(main())
