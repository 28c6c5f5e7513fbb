//! Who is a VIP, and by which rule.

use serde::{Deserialize, Serialize};

use super::columns::{check_names, check_version, not_empty};
use super::customers::cell_error;
use crate::error::{Error, Result};

/// What a condition looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum VipMeasure {
    /// What the customer spent, in the currency and the time that the host counts.
    Spend,
    /// How many orders or jobs there were in that time.
    Orders,
    /// Days since the first purchase.
    TenureDays,
}

/// A measure that reaches a number.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct VipCondition {
    /// What is looked at.
    pub measure: VipMeasure,
    /// The least number that meets the condition, above 0.
    pub at_least: f64,
}

/// A rule: all its conditions have to be met.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct VipRule {
    /// Its name.
    pub name: String,
    /// The conditions, at least one.
    pub all_of: Vec<VipCondition>,
}

/// When a customer is a VIP, versioned: by one of the rules, unless a person has decided.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct VipRules {
    /// Of this set of parameters; results repeat it.
    pub version: String,
    /// The rules, the first that is met gives the reason.
    pub any_of: Vec<VipRule>,
}

/// What a person has decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ManualVip {
    /// A VIP, whatever the rules say.
    Granted,
    /// No VIP, whatever the rules say.
    Refused,
}

/// What is known of a customer.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct VipFacts {
    /// What the customer spent.
    pub spend: Option<f64>,
    /// How many orders or jobs there were.
    pub orders: Option<f64>,
    /// Days since the first purchase.
    pub tenure_days: Option<f64>,
    /// What a person has decided.
    pub manual: Option<ManualVip>,
}

/// How a condition was judged.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct VipConditionResult {
    /// What was looked at.
    pub measure: VipMeasure,
    /// What was asked for.
    pub at_least: f64,
    /// What there was; none, if it is not known.
    pub value: Option<f64>,
    /// Whether that is enough.
    pub met: bool,
    /// How much is missing: 0 if met, all of it if nothing is known.
    pub missing: f64,
}

/// How a rule was judged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct VipRuleResult {
    /// The name of the rule.
    pub name: String,
    /// Whether all conditions are met.
    pub met: bool,
    /// The conditions, in the order of the rule.
    pub conditions: Vec<VipConditionResult>,
}

/// Why a customer is a VIP or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum VipReason {
    /// A person has decided.
    Manual,
    /// A rule is met.
    Rule {
        /// Its name.
        name: String,
    },
    /// No rule is met.
    NoRule,
}

/// Whether a customer is a VIP, with every rule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Vip {
    /// The version of the rules.
    pub version: String,
    /// Whether the customer is a VIP.
    pub vip: bool,
    /// Why.
    pub reason: VipReason,
    /// The rules, in their order, also where a person has decided.
    pub rules: Vec<VipRuleResult>,
}

impl Default for VipRules {
    /// `vip-1`: a spend of 5,000, or 12 orders, or a spend of 2,000 after two years. A convention: replace the
    /// numbers by what is much in your business.
    fn default() -> Self {
        let condition = |measure, at_least| VipCondition { measure, at_least };
        let rule = |name: &str, all_of| VipRule { name: name.into(), all_of };
        let (spend, tenure) = (VipMeasure::Spend, VipMeasure::TenureDays);
        Self {
            version: "vip-1".into(),
            any_of: vec![
                rule("high_spend", vec![condition(spend, 5_000.0)]),
                rule("frequent", vec![condition(VipMeasure::Orders, 12.0)]),
                rule("loyal", vec![condition(spend, 2_000.0), condition(tenure, 730.0)]),
            ],
        }
    }
}

impl VipRules {
    /// # Errors
    /// `input.invalid`: no `version`; with the row, a rule whose name is empty or stands twice, without a
    /// condition, or with one that is not a finite number above 0.
    pub fn check(&self) -> Result<()> {
        check_version(&self.version)?;
        check_names("anyOf", self.any_of.iter().map(|rule| rule.name.as_str()))?;
        for (row, rule) in self.any_of.iter().enumerate() {
            not_empty("allOf", rule.all_of.len()).map_err(|error| error.with("row", row))?;
            let mut numbers = rule.all_of.iter().map(|condition| condition.at_least);
            if !numbers.all(|number| number.is_finite() && number > 0.0) {
                return Err(cell_error("atLeast", row, "finite numbers above 0"));
            }
        }
        Ok(())
    }

    /// Judges a customer.
    ///
    /// ```
    /// use goodwill::analytics::{VipFacts, VipReason, VipRules};
    ///
    /// let facts = VipFacts { spend: Some(2_500.0), tenure_days: Some(700.0), ..VipFacts::default() };
    /// let judged = VipRules::default().evaluate(&facts)?;
    /// assert_eq!((judged.vip, &judged.reason), (false, &VipReason::NoRule));
    /// let loyal = &judged.rules[2];
    /// assert!(loyal.conditions[0].met && loyal.conditions[1].missing == 30.0);
    /// # Ok::<(), goodwill::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`check`](Self::check); `input.invalid`: `spend`, `orders` or `tenureDays` that is not finite and from
    /// 0.
    pub fn evaluate(&self, facts: &VipFacts) -> Result<Vip> {
        self.check()?;
        let known =
            [("spend", facts.spend), ("orders", facts.orders), ("tenureDays", facts.tenure_days)];
        for (field, fact) in known {
            if fact.is_some_and(|fact| !fact.is_finite() || fact < 0.0) {
                return Err(Error::invalid(field, "a finite number from 0"));
            }
        }
        let judge = |condition: &VipCondition| {
            let value = match condition.measure {
                VipMeasure::Spend => facts.spend,
                VipMeasure::Orders => facts.orders,
                VipMeasure::TenureDays => facts.tenure_days,
            };
            let missing = (condition.at_least - value.unwrap_or(0.0)).max(0.0);
            let VipCondition { measure, at_least } = *condition;
            VipConditionResult { measure, at_least, value, met: missing == 0.0, missing }
        };
        let rules = self.any_of.iter().map(|rule| {
            let conditions: Vec<VipConditionResult> = rule.all_of.iter().map(judge).collect();
            let met = conditions.iter().all(|condition| condition.met);
            VipRuleResult { name: rule.name.clone(), met, conditions }
        });
        let rules: Vec<VipRuleResult> = rules.collect();
        let first = rules.iter().find(|rule| rule.met);
        let (vip, reason) = match (facts.manual, first) {
            (Some(decision), _) => (decision == ManualVip::Granted, VipReason::Manual),
            (None, Some(rule)) => (true, VipReason::Rule { name: rule.name.clone() }),
            (None, None) => (false, VipReason::NoRule),
        };
        Ok(Vip { version: self.version.clone(), vip, reason, rules })
    }
}
