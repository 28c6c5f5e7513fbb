//! What customers bring and cost.

use goodwill::prompts::context::ContextSettings;
use goodwill::prompts::library::Prompt;
use goodwill::{Currency, Money};
use proptest::prelude::*;
use serde_json::json;

use super::{built, facts, read, settings};

/// F525: revenue less what went back, and every expense once, also where it was read twice.
#[test]
fn sums_count_everything_once() {
    let facts = facts("ada");
    let settings = settings();
    let figures = facts.checked(&settings).unwrap().financials().unwrap();
    let [usd] = figures.as_slice() else { panic!("one currency: {figures:?}") };
    assert_eq!(usd.revenue.to_string(), "659.50 USD");
    assert_eq!((usd.payments, usd.expenses), (6, 4));
    assert_eq!(usd.costs.to_string(), "107.70 USD");
    assert_eq!(usd.profit.to_string(), "551.80 USD");
    assert_eq!(usd.average_revenue_per_job.unwrap().to_string(), "131.90 USD");
    let input = built(Prompt::ProfitabilityAnalysis, &facts);
    assert_eq!(input["totalRevenue"], json!(659.5));
    let expenses = input["recentExpenses"].as_array().unwrap();
    assert_eq!(
        expenses[3],
        json!({"amount": 12, "currency": "USD", "date": "2025-12-24", "category": "Other"})
    );
    assert_eq!(input["recentPayments"][2]["amount"], json!(-95));
}

/// F535: of seven jobs five are completed; only they count, and only they have a profit.
#[test]
fn only_completed_jobs_count() {
    let facts = facts("ada");
    let input = built(Prompt::ProfitabilityAnalysis, &facts);
    assert_eq!(input["customer"]["jobs"].as_array().unwrap().len(), 5);
    let last = &input["recentJobs"][4];
    assert_eq!(
        *last,
        json!({"description": "Boiler loses pressure", "date": "2025-11-05", "profit": 210})
    );
    let jobs = built(Prompt::FollowupSuggestions, &facts)["jobs"].clone();
    let outcomes: Vec<&str> =
        jobs.as_array().unwrap().iter().map(|job| job["outcome"].as_str().unwrap()).collect();
    assert_eq!(
        outcomes,
        ["Solved", "Solved", "Came back", "Solved", "Solved", "Customer repaired it"]
    );
}

/// What the prompt calls the last five is never more, and the latest comes last.
#[test]
fn the_last_five_are_five() {
    let input = built(Prompt::ProfitabilityAnalysis, &facts("ada"));
    let dates: Vec<&str> = input["recentPayments"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["date"].as_str().unwrap())
        .collect();
    assert_eq!(dates, ["2024-10-20", "2025-06-11", "2025-06-21", "2025-06-23", "2025-11-12"]);
    assert_eq!(input["customer"]["payments"].as_array().unwrap().len(), 6);
}

/// Each currency is summed by itself; the prompt counts in one of them.
#[test]
fn currencies_are_never_added() {
    let mut facts = facts("ada");
    let job = "JOB-5".parse().unwrap();
    for payment in facts.payments.iter_mut().filter(|one| one.job.as_ref() == Some(&job)) {
        payment.amount = Money::parse("180.00", "EUR".parse().unwrap()).unwrap();
    }
    let mut settings = settings();
    let of = |settings: &ContextSettings| {
        let checked = facts.checked(settings).unwrap();
        let figures = checked.financials().unwrap();
        let jobs: Vec<(String, usize)> =
            figures.iter().map(|one| (one.revenue.to_string(), one.completed_jobs)).collect();
        (jobs, checked.currency().unwrap(), checked.profitability_analysis().unwrap())
    };
    let (figures, currency, _) = of(&settings);
    // The fifth job was paid in euros alone.
    assert_eq!(figures, [("180.00 EUR".to_owned(), 1), ("449.50 USD".to_owned(), 4)]);
    assert_eq!(currency.code(), "USD");
    settings.currency = Some("EUR".parse::<Currency>().unwrap());
    let (_, currency, input) = of(&settings);
    assert_eq!(currency.code(), "EUR");
    assert_eq!(input.total_revenue, 180.into());
    assert_eq!(input.recent_payments.items().len(), 1);
}

/// Without a completed job there is no average: none in the figures, 0 as the prompt declares it.
#[test]
fn no_job_has_no_average() {
    let facts = read(json!({
        "customer": {"id": "eve", "name": "Eve"},
        "jobs": [{"id": "J", "description": "Boiler", "status": "scheduled"}],
        "payments": [{"amount": {"amount": "50.00", "currency": "EUR"}, "paidAt": "2026-01-01T00:00:00Z"}],
    }));
    let settings = settings();
    let checked = facts.checked(&settings).unwrap();
    assert_eq!(checked.financials().unwrap()[0].average_revenue_per_job, None);
    assert_eq!(checked.profitability_analysis().unwrap().average_revenue_per_job, 0.into());
    let nothing = read(json!({"customer": {"id": "eve", "name": "Eve"}}));
    assert!(nothing.checked(&settings).unwrap().financials().unwrap().is_empty());
    assert_eq!(built(Prompt::ProfitabilityAnalysis, &nothing)["netProfit"], json!(0));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// The figures are those of a naive sum over minor units, in every currency.
    #[test]
    fn figures_are_the_naive_sums(
        payments in prop::collection::vec((0_i64..100_000, 0_usize..3, any::<bool>()), 0..12),
        expenses in prop::collection::vec((0_i64..100_000, 0_usize..3), 0..12),
        jobs in 0_usize..4,
    ) {
        let currencies = ["EUR", "JPY", "USD"];
        let money = |minor: i64, of: usize| Money::from_minor(minor, currencies[of].parse().unwrap());
        let mut facts = read(json!({"customer": {"id": "eve", "name": "Eve"}}));
        for at in 0..jobs {
            facts.jobs.push(serde_json::from_value(json!({
                "id": format!("J-{at}"), "description": "Work", "status": "completed",
                "completedAt": "2026-01-01T00:00:00Z",
            })).unwrap());
        }
        for (minor, of, refund) in &payments {
            facts.payments.push(serde_json::from_value(json!({
                "amount": money(*minor, *of), "paidAt": "2026-01-01T00:00:00Z",
                "kind": if *refund { "refund" } else { "payment" },
            })).unwrap());
        }
        for (minor, of) in &expenses {
            facts.expenses.push(serde_json::from_value(json!({
                "amount": money(*minor, *of), "incurredAt": "2026-01-01T00:00:00Z", "category": "Labor",
            })).unwrap());
        }
        let settings = settings();
        let figures = facts.checked(&settings).unwrap().financials().unwrap();
        for (of, code) in currencies.iter().enumerate() {
            let paid: i64 = payments.iter().filter(|one| one.1 == of)
                .map(|(minor, _, refund)| if *refund { -minor } else { *minor }).sum();
            let spent: i64 = expenses.iter().filter(|one| one.1 == of).map(|one| one.0).sum();
            let Some(found) = figures.iter().find(|one| one.currency.code() == *code) else {
                prop_assert!(payments.iter().all(|one| one.1 != of) && expenses.iter().all(|one| one.1 != of));
                continue;
            };
            prop_assert_eq!((found.revenue.minor(), found.costs.minor()), (paid, spent));
            prop_assert_eq!(found.profit.minor(), paid - spent);
            let average = (jobs > 0).then(|| (paid as f64 / jobs as f64).round() as i64);
            prop_assert_eq!(found.average_revenue_per_job.map(Money::minor), average);
        }
    }
}
