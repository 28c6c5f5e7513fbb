//! Where a search with covariates begins.

use crate::analytics::customers::Customers;
use crate::analytics::model::Estimable;
use crate::analytics::search::Starts;
use crate::analytics::special::ln;

/// A coefficient of a standardised covariate with which dropout is all but decided.
const FAR: f64 = 4.0;
/// One with which it is.
const FARTHEST: f64 = 8.0;
/// Coefficients of two covariates are moved together where there are not more of them.
const MOST_PAIRED: usize = 4;

/// The fit without covariates, and from there dropout that depends on one of so many covariates; far from it the
/// starts without covariates, and corners of the coefficients of dropout from the first far one of them.
pub(super) fn starts<M: Estimable>(pooled: &Customers, base: [f64; 4], names: usize) -> Starts {
    let parts = M::DROPOUT.len();
    let without = M::starts(pooled).1;
    let with = |base: &[f64], corner: &[(usize, f64)]| {
        let mut start = base.to_vec();
        start.resize(4 + names * (1 + parts), 0.0);
        for (place, value) in corner {
            start.iter_mut().skip(*place).take(1).for_each(|slot| *slot = *value);
        }
        start
    };
    let base = base.map(ln);
    let of = |name: usize| (0..parts).map(|part| 4 + (1 + part) * names + name).collect::<Vec<_>>();
    // Dropout that a covariate almost decides is a hill of its own.
    let alone = (0..names).flat_map(|name| corners(&of(name), FAR));
    let usual = std::iter::once(Vec::new()).chain(alone).map(|corner| with(&base, &corner));
    let mut starts = Starts { usual: usual.collect(), ..Starts::default() };
    for start in without.usual.iter().chain(&without.far) {
        starts.far.push(with(start, &[]));
        starts.hops.push(start.iter().copied().enumerate().collect());
    }
    for place in (0..names).flat_map(of) {
        starts.hops.push(vec![(place, 0.0)]);
    }
    for corner in together(names, of).iter().flat_map(|places| corners(places, FARTHEST)) {
        for base in without.far.iter().take(1) {
            starts.far.push(with(base, &corner));
        }
        starts.hops.push(corner);
    }
    starts
}

/// The places of each coefficient of dropout, of those of each covariate, and of each two.
fn together(names: usize, of: impl Fn(usize) -> Vec<usize>) -> Vec<Vec<usize>> {
    let mut all: Vec<Vec<usize>> = Vec::new();
    for first in 0..names {
        let places = of(first);
        all.extend(places.iter().map(|place| vec![*place]));
        if names <= MOST_PAIRED {
            all.extend((first + 1..names).map(|second| [of(first), of(second)].concat()));
        }
        if places.len() > 1 {
            all.push(places);
        }
    }
    all
}

/// Each of these places at this value or its negative.
fn corners(places: &[usize], value: f64) -> Vec<Vec<(usize, f64)>> {
    let signed = |signs: usize| {
        let value = |index: usize| if signs >> index & 1 == 0 { value } else { -value };
        places.iter().enumerate().map(|(index, place)| (*place, value(index))).collect()
    };
    (0..1 << places.len()).map(signed).collect()
}
