"""Every guard of the house by its name. A guard takes the root of a tree and returns the breaches found in it."""

from collections.abc import Callable
from pathlib import Path

from tests.house import rules, sentences, shape

Guard = Callable[[Path], list[str]]
ROOT = Path(__file__).parents[2]

GUARDS: dict[str, Guard] = {
    name: guard
    for module in (shape, rules, sentences)
    for name, guard in vars(module).items()
    if callable(guard) and getattr(guard, "__module__", "") == module.__name__ and not name.startswith("_")
}
