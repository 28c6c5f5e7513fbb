"""Writes pareto_nbd.csv: log-likelihood and P(alive) of single customers, with 40 digits by mpmath 1.4.

    python3 pareto_nbd.py > pareto_nbd.csv

The hypergeometric form of Fader and Hardie (2005), equations 13 to 15 of their note.
"""
import itertools

from mpmath import mp, mpf, hyp2f1, loggamma, log, nstr

mp.dps = 200


def term(r, alpha, s, beta, x, t):
    n = r + s + x
    if alpha >= beta:
        return hyp2f1(n, s + 1, n + 1, (alpha - beta) / (alpha + t)) / (alpha + t) ** n
    return hyp2f1(n, r + x, n + 1, (beta - alpha) / (beta + t)) / (beta + t) ** n


print("r,alpha,s,beta,x,t_x,T,log_likelihood,p_alive")
parameters = [(0.55, 10.6, 0.6, 11.7), (0.55, 10.6, 1.0, 0.02), (2.0, 0.1, 0.05, 40.0), (5.0, 5.0, 3.0, 5.0)]
for p, (x, recency) in itertools.product(parameters, [(0, 0.0), (1, 1.75), (7, 38.5), (200, 38.0), (3000, 39.5), (3000, 40.0)]):
    r, alpha, s, beta = map(mpf, p)
    t, age = mpf(recency), mpf(40)
    first = (alpha + age) ** -(r + x) * (beta + age) ** -s
    rest = s / (r + s + x) * (term(r, alpha, s, beta, x, t) - term(r, alpha, s, beta, x, age))
    ln = loggamma(r + x) - loggamma(r) + r * log(alpha) + s * log(beta) + log(first + rest)
    print(",".join([*map(repr, p), str(x), repr(recency), "40.0", nstr(ln, 40), nstr(first / (first + rest), 40)]))
