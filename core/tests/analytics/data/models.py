"""Writes models.csv: what the models say about single customers, with 30 digits by mpmath 1.4.

    python3 models.py > models.csv

The forms are those of the papers, where possible others than those of the library: hypergeometric functions of
negative arguments, the confluent function of the second kind, and integrals over the time of leaving, at
working precisions at which their cancellations do not matter. Columns from `alive_later` on are about the time t after T: P(alive at T + t),
expected purchases, P(no purchase), P(2 purchases), and all future purchases discounted at the continuous rate 0.01.
"""
import itertools

from mpmath import mp, mpf, beta as B, binomial, exp, gamma, hyp2f1, hyperu, inf, log, loggamma, nstr, quad, rf

mp.dps = 60
SHIFT = mpf(10) ** -25


def negative_binomial(n, r, z):
    return exp(loggamma(r + n) - loggamma(r) - loggamma(n + 1) + n * log(z) + r * log(1 - z))


def beta_geometric(before, r, alpha, a, b, x, t_x, T, t):
    n = x + before
    ln_stay = loggamma(r + x) - loggamma(r) + r * log(alpha) + log(B(a, b + n)) - log(B(a, b)) - (r + x) * log(alpha + T)
    gone = a / (b + n - 1) * ((alpha + T) / (alpha + t_x)) ** (r + x) if n else mpf(0)
    alive = 1 / (1 + gone)
    r, alpha, b = r + x, alpha + T, b + n
    z = t / (alpha + t)
    stays = hyp2f1(r, a, a + b, -t / alpha)
    # At a = 1 a nearby a: the expectation is smooth there, and 120 digits stand the cancellation.
    mp.dps = 160
    near = a + SHIFT if a == 1 or a + b == 1 else a
    expected = (near + b - 1) / (near - 1) * (1 - (1 - z) ** r * hyp2f1(r, b, near + b - 1, z, maxterms=10**6))
    mp.dps = 60

    def pmf(m):
        p = B(a, b + m) / B(a, b) * negative_binomial(m, r, z)
        if m:
            p += B(a + 1, b + m - 1) / B(a, b) * (1 - sum(negative_binomial(j, r, z) for j in range(m)))
        return p

    rate = lambda s: exp(-s / 100) * r / alpha * hyp2f1(r + 1, a, a + b, -s / alpha)
    forever = quad(rate, [0, 1, 10, 100, 1000, 10000]) if x < 100 else None
    return ln_stay + log(1 + gone), alive, alive * stays, alive * expected, alive * pmf(0) + 1 - alive, alive * pmf(2), forever and alive * forever


def pareto(r, alpha, s, beta, x, t_x, T, t):
    mp.dps = 200

    def term(y):
        n = r + s + x
        if alpha >= beta:
            return hyp2f1(n, s + 1, n + 1, (alpha - beta) / (alpha + y)) / (alpha + y) ** n
        return hyp2f1(n, r + x, n + 1, (beta - alpha) / (beta + y)) / (beta + y) ** n

    first = (alpha + T) ** -(r + x) * (beta + T) ** -s
    rest = s / (r + s + x) * (term(t_x) - term(T))
    ln = loggamma(r + x) - loggamma(r) + r * log(alpha) + s * log(beta) + log(first + rest)
    alive = first / (first + rest)
    R, A, S, Z = r + x, alpha + T, s, beta + T
    near = S + SHIFT if S == 1 else S
    expected = R / A * Z / (near - 1) * (1 - (Z / (Z + t)) ** (near - 1))
    mp.dps = 60
    stays = (Z / (Z + t)) ** S
    peak = A * 2 / R

    def pmf(m):
        dying = lambda y: S / Z * (Z / (Z + y)) ** (S + 1) * negative_binomial(m, R, y / (A + y)) if y else mpf(0)
        points = sorted({mpf(0), *[p for k in range(-3, 7) if (p := peak * 2**k) < t], t})
        return negative_binomial(m, R, t / (A + t)) * stays + quad(dying, points)

    delta = mpf(1) / 100
    forever = R / A * Z**S * delta ** (S - 1) * hyperu(S, S, delta * Z)
    return ln, alive, alive * stays, alive * expected, alive * pmf(0) + 1 - alive, alive * pmf(2), alive * forever


customers = [(0, 0.0, 0.0), (0, 0.0, 40.0), (1, 1.75, 40.0), (7, 38.5, 40.0), (40, 39.0, 39.0), (200, 38.0, 40.0), (3000, 39.75, 40.0)]
beta_parameters = [(0.2426, 4.4135, 0.7929, 2.4258), (1.5, 10.0, 1.0, 1.0), (0.5, 2.0, 0.3, 0.4), (5.3, 30.0, 4.1, 20.7), (0.25, 4.0, 1.0000001, 0.7)]
pareto_parameters = [(0.5533, 10.578, 0.606, 11.669), (0.55, 10.6, 1.0, 0.5), (2.0, 0.5, 0.05, 40.0), (5.0, 5.0, 3.0, 5.0), (0.8, 3.0, 1.0000001, 9.0)]
print("model,p1,p2,p3,p4,x,t_x,T,t,log_likelihood,alive,alive_later,expected,none,two,forever")
for name, parameters in [("bg", beta_parameters), ("mbg", beta_parameters), ("pareto", pareto_parameters)]:
    for p, (x, t_x, T), t in itertools.product(parameters, customers, [3.0, 52.0]):
        numbers = [*map(mpf, p), x, mpf(t_x), mpf(T), mpf(t)]
        values = pareto(*numbers) if name == "pareto" else beta_geometric(int(name == "mbg"), *numbers)
        cells = ["" if value is None else nstr(value, 30) for value in values]
        print(",".join([name, *map(repr, p), str(x), repr(t_x), repr(T), repr(t), *cells]), flush=True)
