//! From codes to segments.

use serde::{Deserialize, Serialize};

use super::Rfm;
use crate::error::{Error, Result};

/// A segment, and which codes it has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Segment {
    /// What it is called.
    pub name: String,
    /// Patterns of three places, for recency, frequency and monetary value: a score, several in brackets,
    /// or a point for any. `5[45].` is 541, 542, … to 555.
    pub codes: Vec<String>,
}

/// Which codes are which segment: every code is in exactly one.
///
/// ```
/// use goodwill::analytics::SegmentMap;
///
/// let mine = SegmentMap::new("mine", 5, &[("good", &["[45].."]), ("other", &["[123].."])])?;
/// assert_eq!((mine.of_code(412), mine.of_code(612)), (Some("good"), None));
///
/// let gap = SegmentMap::new("gap", 3, &[("good", &["3.."]), ("bad", &["1.."])]).unwrap_err();
/// assert_eq!(gap.details()["missing"], "211");
/// let twice = SegmentMap::new("twice", 2, &[("all", &["..."]), ("best", &["222"])]).unwrap_err();
/// assert_eq!(twice.details()["doubled"], "222");
/// # Ok::<(), goodwill::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Parts", into = "Parts")]
pub struct SegmentMap {
    name: String,
    scores: u8,
    segments: Vec<Segment>,
    /// The segment of each code, counted from 111.
    places: Vec<u16>,
}

/// What a map is written as.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Parts {
    name: String,
    scores: u8,
    segments: Vec<Segment>,
}

impl TryFrom<Parts> for SegmentMap {
    type Error = Error;

    fn try_from(parts: Parts) -> Result<Self> {
        Self::build(parts.name, parts.scores, parts.segments)
    }
}

impl From<SegmentMap> for Parts {
    fn from(map: SegmentMap) -> Self {
        Self { name: map.name, scores: map.scores, segments: map.segments }
    }
}

/// The eleven segments of marketing suites, by codes.
const ELEVEN: [(&str, &str); 11] = [
    ("Champions", "555 554 544 545 454 455 445"),
    ("Loyal", "543 444 435 355 354 345 344 335"),
    (
        "Potential Loyalist",
        "553 551 552 541 542 533 532 531 452 451 442 441 431 453 433 432 423 353 352 351 342 341 333 323",
    ),
    ("New Customers", "512 511 422 421 412 411 311"),
    ("Promising", "525 524 523 522 521 515 514 513 425 424 413 414 415 315 314 313"),
    ("Need Attention", "535 534 443 434 343 334 325 324"),
    ("About To Sleep", "331 321 312 221 213 231 241 251"),
    (
        "At Risk",
        "255 254 245 244 253 252 243 242 235 234 225 224 153 152 145 143 142 135 134 133 125 124",
    ),
    ("Cannot Lose Them", "155 154 144 214 215 115 114 113"),
    ("Hibernating", "332 322 233 232 223 222 132 123 122 212 211"),
    ("Lost", "111 112 121 131 141 151"),
];

/// The ten segments of recency and frequency.
const TEN: [(&str, &str); 10] = [
    ("Champions", "5[45]."),
    ("Loyal Customers", "[34][45]."),
    ("Potential Loyalists", "[45][23]."),
    ("New Customers", "51."),
    ("Promising", "41."),
    ("Need Attention", "33."),
    ("About To Sleep", "3[12]."),
    ("At Risk", "[12][34]."),
    ("Cannot Lose Them", "[12]5."),
    ("Hibernating", "[12][12]."),
];

impl SegmentMap {
    /// The eleven segments of recency, frequency and monetary value that marketing suites use, from
    /// Champions to Lost, as code lists. For scores from 1 to 5.
    #[must_use]
    pub fn eleven() -> Self {
        Self::named("eleven", &ELEVEN)
    }

    /// The ten segments of recency and frequency, from Champions to Hibernating; monetary value does not
    /// matter. For scores from 1 to 5.
    #[must_use]
    pub fn ten() -> Self {
        Self::named("ten", &TEN)
    }

    fn named(name: &str, segments: &[(&str, &str)]) -> Self {
        let segments: Vec<Segment> = segments
            .iter()
            .map(|(name, codes)| Segment {
                name: (*name).to_owned(),
                codes: codes.split(' ').map(str::to_owned).collect(),
            })
            .collect();
        let places = cover(5, &segments).unwrap_or_default();
        Self { name: name.to_owned(), scores: 5, segments, places }
    }

    /// A map of one's own, from names and patterns of codes as in [`Segment::codes`].
    ///
    /// # Errors
    /// `input.invalid`: `scores` outside 2 to 9; a pattern that is none, with its place as `segment`;
    /// a code without a segment (`missing`) or with two (`doubled`).
    pub fn new(name: &str, scores: u8, segments: &[(&str, &[&str])]) -> Result<Self> {
        let segments = segments
            .iter()
            .map(|(name, codes)| Segment {
                name: (*name).to_owned(),
                codes: codes.iter().map(|code| (*code).to_owned()).collect(),
            })
            .collect();
        Self::build(name.to_owned(), scores, segments)
    }

    fn build(name: String, scores: u8, segments: Vec<Segment>) -> Result<Self> {
        if !(2..=9).contains(&scores) {
            return Err(Error::invalid("scores", "2 to 9"));
        }
        let places = cover(scores, &segments)?;
        Ok(Self { name, scores, segments, places })
    }

    /// What the map is called.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The best score.
    #[must_use]
    pub fn scores(&self) -> u8 {
        self.scores
    }

    /// The segments, in the order of the map.
    #[must_use]
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// The segment of a code such as 534; `None` if there is no such code.
    #[must_use]
    pub fn of_code(&self, code: u16) -> Option<&str> {
        let digits = [code / 100, code / 10 % 10, code % 10];
        let place = usize::from(self.place(digits)?);
        self.segments.get(place).map(|segment| segment.name.as_str())
    }

    fn place(&self, digits: [u16; 3]) -> Option<u16> {
        let n = u16::from(self.scores);
        let mut place = 0;
        for digit in digits {
            if !(1..=n).contains(&digit) {
                return None;
            }
            place = place * n + digit - 1;
        }
        self.places.get(usize::from(place)).copied()
    }
}

/// The scores of each place of a pattern.
fn parse(pattern: &str, scores: u8) -> Option<Vec<Vec<u8>>> {
    let score = |char: char| {
        let digit = char.to_digit(10).and_then(|digit| u8::try_from(digit).ok())?;
        (1..=scores).contains(&digit).then_some(digit)
    };
    let mut chars = pattern.chars();
    let mut places = Vec::new();
    while let Some(char) = chars.next() {
        places.push(match char {
            '.' => (1..=scores).collect(),
            '[' => {
                let inner = chars.by_ref().take_while(|char| *char != ']');
                inner.map(score).collect::<Option<Vec<u8>>>()?
            }
            digit => vec![score(digit)?],
        });
    }
    // A bracket that is not closed would be as good as a closed one.
    let closed = pattern.matches('[').count() == pattern.matches(']').count();
    (closed && places.len() == 3 && places.iter().all(|place| !place.is_empty())).then_some(places)
}

/// The segment of each code from 11…1, if they are a partition.
fn cover(scores: u8, segments: &[Segment]) -> Result<Vec<u16>> {
    let mut places = vec![None; usize::from(scores).pow(3)];
    for (index, segment) in (0_u16..).zip(segments) {
        for pattern in &segment.codes {
            let digits = parse(pattern, scores).ok_or_else(|| {
                let accepted = "three places, each a score, scores in brackets, or a point";
                Error::invalid("codes", accepted).with("segment", index)
            })?;
            let mut codes = vec![(0_usize, String::new())];
            for place in &digits {
                codes = codes
                    .iter()
                    .flat_map(|(code, text)| {
                        place.iter().map(move |digit| {
                            let next = code * usize::from(scores) + usize::from(*digit) - 1;
                            (next, format!("{text}{digit}"))
                        })
                    })
                    .collect();
            }
            for (code, text) in codes {
                if places.get_mut(code).is_some_and(|place| place.replace(index).is_some()) {
                    let error = Error::invalid("segments", "every code in one segment");
                    return Err(error.with("doubled", text));
                }
            }
        }
    }
    let missing = |code: usize| {
        let n = usize::from(scores);
        let text = format!("{}{}{}", code / n / n + 1, code / n % n + 1, code % n + 1);
        Error::invalid("segments", "a segment for every code").with("missing", text)
    };
    places.into_iter().enumerate().map(|(code, place)| place.ok_or_else(|| missing(code))).collect()
}

/// The segment of each customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Segments {
    /// What the map is called.
    pub map: String,
    /// The names, in the order of the map.
    pub names: Vec<String>,
    /// The place in `names` of each customer's segment; rows as in the [`Rfm`].
    pub segment: Vec<u16>,
    /// How many customers each segment has.
    pub customers: Vec<u64>,
}

impl Segments {
    /// The name of the segment of a row.
    #[must_use]
    pub fn name_of(&self, row: usize) -> Option<&str> {
        let place = usize::from(*self.segment.get(row)?);
        self.names.get(place).map(String::as_str)
    }
}

impl Rfm {
    /// The segments of the customers by a map.
    ///
    /// # Errors
    /// `input.invalid`: the map is for another number of scores.
    pub fn segments(&self, map: &SegmentMap) -> Result<Segments> {
        self.check_map(map)?;
        let mut customers = vec![0_u64; map.segments.len()];
        let scores = self.recency_score.iter().zip(&self.frequency_score).zip(&self.monetary_score);
        let segment = scores
            .map(|((r, f), m)| {
                let place = map.place([*r, *f, *m].map(u16::from)).unwrap_or_default();
                if let Some(count) = customers.get_mut(usize::from(place)) {
                    *count += 1;
                }
                place
            })
            .collect();
        let names = map.segments.iter().map(|segment| segment.name.clone()).collect();
        Ok(Segments { map: map.name.clone(), names, segment, customers })
    }

    pub(super) fn check_map(&self, map: &SegmentMap) -> Result<()> {
        if map.scores == self.options.scores {
            return Ok(());
        }
        let accepted = format!("a map for scores from 1 to {}", self.options.scores);
        Err(Error::invalid("map", accepted))
    }
}
