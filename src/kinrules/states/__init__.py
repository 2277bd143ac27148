"""One state machine a file; the folder is the list."""

import importlib
import pkgutil

from kinrules.machine import Machine


def _discover() -> dict[str, Machine]:
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    modules = (importlib.import_module(f"{__name__}.{name}") for name in names)
    return {module.MACHINE.name: module.MACHINE for module in modules}


MACHINES: dict[str, Machine] = _discover()
