"""Shares of agreement of one person with himself, learnt from enquiries of which nobody has said who was found.

Of every enquiry one thing is true: one of the candidates is the person; or one is a relative or namesake of the person;
or nobody recorded is either. Expectation: how likely is each, with the shares as they stand. Maximisation: count the
levels of the pairs, each as often as it is likely to be one person. Chances are counted in the registry and kinds of
relatives keep their rows, so that what is learnt cannot run away from what it is measured against.

Only the best candidates are looked at. A relative whose record agrees in little is often not among them and then counts
as absent, so the share of relatives found here is a lower bound. Taking a relative for the man is the worse error:
enquiries may raise that share and never lower it; only decided cases may (``labels.relatives_prior``).

Source: A. Dempster, N. Laird and D. Rubin, Maximum likelihood from incomplete data via the EM algorithm, JRSS B 39
(1977); W. Winkler, Using the EM algorithm for weight computation in the Fellegi-Sunter model (1988). Smoothing is a
Dirichlet prior on the table in force, so what rises in each round is the posterior, not the likelihood alone.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kinmatch.compare import birth_date
from kinmatch.form import FIELDS
from kinmatch.learn.pairs import Pairs, TooLittle, rows_of
from kinmatch.weights import KINDS, LEAST, Weights, default_weights

LEAST_ENQUIRIES = 400
LEAST_EXPECTED = 150.0
"""Persons expected among the enquiries. From 150 pairs a share is known to four points in a hundred (a standard error
of sqrt(.5 * .5 / 150)); below that the smoothing would be most of the answer."""
TRUST = 100.0  # pairs the table in force is worth, for each fact
TRUST_PRIOR = 50.0  # enquiries the prior in force is worth
MOST_ROUNDS = 500
CLOSE = 1e-7  # rise of the posterior a round and enquiry, in nats, at which the search is over
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Learnt:
    """What was learnt, and how. ``expected`` is the expected number of enquiries whose person is recorded.

    ``gain`` is how much better the enquiries are described than by the weights before, in bits an enquiry.
    ``posterior`` is the penalised log-likelihood after each round, in nats; it never falls.
    """

    weights: Weights
    enquiries: int
    pairs: int
    expected: float
    gain: float
    converged: bool
    posterior: tuple[float, ...]


@dataclass(frozen=True)
class _Table:
    """All parameters as arrays: shares of one person by place, the three priors, the kinds of relatives."""

    shares: Floats
    prior: Floats
    kinds: Floats


def learn(pairs: Pairs, *, weights: Weights | None = None, run: str = "learnt from enquiries") -> Learnt:
    """Return weights learnt from ``pairs``, starting from ``weights`` and drawn towards them where pairs are few.

    Takes O(rounds * pairs * facts) time; half a million pairs need a second or two.

    Raises:
        TooLittle: fewer than 400 enquiries, or fewer than 150 of them expected to be of somebody recorded.
    """
    before = weights or default_weights()
    if pairs.enquiries < LEAST_ENQUIRIES:
        raise TooLittle(f"{pairs.enquiries} enquiries are too few to learn from; at least {LEAST_ENQUIRIES} are needed")
    search = _Search(pairs, before)
    table, trace = search.start, []
    converged = False
    for _round in range(MOST_ROUNDS):
        likely = search.expect(table)
        trace.append(search.posterior(table, likely))
        if len(trace) > 1 and trace[-1] - trace[-2] < CLOSE * pairs.enquiries:
            converged = True
            break
        table = search.maximise(likely)
    expected = float(likely.same.sum())
    if expected < LEAST_EXPECTED:
        raise TooLittle(
            f"about {expected:.0f} of {pairs.enquiries} enquiries are of somebody recorded; "
            f"at least {LEAST_EXPECTED:.0f} are needed"
        )
    gain = (likely.log_likelihood - search.expect(search.start).log_likelihood) / pairs.enquiries / np.log(2)
    found = _weights(before, table, run=run)
    return Learnt(found, pairs.enquiries, len(pairs), expected, float(gain), converged, tuple(trace))


@dataclass(frozen=True)
class _Likely:
    """How likely each pair is one person (shape: pairs) or a relative of a kind (kinds, pairs), and nobody recorded."""

    same: Floats
    kin: Floats
    absent: float
    log_likelihood: float


class _Search:
    """One run: the pairs as places in a flat table of levels, the last place standing for "not given"."""

    def __init__(self, pairs: Pairs, weights: Weights) -> None:
        self.pairs = pairs
        names = [(field, row) for field in FIELDS for row in rows_of(field)]
        self.field_of = np.array([FIELDS.index(field) for field, _row in names])
        # What vague dates agree at is reckoned among such pairs alone, of which too few are met to learn from.
        self.kept = np.array([field == birth_date.FIELD and row in birth_date.VAGUE for field, row in names])
        starts = np.array([names.index((field, rows_of(field)[0])) for field in FIELDS])
        given = pairs.levels >= 0
        self.places = np.where(given, starts + pairs.levels, len(names))
        rows = [weights.rows[name] for name in names]
        before = np.array([max(row.person, LEAST) for row in rows])
        self.start = _Table(
            shares=self._whole(before, before),
            prior=_share(np.array([weights.present, weights.relative, weights.absent])),
            kinds=_share(np.array([weights.kinds[kind] for kind in KINDS])),
        )
        counted = np.array([field in weights.frequency_fields for field in FIELDS])
        usual = np.append([np.log(max(row.chance, 1e-9)) for row in rows], 0.0)[self.places]
        known = given & counted & np.isfinite(pairs.chances)
        chance = np.where(known, np.log(np.maximum(np.where(known, pairs.chances, 1.0), 1e-9)), usual)
        self._by_chance = chance.sum(axis=1)
        self._kin = np.stack([self._bits(np.array([max(getattr(row, kind), LEAST) for row in rows])) for kind in KINDS])

    def expect(self, table: _Table) -> _Likely:
        """How likely each pair is what, with the parameters as they stand."""
        present, relative, absent = table.prior
        same = present / self.pairs.records * np.exp(self._bits(table.shares))
        kin = relative / self.pairs.records * table.kinds[:, None] * np.exp(self._kin)
        each = np.bincount(self.pairs.enquiry, weights=same + kin.sum(axis=0), minlength=self.pairs.enquiries)
        whole = each + absent
        of_pair = whole[self.pairs.enquiry]
        return _Likely(same / of_pair, kin / of_pair, float((absent / whole).sum()), float(np.log(whole).sum()))

    def maximise(self, likely: _Likely) -> _Table:
        """The parameters that fit best if each pair is as likely as ``likely`` says."""
        weight = np.repeat(likely.same, len(FIELDS))
        met = np.bincount(self.places.ravel(), weights=weight, minlength=len(self.field_of) + 1)[:-1]
        kin = likely.kin.sum(axis=1)
        prior = np.array([likely.same.sum(), kin.sum(), likely.absent])
        return _Table(
            shares=self._whole(met + TRUST * self.start.shares, self.start.shares),
            prior=_with_relatives(_share(prior + TRUST_PRIOR * self.start.prior), least=self.start.prior[1]),
            kinds=_share(kin + TRUST * self.start.kinds),
        )

    def posterior(self, table: _Table, likely: _Likely) -> float:
        """The log-likelihood with what the smoothing adds, up to a constant, in nats."""
        smooth = TRUST * (self.start.shares @ np.log(table.shares) + self.start.kinds @ np.log(table.kinds))
        return float(likely.log_likelihood + smooth + TRUST_PRIOR * (self.start.prior @ np.log(table.prior)))

    def _bits(self, shares: Floats) -> Floats:
        """The log-odds of each pair against chance, in nats; held within what a float can carry."""
        summed = np.append(np.log(shares), 0.0)[self.places].sum(axis=1)
        bits: Floats = np.clip(summed - self._by_chance, -300.0, 300.0)
        return bits

    def _whole(self, counts: Floats, before: Floats) -> Floats:
        """Shares within each fact; those that are not learnt stay as they were before."""
        learnt = np.where(self.kept, 0.0, counts)
        whole: Floats = np.where(self.kept, before, learnt / np.bincount(self.field_of, weights=learnt)[self.field_of])
        return whole


def _with_relatives(prior: Floats, *, least: float) -> Floats:
    """The prior with at least this share of relatives; the best one there is under that bound."""
    if prior[1] >= least:
        return prior
    bounded: Floats = prior * (1.0 - least) / (1.0 - prior[1])
    bounded[1] = least
    return bounded


def _share(counts: Floats) -> Floats:
    shares: Floats = counts / counts.sum()
    return shares


def _weights(before: Weights, table: _Table, *, run: str) -> Weights:
    names = [(field, row) for field in FIELDS for row in rows_of(field)]
    rows = before.rows | {
        name: replace(before.rows[name], person=float(share)) for name, share in zip(names, table.shares, strict=True)
    }
    present, relative, absent = (float(share) for share in table.prior)
    kinds = {kind: float(share) for kind, share in zip(KINDS, table.kinds, strict=True)}
    return replace(before, run=run, present=present, relative=relative, absent=absent, kinds=kinds, rows=rows)
