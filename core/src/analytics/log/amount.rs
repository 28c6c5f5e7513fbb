//! What a row carries besides customer and time: amounts of three kinds, and the order or none.

use std::fmt::Debug;
use std::ops::{AddAssign, Sub, SubAssign};

/// An amount, or `()` in a log without amounts.
pub(crate) trait Amount: Copy + Default + Send + Sync + Debug {
    /// A sum of amounts.
    type Total: Copy
        + Default
        + PartialOrd
        + Send
        + Debug
        + AddAssign
        + SubAssign
        + Sub<Output = Self::Total>;

    /// Whether there is a number at all.
    const EXISTS: bool;

    /// Whether it is a number.
    fn is_finite(self) -> bool;

    /// A number that is the same for equal amounts only, and larger for refunds than for purchases, so that
    /// a refund comes after the purchase of the same instant.
    fn rank(self) -> u64;

    /// The amount as a sum.
    fn total(self) -> Self::Total;

    /// A sum as a plain number.
    fn value(total: Self::Total) -> f64;
}

/// The sum of a log without amounts.
#[derive(Debug, Clone, Copy, Default, PartialEq, PartialOrd)]
pub(crate) struct Nothing;

impl AddAssign for Nothing {
    fn add_assign(&mut self, _: Self) {}
}

impl SubAssign for Nothing {
    fn sub_assign(&mut self, _: Self) {}
}

impl Sub for Nothing {
    type Output = Self;

    fn sub(self, _: Self) -> Self {
        self
    }
}

impl Amount for () {
    type Total = Nothing;
    const EXISTS: bool = false;

    fn is_finite(self) -> bool {
        true
    }

    fn rank(self) -> u64 {
        0
    }

    fn total(self) -> Nothing {
        Nothing
    }

    fn value(_: Nothing) -> f64 {
        0.0
    }
}

impl Amount for i64 {
    // 2^64 rows of i64 fit.
    type Total = i128;
    const EXISTS: bool = true;

    fn is_finite(self) -> bool {
        true
    }

    fn rank(self) -> u64 {
        self.cast_unsigned()
    }

    fn total(self) -> i128 {
        i128::from(self)
    }

    fn value(total: i128) -> f64 {
        total as f64
    }
}

impl Amount for f64 {
    type Total = Self;
    const EXISTS: bool = true;

    fn is_finite(self) -> bool {
        self.is_finite()
    }

    fn rank(self) -> u64 {
        // −0 and 0 are the same amount.
        (self + 0.0).to_bits()
    }

    fn total(self) -> Self {
        self
    }

    fn value(total: Self) -> f64 {
        total
    }
}

/// The order of a row, or `()` where the log has no orders.
pub(crate) trait OrderCode: Copy + Default + Ord + Send + Sync + Debug {
    /// From the column.
    fn of(code: u32) -> Self;
}

impl OrderCode for () {
    fn of(_: u32) -> Self {}
}

impl OrderCode for u32 {
    fn of(code: u32) -> Self {
        code
    }
}
