"""What a run is measured on and with: CPU time, peak memory, and the machine's description. Linux only."""

import gc
import os
import platform
import sys
import time
from pathlib import Path
from typing import Any

ACCOUNT = Path("/proc/self")


def nanoseconds(server: int) -> int:
    """Return the CPU time so far of process ``server``, or of this one for 0.

    The kernel's account of another process is exact while that one waits for work.
    """
    if not server:
        return time.process_time_ns()
    return int(Path(f"/proc/{server}/schedstat").read_text().split()[0])


def forget_peak() -> None:
    """Begin to measure the peak of this process's memory anew."""
    gc.collect()
    (ACCOUNT / "clear_refs").write_text("5")


def peak_mb(server: int = 0) -> int:
    """Return the largest resident memory since ``forget_peak``, in MB; of process ``server`` since it began."""
    status = (Path(f"/proc/{server}") if server else ACCOUNT) / "status"
    return _kilobytes(status, "VmHWM") // 1000


def resident_mb() -> int:
    """Return this process's resident memory now, in MB."""
    return _kilobytes(ACCOUNT / "status", "VmRSS") // 1000


def _kilobytes(path: Path, name: str) -> int:
    line = next(line for line in path.read_text().splitlines() if line.startswith(f"{name}:"))
    return int(line.split()[1])


def forget_tokens() -> None:
    """Clear what the engine remembers of words it has seen, so that every query meets them cold.

    Those are its caches of bounded size; tables read once and for all stay.
    """
    modules = [module for name, module in sys.modules.items() if name.split(".")[0] == "kinmatch"]
    caches = {id(value): value for module in modules for value in vars(module).values() if _holds_words(value)}
    for cache in caches.values():
        cache.cache_clear()


def _holds_words(value: Any) -> bool:
    return hasattr(value, "cache_clear") and value.cache_parameters()["maxsize"] is not None


def described() -> dict[str, str | int]:
    """Return the machine's processor, cores, memory, system and Python."""
    cpu = Path("/proc/cpuinfo").read_text()
    models = [line.split(":", 1)[1].strip() for line in cpu.splitlines() if line.startswith("model name")]
    return {
        "processor": models[0] if models else platform.machine(),
        "cores": os.cpu_count() or 0,
        "memory_gb": round(_kilobytes(Path("/proc/meminfo"), "MemTotal") / 1e6),
        "system": platform.platform(),
        "python": platform.python_version(),
    }
