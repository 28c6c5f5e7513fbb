//! Amounts of money: whole minor units of one currency, never a float.

mod currency;

pub use currency::Currency;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::error::{Code, Error, Result};

/// An amount in minor units (cents, yen, fils) of a currency.
///
/// On the wire it is `{"amount": "12.34", "currency": "EUR"}`; a JSON number is refused. Arithmetic
/// is checked: an amount that does not fit into 64 bits is an error, and so are two currencies in one
/// sum.
///
/// ```
/// use goodwill::Money;
///
/// let price: Money = serde_json::from_str(r#"{"amount": "12.30", "currency": "EUR"}"#).unwrap();
/// let tip = Money::parse("0.70", "EUR".parse()?)?;
/// assert_eq!(price.add(tip)?.to_string(), "13.00 EUR");
/// assert!(serde_json::from_str::<Money>(r#"{"amount": 12.3, "currency": "EUR"}"#).is_err());
/// # Ok::<(), goodwill::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "Wire", try_from = "Wire")]
pub struct Money {
    minor: i64,
    currency: Currency,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    amount: String,
    currency: Currency,
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Money {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Money".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "object",
            "description": "An amount of money: a decimal number as text, and a currency of ISO 4217.",
            "properties": {
                "amount": { "type": "string", "description": "Such as `12.30`." },
                "currency": { "type": "string", "description": "Such as `EUR`." },
            },
            "required": ["amount", "currency"],
        })
    }
}

impl From<Money> for Wire {
    fn from(money: Money) -> Self {
        Self { amount: money.amount(), currency: money.currency }
    }
}

impl TryFrom<Wire> for Money {
    type Error = Error;

    fn try_from(wire: Wire) -> Result<Self> {
        Self::parse(&wire.amount, wire.currency)
    }
}

impl Money {
    /// So many minor units.
    #[must_use]
    pub const fn from_minor(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Nothing.
    #[must_use]
    pub const fn zero(currency: Currency) -> Self {
        Self::from_minor(0, currency)
    }

    /// Reads an amount: ASCII digits with at most as many decimals as the currency has, after a point,
    /// and a minus before them. No other sign, no grouping, no exponent, in no country.
    ///
    /// # Errors
    /// `money.malformed` names the number of decimals; `money.overflow`.
    pub fn parse(text: &str, currency: Currency) -> Result<Self> {
        let decimals = usize::from(currency.exponent());
        let malformed = || {
            Error::field(
                Code::MoneyMalformed,
                "amount",
                format!("a decimal number with at most {decimals} decimals, such as -12.34 for 2"),
            )
            .with("decimals", decimals)
        };
        let (negative, digits) = match text.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, text),
        };
        let (whole, fraction) = match digits.split_once('.') {
            Some((_, "")) => return Err(malformed()),
            Some(parts) => parts,
            None => (digits, ""),
        };
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty()
            || fraction.len() > decimals
            || !all_digits(whole)
            || !all_digits(fraction)
        {
            return Err(malformed());
        }
        let padding = std::iter::repeat_n(b'0', decimals - fraction.len());
        let mut minor: i64 = 0;
        for byte in whole.bytes().chain(fraction.bytes()).chain(padding) {
            let digit = i64::from(byte - b'0');
            // Below zero from the start, so that the smallest amount can be read too.
            minor = minor
                .checked_mul(10)
                .and_then(|minor| minor.checked_sub(digit))
                .ok_or_else(overflow)?;
        }
        let minor = if negative { Some(minor) } else { minor.checked_neg() };
        Ok(Self { minor: minor.ok_or_else(overflow)?, currency })
    }

    /// Minor units.
    #[must_use]
    pub const fn minor(self) -> i64 {
        self.minor
    }

    /// The currency.
    #[must_use]
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// The number with all its decimals.
    #[must_use]
    pub fn amount(self) -> String {
        let decimals = usize::from(self.currency.exponent());
        let sign = if self.minor < 0 { "-" } else { "" };
        let digits = format!("{:0>width$}", self.minor.unsigned_abs(), width = decimals + 1);
        let (whole, fraction) =
            digits.split_at_checked(digits.len() - decimals).unwrap_or((&digits, ""));
        if fraction.is_empty() {
            format!("{sign}{whole}")
        } else {
            format!("{sign}{whole}.{fraction}")
        }
    }

    /// The sum.
    ///
    /// # Errors
    /// `money.currency_mismatch`, `money.overflow`.
    #[expect(clippy::should_implement_trait, reason = "an operator cannot fail")]
    pub fn add(self, other: Self) -> Result<Self> {
        self.with(other, i64::checked_add)
    }

    /// The difference.
    ///
    /// # Errors
    /// `money.currency_mismatch`, `money.overflow`.
    #[expect(clippy::should_implement_trait, reason = "an operator cannot fail")]
    pub fn sub(self, other: Self) -> Result<Self> {
        self.with(other, i64::checked_sub)
    }

    /// So many times the amount.
    ///
    /// # Errors
    /// `money.overflow`.
    pub fn times(self, count: i64) -> Result<Self> {
        let minor = self.minor.checked_mul(count).ok_or_else(overflow)?;
        Ok(Self { minor, ..self })
    }

    /// The sum of amounts of one currency; zero of it when there are none.
    ///
    /// # Errors
    /// `money.currency_mismatch`, `money.overflow`.
    pub fn sum(currency: Currency, amounts: impl IntoIterator<Item = Self>) -> Result<Self> {
        amounts.into_iter().try_fold(Self::zero(currency), Self::add)
    }

    /// The amount in parts that stand in the proportion of the weights and sum to it exactly: each
    /// part rounded towards zero, and the rest given, one minor unit each, to those that lost most, the
    /// earlier ones first (the method of the largest remainder).
    ///
    /// # Errors
    /// `input.invalid` when no weight is above zero.
    pub fn allocate(self, weights: &[u32]) -> Result<Vec<Self>> {
        let total: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
        if total == 0 {
            return Err(Error::invalid("weights", "at least one weight above zero"));
        }
        let amount = i128::from(self.minor);
        let mut parts: Vec<(i128, i128, usize)> = weights
            .iter()
            .enumerate()
            .map(|(place, weight)| {
                let share = amount * i128::from(*weight);
                (share / total, (share % total).abs(), place)
            })
            .collect();
        let left = (amount - parts.iter().map(|(part, ..)| part).sum::<i128>()).unsigned_abs();
        parts.sort_by_key(|(_, lost, place)| (std::cmp::Reverse(*lost), *place));
        for (part, ..) in parts.iter_mut().take(usize::try_from(left).unwrap_or(usize::MAX)) {
            *part += amount.signum();
        }
        parts.sort_by_key(|(.., place)| *place);
        let money = |(part, ..): (i128, i128, usize)| {
            let minor = i64::try_from(part).map_err(|_| overflow())?;
            Ok(Self { minor, ..self })
        };
        parts.into_iter().map(money).collect()
    }

    fn with(self, other: Self, calculate: fn(i64, i64) -> Option<i64>) -> Result<Self> {
        if self.currency != other.currency {
            return Err(Error::new(Code::MoneyCurrencyMismatch, "the amounts have two currencies")
                .with("field", "currency")
                .with("accepted", self.currency.code()));
        }
        let minor = calculate(self.minor, other.minor).ok_or_else(overflow)?;
        Ok(Self { minor, ..self })
    }
}

fn overflow() -> Error {
    Error::field(Code::MoneyOverflow, "amount", "an amount that fits into 64 bits of minor units")
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.amount(), self.currency)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn eur() -> Currency {
        "EUR".parse().unwrap()
    }

    #[test]
    fn only_plain_decimals_are_read() {
        for (text, minor) in [("0", 0), ("12.3", 1_230), ("-0.05", -5), ("007.10", 710)] {
            assert_eq!(Money::parse(text, eur()).unwrap().minor(), minor);
        }
        for text in
            ["", "-", ".5", "5.", "1,5", "1 000", "+1", "1e3", "12.345", "0x1", "１", "NaN", "--1"]
        {
            let error = Money::parse(text, eur()).unwrap_err();
            assert_eq!(
                (error.code(), &error.details()["decimals"]),
                (Code::MoneyMalformed, &2.into())
            );
        }
        let smallest = Money::parse("-92233720368547758.08", eur()).unwrap();
        assert_eq!(smallest.minor(), i64::MIN);
        assert_eq!(smallest.amount(), "-92233720368547758.08");
        for code in [
            Money::parse("92233720368547758.08", eur()).unwrap_err().code(),
            smallest.times(-1).unwrap_err().code(),
            smallest.sub(Money::from_minor(1, eur())).unwrap_err().code(),
        ] {
            assert_eq!(code, Code::MoneyOverflow);
        }
        let yen = Money::parse("12", "JPY".parse().unwrap()).unwrap();
        assert_eq!(yen.to_string(), "12 JPY");
        assert_eq!(yen.add(Money::zero(eur())).unwrap_err().code(), Code::MoneyCurrencyMismatch);
        assert!(Money::parse("1.5", yen.currency()).is_err());
        assert!(yen.allocate(&[0, 0]).is_err());
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(minor: i64, place in 0..150_usize) {
            let currency = Currency::all().nth(place).unwrap();
            let money = Money::from_minor(minor, currency);
            prop_assert_eq!(Money::parse(&money.amount(), currency).unwrap(), money);
            let json = serde_json::to_string(&money).unwrap();
            prop_assert_eq!(serde_json::from_str::<Money>(&json).unwrap(), money);
        }

        #[test]
        fn parts_sum_to_the_whole(minor: i64, weights in prop::collection::vec(0..1_000_u32, 1..12)) {
            let money = Money::from_minor(minor, eur());
            if let Ok(parts) = money.allocate(&weights) {
                prop_assert_eq!(Money::sum(eur(), parts.iter().copied()).unwrap(), money);
                let total: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
                for (part, weight) in parts.iter().zip(&weights) {
                    let exact = i128::from(minor) * i128::from(*weight);
                    prop_assert!((i128::from(part.minor()) * total - exact).abs() < total);
                }
            }
        }

        #[test]
        fn any_text_is_an_amount_or_an_error(text: String) {
            let _ = Money::parse(&text, eur());
        }
    }
}
