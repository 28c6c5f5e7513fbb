//! The minimum of a smooth function of some dimensions: damped Newton steps with exact second derivatives.

#![expect(clippy::indexing_slicing, reason = "indices run over the dimension of square matrices")]

/// Beyond this distance from the scale of the data a parameter is held back: e¹² is about 160 000.
pub(crate) const WALL: f64 = 12.0;
const STIFFNESS: f64 = 1e-3;
/// No step changes a logarithm by more than this.
const LONGEST: f64 = 2.0;
const MOST_STEPS: u32 = 200;
/// A search that will not beat another ends after so many steps, when not even so many times what the next step
/// promises would do.
const FEWEST_STEPS: u32 = 8;
const HOPE: f64 = 50.0;
/// Steps below the rounding of the value, which make the gradient smaller only.
const MOST_POLISHING: u32 = 3;

/// Rows of a square matrix.
pub(crate) type Matrix = Vec<Vec<f64>>;

/// A function at a point, with its first and second derivatives.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Surface {
    pub(crate) value: f64,
    pub(crate) gradient: Vec<f64>,
    pub(crate) hessian: Matrix,
}

/// Where a search ended.
#[derive(Debug, Clone)]
pub(crate) struct Optimum {
    pub(crate) at: Vec<f64>,
    /// The function there, with what the wall adds.
    pub(crate) surface: Surface,
    /// What the wall adds to the value.
    pub(crate) held: f64,
    pub(crate) evaluations: u32,
}

impl Optimum {
    /// The function without what the wall adds.
    pub(crate) fn value(&self) -> f64 {
        self.surface.value - self.held
    }

    /// The lower of two, this one if they are equal, with the evaluations of both. What is not finite is not lower.
    pub(crate) fn better(self, other: Self) -> Self {
        let evaluations = self.evaluations + other.evaluations;
        let [own, value] = [self.value(), other.value()];
        let lower = value.is_finite() && (value < own || !own.is_finite());
        Self { evaluations, ..if lower { other } else { self } }
    }
}

pub(crate) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

pub(crate) fn largest(a: &[f64]) -> f64 {
    a.iter().fold(0.0, |most, value| most.max(value.abs()))
}

/// A matrix times a vector.
pub(crate) fn apply(matrix: &[Vec<f64>], vector: &[f64]) -> Vec<f64> {
    matrix.iter().map(|row| dot(row, vector)).collect()
}

/// Minimises a mean negative log-likelihood. `center` is the scale of the data on the scale of the search; a
/// soft wall stands at [`WALL`] around it, so that a minimum exists. The search ends early where it does not seem to
/// come below the value `beat`.
///
/// Where the surface is no bowl, or a step does not lower it as much as its second derivatives say,
/// multiples of the identity are added to them (Nocedal and Wright, *Numerical Optimization*, 2006, section
/// 3.4, and the ratio of section 4.1).
pub(crate) fn minimise(
    mut function: impl FnMut(&[f64]) -> Surface,
    center: &[f64],
    start: &[f64],
    beat: f64,
) -> Optimum {
    let mut evaluations = 0;
    // The function with the wall, and what that adds to its value.
    let mut evaluate = |at: &[f64]| {
        evaluations += 1;
        let mut surface = function(at);
        let mut held = 0.0;
        for (i, (at, center)) in at.iter().zip(center).enumerate() {
            let beyond = (at - center).abs() - WALL;
            if beyond > 0.0 {
                held += STIFFNESS * beyond * beyond;
                surface.gradient[i] += 2.0 * STIFFNESS * beyond * (at - center).signum();
                surface.hessian[i][i] += 2.0 * STIFFNESS;
            }
        }
        surface.value += held;
        (surface, held)
    };
    let mut at = start.to_vec();
    let (mut here, mut held) = evaluate(&at);
    let (mut damping, mut polished) = (0.0, 0);
    for steps in 0..MOST_STEPS {
        if largest(&here.gradient) < 1e-12 || !here.value.is_finite() {
            break;
        }
        let Some(mut step) = step(&here, &mut damping) else { break };
        let longest = largest(&step);
        if longest > LONGEST {
            step.iter_mut().for_each(|step| *step *= LONGEST / longest);
        }
        let bent = apply(&here.hessian, &step);
        let promised = -dot(&here.gradient, &step) - 0.5 * dot(&step, &bent);
        if steps > FEWEST_STEPS && here.value - HOPE * promised > beat {
            break;
        }
        let next_at: Vec<f64> = at.iter().zip(&step).map(|(at, step)| at + step).collect();
        let (next, next_held) = evaluate(&next_at);
        let gained = here.value - next.value;
        // What is to be gained is below the rounding of the value: the gradient decides.
        if promised.abs() <= 1e-13 * (1.0 + here.value.abs()) {
            if polished < MOST_POLISHING && largest(&next.gradient) < largest(&here.gradient) {
                (at, here, held) = (next_at, next, next_held);
                polished += 1;
                continue;
            }
            break;
        }
        let ratio = gained / promised;
        if ratio > 1e-4 && gained > 0.0 && gained.is_finite() && largest(&next.gradient).is_finite()
        {
            (at, here, held) = (next_at, next, next_held);
            if ratio > 0.7 {
                damping = if damping < 1e-7 { 0.0 } else { damping / 8.0 };
            }
        } else {
            damping = if damping == 0.0 { 1e-3 } else { damping * 6.0 };
            if damping > 1e12 {
                break;
            }
        }
    }
    Optimum { at, surface: here, held, evaluations }
}

/// The step to the minimum of the damped parabola; none where numbers are not finite.
fn step(here: &Surface, damping: &mut f64) -> Option<Vec<f64>> {
    loop {
        let mut hessian = here.hessian.clone();
        for (i, row) in hessian.iter_mut().enumerate() {
            row[i] += *damping;
        }
        if let Some(lower) = cholesky(&hessian) {
            let mut step = solve(&lower, &here.gradient);
            step.iter_mut().for_each(|step| *step = -*step);
            return Some(step);
        }
        *damping = if *damping == 0.0 { 1e-4 } else { *damping * 4.0 };
        if *damping > 1e12 {
            return None;
        }
    }
}

/// The lower triangle L of a positive definite matrix L Lᵀ; none if it is not.
fn cholesky(matrix: &[Vec<f64>]) -> Option<Matrix> {
    let mut lower: Matrix = Vec::with_capacity(matrix.len());
    for i in 0..matrix.len() {
        let mut row = vec![0.0; matrix.len()];
        for j in 0..i {
            row[j] = (matrix[i][j] - dot(&row[..j], &lower[j][..j])) / lower[j][j];
        }
        let rest = matrix[i][i] - dot(&row[..i], &row[..i]);
        // Below this share of the diagonal only rounding is left.
        if rest.is_nan() || rest <= 1e-11 * matrix[i][i].abs() || rest == f64::INFINITY {
            return None;
        }
        row[i] = rest.sqrt();
        lower.push(row);
    }
    Some(lower)
}

fn solve(lower: &[Vec<f64>], right: &[f64]) -> Vec<f64> {
    let size = lower.len();
    let mut solved = right.to_vec();
    for i in 0..size {
        solved[i] = (solved[i] - dot(&lower[i][..i], &solved[..i])) / lower[i][i];
    }
    for i in (0..size).rev() {
        let rest: f64 = (i + 1..size).map(|k| lower[k][i] * solved[k]).sum();
        solved[i] = (solved[i] - rest) / lower[i][i];
    }
    solved
}

/// The inverse of a positive definite matrix by the decomposition of Cholesky; none if it is not.
pub(crate) fn inverse(matrix: &[Vec<f64>]) -> Option<Matrix> {
    let lower = cholesky(matrix)?;
    // Column by column; the inverse is symmetric, so that columns are rows.
    let column = |index| {
        let unit: Vec<f64> =
            (0..matrix.len()).map(|i| if i == index { 1.0 } else { 0.0 }).collect();
        solve(&lower, &unit)
    };
    Some((0..matrix.len()).map(column).collect())
}

/// Second derivatives by central differences of the gradient, made symmetric.
pub(crate) fn hessian(mut gradient: impl FnMut(&[f64]) -> Vec<f64>, at: &[f64]) -> Matrix {
    const STEP: f64 = 3e-5;
    let rows: Matrix = (0..at.len())
        .map(|i| {
            let (mut low, mut high) = (at.to_vec(), at.to_vec());
            low[i] -= STEP;
            high[i] += STEP;
            let (low, high) = (gradient(&low), gradient(&high));
            high.iter().zip(low).map(|(high, low)| (high - low) / (2.0 * STEP)).collect()
        })
        .collect();
    let size = 0..at.len();
    size.clone().map(|i| size.clone().map(|j| 0.5 * (rows[i][j] + rows[j][i])).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn valley(v: &[f64]) -> Surface {
        let (x, y) = (v[0], v[1]);
        let rest = y - x * x;
        Surface {
            value: (1.0 - x).powi(2) + 100.0 * rest * rest,
            gradient: vec![-2.0 * (1.0 - x) - 400.0 * x * rest, 200.0 * rest],
            hessian: vec![
                vec![2.0 - 400.0 * rest + 800.0 * x * x, -400.0 * x],
                vec![-400.0 * x, 200.0],
            ],
        }
    }

    #[test]
    fn minimum_of_a_crooked_valley_is_found() {
        let found = minimise(valley, &[0.0; 2], &[-1.2, 1.0], f64::INFINITY);
        assert!((found.at[0] - 1.0).abs() < 1e-9 && (found.at[1] - 1.0).abs() < 1e-9, "{found:?}");
        let numeric = hessian(|at| valley(at).gradient, &[0.3, -0.2]);
        for (numeric, exact) in numeric.iter().zip(valley(&[0.3, -0.2]).hessian) {
            assert!(numeric.iter().zip(exact).all(|(a, b)| (a - b).abs() < 1e-5 * (1.0 + b.abs())));
        }
    }

    #[test]
    fn inverse_is_one() {
        let matrix = [vec![4.0, 1.0, 0.5], vec![1.0, 3.0, -0.2], vec![0.5, -0.2, 2.0]];
        for (i, column) in inverse(&matrix).unwrap().iter().enumerate() {
            for (j, value) in apply(&matrix, column).into_iter().enumerate() {
                assert!((value - if i == j { 1.0 } else { 0.0 }).abs() < 1e-15);
            }
        }
        assert!(inverse(&[vec![1.0, 2.0], vec![2.0, 1.0]]).is_none());
    }
}
