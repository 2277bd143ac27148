"""What is measured, in the shape in which it is printed and stored."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Times:
    """How many came through, how fast, and how long they waited."""

    count: int
    a_second: float
    p50_ms: float
    p99_ms: float
    longest_ms: float

    @classmethod
    def of(cls, took: Sequence[float], *, seconds: float) -> "Times":
        """From the seconds that each took, and the seconds that all took."""
        ordered = sorted(took)
        if not ordered:
            return cls(0, 0.0, 0.0, 0.0, 0.0)
        at = [round(1000 * ordered[min(len(ordered) - 1, int(len(ordered) * part))], 1) for part in (0.5, 0.99, 1)]
        return cls(len(ordered), round(len(ordered) / seconds, 1), *at)


@dataclass
class Report:
    """One engine's figures; ``wrong`` names whatever must not be."""

    engine: str
    library: str
    seed: int
    fsyncs_a_second: int = 0
    taking: dict[str, Times] = field(default_factory=dict)
    serving: dict[str, Times] = field(default_factory=dict)
    lost: dict[str, int] = field(default_factory=dict)
    refused: dict[str, int] = field(default_factory=dict)
    answered_codes: dict[str, int] = field(default_factory=dict)
    sources: int = 0
    traces: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    seconds: float = 0.0
    cpu_seconds: float = 0.0


@dataclass(frozen=True)
class Goal:
    """One figure to reach: where it stands, and by what it is measured."""

    says: str
    reached: float
    least: float | None = None
    most: float | None = None

    @property
    def is_met(self) -> bool:
        """Whether it was reached."""
        return (self.least is None or self.reached >= self.least) and (self.most is None or self.reached <= self.most)

    @property
    def verdict(self) -> str:
        """As the table says it."""
        return "met" if self.is_met else "NOT MET"


LEAST_A_SECOND = {"sqlite": 150, "postgresql": 250}
MOST_P99_MS, GOOD_P99_MS, CHAT_MS, MAIL_MS = 500, 3000, 5000, 60000
HEADLINE, WEBHOOK = "64 callers", "webhook, 16 at a time"
BURST = "1,000 in 10 s"
SLOW, CODES = "enquiry during slow clients", "enquiry during bad codes"
CHAT, MAIL = "acknowledged by Telegram", "acknowledged by mail"


def goals(report: Report) -> list[Goal]:
    """The figures to reach, with what was reached."""
    found = []
    for name, times in ((HEADLINE, report.taking.get(HEADLINE)), (WEBHOOK, report.serving.get(WEBHOOK))):
        if times is not None:
            least = LEAST_A_SECOND[report.engine]
            found.append(Goal(f"{name}: messages a second, at least {least}", times.a_second, least=least))
            found.append(Goal(f"{name}: p99 ms, less than {MOST_P99_MS}", times.p99_ms, most=MOST_P99_MS))
    found += [Goal(f"{name}: lost, 0", count, most=0) for name, count in report.lost.items()]
    found += [Goal(f"{name}: refused, 0", count, most=0) for name, count in report.refused.items()]
    for name, most in ((SLOW, GOOD_P99_MS), (CODES, GOOD_P99_MS), (CHAT, CHAT_MS), (MAIL, MAIL_MS)):
        if name in report.serving:
            found.append(Goal(f"{name}: p99 ms, less than {most}", report.serving[name].p99_ms, most=most))
    if report.sources:
        found.append(Goal(f"traces of {report.sources:,} addresses, 0", len(report.traces), most=0))
    return found
