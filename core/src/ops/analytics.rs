//! Analytics of single customers and of small data: what the functions of the table take and return.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::analytics::{
    Bin, ChurnModel, ChurnRisk, Engagement, EngagementModel, Health, HealthModel, HealthOverride,
    Points, Segment, SegmentMap, VipRules,
};
use crate::error::{Code, Error, Result};

/// Something that a customer did.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct CustomerActivity {
    /// Its kind, as the model names it: `purchase`, `reply`, …
    kind: String,
    /// How many days ago.
    age_days: f64,
}

/// The parameter sets that are used where none is given, to start one's own from.
#[derive(Debug, Clone, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub(super) struct AnalyticsModels {
    /// Of health scores.
    health: HealthModel,
    /// Of the risk to leave.
    churn: ChurnModel,
    /// Of engagement.
    engagement: EngagementModel,
    /// Of who is a VIP.
    vip: VipRules,
}

/// Which codes are which segment: every code is in exactly one.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct OwnSegments {
    /// What the map is called.
    name: String,
    /// The best score.
    scores: u8,
    /// The segments.
    segments: Vec<Segment>,
}

/// The bins of a scored customer base, as `rfm` of the columns returns them.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct RfmBins {
    /// Of the days since the last purchase.
    recency: Vec<Bin>,
    /// Of the number of purchases.
    frequency: Vec<Bin>,
    /// Of their worth.
    monetary: Vec<Bin>,
}

/// One digit of an RFM code.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub(super) struct RfmDigit {
    /// The customer's value.
    value: f64,
    /// The bin that it falls into, with its score, edges and size.
    bin: Bin,
}

/// Why a customer has an RFM code and a segment.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub(super) struct RfmExplanation {
    /// The scores together, such as 534.
    code: u16,
    /// The segment of that code.
    segment: String,
    /// Which map says so.
    map: String,
    /// Days since the last purchase.
    recency: RfmDigit,
    /// How often.
    frequency: RfmDigit,
    /// How much.
    monetary: RfmDigit,
}

/// The values in the order of a model's names; a name that is not the model's is refused.
fn in_order<'a>(
    values: &BTreeMap<String, Option<f64>>,
    names: impl Iterator<Item = &'a str> + Clone,
) -> Result<Vec<Option<f64>>> {
    if values.keys().any(|name| names.clone().all(|known| known != name)) {
        let accepted = format!("only {}", names.collect::<Vec<_>>().join(", "));
        return Err(Error::invalid("values", accepted));
    }
    Ok(names.map(|name| values.get(name).copied().flatten()).collect())
}

/// The error of a value by its name.
fn named<'a>(error: Error, mut names: impl Iterator<Item = &'a str>) -> Error {
    let row = error.details().get("row").and_then(Value::as_u64);
    match row.and_then(|row| names.nth(usize::try_from(row).ok()?)) {
        Some(name) => error.with("name", name.to_owned()),
        None => error,
    }
}

pub(super) fn health(
    values: &BTreeMap<String, Option<f64>>,
    previous: Option<f64>,
    overridden: Option<HealthOverride>,
    model: Option<HealthModel>,
) -> Result<Health> {
    let model = model.unwrap_or_default();
    let names = || model.parts.iter().map(|part| part.name.as_str());
    let previous = previous.map(Points::new).transpose();
    let previous = previous.map_err(|_| Error::invalid("previous", "a number from 0 to 100"))?;
    let row = in_order(values, names())?;
    model.evaluate(&row, previous, overridden).map_err(|error| named(error, names()))
}

pub(super) fn churn(
    values: &BTreeMap<String, Option<f64>>,
    model: Option<ChurnModel>,
) -> Result<ChurnRisk> {
    let model = model.unwrap_or_default();
    let names = || model.drivers.iter().map(|driver| driver.name.as_str());
    let row = in_order(values, names())?;
    model.evaluate(&row).map_err(|error| named(error, names()))
}

pub(super) fn engagement(
    activities: &[CustomerActivity],
    model: Option<EngagementModel>,
) -> Result<Engagement> {
    let kinds: Vec<&str> = activities.iter().map(|each| each.kind.as_str()).collect();
    let ages: Vec<f64> = activities.iter().map(|each| each.age_days).collect();
    model.unwrap_or_default().score(&kinds, &ages)
}

/// The map of segments of this name, or one's own.
fn map(name: Option<&str>, own: Option<&OwnSegments>) -> Result<SegmentMap> {
    match (name, own) {
        (None | Some("eleven"), None) => Ok(SegmentMap::eleven()),
        (Some("ten"), None) => Ok(SegmentMap::ten()),
        (Some(_), None) => Err(Error::field(Code::InputUnknownValue, "map", "eleven or ten")),
        (Some(_), Some(_)) => Err(Error::invalid("map", "none beside segments of one's own")),
        (None, Some(own)) => {
            let segments: Vec<(&str, Vec<&str>)> = own
                .segments
                .iter()
                .map(|each| (&*each.name, each.codes.iter().map(String::as_str).collect()))
                .collect();
            let segments: Vec<(&str, &[&str])> =
                segments.iter().map(|(name, codes)| (*name, &**codes)).collect();
            SegmentMap::new(&own.name, own.scores, &segments)
        }
    }
}

pub(super) fn segment(code: u16, name: Option<&str>, own: Option<&OwnSegments>) -> Result<String> {
    let map = map(name, own)?;
    let accepted = format!("three digits from 1 to {}", map.scores());
    map.of_code(code).map(str::to_owned).ok_or_else(|| Error::invalid("code", accepted))
}

/// The bin that a value falls into; one beyond all of them falls into the last of its side.
fn digit(field: &'static str, value: f64, bins: &[Bin]) -> Result<RfmDigit> {
    if !value.is_finite() {
        return Err(Error::invalid(field, "a finite number"));
    }
    let holds = |bin: &&Bin| {
        bin.above.is_none_or(|edge| value > edge) && bin.up_to.is_none_or(|edge| value <= edge)
    };
    let bin = bins.iter().find(holds).copied();
    let bin =
        bin.ok_or_else(|| Error::invalid("bins", "the bins of a result, with every value"))?;
    Ok(RfmDigit { value, bin })
}

pub(super) fn explain(
    [recency, frequency, monetary]: [f64; 3],
    bins: &RfmBins,
    name: Option<&str>,
    own: Option<&OwnSegments>,
) -> Result<RfmExplanation> {
    let recency = digit("recency", recency, &bins.recency)?;
    let frequency = digit("frequency", frequency, &bins.frequency)?;
    let monetary = digit("monetary", monetary, &bins.monetary)?;
    let [r, f, m] = [&recency, &frequency, &monetary].map(|digit| u16::from(digit.bin.score));
    let code = 100 * r + 10 * f + m;
    let map = map(name, own)?;
    let accepted = format!("the bins of scores from 1 to {}", map.scores());
    let segment = map.of_code(code).ok_or_else(|| Error::invalid("bins", accepted))?.to_owned();
    Ok(RfmExplanation { code, segment, map: map.name().to_owned(), recency, frequency, monetary })
}
