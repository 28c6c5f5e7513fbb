//! Letters out of a mailbox file, one by one (RFC 4155).

use std::io::{self, BufRead};

/// The largest letter that is read, in bytes.
pub const LARGEST: usize = 25 * 1024 * 1024;

/// A letter as it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Letter {
    /// Its bytes, with the quoting of `From ` lines undone.
    Raw(Vec<u8>),
    /// It is larger than [`LARGEST`].
    TooLarge,
}

/// Reads letters from a mailbox without holding more than one.
#[derive(Debug)]
pub struct Mailbox<R> {
    source: R,
    read: u64,
    begun: bool,
    finished: bool,
}

impl<R: BufRead> Mailbox<R> {
    /// A reader of the letters of `source`.
    pub fn new(source: R) -> Self {
        Self { source, read: 0, begun: false, finished: false }
    }

    /// How many bytes have been read: for a progress bar.
    pub fn position(&self) -> u64 {
        self.read
    }

    /// The next letter; `None` at the end. What stands before the first letter is passed over.
    ///
    /// # Errors
    /// Those of the source.
    pub fn next_letter(&mut self) -> io::Result<Option<Letter>> {
        let mut letter = Vec::new();
        let mut too_large = false;
        let mut after_blank = false;
        let mut line = Vec::new();
        while !self.finished {
            line.clear();
            let length = self.source.read_until(b'\n', &mut line)?;
            self.read += length as u64;
            if length == 0 {
                self.finished = true;
                break;
            }
            if (after_blank || !self.begun) && line.starts_with(b"From ") {
                if std::mem::replace(&mut self.begun, true) {
                    return Ok(Some(finish(letter, too_large)));
                }
                continue;
            }
            let content = line.strip_suffix(b"\n").unwrap_or(&line);
            let content = content.strip_suffix(b"\r").unwrap_or(content);
            after_blank = content.is_empty();
            if !self.begun || too_large {
                continue;
            }
            // mboxrd: ">From ", ">>From " and so on lose one mark.
            let marks = line.iter().take_while(|byte| **byte == b'>').count();
            let quoted =
                marks > 0 && line.get(marks..).is_some_and(|rest| rest.starts_with(b"From "));
            letter.extend(line.iter().skip(usize::from(quoted)));
            if letter.len() > LARGEST {
                too_large = true;
                letter = Vec::new();
            }
        }
        Ok(std::mem::take(&mut self.begun).then(|| finish(letter, too_large)))
    }
}

fn finish(letter: Vec<u8>, too_large: bool) -> Letter {
    if too_large { Letter::TooLarge } else { Letter::Raw(letter) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(text: &[u8]) -> Vec<Letter> {
        let mut mailbox = Mailbox::new(text);
        std::iter::from_fn(|| mailbox.next_letter().unwrap()).collect()
    }

    #[test]
    fn letters_are_split_and_unquoted() {
        let text = b"junk\nFrom a Mon\nSubject: 1\n\nhello\n>From me\n\nFrom b Tue\r\nSubject: 2\r\n\r\nFrom inside\n";
        let found = letters(text);
        assert_eq!(found.len(), 3, "a line after a blank one begins a letter: {found:?}");
        assert_eq!(found[0], Letter::Raw(b"Subject: 1\n\nhello\nFrom me\n\n".to_vec()));
        assert!(letters(b"").is_empty() && letters(b"no letters\n").is_empty());
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_can_be_read(bytes: Vec<u8>) {
            letters(&bytes);
        }
    }
}
