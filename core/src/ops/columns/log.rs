//! Transaction logs: summaries and RFM.

use crate::analytics::special::ln;
use crate::analytics::{
    Amounts, Column as Cells, Rfm, RfmOptions, Segment, SegmentMap, Summary, SummaryOptions, Times,
    Transactions, Unit, Zone,
};
use crate::error::{Error, Result};
use crate::time::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::moments::{OfDay, instant_of, instants, instants_of_local, zone_of};
use super::needs::{Codes, Moments};
use super::{Column, Given, Made, Slice, Values};

/// Amounts, and where there are some.
struct Amount {
    values: Slice<f64>,
    valid: Option<Slice<bool>>,
}

/// A log as it came, in the shape that `core` reads.
struct Log {
    customer: Codes,
    times: Moments,
    amount: Option<Amount>,
    order: Option<Codes>,
    currency: Option<Codes>,
}

fn cells<'a, T: Copy>(values: &'a [T], valid: Option<&'a Slice<bool>>) -> Cells<'a, T> {
    valid.map_or_else(|| Cells::from(values), |valid| Cells::with_validity(values, valid))
}

impl Log {
    fn of(given: &Given) -> Result<Self> {
        let codes = |name| given.optional(name).map(|data| data.codes(name)).transpose();
        let amount = |data: &Column| -> Result<Amount> {
            Ok(Amount { values: data.floats("amount")?, valid: data.nulls() })
        };
        Ok(Self {
            customer: given.column("customer")?.codes("customer")?,
            times: given.column("time")?.moments("time")?,
            amount: given.optional("amount").map(amount).transpose()?,
            order: codes("order")?,
            currency: codes("currency")?,
        })
    }

    fn transactions(&self) -> Transactions<'_> {
        fn of(codes: &Codes) -> Cells<'_, u32> {
            cells(&codes.codes, codes.valid.as_ref())
        }
        let times = cells(&self.times.ticks, self.times.valid.as_ref());
        let local = self.times.zone.is_none();
        let times = if local { Times::Local(times) } else { Times::Instants(times) };
        let mut log = Transactions::new(of(&self.customer), times).with_time_unit(self.times.unit);
        if let Some(Amount { values, valid }) = &self.amount {
            log = log.with_amounts(Amounts::Decimal(cells(values, valid.as_ref())));
        }
        if let Some(order) = &self.order {
            log = log.with_orders(of(order));
        }
        if let Some(currency) = &self.currency {
            log = log.with_currencies(of(currency));
        }
        log
    }

    /// Options with the zone and the reference that they do not name: the zone of the times, and the last of
    /// them.
    fn options(&self, given: &Given) -> Result<Map<String, Value>> {
        let mut options: Map<String, Value> = given.options()?;
        let asked = options.get("zone").and_then(Value::as_str).map(str::parse).transpose()?;
        let zone = zone_of(&self.times, asked)?;
        options.insert("zone".to_owned(), json!(zone));
        for name in ["reference", "calibrationEnd"] {
            if let Some(Value::String(text)) = options.get(name) {
                let at = instant_of(text, zone, OfDay::Last);
                let at = at.map_err(|error| error.with("field", name))?;
                options.insert(name.to_owned(), json!(at));
            }
        }
        if !options.contains_key("reference") {
            options.insert("reference".to_owned(), json!(self.last(zone)?));
        }
        Ok(options)
    }

    /// The last instant of the log.
    fn last(&self, zone: Zone) -> Result<Timestamp> {
        let ticks = cells(&self.times.ticks, self.times.valid.as_ref());
        let last = (0..ticks.len()).filter(|row| ticks.get(*row).is_some());
        let last = last.max_by_key(|row| ticks.get(*row));
        let last = last.map(|row| self.times.millis("time", row)).transpose()?.flatten();
        let Some(last) = last else {
            return Err(Error::invalid("reference", "an instant, since the log has no time"));
        };
        if self.times.zone.is_some() {
            return Timestamp::from_millis(last);
        }
        let offset = |at: i64| zone.local_millis(at).saturating_sub(at);
        // The later reading where there are two; where there is none, the hour is skipped anyway.
        let at = instants_of_local(zone, last)
            .map_or_else(|| last.saturating_sub(offset(last)), |(_, later)| later);
        Timestamp::from_millis(at)
    }

    /// The ids of customers.
    fn ids(&self, given: &Given, codes: &[u32]) -> Result<Column> {
        let first =
            codes.iter().filter_map(|code| self.customer.first.get(*code as usize).copied());
        Ok(given.column("customer")?.rows(&first.collect::<Vec<_>>()))
    }
}

fn read<T: serde::de::DeserializeOwned>(options: &Map<String, Value>) -> Result<T> {
    crate::ops::read(&Value::Object(options.clone()).to_string())
}

pub(super) fn summarize(given: &Given) -> Result<Made> {
    let log = Log::of(given)?;
    let options: SummaryOptions = read(&log.options(given)?)?;
    let summary = Summary::from_log(&log.transactions(), &options)?;
    let duration = summary.holdout.as_ref().map(|holdout| holdout.duration);
    let mut made = Made::answer(&json!({
        "options": summary.options,
        "report": summary.report,
        "duration": duration,
        "tracking": summary.tracking,
    }))?
    .with("customer", log.ids(given, &summary.customer)?)
    .with("frequency", summary.frequency)
    .with("recency", summary.recency)
    .with("age", summary.age);
    if log.amount.is_some() {
        made = made.with("spend", summary.spend);
    }
    if let Some(holdout) = summary.holdout {
        made = made.with("holdout_frequency", holdout.frequency);
        if log.amount.is_some() {
            made = made.with("holdout_spend", holdout.spend);
        }
    }
    Ok(made)
}

/// The sum of the logarithms of the waits between the purchases of each customer, in units: what the likelihood of
/// regular customers is made of beside the summary. Rows of one period are one purchase.
pub(super) fn ln_waits(given: &Given) -> Result<Made> {
    #[derive(Deserialize)]
    struct Options {
        unit: Unit,
        zone: Zone,
        reference: Timestamp,
        #[serde(default)]
        exact: bool,
    }
    let log = Log::of(given)?;
    let Options { unit, zone, reference, exact } = read(&log.options(given)?)?;
    given.column("customer")?.full("customer")?;
    let (times, zone) = instants(given, "time", Some(zone))?;
    if times.len() != log.customer.codes.len() {
        return Err(Error::invalid("time", "as many rows as customers"));
    }
    let mut rows: Vec<(u32, i64)> = Vec::with_capacity(times.len());
    for (row, (code, at)) in log.customer.codes.iter().zip(&times).enumerate() {
        let bought = log
            .amount
            .as_ref()
            .is_none_or(|amount| amount.values.get(row).is_none_or(|a| *a >= 0.0));
        if *at <= reference && bought {
            let millis = at.as_millis();
            rows.push((*code, if exact { millis } else { unit.period(zone.local_millis(millis)) }));
        }
    }
    rows.sort_unstable();
    rows.dedup();
    let length = if exact { unit.days() * 86_400_000.0 } else { 1.0 };
    let waits = rows.windows(2).filter_map(|pair| match pair {
        [(before, from), (code, to)] if before == code => Some((to - from) as f64 / length),
        _ => None,
    });
    Made::answer(&waits.map(ln).sum::<f64>())
}

/// A map of one's own; made here, so that its error says which codes are missing or doubled.
fn own_map(map: &Value) -> Result<SegmentMap> {
    #[derive(Deserialize)]
    struct Parts {
        name: String,
        scores: u8,
        segments: Vec<Segment>,
    }
    let Parts { name, scores, segments } = crate::ops::read(&map.to_string())?;
    let codes: Vec<Vec<&str>> =
        segments.iter().map(|segment| segment.codes.iter().map(String::as_str).collect()).collect();
    let parts: Vec<(&str, &[&str])> = segments
        .iter()
        .zip(&codes)
        .map(|(segment, codes)| (segment.name.as_str(), codes.as_slice()))
        .collect();
    SegmentMap::new(&name, scores, &parts)
}

pub(super) fn rfm(given: &Given) -> Result<Made> {
    let log = Log::of(given)?;
    let mut options = log.options(given)?;
    let map = match options.remove("map") {
        None => None,
        Some(Value::String(name)) => Some(match name.as_str() {
            "eleven" => SegmentMap::eleven(),
            "ten" => SegmentMap::ten(),
            _ => return Err(Error::invalid("map", "eleven, ten, or a map of one's own")),
        }),
        Some(own) => Some(own_map(&own)?),
    };
    let options: RfmOptions = read(&options)?;
    let rfm = Rfm::from_log(&log.transactions(), &options)?;
    let codes: Vec<u16> =
        (0..rfm.customer.len()).map(|row| rfm.code(row).unwrap_or_default()).collect();
    let segments = map.map(|map| rfm.segments(&map)).transpose()?;
    let mut made = Made::answer(&json!({
        "options": rfm.options,
        "report": rfm.report,
        "recencyBins": rfm.recency_bins,
        "frequencyBins": rfm.frequency_bins,
        "monetaryBins": rfm.monetary_bins,
        "map": segments.as_ref().map(|segments| &segments.map),
        "segments": segments.as_ref().map(|segments| (&segments.names, &segments.customers)),
    }))?
    .with("customer", log.ids(given, &rfm.customer)?)
    .with("recency", rfm.recency)
    .with("frequency", rfm.frequency)
    .with("monetary", rfm.monetary)
    .with("recency_score", rfm.recency_score)
    .with("frequency_score", rfm.frequency_score)
    .with("monetary_score", rfm.monetary_score)
    .with("code", codes);
    if let Some(segments) = segments {
        let places: Vec<u32> = segments.segment.iter().map(|place| u32::from(*place)).collect();
        made = made.with("segment", Values::dictionary(places, segments.names));
    }
    Ok(made)
}
