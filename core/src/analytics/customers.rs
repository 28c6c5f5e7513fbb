//! Customers as the models see them: purchases, last purchase, age.

use super::distinct::{Distinct, sums};
use super::search::Rows;
use crate::error::{Error, Result};

/// One kind of customer: everybody with the same three numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Group {
    /// Repeat purchases, x.
    pub(crate) frequency: f64,
    /// The place of x in the list of distinct x.
    pub(crate) class: usize,
    /// The age at the last purchase, t_x.
    pub(crate) recency: f64,
    /// The age, T.
    pub(crate) age: f64,
    /// How many customers, counted with their weights.
    pub(crate) weight: f64,
}

impl Group {
    /// No customer at all.
    pub(crate) const NOBODY: Self =
        Self { frequency: 0.0, class: 0, recency: 0.0, age: 0.0, weight: 0.0 };
}

/// Frequency, recency and age of customers, checked, and grouped by equal values.
///
/// The likelihood of equal customers is computed once. All times have the same unit, which becomes the
/// unit of the model.
///
/// ```
/// use goodwill::analytics::Customers;
///
/// // Two repeat purchases, the last at age 30.43, seen until age 38.86; and two who never came back.
/// let customers = Customers::from_columns(&[2, 0, 0], &[30.43, 0.0, 0.0], &[38.86; 3])?;
/// assert_eq!((customers.len(), customers.groups()), (3.0, 2));
///
/// let error = Customers::from_columns(&[1], &[40.0], &[38.86]).unwrap_err();
/// assert_eq!(error.details()["row"], 0);
/// # Ok::<(), goodwill::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Customers {
    groups: Vec<Group>,
    classes: Vec<Class>,
    ages: Vec<Age>,
    total: f64,
}

/// The customers of one number of purchases.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Class {
    pub(crate) frequency: f64,
    pub(crate) weight: f64,
}

/// The customers of one age.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Age {
    pub(crate) age: f64,
    pub(crate) weight: f64,
    /// All their purchases.
    pub(crate) purchases: f64,
}

/// An error about one cell of a column.
pub(crate) fn cell_error(column: &'static str, row: usize, accepted: &str) -> Error {
    Error::invalid(column, accepted).with("row", row)
}

/// Refuses a column of another length.
pub(crate) fn same_length(column: &'static str, length: usize, expected: usize) -> Result<()> {
    if length == expected {
        return Ok(());
    }
    let accepted = format!("as many rows as the first column, {expected}");
    Err(Error::invalid(column, accepted).with("row", length.min(expected)))
}

impl Customers {
    /// Customers with repeat purchases x, age at the last purchase t_x (0 if there is none) and age T.
    ///
    /// # Errors
    /// `input.invalid` with `field` and `row`: columns of different lengths or none, a number that is not
    /// finite or negative, t_x above T, or t_x of 0 with purchases and above 0 without.
    pub fn from_columns(frequency: &[u32], recency: &[f64], age: &[f64]) -> Result<Self> {
        Self::build(frequency, recency, age, None)
    }

    /// Like [`from_columns`](Self::from_columns), where each row stands for so many customers.
    ///
    /// # Errors
    /// As there; a weight has to be finite and above 0.
    pub fn weighted(
        frequency: &[u32],
        recency: &[f64],
        age: &[f64],
        weights: &[f64],
    ) -> Result<Self> {
        same_length("weight", weights.len(), frequency.len())?;
        if let Some(row) = weights.iter().position(|w| !w.is_finite() || *w <= 0.0) {
            return Err(cell_error("weight", row, "a finite number above 0"));
        }
        Self::build(frequency, recency, age, Some(weights))
    }

    fn build(
        frequency: &[u32],
        recency: &[f64],
        age: &[f64],
        weights: Option<&[f64]>,
    ) -> Result<Self> {
        if frequency.is_empty() {
            return Err(cell_error("frequency", 0, "at least one row"));
        }
        same_length("recency", recency.len(), frequency.len())?;
        same_length("age", age.len(), frequency.len())?;
        let sums = sums(frequency.len(), |row| {
            let cell = |column: &[f64]| column.get(row).copied().unwrap_or_default();
            let x = frequency.get(row).copied().unwrap_or_default();
            let (recency, age) = (cell(recency), cell(age));
            check_customer(row, x, recency, age)?;
            // −0 and 0 are the same time.
            let key = [u64::from(x), (recency + 0.0).to_bits(), (age + 0.0).to_bits()];
            Ok((key, weights.map_or(1.0, cell)))
        })?;
        let groups = sums.into_iter().map(|([x, recency, age], weight)| {
            let (recency, age) = (f64::from_bits(recency), f64::from_bits(age));
            Group { frequency: x as f64, class: 0, recency, age, weight }
        });
        Ok(Self::of_groups(groups.collect()))
    }

    /// Groups of several, together.
    pub(crate) fn pooled<'a>(groups: impl Iterator<Item = &'a Group>) -> Self {
        let mut distinct = Distinct::<3>::new();
        let mut all: Vec<Group> = Vec::new();
        for group in groups {
            let key = [group.frequency, group.recency, group.age].map(f64::to_bits);
            match all.get_mut(distinct.place(key)) {
                Some(same) => same.weight += group.weight,
                None => all.push(*group),
            }
        }
        Self::of_groups(all)
    }

    fn of_groups(mut groups: Vec<Group>) -> Self {
        let mut frequencies = Distinct::<1>::new();
        let (mut classes, mut total) = (Vec::<Class>::new(), 0.0);
        let mut distinct = Distinct::<1>::new();
        let mut ages = Vec::<Age>::new();
        for group in &mut groups {
            let &mut Group { frequency, age, weight, .. } = group;
            total += weight;
            group.class = frequencies.place([frequency.to_bits()]);
            match classes.get_mut(group.class) {
                Some(class) => class.weight += weight,
                None => classes.push(Class { frequency, weight }),
            }
            let purchases = weight * frequency;
            match ages.get_mut(distinct.place([age.to_bits()])) {
                Some(same) => {
                    same.weight += weight;
                    same.purchases += purchases;
                }
                None => ages.push(Age { age, weight, purchases }),
            }
        }
        Self { groups, classes, ages, total }
    }

    /// How many customers there are, with their weights.
    #[must_use]
    pub fn len(&self) -> f64 {
        self.total
    }

    /// How many different kinds of customers there are.
    #[must_use]
    pub fn groups(&self) -> usize {
        self.groups.len()
    }

    /// The groups, in an order that does not say anything.
    pub(crate) fn all(&self) -> &[Group] {
        &self.groups
    }

    /// The distinct numbers of purchases, in the order of [`Group::class`].
    pub(crate) fn classes(&self) -> &[Class] {
        &self.classes
    }

    /// The distinct ages.
    pub(crate) fn ages(&self) -> &[Age] {
        &self.ages
    }

    /// All repeat purchases.
    pub(crate) fn purchases(&self) -> f64 {
        self.classes.iter().map(|class| class.weight * class.frequency).sum()
    }

    /// The mean age; 1 where every age is 0.
    pub(crate) fn mean_age(&self) -> f64 {
        let mean = self.ages.iter().map(|age| age.weight * age.age).sum::<f64>() / self.total;
        if mean > 0.0 { mean } else { 1.0 }
    }
}

impl Rows for Customers {
    fn rows(&self) -> usize {
        self.groups.len()
    }

    fn sample(&self, size: usize) -> Self {
        let step = (self.groups.len() / size.max(1)).max(1);
        Self::of_groups(self.groups.iter().step_by(step).copied().collect())
    }
}

/// Refuses a customer that cannot be.
pub(crate) fn check_customer(row: usize, frequency: u32, recency: f64, age: f64) -> Result<()> {
    if !age.is_finite() || age < 0.0 {
        return Err(cell_error("age", row, "a finite number from 0"));
    }
    if !recency.is_finite() || recency < 0.0 || recency > age {
        return Err(cell_error("recency", row, "a finite number from 0 to the age"));
    }
    if (frequency > 0) != (recency > 0.0) {
        let accepted = "0 without repeat purchases, and a number above 0 with them";
        return Err(cell_error("recency", row, accepted));
    }
    Ok(())
}
