//! Byte offsets of a text as editors count: units of UTF-16, lines and columns.

/// A text with what is needed to find any of its places at once.
pub(crate) struct Places<'t> {
    text: &'t str,
    /// Where each line begins.
    lines: Vec<usize>,
    /// The end of each character beyond ASCII, and how many bytes more than units there are up to it.
    wide: Vec<(usize, usize)>,
}

impl<'t> Places<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        let (mut lines, mut wide) = (vec![0], Vec::new());
        let mut more = 0_usize;
        for (start, c) in text.char_indices() {
            let end = start.saturating_add(c.len_utf8());
            if c == '\n' {
                lines.push(end);
            } else if !c.is_ascii() {
                more = more.saturating_add(c.len_utf8().saturating_sub(c.len_utf16()));
                wide.push((end, more));
            }
        }
        Self { text, lines, wide }
    }

    /// An offset in units of UTF-16; one inside a character or behind the end is moved back.
    pub(crate) fn unit(&self, byte: usize) -> usize {
        let byte = self.boundary(byte);
        let before = self.wide.partition_point(|(end, _)| *end <= byte);
        let more = before.checked_sub(1).and_then(|last| self.wide.get(last));
        byte.saturating_sub(more.map_or(0, |(_, more)| *more))
    }

    /// The line of an offset and its column in units of UTF-16, both from 1.
    pub(crate) fn line_and_column(&self, byte: usize) -> (usize, usize) {
        let byte = self.boundary(byte);
        let line = self.lines.partition_point(|start| *start <= byte);
        let start = line.checked_sub(1).and_then(|last| self.lines.get(last));
        let column = self.unit(byte).saturating_sub(self.unit(start.map_or(0, |start| *start)));
        (line, column.saturating_add(1))
    }

    fn boundary(&self, byte: usize) -> usize {
        let mut byte = byte.min(self.text.len());
        while !self.text.is_char_boundary(byte) {
            byte = byte.saturating_sub(1);
        }
        byte
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::prompts::template::Position;

    proptest! {
        #[test]
        fn every_place_is_where_counting_finds_it(text in "[a-c\\n\\ré🚚\u{fe0f}한]{0,40}") {
            let places = Places::new(&text);
            for byte in 0..text.len() + 3 {
                let mut end = byte.min(text.len());
                while !text.is_char_boundary(end) {
                    end -= 1;
                }
                prop_assert_eq!(places.unit(byte), text.split_at(end).0.encode_utf16().count());
                let counted = Position::of(&text, byte);
                prop_assert_eq!(places.line_and_column(byte), (counted.line, counted.column_utf16));
            }
        }
    }
}
