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


def wait_for(page: Path, words: str) -> None:
    """Wait until a page stands whole on disk: a browser too asks only when the build has ended."""
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        text = page.read_text("utf-8", "replace") if page.exists() else ""
        if words in text and text.rstrip().endswith("</html>"):
            return
        time.sleep(0.2)
    pytest.fail(f"{words!r} did not come to {page}")


def served(address: str) -> str:
    """Return a page from the server, which may yet be starting."""
    deadline = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(address) as answer:  # noqa: S310 - our own address
                return answer.read().decode()
        except urllib.error.URLError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


@pytest.mark.long
def test_a_saved_change_is_shown(preview: str, edition: Path, library: Path) -> None:
    site = edition / "_build" / "preview"
    waiting, liaison = "challenges/two-homes.html", "solutions/liaison.html"
    wait_for(site / waiting, "0808 157 0100")
    assert "0808 157 0100" in served(f"{preview}/{waiting}")
    time.sleep(1)  # it begins to watch after it has built
    (edition / "local" / "a.md").write_text("```{adapt} small:two-homes#summary\n\nWords of our own.\n```\n")
    wait_for(site / waiting, "Words of our own.")
    manifest = edition / "edition.toml"
    manifest.write_text(manifest.read_text().replace("0808 157 0100", "0808 157 0222"))
    wait_for(site / waiting, "0808 157 0222")
    page = library / "solutions" / "liaison.md"
    page.write_text(page.read_text().replace("Once a month", "Once a fortnight"))
    wait_for(site / liaison, "Once a fortnight")
    time.sleep(2)  # the build has ended
    assert "Once a fortnight" in served(f"{preview}/{liaison}")
    assert "0808 157 0222" in served(f"{preview}/{waiting}")


def test_a_port_in_use_is_told(run, edition: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ran = run("preview", edition, "--port", taken.getsockname()[1])
    assert ran.code == 1
    assert "is in use" in ran.err
