//! Segment maps: every code is in exactly one segment.

use std::collections::BTreeMap;

use goodwill::analytics::{Amounts, Rfm, RfmOptions, SegmentMap, Times, Transactions};

use super::summary::{DAY, at};

fn codes() -> impl Iterator<Item = u16> {
    (1..=5_u16).flat_map(|r| (1..=5).flat_map(move |f| (1..=5).map(move |m| 100 * r + 10 * f + m)))
}

fn sizes(map: &SegmentMap) -> BTreeMap<String, usize> {
    let mut sizes = BTreeMap::new();
    for code in codes() {
        *sizes.entry(map.of_code(code).unwrap().to_owned()).or_default() += 1;
    }
    sizes
}

#[test]
fn eleven_segments_are_a_partition_of_the_codes() {
    let map = SegmentMap::eleven();
    let sizes = sizes(&map);
    assert_eq!((sizes.len(), sizes.values().sum::<usize>()), (11, 125));
    for segment in map.segments() {
        assert_eq!(sizes[&segment.name], segment.codes.len());
        for code in &segment.codes {
            assert_eq!(map.of_code(code.parse().unwrap()), Some(segment.name.as_str()));
        }
    }
    assert_eq!(map.of_code(155), Some("Cannot Lose Them"));
    assert!(map.of_code(556).is_none() && map.of_code(0).is_none() && map.of_code(1_555).is_none());
}

#[test]
fn ten_segments_do_not_look_at_money() {
    let map = SegmentMap::ten();
    let sizes = sizes(&map);
    assert_eq!((sizes.len(), sizes.values().sum::<usize>()), (10, 125));
    for code in codes() {
        assert_eq!(map.of_code(code), map.of_code(code / 10 * 10 + 1));
    }
    let of = |code| map.of_code(code).unwrap();
    assert_eq!(
        (of(551), of(511), of(333), of(115)),
        ("Champions", "New Customers", "Need Attention", "Hibernating")
    );
}

/// The built-in maps go through the same check as one's own.
#[test]
fn built_in_maps_come_back_from_json() {
    for map in [SegmentMap::eleven(), SegmentMap::ten()] {
        let json = serde_json::to_string(&map).unwrap();
        assert_eq!(serde_json::from_str::<SegmentMap>(&json).unwrap(), map);
    }
}

#[test]
fn map_that_is_no_partition_is_refused() {
    let mut json = serde_json::to_value(SegmentMap::eleven()).unwrap();
    json["segments"][0]["codes"].as_array_mut().unwrap().retain(|code| code != "454");
    let error = serde_json::from_value::<SegmentMap>(json).unwrap_err().to_string();
    assert!(error.contains("a segment for every code"), "{error}");
    let refused = |segments: &[(&str, &[&str])]| SegmentMap::new("mine", 3, segments).unwrap_err();
    let missing = refused(&[("a", &["[12].."]), ("b", &["3.[13]", "3[23]2"])]);
    assert_eq!(missing.details()["missing"], "312");
    let doubled = refused(&[("a", &["..."]), ("b", &["123"])]);
    assert_eq!(doubled.details()["doubled"], "123");
    for pattern in ["", "1", "1234", "1[2", "12]", "[]11", "114", "0..", "1.x", "[1]]."] {
        let error = refused(&[("a", &["..."]), ("b", &[pattern])]);
        assert_eq!(error.details()["segment"], 1, "{pattern}");
    }
    assert!(SegmentMap::new("mine", 10, &[]).is_err());
}

#[test]
fn customers_are_counted_by_segment() {
    let times = [90 * DAY, 0, 0, 0];
    let log = Transactions::new(&[4, 1, 2, 3], Times::Instants((&times).into()))
        .with_amounts(Amounts::Minor((&[900, 1, 1, 1]).into()));
    let rfm = Rfm::from_log(&log, &RfmOptions::new(at("1970-04-01T00:00:00Z"))).unwrap();
    assert_eq!(rfm.customer, [1, 2, 3, 4]);
    let map = SegmentMap::eleven();
    let segments = rfm.segments(&map).unwrap();
    assert_eq!(segments.customers.iter().sum::<u64>(), 4);
    for row in 0..4 {
        assert_eq!(segments.name_of(row), map.of_code(rfm.code(row).unwrap()));
    }
    let four = SegmentMap::new("all", 4, &[("all", &["..."])]).unwrap();
    assert_eq!(rfm.segments(&four).unwrap_err().details()["field"], "map");
}
