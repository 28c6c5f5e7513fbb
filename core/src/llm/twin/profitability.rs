//! What a customer is worth, from sums.

use serde_json::{Value, json};

use super::data::{Data, counted, frequent};

/// The share of the revenue that is left: above 40 % the customer is highly profitable, from −5 % to
/// 5 % it breaks even.
const HIGH: f64 = 0.4;
const EVEN: f64 = 0.05;

pub(super) fn report(data: Data<'_>) -> Value {
    let revenue = data.number("totalRevenue").unwrap_or(0.0);
    let expenses = data.number("totalExpenses").unwrap_or(0.0);
    let profit = data.number("netProfit").unwrap_or(revenue - expenses);
    let jobs = data.list("customer.jobs").len();
    let margin =
        if revenue > 0.0 { profit / revenue } else { profit.signum() * f64::from(profit != 0.0) };
    let (class, recommendation) = match margin {
        m if m > HIGH => (
            "Highly Profitable",
            "Offer a service plan or a referral reward to keep this customer close.",
        ),
        m if m > EVEN => (
            "Moderately Profitable",
            "Offer preventative maintenance together with the next visit to raise revenue per job.",
        ),
        m if m >= -EVEN => {
            ("Break-Even", "Review prices and travel for this customer before the next quote.")
        }
        _ => (
            "Loss-Making",
            "Review the costs of each job and quote the next one so that they are covered.",
        ),
    };
    let summary = format!(
        "{} brought {} of revenue against {} of expenses over {}, a net profit of {}.{}",
        data.customer(),
        data.money(revenue),
        data.money(expenses),
        counted(jobs, "job"),
        data.money(profit),
        trend(data),
    );
    json!({
        "summary": summary,
        "keyObservation": observation(data),
        "recommendation": recommendation,
        "classification": class,
    })
}

/// The newer half of the recent jobs against the older.
fn trend(data: Data<'_>) -> String {
    let jobs = data.list("recentJobs");
    let dated = jobs.iter().filter_map(|job| Some((job.day("date")?, job.number("profit")?)));
    let mut profits: Vec<_> = dated.collect();
    profits.sort_by_key(|(day, _)| *day);
    let (older, newer) = profits.split_at_checked(profits.len() / 2).unwrap_or_default();
    let mean = |half: &[(chrono::NaiveDate, f64)]| {
        half.iter().map(|(_, profit)| profit).sum::<f64>() / half.len().max(1) as f64
    };
    if older.is_empty() {
        return " There are too few recent jobs to tell a trend.".to_owned();
    }
    let (before, after) = (mean(older), mean(newer));
    let word = match after - before {
        change if change.abs() < 0.005 => "steady",
        change if change > 0.0 => "rising",
        _ => "falling",
    };
    format!(
        " Profit per recent job is {word}: {} on average after {} before.",
        data.money(after),
        data.money(before),
    )
}

fn observation(data: Data<'_>) -> String {
    let texts = |list: &str, key: &str| {
        let entries = data.list(list);
        frequent(entries.iter().filter_map(|entry| entry.phrase(key, 6)))
    };
    let methods = texts("recentPayments", "paymentMethod");
    let categories = texts("recentExpenses", "category");
    let payments = data.list("recentPayments").len();
    match (methods.first(), categories.first()) {
        (None, None) => "There are no recent payments or expenses to observe.".to_owned(),
        (Some((method, count)), None) => {
            format!("{count} of the last {} used {method}.", counted(payments, "payment"))
        }
        (None, Some((category, _))) => format!("Recent expenses are mostly {category}."),
        (Some((method, count)), Some((category, _))) => format!(
            "{count} of the last {} used {method}; recent expenses are mostly {category}.",
            counted(payments, "payment")
        ),
    }
}
