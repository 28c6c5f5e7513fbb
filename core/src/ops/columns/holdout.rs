//! How good predictions were.

use crate::analytics::{BrierScore, FrequencyTable, PredictionQuality, calibration_table};
use crate::error::Result;
use serde::Deserialize;

use super::{Given, Made};

#[derive(Deserialize)]
struct Bins {
    bins: usize,
}

pub(super) fn quality(given: &Given) -> Result<Made> {
    Made::answer(&PredictionQuality::of(&given.floats("predicted")?, &given.floats("actual")?)?)
}

pub(super) fn calibration(given: &Given) -> Result<Made> {
    let Bins { bins } = given.options()?;
    Made::answer(&calibration_table(&given.floats("predicted")?, &given.floats("actual")?, bins)?)
}

pub(super) fn brier(given: &Given) -> Result<Made> {
    let Bins { bins } = given.options()?;
    let outcome = given.column("outcome")?.flags("outcome")?;
    Made::answer(&BrierScore::of(&given.floats("probability")?, &outcome, bins)?)
}

pub(super) fn frequencies(given: &Given) -> Result<Made> {
    #[derive(Deserialize)]
    struct Last {
        last: u32,
    }
    let Last { last } = given.options()?;
    let frequency = given.counts("frequency")?;
    let table = FrequencyTable::of(
        &frequency,
        &given.floats("predicted")?,
        &given.floats("actual")?,
        last,
    )?;
    Made::answer(&table.rows)
}
