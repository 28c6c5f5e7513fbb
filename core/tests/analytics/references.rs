//! Every prediction against values of 30 digits.

use goodwill::analytics::{
    BgBb, BgNbd, Customers, Estimable, Horizon, MbgNbd, Opportunities, ParetoNbd,
};

/// The greatest relative error, column by column.
#[derive(Default)]
struct Worst([f64; 7]);

impl Worst {
    fn check(&mut self, column: usize, actual: f64, cell: &str, tolerance: f64, line: &str) {
        let Ok(expected) = cell.parse::<f64>() else { return };
        // Logarithms may be next to 0, where only their absolute error says something.
        let scale = if column == 0 { expected.abs().max(1.0) } else { expected.abs().max(1e-280) };
        let error = (actual - expected).abs() / scale;
        assert!(error <= tolerance, "column {column} of {line}: {actual:e}, {error:e}");
        self.0[column] = self.0[column].max(error);
    }
}

fn check<M: Estimable>(cells: &[&str], line: &str, worst: &mut Worst) {
    let n: Vec<f64> = cells[..8].iter().map(|cell| cell.parse().unwrap()).collect();
    let model = M::of([n[0], n[1], n[2], n[3]]);
    let (x, recency, age, t) = (n[4] as u32, n[5], n[6], n[7]);
    let customers = Customers::from_columns(&[x], &[recency], &[age]).unwrap();
    let mut check = |column: usize, actual: f64, tolerance: f64| {
        worst.check(column, actual, cells[8 + column], tolerance, line);
    };
    check(0, model.log_likelihood(&customers), 1e-11);
    check(1, model.alive(x, recency, age), 1e-10);
    check(2, model.alive_later(x, recency, age, t), 1e-10);
    check(3, model.expected_of(x, recency, age, t), 1e-10);
    check(4, model.pmf_of(0, x, recency, age, t), 1e-10);
    check(5, model.pmf_of(2, x, recency, age, t), 1e-10);
    let horizon = Horizon::endless(0.01_f64.exp_m1()).unwrap();
    let ever = model.discounted_purchases(&[x], &[recency], &[age], &horizon).unwrap();
    check(6, ever[0], 1e-10);
}

#[test]
fn predictions_agree_with_thirty_digits() {
    let mut worst = [Worst::default(), Worst::default(), Worst::default()];
    let mut count = 0;
    for line in include_str!("data/models.csv").lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        match cells[0] {
            "bg" => check::<BgNbd>(&cells[1..], line, &mut worst[0]),
            "mbg" => check::<MbgNbd>(&cells[1..], line, &mut worst[1]),
            _ => check::<ParetoNbd>(&cells[1..], line, &mut worst[2]),
        }
        count += 1;
    }
    worst.iter().for_each(|worst| println!("{:?}", worst.0));
    assert_eq!(count, 210);
}

#[test]
fn discrete_predictions_agree_with_thirty_digits() {
    let mut worst = Worst::default();
    for line in include_str!("data/discrete.csv").lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let n: Vec<f64> = cells[..7].iter().map(|cell| cell.parse().unwrap()).collect();
        let model = BgBb::new(n[0], n[1], n[2], n[3]).unwrap();
        let (x, last, occasions) = (n[4] as u32, n[5] as u32, n[6] as u32);
        let customers = Opportunities::from_columns(&[x], &[last], &[occasions]).unwrap();
        let mut check = |column: usize, actual: f64| {
            worst.check(column, actual, cells[7 + column], 1e-10, line);
        };
        check(0, model.log_likelihood(&customers));
        check(1, model.alive(x, last, occasions));
        check(2, model.expected_of(x, last, occasions, 5));
        check(3, model.pmf_of(0, x, last, occasions, 5));
        check(4, model.pmf_of(2, x, last, occasions, 5));
        check(5, model.discounted_of(x, last, occasions, 0.1));
    }
    println!("{:?}", worst.0);
}
