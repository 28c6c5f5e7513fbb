//! What clocks showed, and when: look-ups of local times by the million.

use serde::{Deserialize, Serialize};

use crate::zone::Zone;

/// What a local time means that the zone's clocks showed twice or never.
///
/// When clocks go back, an hour comes twice; when they go forward, one is left out. Both have two
/// readings: with the offset before the change and with the one after. The words are those of
/// `disambiguation` in ECMAScript's Temporal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LocalTimes {
    /// The earlier of the two instants.
    Earlier,
    /// The later of the two instants.
    Later,
    /// An error.
    #[default]
    Reject,
}

/// What a local time turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Local {
    /// One instant.
    Instant(i64),
    /// The clocks showed it twice: the earlier and the later instant.
    Twice(i64, i64),
    /// The clocks left it out: the earlier and the later reading.
    Never(i64, i64),
}

/// The offsets of a zone over a range of instants, for millions of look-ups.
#[derive(Debug)]
pub(crate) struct Offsets {
    /// The offset before the first change.
    first: i64,
    /// When it changes, and to what, ascending.
    changes: Vec<(i64, i64)>,
    /// The first day that was asked for.
    begin: i64,
    /// How many changes are over when each day from there begins.
    over: Vec<u32>,
}

const DAY: i64 = 86_400_000;

/// How far clocks are from Greenwich at most, with room.
const MARGIN: i64 = 2 * DAY;

impl Offsets {
    /// The offsets between two instants, and two days around them.
    ///
    /// The database does not tell its changes, so that every day is asked for its offset, and a change is
    /// closed in on. No zone ever changed twice within a day.
    pub(crate) fn new(zone: Zone, from: i64, to: i64) -> Self {
        // Before 1800 there was local mean time only.
        const FIRST: i64 = -5_364_662_400_000;
        let mut at = from.saturating_sub(MARGIN).max(FIRST);
        let mut offset = zone.offset_millis(at);
        let mut offsets = Self { first: offset, changes: vec![], begin: at, over: vec![] };
        if zone.is_fixed() {
            return offsets;
        }
        let end = to.saturating_add(MARGIN);
        while at < end {
            let next = at.saturating_add(DAY);
            offsets.over.push(u32::try_from(offsets.changes.len()).unwrap_or(u32::MAX));
            let after = zone.offset_millis(next);
            if after != offset {
                let (mut low, mut high) = (at, next);
                while high - low > 1 {
                    let middle = low + (high - low) / 2;
                    if zone.offset_millis(middle) == offset { low = middle } else { high = middle }
                }
                offsets.changes.push((high, after));
                offset = after;
            }
            at = next;
        }
        offsets
    }

    /// The offset, if it never changes.
    pub(crate) fn constant(&self) -> Option<i64> {
        self.changes.is_empty().then_some(self.first)
    }

    /// What the clocks show at an instant.
    pub(crate) fn local(&self, instant: i64) -> i64 {
        instant + self.offset(instant)
    }

    fn offset(&self, instant: i64) -> i64 {
        if self.changes.is_empty() {
            return self.first;
        }
        let day = usize::try_from((instant - self.begin).div_euclid(DAY)).ok();
        let passed = match day.and_then(|day| self.over.get(day)) {
            // At most one change is in the day itself.
            Some(over) => {
                let over = *over as usize;
                over + usize::from(self.changes.get(over).is_some_and(|(at, _)| *at <= instant))
            }
            None => self.changes.partition_point(|(at, _)| *at <= instant),
        };
        let change = passed.checked_sub(1).and_then(|last| self.changes.get(last));
        change.map_or(self.first, |(_, offset)| *offset)
    }

    /// When the clocks showed this.
    pub(crate) fn instant(&self, local: i64) -> Local {
        if self.changes.is_empty() {
            return Local::Instant(local - self.first);
        }
        // Either reading lies within two days, where there is at most one change or the two agree.
        let before = local - self.offset(local.saturating_sub(MARGIN / 2));
        let after = local - self.offset(local.saturating_add(MARGIN / 2));
        if before == after {
            return Local::Instant(before);
        }
        let (earlier, later) = (before.min(after), before.max(after));
        match (self.local(before) == local, self.local(after) == local) {
            (true, true) => Local::Twice(earlier, later),
            (true, false) => Local::Instant(before),
            (false, true) => Local::Instant(after),
            (false, false) => Local::Never(earlier, later),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600_000;

    fn millis(text: &str) -> i64 {
        format!("{text}Z").parse::<crate::Timestamp>().unwrap().as_millis()
    }

    #[test]
    fn offsets_are_those_of_the_database() {
        for name in [
            "Europe/Berlin",
            "America/New_York",
            "Asia/Kathmandu",
            "Africa/Casablanca",
            "Australia/Lord_Howe",
            "Pacific/Apia",
            "Europe/Dublin",
            "America/St_Johns",
        ] {
            let zone: Zone = name.parse().unwrap();
            let (from, to) = (millis("1850-01-01T00:00:00"), millis("2037-12-31T00:00:00"));
            let offsets = Offsets::new(zone, from, to);
            for step in 0..(to - from) / (5 * HOUR) {
                let instant = from + step * 5 * HOUR;
                assert_eq!(offsets.local(instant), zone.local_millis(instant), "{name} {instant}");
            }
            for (change, _) in &offsets.changes {
                for instant in [change - 1, *change, change + HOUR, change - HOUR] {
                    assert_eq!(offsets.local(instant), zone.local_millis(instant), "{name}");
                    let found = offsets.instant(offsets.local(instant));
                    assert!(
                        matches!(found, Local::Instant(a) if a == instant)
                            || matches!(found, Local::Twice(a, b) if a == instant || b == instant),
                        "{name} {instant} {found:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn hours_that_came_twice_or_never_are_known() {
        let zone: Zone = "Europe/Berlin".parse().unwrap();
        let (from, to) = (millis("2026-01-01T00:00:00"), millis("2026-12-31T00:00:00"));
        let offsets = Offsets::new(zone, from, to);
        let twice = millis("2026-10-25T02:30:00");
        assert_eq!(offsets.instant(twice), Local::Twice(twice - 2 * HOUR, twice - HOUR));
        let never = millis("2026-03-29T02:30:00");
        assert_eq!(offsets.instant(never), Local::Never(never - 2 * HOUR, never - HOUR));
        let noon = millis("2026-07-01T12:00:00");
        assert_eq!(offsets.instant(noon), Local::Instant(noon - 2 * HOUR));
    }
}
