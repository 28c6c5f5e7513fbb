//! Analytics: columns in typed arrays, which are copied once on their way in and not at all on the way out.
//!
//! What comes is copied on the event loop, so that JavaScript may change or transfer its buffers meanwhile;
//! everything else runs on a thread of its own.

use goodwill::ops::columns::{self, Column, Given, Made, Slice, TimeUnit, Values};
use goodwill::{Error, Result, ops};
use napi::bindgen_prelude::{
    BigInt64Array, Either5, Either6, Env, Float64Array, Int32Array, PromiseRaw, Uint8Array,
    Uint16Array, Uint32Array, spawn_blocking,
};
use napi_derive::napi;

/// A column as it comes.
#[napi(object, object_to_js = false)]
pub struct GivenColumn {
    /// Its role.
    pub name: String,
    /// What the values are: `floats`, `integers`, `counts`, `codes`, `texts`, `flags`, `instants`, `local`.
    pub kind: String,
    /// The values.
    pub values: Either5<Float64Array, BigInt64Array, Int32Array, Uint32Array, Uint8Array>,
    /// 0 where a row is null.
    pub valid: Option<Uint8Array>,
    /// The texts that the values are places of.
    pub texts: Option<Vec<String>>,
    /// The unit of times: `s`, `ms`, `us`, `ns`.
    pub unit: Option<String>,
}

/// A column as it goes.
#[napi(object, object_from_js = false)]
pub struct MadeColumn {
    /// Its name.
    pub name: String,
    /// The values.
    pub values:
        Either6<Float64Array, BigInt64Array, Uint32Array, Uint16Array, Uint8Array, Vec<bool>>,
    /// 0 where a row is null.
    pub valid: Option<Uint8Array>,
    /// The texts that the values are places of.
    pub texts: Option<Vec<String>>,
}

/// What a call gives: the envelope of an answer or of an error, and columns.
#[napi(object, object_from_js = false)]
pub struct Answered {
    /// The envelope.
    pub envelope: String,
    /// The columns.
    pub columns: Vec<MadeColumn>,
}

/// Values that are copied already, in the types of JavaScript.
enum Copied {
    Floats(Vec<f64>),
    Longs(Vec<i64>),
    Integers(Vec<i32>),
    Counts(Vec<u32>),
    Bytes(Vec<u8>),
}

struct CopiedColumn {
    name: String,
    kind: String,
    values: Copied,
    valid: Option<Vec<u8>>,
    texts: Option<Vec<String>>,
    unit: Option<String>,
}

impl From<GivenColumn> for CopiedColumn {
    fn from(given: GivenColumn) -> Self {
        let values = match given.values {
            Either5::A(values) => Copied::Floats(values.to_vec()),
            Either5::B(values) => Copied::Longs(values.to_vec()),
            Either5::C(values) => Copied::Integers(values.to_vec()),
            Either5::D(values) => Copied::Counts(values.to_vec()),
            Either5::E(values) => Copied::Bytes(values.to_vec()),
        };
        Self {
            name: given.name,
            kind: given.kind,
            values,
            valid: given.valid.map(|valid| valid.to_vec()),
            texts: given.texts,
            unit: given.unit,
        }
    }
}

impl CopiedColumn {
    fn column(self) -> Result<(String, Column)> {
        let unit = self.unit.as_deref().map_or(Some(TimeUnit::default()), TimeUnit::named);
        let unit = unit.ok_or_else(|| Error::invalid("timeUnit", "s, ms, us or ns"))?;
        let longs = |values: Vec<i32>| values.into_iter().map(i64::from).collect::<Vec<i64>>();
        let valid: Option<Vec<bool>> =
            self.valid.map(|valid| valid.iter().map(|valid| *valid != 0).collect());
        let values = match (self.kind.as_str(), self.values) {
            ("floats", Copied::Floats(values)) => Values::Floats(values.into()),
            ("integers", Copied::Longs(values)) => Values::Integers(values.into()),
            ("integers", Copied::Integers(values)) => Values::Integers(longs(values).into()),
            ("counts", Copied::Counts(values)) => Values::Counts(values.into()),
            ("codes", Copied::Counts(values)) => Values::Codes(values.into()),
            ("texts", Copied::Counts(values)) => {
                Values::dictionary(values, self.texts.unwrap_or_default())
            }
            ("flags", Copied::Bytes(values)) => {
                Values::Flags(values.into_iter().map(|value| value != 0).collect())
            }
            ("instants", Copied::Longs(values)) => Values::instants(values, unit),
            ("local", Copied::Longs(values)) => Values::Local(values.into(), unit),
            ("instants", Copied::Floats(values)) => {
                Values::instants(millis(&self.name, &values, valid.as_deref())?, unit)
            }
            _ => return Err(Error::invalid(self.name, "a column of a known kind")),
        };
        Ok((self.name, Column { values, valid: valid.map(Slice::from) }))
    }
}

/// Times as numbers of JavaScript, rounded down.
fn millis(name: &str, values: &[f64], valid: Option<&[bool]>) -> Result<Vec<i64>> {
    const SAFE: f64 = 9_007_199_254_740_991.0;
    let whole = |(row, value): (usize, &f64)| {
        if valid.is_some_and(|valid| valid.get(row) != Some(&true)) {
            return Ok(0);
        }
        if value.abs() <= SAFE {
            return Ok(value.floor() as i64);
        }
        Err(Error::invalid(name.to_owned(), "a valid date, or a finite number").with("row", row))
    };
    values.iter().enumerate().map(whole).collect()
}

fn made_column((name, column): (String, Column)) -> MadeColumn {
    let mut texts = None;
    let of_texts = column.places();
    let values = match column.values {
        Values::Floats(values) => Either6::A(Float64Array::new(values.into_vec())),
        Values::Integers(values) | Values::Instants(values, ..) | Values::Local(values, _) => {
            Either6::B(BigInt64Array::new(values.into_vec()))
        }
        Values::Counts(values) | Values::Codes(values) => {
            Either6::C(Uint32Array::new(values.into_vec()))
        }
        Values::Shorts(values) => Either6::D(Uint16Array::new(values.into_vec())),
        Values::Bytes(values) => Either6::E(Uint8Array::new(values.into_vec())),
        Values::Flags(values) => Either6::F(values.into_vec()),
        // Kinds that JavaScript does not give, and so does not get, but for texts.
        Values::Texts(_)
        | Values::Coded(..)
        | Values::Nulls(_)
        | Values::Decimals(..)
        | Values::Days(_) => {
            let (places, of) = of_texts.unwrap_or_default();
            texts = Some(of);
            Either6::C(Uint32Array::new(places.into_vec()))
        }
    };
    let bytes = |valid: Slice<bool>| Uint8Array::new(valid.iter().copied().map(u8::from).collect());
    MadeColumn { name, values, valid: column.valid.map(bytes), texts }
}

fn answered(done: std::result::Result<Made, String>) -> Answered {
    match done {
        Ok(Made { columns, answer }) => Answered {
            envelope: format!("{{\"ok\":{answer}}}"),
            columns: columns.into_iter().map(made_column).collect(),
        },
        Err(envelope) => Answered { envelope, columns: Vec::new() },
    }
}

/// Calls a function of the table of analytics on a thread of its own.
#[napi]
pub fn analyze(
    env: &Env,
    name: String,
    columns: Vec<GivenColumn>,
    options: String,
) -> napi::Result<PromiseRaw<'_, Answered>> {
    ops::hide_panic_texts();
    let copied: Vec<CopiedColumn> = columns.into_iter().map(CopiedColumn::from).collect();
    let work = move || {
        answered(ops::guard(move || {
            let columns = copied.into_iter().map(CopiedColumn::column).collect::<Result<_>>()?;
            columns::analyze(&name, &Given { columns, options })
        }))
    };
    env.spawn_future(async move {
        let done = spawn_blocking(work).await;
        done.map_err(|_| napi::Error::from_reason("the work was stopped"))
    })
}
