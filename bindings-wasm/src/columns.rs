//! Analytics: columns in typed arrays.

use goodwill::ops;
use goodwill::ops::columns::{Column, Given, TimeUnit, Values, analyze};
use wasm_bindgen::prelude::*;

/// A call of a function of the table of analytics: columns are added one by one, then it is made.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct Call {
    given: Given,
}

#[wasm_bindgen]
impl Call {
    /// A call without columns; options are JSON.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(options: String) -> Self {
        Self { given: Given { options, ..Given::default() } }
    }

    fn add(&mut self, name: String, values: Values, valid: Option<Vec<u8>>) {
        let valid = valid.map(|valid| valid.iter().map(|valid| *valid != 0).collect());
        self.given.columns.insert(name, Column { values, valid });
    }

    /// Adds numbers.
    pub fn floats(&mut self, name: String, values: Vec<f64>, valid: Option<Vec<u8>>) {
        self.add(name, Values::Floats(values.into()), valid);
    }

    /// Adds whole numbers.
    pub fn integers(&mut self, name: String, values: Vec<i64>, valid: Option<Vec<u8>>) {
        self.add(name, Values::Integers(values.into()), valid);
    }

    /// Adds whole numbers that are not negative.
    pub fn counts(&mut self, name: String, values: Vec<u32>, valid: Option<Vec<u8>>) {
        self.add(name, Values::Counts(values.into()), valid);
    }

    /// Adds places of ids that the host keeps.
    pub fn codes(&mut self, name: String, values: Vec<u32>, valid: Option<Vec<u8>>) {
        self.add(name, Values::Codes(values.into()), valid);
    }

    /// Adds places of texts.
    pub fn texts(
        &mut self,
        name: String,
        values: Vec<u32>,
        of: Vec<String>,
        valid: Option<Vec<u8>>,
    ) {
        self.add(name, Values::dictionary(values, of), valid);
    }

    /// Adds yes or no.
    pub fn flags(&mut self, name: String, values: Vec<u8>) {
        self.add(name, Values::Flags(values.iter().map(|value| *value != 0).collect()), None);
    }

    /// Adds ticks of a unit: instants, or what local clocks showed.
    pub fn times(
        &mut self,
        name: String,
        values: Vec<i64>,
        unit: &str,
        local: bool,
        valid: Option<Vec<u8>>,
    ) {
        let unit = TimeUnit::named(unit).unwrap_or_default();
        let values = match local {
            true => Values::Local(values.into(), unit),
            false => Values::instants(values, unit),
        };
        self.add(name, values, valid);
    }

    /// Makes the call.
    #[must_use]
    pub fn make(self, function: &str) -> Answer {
        let made = ops::guard(|| analyze(function, &self.given));
        match made {
            Ok(made) => {
                Answer { envelope: format!("{{\"ok\":{}}}", made.answer), columns: made.columns }
            }
            Err(envelope) => Answer { envelope, columns: Vec::new() },
        }
    }
}

/// The answer of a call.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Answer {
    envelope: String,
    columns: Vec<(String, Column)>,
}

#[wasm_bindgen]
impl Answer {
    /// The envelope.
    #[must_use]
    pub fn envelope(&self) -> String {
        self.envelope.clone()
    }

    /// The names of the columns.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        self.columns.iter().map(|(name, _)| name.clone()).collect()
    }

    fn values(&self, place: usize) -> Option<&Column> {
        self.columns.get(place).map(|(_, column)| column)
    }

    /// What a column is: `floats`, `integers`, `counts`, `shorts`, `bytes`, `flags` or `texts`.
    #[must_use]
    pub fn kind(&self, place: usize) -> String {
        let kind = match self.values(place).map(|column| &column.values) {
            Some(Values::Floats(_)) => "floats",
            Some(Values::Integers(_) | Values::Instants(..) | Values::Local(..)) => "integers",
            Some(Values::Shorts(_)) => "shorts",
            Some(Values::Bytes(_)) => "bytes",
            Some(Values::Flags(_)) => "flags",
            Some(Values::Texts(_) | Values::Coded(..) | Values::Decimals(..)) => "texts",
            _ => "counts",
        };
        kind.to_owned()
    }

    /// A column of floats.
    #[must_use]
    pub fn floats(&self, place: usize) -> Vec<f64> {
        match self.values(place).map(|column| &column.values) {
            Some(Values::Floats(values)) => values.to_vec(),
            _ => Vec::new(),
        }
    }

    /// A column of integers.
    #[must_use]
    pub fn integers(&self, place: usize) -> Vec<i64> {
        match self.values(place).map(|column| &column.values) {
            Some(Values::Integers(values)) => values.to_vec(),
            _ => Vec::new(),
        }
    }

    /// A column of counts, of codes, or of places of texts.
    #[must_use]
    pub fn counts(&self, place: usize) -> Vec<u32> {
        match self.values(place).map(|column| &column.values) {
            Some(Values::Counts(values) | Values::Codes(values) | Values::Coded(values, _)) => {
                values.to_vec()
            }
            Some(Values::Shorts(values)) => values.iter().copied().map(u32::from).collect(),
            Some(Values::Bytes(values)) => values.iter().copied().map(u32::from).collect(),
            Some(Values::Flags(values)) => values.iter().copied().map(u32::from).collect(),
            _ => {
                let places = self.values(place).and_then(Column::places);
                places.map(|(places, _)| places.into_vec()).unwrap_or_default()
            }
        }
    }

    /// The texts of a column.
    #[must_use]
    pub fn texts(&self, place: usize) -> Vec<String> {
        let of = self.values(place).and_then(Column::places);
        of.map(|(_, texts)| texts).unwrap_or_default()
    }

    /// 0 where a row is null; nothing if no row is.
    #[must_use]
    pub fn valid(&self, place: usize) -> Option<Vec<u8>> {
        let valid = self.values(place)?.valid.as_ref()?;
        Some(valid.iter().copied().map(u8::from).collect())
    }
}
