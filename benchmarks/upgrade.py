"""How long status, upgrade --plan and check take on a large edition, how much memory, and how both grow.

A library of N items in two releases (every tenth page changed, some for safety), and an edition with a local
change for every tenth item: adaptations, notes, omissions. Run it as
``python benchmarks/upgrade.py [N ...]``; the aim is 3 s and 300 MB for each command at 6,000 items.
"""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import generate

from guidance_kit.upgrading import upgrade

DAY = dt.date(2026, 11, 25)
COMMANDS = (("status",), ("upgrade", "--plan"), ("check",))


def make(count: int, root: Path) -> Path:
    """Write a library and an edition of it below a folder; the library is left at its second release."""
    core, edition = root / "core", root / "edition"
    generate.write_library(count, core)
    text = (core / "library.toml").read_text("utf-8")
    (core / "library.toml").write_text(text.replace('id = "core"', 'id = "core"\nversion = "1.0.0"'), "utf-8")
    (core / "changes.toml").write_text('[[release]]\nversion = "1.0.0"\n', "utf-8")
    (edition / "local").mkdir(parents=True)
    every = [number for number in range(count) if number % 10 == 0]
    left = [number for number in every if number % 30 == 0][: count // 60]
    head = '[edition]\nid = "local"\ntitle = "Local"\npublisher = "Us"\nbased_on = "../core"\n'
    rows = "".join(f'[[leave_out]]\nitem = "{generate.name(one)}"\nreason = "Not here."\n' for one in left)
    (edition / "edition.toml").write_text(head + rows, "utf-8")
    blocks = [_block(number) for number in every if number not in set(left)]
    for at in range(0, len(blocks), 20):
        (edition / "local" / f"ours-{at}.md").write_text("\n".join(blocks[at : at + 20]), "utf-8")
    made, problems = upgrade(edition, DAY)
    if made is None:
        raise SystemExit(str(problems))
    release(core, count)
    return edition


def _block(number: int) -> str:
    target = f"{generate.name(number)}#summary"
    if number % 20:
        return f"```{{local-note}} {target}\n:id: note-{number}\n\nOur note {number}.\n```\n"
    return f"```{{adapt}} {target}\n:reason: Ours.\n\nOur words for {number}.\n```\n"


def release(core: Path, count: int) -> None:
    """Change the first words of every tenth page, and say so."""
    entries = ['[[release]]\nversion = "1.1.0"\n']
    for path in sorted(core.rglob("*.md")):
        text = path.read_text("utf-8")
        if ":::" not in text or "\n:id: " not in text:
            continue
        name = text.partition("\n:id: ")[2].partition("\n")[0]
        number = int(name.rpartition("-")[2]) if name.rpartition("-")[2].isdigit() else 1
        summary = generate.paragraph(number)
        if summary not in text or number % 100:  # every tenth page, ten items each
            continue
        path.write_text(text.replace(summary, f"Changed. {summary}", 1), "utf-8")
        kind = "safety" if number % 1000 == 0 else "substantive"
        entries.append(
            f'[[change]]\nrelease = "1.1.0"\nwhat = "{name}#summary"\nkind = "{kind}"\nwhy = "It changed."\n'
        )
    if len(entries) < count // 200:
        raise SystemExit("too little changed")
    text = (core / "library.toml").read_text("utf-8")
    (core / "library.toml").write_text(text.replace('"1.0.0"', '"1.1.0"'), "utf-8")
    with (core / "changes.toml").open("a", encoding="utf-8") as file:
        file.write("\n" + "\n".join(entries))


def measure(edition: Path, command: tuple[str, ...]) -> tuple[float, float, float]:
    """Return the seconds, those of the processor, and the megabytes that a command takes."""
    name, *options = command
    begun = time.perf_counter()
    arguments = [sys.executable, "-m", "guidance_kit", name, str(edition), *options]
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    _, _, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begun
    said = process.stderr.read() if process.stderr else b""
    if b"fault" in said:
        raise SystemExit(said.decode())
    return seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main() -> None:
    """Print a line for each size and command."""
    counts = [int(one) for one in sys.argv[1:]] or [1500, 3000, 6000]
    print("items  command          seconds  processor  MB     processor for each 1,000 items")
    with tempfile.TemporaryDirectory() as folder:
        for count in counts:
            edition = make(count, Path(folder) / str(count))
            for command in COMMANDS:
                runs = [measure(edition, command) for _ in range(2)]
                seconds, busy = (min(run[at] for run in runs) for at in (0, 1))
                size = max(run[2] for run in runs)
                words = " ".join(command)
                print(
                    f"{count:5}  {words:15}  {seconds:7.2f}  {busy:9.2f}  {size:5.0f}  {busy * 1000 / count:.2f}"
                )


if __name__ == "__main__":
    main()
