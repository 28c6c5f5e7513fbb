//! Times of columns as instants.

use chrono::{NaiveDate, NaiveTime};

use crate::analytics::{Periods, Unit, Zone};
use crate::error::{Error, Result};
use crate::time::Timestamp;

use super::Given;
use super::column::cell_error;
use super::needs::Moments;

const DAY: i64 = 86_400_000;

/// The zone that is asked for, or that of the times; days have UTC without one.
pub(super) fn zone_of(times: &Moments, asked: Option<Zone>) -> Result<Zone> {
    match (asked, &times.zone) {
        (Some(zone), _) => Ok(zone),
        (None, Some(zone)) => zone.parse(),
        (None, None) if !times.days => {
            let accepted = "the zone of times that have none, such as Europe/Berlin or UTC";
            Err(Error::invalid("zone", accepted))
        }
        (None, None) => Ok(Zone::UTC),
    }
}

/// Which instant of a day is meant by its date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OfDay {
    /// The first.
    First,
    /// The last millisecond.
    Last,
    /// The first of the next day.
    After,
}

/// An instant as options give it: RFC 3339, or the date of a day in the zone.
pub(super) fn instant_of(text: &str, zone: Zone, of_day: OfDay) -> Result<Timestamp> {
    let Ok(day) = NaiveDate::parse_from_str(text, "%Y-%m-%d") else {
        return text.parse();
    };
    let midnight = day.and_time(NaiveTime::MIN).and_utc().timestamp_millis();
    let begin = |local: i64| match instants_of_local(zone, local) {
        Some((first, _)) => first,
        // A midnight that never came: the clocks were set at it.
        None => local.saturating_sub(offset(zone, local.saturating_sub(DAY))),
    };
    Timestamp::from_millis(match of_day {
        OfDay::First => begin(midnight),
        OfDay::Last => begin(midnight.saturating_add(DAY)).saturating_sub(1),
        OfDay::After => begin(midnight.saturating_add(DAY)),
    })
}

fn offset(zone: Zone, at: i64) -> i64 {
    zone.local_millis(at).saturating_sub(at)
}

/// When the clocks of a zone showed this: the earliest and the latest instant; none if never.
pub(super) fn instants_of_local(zone: Zone, local: i64) -> Option<(i64, i64)> {
    let before = local.saturating_sub(offset(zone, local.saturating_sub(DAY)));
    let after = local.saturating_sub(offset(zone, local.saturating_add(DAY)));
    let shows = |at: &i64| zone.local_millis(*at) == local;
    let mut readings = [before.min(after), before.max(after)].into_iter().filter(shows);
    let first = readings.next()?;
    Some((first, readings.next().unwrap_or(first)))
}

/// Instants of a column without nulls. Local times that came twice or never are refused.
pub(super) fn instants(
    given: &Given,
    name: &str,
    zone: Option<Zone>,
) -> Result<(Vec<Timestamp>, Zone)> {
    given.column(name)?.full(name)?;
    let (found, zone) = nullable_instants(given, name, zone)?;
    Ok((found.into_iter().flatten().collect(), zone))
}

/// Instants of a column, where nulls are none.
pub(super) fn nullable_instants(
    given: &Given,
    name: &str,
    zone: Option<Zone>,
) -> Result<(Vec<Option<Timestamp>>, Zone)> {
    let times = given.column(name)?.moments(name)?;
    let zone = zone_of(&times, zone)?;
    let mut found = Vec::with_capacity(times.ticks.len());
    for row in 0..times.ticks.len() {
        let Some(millis) = times.millis(name, row)? else {
            found.push(None);
            continue;
        };
        let millis = if times.zone.is_none() {
            let accepted = "a local time that the clocks of the zone showed once; or instants";
            match instants_of_local(zone, millis) {
                Some((first, last)) if first == last => first,
                // The first midnight of a day that has two.
                Some((first, _)) if times.days => first,
                _ => return Err(cell_error(name, row, accepted)),
            }
        } else {
            millis
        };
        let at = Timestamp::from_millis(millis);
        found
            .push(Some(at.map_err(|error| error.with("field", name.to_owned()).with("row", row))?));
    }
    Ok((found, zone))
}

/// Calendar periods of a zone that have all of the instants before `end`, and `end`.
pub(super) fn periods(
    unit: Unit,
    times: &[Timestamp],
    from: Option<&str>,
    end: Timestamp,
    zone: Zone,
) -> Result<Periods> {
    let from = from.map(|from| instant_of(from, zone, OfDay::First)).transpose()?;
    let first = from.or_else(|| times.iter().min().copied()).unwrap_or(end);
    Periods::in_zone(unit, first, end, zone)
}

/// Right after the last of the instants, unless another end is given.
pub(super) fn end_of(times: &[Timestamp], end: Option<&str>, zone: Zone) -> Result<Timestamp> {
    match (end, times.iter().max()) {
        (Some(end), _) => instant_of(end, zone, OfDay::After),
        (None, Some(last)) => Timestamp::from_millis(last.as_millis().saturating_add(1)),
        (None, None) => Err(Error::invalid("end", "an instant, since there are no times")),
    }
}
