"""What the fork server imports: everything a life needs, put out of the garbage collector's sight.

Without this each life would look at the whole of it when it starts, and copy it by that.
"""

import gc

from babel import Locale

import tests.crash.mortal  # noqa: F401 - loaded here, so that lives need not
from bot.suppliers import RequestLimits
from bot.suppliers.api_v2.wire import Wire

Wire("http://127.0.0.1", "", RequestLimits())  # reads the certificates, which are kept
assert Locale.parse("en").text_direction  # reads what is known of English
gc.collect()
gc.freeze()
