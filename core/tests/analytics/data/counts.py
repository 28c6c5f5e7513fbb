"""Writes counts.csv: expected purchases, and the probability to stay, after many events, with 30 digits by mpmath 1.4.

    python3 counts.py > counts.csv

N events come, negative binomial with shape r and mean r odds; M = (N + phase) // k of them are purchases, each the
last one with a probability p of the beta distribution (a, b). `expected` is E[(1 - q^M) / p] with q = 1 - p and
`stays` is E[q^M]. E[q^M] for a given p is a sum over the k-th roots of unity, which the library does not use:
q^(n // k) is a sum of powers of w times these roots, where w^k = q.
"""
import itertools

from mpmath import mp, mpf, beta, exp, expjpi, hyp2f1, log, nstr

mp.dps = 90


def stayed(r, odds, k, phase, q):
    w = exp(log(q) / k)
    total = mpf(0)
    for index in range(k // 2 + 1):
        root = w * expjpi(mpf(2 * index) / k)
        share = (1 - 1 / q) / (1 - 1 / root) / k if index or q != 1 else mpf(1)
        term = share * root**phase * (1 + odds * (1 - root)) ** -r
        # The others are the conjugates of these.
        total += term.real * (1 if index in (0, mpf(k) / 2) else 2)
    return total


def over_p(a, b, f, step):
    """The mean of f(p, q) by the trapezoidal rule over the log-odds of p."""
    def value(index):
        # 1 - q has to keep its digits.
        with mp.workdps(90 + abs(int(step * index))):
            p, q = 1 / (1 + exp(-step * index)), 1 / (1 + exp(step * index))
            return p**a * q**b * f(p, q)

    index = int(log(a / b) / step)
    total = largest = value(index)
    for direction in (1, -1):
        place = index
        while True:
            place += direction
            term = value(place)
            total, largest = total + term, max(largest, term)
            if term < largest * mpf(10) ** -36:
                break
    return total * step / beta(a, b)


def row(r, a, b, odds, k, phase):
    cells = ",".join([*(repr(float(cell)) for cell in (r, a, b, odds)), str(k), str(phase)])
    r, a, b, odds = map(mpf, (r, a, b, odds))
    step = mpf(1) / 12
    expected = over_p(a, b, lambda p, q: (1 - stayed(r, odds, k, phase, q)) / p, step)
    print(f"expected,{cells},{nstr(expected, 30)}", flush=True)
    stays = hyp2f1(r, a, a + b, -odds) if k == 1 and r < 2000 else over_p(a, b, lambda p, q: stayed(r, odds, k, phase, q), step)
    if stays > mpf(10) ** -290:
        print(f"stays,{cells},{nstr(stays, 30)}", flush=True)


print("function,r,a,b,odds,k,phase,value")
beta_parameters = [(0.8, 2.4), (1.0, 1.0), (3.0, 50.0), (0.2, 0.3)]
events = [(1e-6, 600.0), (0.01, 1e6), (0.3, 1e3), (2.5, 1e5), (1.2, 1e20), (12.0, 800.0), (40.5, 1e4), (1000.5, 30.0), (3e6, 0.01)]
for k, phase, (r, odds), (a, b) in itertools.product([1, 2, 7], [0, 1, 6], events, beta_parameters):
    if phase < k and (phase == 0 or r > phase):
        row(r, a, b, odds, k, phase)
for (k, phase), (r, odds) in itertools.product([(30, 0), (100, 2), (100, 0)], [(0.01, 1e6), (2.5, 1e4), (12.0, 800.0), (900.5, 20.0)]):
    if phase == 0 or r > phase:
        row(r, 0.8, 2.4, odds, k, phase)
# Few events, where it is a sum.
for k, (r, odds), (a, b) in itertools.product([2, 7], [(0.3, 1.5), (20.0, 7.0)], beta_parameters):
    row(r, a, b, odds, k, 1 if r > 1 else 0)
