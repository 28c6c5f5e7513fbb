//! Maximum likelihood on the logarithms of positive parameters: BFGS, then Newton steps.

#![expect(clippy::indexing_slicing, reason = "indices run over 0..N of arrays of N")]

/// A vector of N numbers, and a matrix of its rows.
pub(crate) type Vector<const N: usize> = [f64; N];
/// N rows of N numbers.
pub(crate) type Matrix<const N: usize> = [[f64; N]; N];

/// Beyond this distance from the scale of the data a parameter is held back: e¹² is about 160 000.
pub(crate) const WALL: f64 = 12.0;
const STIFFNESS: f64 = 1e-3;

/// Where a search ended.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Optimum<const N: usize> {
    /// The logarithms of the parameters.
    pub(crate) at: Vector<N>,
    /// The mean negative log-likelihood there, with what the wall adds.
    pub(crate) value: f64,
    pub(crate) gradient: Vector<N>,
    pub(crate) evaluations: u32,
}

fn dot<const N: usize>(a: &Vector<N>, b: &Vector<N>) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn largest<const N: usize>(a: &Vector<N>) -> f64 {
    a.iter().fold(0.0, |most, value| most.max(value.abs()))
}

/// Minimises a mean negative log-likelihood given with its gradient. `center` is the scale of the
/// data on the log scale; a soft wall stands at [`WALL`] around it, so that a minimum exists.
pub(crate) fn minimise<const N: usize>(
    mut objective: impl FnMut(&Vector<N>) -> (f64, Vector<N>),
    center: &Vector<N>,
    start: &Vector<N>,
) -> Optimum<N> {
    let mut evaluations = 0;
    let mut evaluate = |at: &Vector<N>| {
        evaluations += 1;
        let (mut value, mut gradient) = objective(at);
        for i in 0..N {
            let beyond = (at[i] - center[i]).abs() - WALL;
            if beyond > 0.0 {
                value += STIFFNESS * beyond * beyond;
                gradient[i] += 2.0 * STIFFNESS * beyond * (at[i] - center[i]).signum();
            }
        }
        (value, gradient)
    };
    let mut at = *start;
    let (mut value, mut gradient) = evaluate(&at);
    let mut inverse = identity::<N>(1.0);
    let mut fresh = true;
    for _ in 0..200 {
        if largest(&gradient) < 1e-10 {
            break;
        }
        let mut direction = apply(&inverse, &gradient).map(|d| -d);
        if dot(&direction, &gradient) >= 0.0 {
            inverse = identity(1.0);
            fresh = true;
            direction = gradient.map(|g| -g);
        }
        // No step changes a parameter by more than a factor of e².
        let longest = largest(&direction);
        if longest > 2.0 {
            direction = direction.map(|d| d * 2.0 / longest);
        }
        let slope = dot(&direction, &gradient);
        // What is to be gained is below the rounding of the value.
        if slope.abs() < 1e-14 * (1.0 + value.abs()) && !fresh {
            break;
        }
        let mut length = 1.0;
        let mut found = None;
        for _ in 0..25 {
            let next: Vector<N> = std::array::from_fn(|i| at[i] + length * direction[i]);
            let (next_value, next_gradient) = evaluate(&next);
            if next_value.is_finite() && next_value <= value + 1e-4 * length * slope {
                found = Some((next, next_value, next_gradient));
                break;
            }
            // The minimum of the parabola through what is known, within bounds.
            let rise = next_value - value - length * slope;
            let parabola = -0.5 * slope * length * length / rise;
            length = if parabola.is_finite() {
                parabola.clamp(0.1 * length, 0.5 * length)
            } else {
                0.2 * length
            };
        }
        let Some((next, next_value, next_gradient)) = found else {
            if fresh {
                break;
            }
            inverse = identity(1.0);
            fresh = true;
            continue;
        };
        let step: Vector<N> = std::array::from_fn(|i| next[i] - at[i]);
        let change: Vector<N> = std::array::from_fn(|i| next_gradient[i] - gradient[i]);
        let curvature = dot(&step, &change);
        if curvature > 1e-12 * dot(&step, &step).sqrt() * dot(&change, &change).sqrt() {
            if fresh {
                inverse = identity(curvature / dot(&change, &change));
            }
            inverse = update(&inverse, &step, &change, curvature);
            fresh = false;
        }
        (at, value, gradient) = (next, next_value, next_gradient);
    }
    Optimum { at, value, gradient, evaluations }
}

/// The Hessian of a function by central differences of its gradient, made symmetric.
pub(crate) fn hessian<const N: usize>(
    mut gradient: impl FnMut(&Vector<N>) -> Vector<N>,
    at: &Vector<N>,
) -> Matrix<N> {
    const STEP: f64 = 3e-5;
    let rows: Matrix<N> = std::array::from_fn(|i| {
        let (mut low, mut high) = (*at, *at);
        low[i] -= STEP;
        high[i] += STEP;
        let (low, high) = (gradient(&low), gradient(&high));
        std::array::from_fn(|j| (high[j] - low[j]) / (2.0 * STEP))
    });
    std::array::from_fn(|i| std::array::from_fn(|j| 0.5 * (rows[i][j] + rows[j][i])))
}

/// The inverse of a positive definite matrix by the decomposition of Cholesky; none if it is not.
pub(crate) fn inverse<const N: usize>(matrix: &Matrix<N>) -> Option<Matrix<N>> {
    let mut lower = [[0.0; N]; N];
    for i in 0..N {
        for j in 0..=i {
            let rest = matrix[i][j] - (0..j).map(|k| lower[i][k] * lower[j][k]).sum::<f64>();
            if i == j {
                // Below this share of the diagonal only rounding is left.
                if rest.is_nan() || rest <= 1e-11 * matrix[i][i].abs() || rest <= 0.0 {
                    return None;
                }
                lower[i][i] = rest.sqrt();
            } else {
                lower[i][j] = rest / lower[j][j];
            }
        }
    }
    // Column by column; the inverse is symmetric, so that columns are rows.
    Some(std::array::from_fn(|column| {
        let mut solved = [0.0; N];
        for i in 0..N {
            let unit = if i == column { 1.0 } else { 0.0 };
            solved[i] = (unit - (0..i).map(|k| lower[i][k] * solved[k]).sum::<f64>()) / lower[i][i];
        }
        for i in (0..N).rev() {
            let rest = solved[i] - (i + 1..N).map(|k| lower[k][i] * solved[k]).sum::<f64>();
            solved[i] = rest / lower[i][i];
        }
        solved
    }))
}

/// A matrix times a vector.
pub(crate) fn apply<const N: usize>(matrix: &Matrix<N>, vector: &Vector<N>) -> Vector<N> {
    std::array::from_fn(|i| dot(&matrix[i], vector))
}

fn identity<const N: usize>(scale: f64) -> Matrix<N> {
    std::array::from_fn(|i| std::array::from_fn(|j| if i == j { scale } else { 0.0 }))
}

/// The update of Broyden, Fletcher, Goldfarb and Shanno (Nocedal and Wright, *Numerical Optimization*,
/// 2006, equation 6.17).
fn update<const N: usize>(
    inverse: &Matrix<N>,
    step: &Vector<N>,
    change: &Vector<N>,
    curvature: f64,
) -> Matrix<N> {
    let moved = apply(inverse, change);
    let weight = (1.0 + dot(change, &moved) / curvature) / curvature;
    std::array::from_fn(|i| {
        std::array::from_fn(|j| {
            let mixed = (moved[i] * step[j] + step[i] * moved[j]) / curvature;
            inverse[i][j] + weight * step[i] * step[j] - mixed
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minimum_of_a_crooked_valley_is_found() {
        let valley = |v: &Vector<2>| {
            let (x, y) = (v[0], v[1]);
            let rest = y - x * x;
            let value = (1.0 - x).powi(2) + 100.0 * rest * rest;
            (value, [-2.0 * (1.0 - x) - 400.0 * x * rest, 200.0 * rest])
        };
        let found = minimise(valley, &[0.0; 2], &[-1.2, 1.0]);
        assert!((found.at[0] - 1.0).abs() < 1e-9 && (found.at[1] - 1.0).abs() < 1e-9, "{found:?}");
    }

    #[test]
    fn inverse_is_one() {
        let matrix = [[4.0, 1.0, 0.5], [1.0, 3.0, -0.2], [0.5, -0.2, 2.0]];
        let inverse = inverse(&matrix).unwrap();
        for (i, column) in inverse.iter().enumerate() {
            for (j, value) in apply(&matrix, column).into_iter().enumerate() {
                assert!((value - if i == j { 1.0 } else { 0.0 }).abs() < 1e-15);
            }
        }
        assert!(super::inverse(&[[1.0, 2.0], [2.0, 1.0]]).is_none());
    }
}
