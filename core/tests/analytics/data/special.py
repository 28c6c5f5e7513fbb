"""Writes special.csv: values of special functions, computed with 60 digits by mpmath 1.4.

    python3 special.py > special.csv

The inputs are taken as the exact values of the double precision numbers that stand in the file.
"""
import itertools
import random

from mpmath import mp, mpf, beta, betainc, gammainc, hyp2f1, loggamma, log, nstr, psi, quad

mp.dps = 60


def row(name, a, b, c, z, value):
    cells = ["" if cell is None else repr(float(cell)) for cell in (a, b, c, z)]
    print(",".join([name, *cells, nstr(value, 50)]))


def count(r, a, b, z):
    """(a+b-1)/(a-1) (1 - (1-z)^r 2F1(r, b; a+b-1; z)), with its limits by a shift at 200 digits."""
    digits, mp.dps = mp.dps, 250
    try:
        r, a, b, z = mpf(r), mpf(a), mpf(b), mpf(z)
        shift = mpf(10) ** -100
        if a == 1 or a + b == 1:
            a = a + shift
        return (a + b - 1) / (a - 1) * (1 - (1 - z) ** r * hyp2f1(r, b, a + b - 1, z, maxterms=10**7))
    finally:
        mp.dps = digits


print("function,a,b,c,z,value")
random.seed(20050501)
points = [1e-8, 1e-3, 0.1, 0.25, 0.4999, 0.5, 0.75, 0.999999, 1.0000001, 1.25, 1.4, 1.5, 1.75, 1.9999,
          2.0001, 2.25, 2.5, 2.75, 3.0, 4.5, 7.2, 11.99, 12.0, 12.5, 33.3, 200.25, 3000.8, 1e6, 1e9]
for x in points:
    row("ln_gamma", x, None, None, None, loggamma(mpf(x)))
    row("digamma", x, None, None, None, psi(0, mpf(x)))
    row("trigamma", x, None, None, None, psi(1, mpf(x)))
for a, b in itertools.product([1e-3, 0.3, 0.8, 2.5, 14.0, 250.0, 3000.8, 1e6], repeat=2):
    row("ln_beta", a, b, None, None, log(beta(mpf(a), mpf(b))))
    row("ln_gamma_ratio", a, b, None, None, loggamma(mpf(a) + mpf(b)) - loggamma(mpf(a)))

# As Pareto/NBD has it: 2F1(r+s+x, s+1; r+s+x+1; z), and with s and r+x.
for x, s, z in itertools.product([0, 1, 7, 40, 200, 1000, 3000], [0.05, 0.6, 0.999999, 1.0, 2.5],
                                 [1e-6, 0.1, 0.5, 0.9, 0.99, 0.999, 0.99999]):
    r = 0.55
    a, b, c = r + s + x, s + 1, r + s + x + 1
    row("ln_hypergeometric", a, b, c, z, log(hyp2f1(mpf(a), mpf(b), mpf(c), mpf(z))))
# As BG/NBD has it: 2F1(r+x, b+x; a+b+x-1; z).
for x, a, z in itertools.product([1, 7, 40, 200, 1000, 3000], [0.2, 0.8, 1.0, 1.000001, 3.0],
                                 [0.01, 0.3, 0.7, 0.9, 0.99]):
    r, b = 0.25, 2.5
    abc = (r + x, b + x, a + b + x - 1)
    row("ln_hypergeometric", *abc, z, log(hyp2f1(*map(mpf, abc), mpf(z))))
for x, (a, b), z in itertools.product([0, 1, 7, 200, 3000],
                                      [(0.8, 2.5), (1.0, 2.5), (1.0000001, 0.7), (0.3, 0.4), (0.5, 0.5), (4.0, 20.0)],
                                      [1e-5, 0.1, 0.5, 0.9, 0.99]):
    r = 0.25
    row("beta_geometric_count", r + x, a, b + x, z, count(r + x, a, b + x, z))
for (a, b), z in itertools.product([(0.8, 2.5), (1.0, 2.5), (0.3, 0.4), (4.0, 20.0)], [0.9995, 0.99999]):
    for x in (0, 12):
        row("beta_geometric_count", 0.25 + x, a, b + x, z, count(0.25 + x, a, b + x, z))
for n, r, z in itertools.product([1, 2, 10, 100, 1000], [0.1, 0.9, 5.5, 300.0], [0.01, 0.3, 0.8, 0.99]):
    value = betainc(n, mpf(r), 0, mpf(z), regularized=True)
    if value > mpf(10) ** -290:
        row("negative_binomial_tail", n, r, None, z, value)
mp.dps = 100
for x, d in itertools.product([1e-8, 1e-3, 0.25, 1.4, 2.5, 11.99, 33.3, 3000.8, 1e6, 1e12], [1e-3, 0.7, 1, 7, 200, 3000]):
    row("digamma_rise", x, d, None, None, psi(0, mpf(x) + mpf(d)) - psi(0, mpf(x)))
    row("trigamma_fall", x, d, None, None, psi(1, mpf(x)) - psi(1, mpf(x) + mpf(d)))
