//! Texts one after the other, as Arrow has them.

use super::Slice;

/// Texts: their bytes, and where each begins and ends.
///
/// ```
/// use goodwill::ops::columns::Texts;
///
/// let texts: Texts = ["ada", "bob"].into_iter().collect();
/// assert_eq!((texts.len(), texts.get(1)), (2, Some("bob")));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Texts {
    bytes: Slice<u8>,
    /// One more than there are texts.
    offsets: Slice<i64>,
}

impl Texts {
    /// Texts of bytes, each from one offset to the next; none unless the offsets ascend within the bytes.
    #[must_use]
    pub fn of_bytes(bytes: Slice<u8>, offsets: Slice<i64>) -> Option<Self> {
        let ascending = offsets.is_sorted();
        let end = offsets.last().map_or(Some(0), |end| usize::try_from(*end).ok())?;
        let within = offsets.first().is_none_or(|first| *first >= 0) && end <= bytes.len();
        (ascending && within).then_some(Self { bytes, offsets })
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.offsets.len().saturating_sub(1)
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The bytes of a row.
    #[must_use]
    pub fn bytes(&self, row: usize) -> &[u8] {
        let at = |row| self.offsets.get(row).and_then(|at| usize::try_from(*at).ok());
        let range = at(row).zip(at(row + 1)).map(|(from, to)| from..to);
        range.and_then(|range| self.bytes.get(range)).unwrap_or_default()
    }

    /// The text of a row; none if it is not UTF-8.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<&str> {
        std::str::from_utf8(self.bytes(row)).ok()
    }

    /// The bytes of all, and where each text begins and ends.
    #[must_use]
    pub fn parts(&self) -> (&Slice<u8>, &Slice<i64>) {
        (&self.bytes, &self.offsets)
    }
}

impl<T: AsRef<[u8]>> FromIterator<T> for Texts {
    fn from_iter<I: IntoIterator<Item = T>>(texts: I) -> Self {
        let (mut bytes, mut offsets) = (Vec::new(), vec![0]);
        for text in texts {
            bytes.extend_from_slice(text.as_ref());
            offsets.push(i64::try_from(bytes.len()).unwrap_or(i64::MAX));
        }
        Self { bytes: bytes.into(), offsets: offsets.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_that_lead_elsewhere_are_refused() {
        let texts =
            |offsets: &[i64]| Texts::of_bytes(b"ab".to_vec().into(), offsets.to_vec().into());
        assert_eq!(texts(&[0, 1, 2]).unwrap().get(1), Some("b"));
        assert_eq!(texts(&[1, 1]).unwrap().get(0), Some(""));
        for wrong in [&[0, 3][..], &[-1, 1], &[0, 2, 1]] {
            assert_eq!(texts(wrong), None);
        }
        assert_eq!(texts(&[]).unwrap().len(), 0);
        let latin = Texts::of_bytes(vec![0xe9].into(), vec![0, 1].into()).unwrap();
        assert_eq!((latin.get(0), latin.bytes(0)), (None, &[0xe9][..]));
    }
}
