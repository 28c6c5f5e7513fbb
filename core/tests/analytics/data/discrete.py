"""Writes discrete.csv: what BG/BB says about single customers, with 30 digits by mpmath 1.4.

    python3 discrete.py > discrete.csv

Sums of the paper of Fader, Hardie and Shang (2010) as they are written, at 80 digits. The last columns are about
five further occasions: expected purchases, P(no purchase), P(2 purchases), and all future purchases discounted at 10 %.
"""
import itertools

from mpmath import mp, mpf, beta as B, binomial, inf, log, nstr, nsum

mp.dps = 80


def values(a, b, c, d, x, t_x, n):
    there = B(a + x, b + n - x) / B(a, b) * B(c, d + n) / B(c, d)
    gone = sum(B(a + x, b + m - x) / B(a, b) * B(c + 1, d + m) / B(c, d) for m in range(t_x, n))
    alive = there / (there + gone)
    a, b, d = a + x, b + n - x, d + n
    stays = lambda t: B(c, d + t) / B(c, d)
    expected = a / (a + b) * sum(stays(t) for t in range(1, 6))

    def pmf(m, t):
        p = binomial(t, m) * B(a + m, b + t - m) / B(a, b) * stays(t)
        return p + sum(binomial(i, m) * B(a + m, b + i - m) / B(a, b) * B(c + 1, d + i) / B(c, d) for i in range(m, t))

    forever = a / (a + b) * sum(stays(t) / mpf("1.1") ** t for t in range(1, 2500))
    return log(there + gone), alive, alive * expected, alive * pmf(0, 5) + 1 - alive, alive * pmf(2, 5), alive * forever


print("alpha,beta,gamma,delta,x,t_x,n,log_likelihood,alive,expected,none,two,forever")
parameters = [(1.2035, 0.7497, 0.6567, 2.7834), (0.3, 0.4, 1.0, 0.2), (20.0, 3.0, 1.0, 50.0)]
for p, (x, t_x, n) in itertools.product(parameters, [(0, 0, 0), (0, 0, 6), (1, 2, 6), (6, 6, 6), (40, 50, 52), (900, 1000, 1010)]):
    cells = [nstr(value, 30) for value in values(*map(mpf, p), x, t_x, n)]
    print(",".join([*map(repr, p), str(x), str(t_x), str(n), *cells]))
