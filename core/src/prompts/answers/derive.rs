//! Values that are computed and not believed.

use serde_json::{Map, Value, json};

use super::outcome::{Warning, WarningKind};
use super::read::warn;
use super::spec::{DerivedRule, NumberWord, OutputSpec};

/// How far an answer's own average may be off before it counts as wrong: half of one decimal.
const ROUNDING: f64 = 0.05;

/// Writes the derived values over those of the answer, and warns where they differ.
pub(super) fn derive(spec: &OutputSpec, map: &mut Map<String, Value>, warnings: &mut Vec<Warning>) {
    let mut corrected = false;
    for derived in &spec.derived {
        let path = format!("{}.{}", derived.record, derived.field);
        let given = map.get(&derived.record).and_then(|record| record.get(&derived.field));
        let value = match &derived.rule {
            DerivedRule::Mean { list, field } => {
                let Some(mean) = mean(map.get(list), field) else { continue };
                let off = given.and_then(Value::as_f64).map(|given| (given - mean).abs());
                if off.is_none_or(|off| off > ROUNDING + f64::EPSILON) {
                    corrected = true;
                    warn(warnings, WarningKind::Corrected, &path, "the mean of the entries");
                }
                json!(mean)
            }
            DerivedRule::Words { number, scale } => {
                if given.is_some() && !corrected {
                    continue;
                }
                let mut place = number.split('.').map(str::to_owned);
                let record = place.next().and_then(|record| map.get(&record));
                let field = place.next();
                let number = field.and_then(|field| record?.get(&field)?.as_f64());
                let Some(words) = number.and_then(|number| nearest(scale, number)) else {
                    continue;
                };
                json!(words)
            }
        };
        let record = map.entry(derived.record.clone()).or_insert_with(|| json!({}));
        if let Some(record) = record.as_object_mut() {
            record.insert(derived.field.clone(), value);
        }
    }
}

/// The mean of a number of every record, to two decimals, if every record has it.
fn mean(list: Option<&Value>, field: &str) -> Option<f64> {
    let numbers: Option<Vec<f64>> =
        list?.as_array()?.iter().map(|item| item.get(field)?.as_f64()).collect();
    let numbers = numbers?;
    let count = u32::try_from(numbers.len()).ok().filter(|count| *count > 0)?;
    let mean = numbers.iter().sum::<f64>() / f64::from(count);
    // There is no minus zero in an answer.
    Some((mean * 100.0).round() / 100.0 + 0.0)
}

/// The words of the scale for a number.
pub(super) fn nearest(scale: &[NumberWord], number: f64) -> Option<&str> {
    let number = number.round();
    let away = |word: &&NumberWord| {
        let at = i32::try_from(word.number).map_or(f64::MAX, f64::from);
        (at - number).abs()
    };
    scale.iter().min_by(|one, two| away(one).total_cmp(&away(two))).map(|word| word.words.as_str())
}
