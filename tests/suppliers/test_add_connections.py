"""An add over a line that is silent, absent or not trusted: sent perhaps, or surely not."""

import asyncio
import ssl
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bot.base.ids import RemoteId
from bot.suppliers.api_v2.reasons import FailureReason
from bot.suppliers.errors import InDoubt, NotSent
from tests.clock import TurnableClock
from tests.suppliers.conftest import HURRIED, Build, Counter, RawLine

GMAIL = RemoteId("10042")


async def test_silence_is_in_doubt(raw_line: RawLine, build: Build) -> None:
    raw_line.keeps_silent = True

    async with build(raw_line.url, limits=HURRIED) as supplier:
        with pytest.raises(InDoubt, match="in time"):
            await supplier.add(GMAIL, 1)

    assert len(raw_line.heard) == 1


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://127.0.0.1:1/api/v2", FailureReason.UNREACHABLE),
        ("http://no.such.name.invalid/api/v2", FailureReason.NO_SUCH_ADDRESS),
        ("http://[/", FailureReason.NO_SUCH_ADDRESS),
        ("x", FailureReason.NO_CONNECTION),
    ],
)
async def test_nobody_there_means_nothing_was_sent(
    build: Build, url: str, why: FailureReason
) -> None:
    async with build(url) as supplier:
        with pytest.raises(NotSent, match=f"^{why}$"):
            await supplier.add(GMAIL, 1)


async def test_a_failed_tls_handshake_means_nothing_was_sent(
    counter_url: tuple[Counter, str], build: Build
) -> None:
    counter, url = counter_url

    async with build(url.replace("http:", "https:")) as supplier:
        with pytest.raises(NotSent):
            await supplier.add(GMAIL, 1)

    assert counter.forms == []


def _signed_by_itself(folder: Path, clock: TurnableClock) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(clock.now() - timedelta(days=9_000))
        .not_valid_after(clock.now() + timedelta(days=9_000))
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "pem").write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificate.public_bytes(pem)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "pem")
    return context


async def test_a_certificate_nobody_vouches_for_means_nothing_was_sent(
    build: Build, clock: TurnableClock, tmp_path: Path
) -> None:
    line = RawLine()
    server = await asyncio.start_server(
        line.meet, "127.0.0.1", 0, ssl=_signed_by_itself(tmp_path, clock)
    )
    async with server:
        port = server.sockets[0].getsockname()[1]
        async with build(f"https://127.0.0.1:{port}/api/v2") as supplier:
            with pytest.raises(NotSent, match=f"^{FailureReason.BAD_CERTIFICATE}$"):
                await supplier.add(GMAIL, 1)

    assert line.heard == []


async def test_a_canceled_add_stays_canceled(raw_line: RawLine, build: Build) -> None:
    raw_line.keeps_silent = True

    async with build(raw_line.url) as supplier:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await supplier.add(GMAIL, 1)

    assert len(raw_line.heard) == 1
