"""Where the database is: an address that our drivers understand, or a sentence that says how.

Each refusal completes the sentence `DATABASE_URL must be ...` and repeats nothing of the address,
because there may be a password in it.
"""

import re
from typing import Final
from urllib.parse import SplitResult, parse_qsl, urlsplit

from pydantic import SecretStr

_SQLITE: Final = "sqlite+aiosqlite"
_POSTGRESQL: Final = "postgresql+asyncpg"
_DRIVERS: Final = {
    "sqlite": _SQLITE,
    _SQLITE: _SQLITE,
    "postgres": _POSTGRESQL,
    "postgresql": _POSTGRESQL,
    _POSTGRESQL: _POSTGRESQL,
}
_EITHER: Final = f"{_SQLITE}:///<file> or {_POSTGRESQL}://<user>:<password>@<host>/<db>"
_FILE: Final = (
    f"{_SQLITE}:///<file>, with three slashes before the name of a file (four where it begins at"
    " the root); a database in memory is none that lasts"
)
_SERVER: Final = (
    f"{_POSTGRESQL}://<user>:<password>@<host>:<port>/<db>, where @ / ? # [ and ] in the password"
    " are written as %40 %2F %3F %23 %5B and %5D"
)
_PARAMETERS: Final = {
    "host": ".+",
    "port": "[0-9]{1,5}",
    "ssl": "disable|allow|prefer|require|verify-ca|verify-full",
    "prepared_statement_cache_size": "[0-9]{1,6}",
}
_ONLY: Final = (
    "an address whose parameters are at most host, port, prepared_statement_cache_size and"
    " sslmode, which is disable, allow, prefer, require, verify-ca or verify-full"
)


def read_database_url(url: SecretStr) -> SecretStr:
    """The address with our driver in front and `sslmode` as this driver calls it."""
    scheme, separator, rest = url.get_secret_value().partition("://")
    driver = _DRIVERS.get(scheme.lower()) if separator else None
    if driver is None:
        raise _must_be(_EITHER)
    if driver == _SQLITE:
        return SecretStr(f"{driver}://{_file(rest)}")
    return SecretStr(f"{driver}://{_server(rest)}")


def _file(rest: str) -> str:
    if not rest.startswith("/") or rest in {"/", "/:memory:"}:
        raise _must_be(_FILE)
    return rest


def _server(rest: str) -> str:
    parts = _split(rest)
    if parts is None or parts.netloc.count("@") > 1 or "@" in parts.path + parts.query:
        raise _must_be(_SERVER)  # drivers disagree about where such an address has its host
    where, mark, query = rest.partition("?")
    query = re.sub("(^|&)sslmode=", r"\1ssl=", query)
    if not _is_understood(query):
        raise _must_be(_ONLY)
    return where + mark + query


def _split(rest: str) -> SplitResult | None:
    """The parts, if there is nothing odd about its host and port."""
    try:
        parts = urlsplit(f"{_POSTGRESQL}://{rest}")
        fits = parts.port != 0 and not parts.fragment
    except ValueError:
        return None
    return parts if fits else None


def _is_understood(query: str) -> bool:
    try:
        given = parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query))
    except ValueError:
        return False
    names = [name for name, _ in given if name != "host"]  # a cluster has several
    return len(names) == len(set(names)) and all(
        re.fullmatch(_PARAMETERS.get(name, "(?!)"), value) for name, value in given
    )


def _must_be(words: str) -> ValueError:
    return ValueError(f"must be {words}")
