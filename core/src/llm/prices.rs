//! What tokens cost. The host knows the prices; they change too often to be built in.

use std::collections::BTreeMap;

use super::response::{LlmResponse, Usage};

/// The price of a model, in millionths of a currency unit for a million tokens: a price list's
/// "$2.50 per million" is 2,500,000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Price {
    /// Tokens of the request.
    pub input: u64,
    /// Tokens of the request that the provider had in its cache.
    pub cached: u64,
    /// Tokens of the answer.
    pub output: u64,
}

/// Prices by provider and model.
///
/// ```
/// use goodwill::llm::{Price, PriceTable, Usage};
///
/// let prices = PriceTable::new()
///     .with("openai", "small", Price { input: 400_000, cached: 100_000, output: 1_600_000 });
/// let usage = Usage { input: 1_000, output: 500, cached: 200 };
/// assert_eq!(prices.cost("openai", "small", usage), Some(320 + 20 + 800));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PriceTable(BTreeMap<(String, String), Price>);

impl PriceTable {
    /// A table without prices.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// With the price of a model.
    #[must_use]
    pub fn with(mut self, provider: &str, model: &str, price: Price) -> Self {
        self.0.insert((provider.to_owned(), model.to_owned()), price);
        self
    }

    /// What a call costs in millionths of the currency unit, rounded up; nothing if the model has
    /// no price.
    #[must_use]
    pub fn cost(&self, provider: &str, model: &str, usage: Usage) -> Option<u64> {
        let price = self.0.get(&(provider.to_owned(), model.to_owned()))?;
        let cached = usage.cached.min(usage.input);
        let part = |tokens: u64, price: u64| u128::from(tokens).saturating_mul(u128::from(price));
        let total = part(usage.input - cached, price.input)
            .saturating_add(part(cached, price.cached))
            .saturating_add(part(usage.output, price.output));
        Some(u64::try_from(total.div_ceil(1_000_000)).unwrap_or(u64::MAX))
    }

    pub(crate) fn cost_of(&self, response: &LlmResponse) -> u64 {
        self.cost(&response.provider, &response.model, response.usage).unwrap_or(0)
    }
}
