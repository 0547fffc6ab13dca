"""A tiny program in the place of the bot: polls like one, and ends as its first word says."""

import json
import os
import sys
import urllib.request
from pathlib import Path


def _asks(method: str, **params: object) -> object:
    url = f"{os.environ['TELEGRAM_API_URL']}/bot{os.environ['BOT_TOKEN']}/{method}"
    body = json.dumps(params).encode()
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(url, body, headers)  # noqa: S310 - loopback
    with urllib.request.urlopen(request) as answer:  # noqa: S310 - loopback
        return json.load(answer)["result"]


if __name__ == "__main__":
    if sys.argv[1] == "dies":
        sys.exit("no settings, no shop")
    Path("environment.json").write_text(json.dumps(dict(os.environ)))
    _asks("getMe")
    while True:
        _asks("getUpdates", timeout=30)
