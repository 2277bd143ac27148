"""The figures to reach beside the figures reached: met, not met, or not measured in this run."""

from dataclasses import dataclass
from typing import Any

from kinmatch.bench.world import settings

OWN_NAME = "kinmatch"


@dataclass(frozen=True)
class Verdict:
    """One figure to reach; ``reached`` is None where this run did not measure it."""

    job: str
    figure: str
    limit: str
    reached: float | None
    met: bool | None

    @property
    def words(self) -> str:
        """The verdict in words."""
        return "not measured" if self.met is None else "met" if self.met else "NOT MET"


def verdicts(results: list[dict[str, Any]]) -> list[Verdict]:
    """Return a verdict for every figure to reach, in the order of data/targets.toml."""
    return [_verdict(target, limit, results) for target in settings("targets")["target"] for limit in target["limits"]]


def _verdict(target: dict[str, Any], limit: dict[str, Any], results: list[dict[str, Any]]) -> Verdict:
    figure, peer = limit["figure"], limit.get("times_less_than", "")
    reached = _figure(target, figure, OWN_NAME, results)
    if peer and reached is not None:
        other = _figure(target, figure, peer, results)
        reached = None if other is None else round(other / max(reached, 1e-9), 1)
    sign, bound = ("at most", limit["at_most"]) if "at_most" in limit else ("at least", limit["at_least"])
    met = None if reached is None else (reached <= bound if sign == "at most" else reached >= bound)
    words = f"{sign} {bound:g}" + (f" times less than {peer}" if peer else "")
    size = f"{target['asked']:,} x {target['records']:,}" if "asked" in target else f"{target['records']:,}"
    return Verdict(f"{target['section']} {size}", figure, words, reached, met)


def _figure(target: dict[str, Any], figure: str, engine: str, results: list[dict[str, Any]]) -> float | None:
    wanted = {"section": target["section"], "records": target["records"], "engine": engine}
    if "asked" in target:
        wanted["asked"] = target["asked"]
    found = (result for result in results if all(result.get(name) == value for name, value in wanted.items()))
    return next((float(result[figure]) for result in found if figure in result), None)
