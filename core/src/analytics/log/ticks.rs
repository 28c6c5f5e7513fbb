//! Ticks of clocks.

/// Ticks of a clock in a second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TimeUnit {
    /// One.
    Second,
    /// A thousand.
    #[default]
    Millisecond,
    /// A million.
    Microsecond,
    /// A thousand million.
    Nanosecond,
}

impl TimeUnit {
    const ALL: [(&'static str, Self); 4] = [
        ("s", Self::Second),
        ("ms", Self::Millisecond),
        ("us", Self::Microsecond),
        ("ns", Self::Nanosecond),
    ];

    /// The unit of a name: `s`, `ms`, `us` or `ns`.
    ///
    /// ```
    /// use goodwill::analytics::TimeUnit;
    ///
    /// assert_eq!(TimeUnit::named("us"), Some(TimeUnit::Microsecond));
    /// assert_eq!(TimeUnit::named("h"), None);
    /// ```
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, unit)| *unit)
    }

    /// Whole milliseconds, rounded down; none beyond 64 bits.
    #[inline]
    pub(crate) fn millis(self, ticks: i64) -> Option<i64> {
        match self {
            Self::Second => ticks.checked_mul(1_000),
            Self::Millisecond => Some(ticks),
            Self::Microsecond => Some(ticks.div_euclid(1_000)),
            Self::Nanosecond => Some(ticks.div_euclid(1_000_000)),
        }
    }
}
