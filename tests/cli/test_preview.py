"""The live preview, in a process of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from tested import PACKAGES

pytest.importorskip("sphinx_autobuild", reason="the extra [live] is not installed")


@pytest.fixture
def preview(edition: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "guidance_kit", "preview", str(edition), "--port", str(port)],
        env={**os.environ, "PYTHONPATH": str(PACKAGES)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    yield f"http://127.0.0.1:{port}"
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "The preview has ended." in said
    assert "Traceback" not in said


def wait_for(address: str, words: str) -> None:
    deadline = time.monotonic() + 60
    page = ""
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(address) as answer:  # noqa: S310 - our own address
                page = answer.read().decode()
        except (urllib.error.URLError, ConnectionError):
            page = ""
        if words in page:
            return
        time.sleep(0.2)
    pytest.fail(f"{words!r} did not come to {address}")


def test_a_saved_change_is_shown(preview: str, edition: Path, library: Path) -> None:
    wait_for(f"{preview}/challenges/two-homes.html", "0808 157 0100")
    time.sleep(1)  # it begins to watch after it has built
    (edition / "local" / "a.md").write_text("```{adapt} small:two-homes#summary\n\nWords of our own.\n```\n")
    wait_for(f"{preview}/challenges/two-homes.html", "Words of our own.")
    manifest = edition / "edition.toml"
    manifest.write_text(manifest.read_text().replace("0808 157 0100", "0808 157 0222"))
    wait_for(f"{preview}/challenges/two-homes.html", "0808 157 0222")
    page = library / "solutions" / "liaison.md"
    page.write_text(page.read_text().replace("Once a month", "Once a fortnight"))
    wait_for(f"{preview}/solutions/liaison.html", "Once a fortnight")


def test_a_port_in_use_is_told(run, edition: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ran = run("preview", edition, "--port", taken.getsockname()[1])
    assert ran.code == 1
    assert "is in use" in ran.err
