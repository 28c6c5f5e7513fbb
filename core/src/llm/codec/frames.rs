//! Bytes of a stream, cut into messages wherever the network cut them.

use crate::llm::failures::{LlmError, malformed};

/// The longest line, and the longest event.
const MOST_BYTES: usize = 4 << 20;

/// How messages stand in a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Framing {
    /// Server-sent events (WHATWG HTML, §9.2.6): what the `data` lines say.
    Events,
    /// One JSON a line.
    Lines,
}

/// Puts messages together from pieces of any size.
#[derive(Debug)]
pub(super) struct Frames {
    framing: Framing,
    line: Vec<u8>,
    data: Option<String>,
    first: bool,
    after_return: bool,
}

impl Frames {
    pub(super) fn new(framing: Framing) -> Self {
        Self { framing, line: Vec::new(), data: None, first: true, after_return: false }
    }

    /// Takes bytes and hands every message that is complete to `take`, which says whether to go on.
    pub(super) fn feed(
        &mut self,
        bytes: &[u8],
        mut take: impl FnMut(&str) -> Result<bool, LlmError>,
    ) -> Result<bool, LlmError> {
        for &byte in bytes {
            // A line ends with CR, LF or both.
            let second = std::mem::replace(&mut self.after_return, byte == b'\r');
            if byte == b'\n' && second {
                continue;
            }
            if byte != b'\n' && byte != b'\r' {
                if self.line.len() >= MOST_BYTES {
                    return Err(malformed("a line of the stream is longer than 4 MiB"));
                }
                self.line.push(byte);
                continue;
            }
            match self.end_line()? {
                Some(message) if !take(&message)? => return Ok(false),
                _ => {}
            }
        }
        Ok(true)
    }

    /// The message of a last line without a line break, which only JSON lines may have.
    pub(super) fn finish(&mut self) -> Result<Option<String>, LlmError> {
        match self.framing {
            Framing::Lines => self.end_line(),
            Framing::Events => Ok(None),
        }
    }

    fn end_line(&mut self) -> Result<Option<String>, LlmError> {
        let bytes = std::mem::take(&mut self.line);
        let line = String::from_utf8(bytes).map_err(|_| malformed("the stream is not in UTF-8"))?;
        let first = std::mem::replace(&mut self.first, false);
        let line = if first { line.trim_start_matches('\u{feff}') } else { line.as_str() };
        if self.framing == Framing::Lines {
            return Ok((!line.trim().is_empty()).then(|| line.to_owned()));
        }
        if line.is_empty() {
            return Ok(self.data.take());
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        if field == "data" {
            let value = value.strip_prefix(' ').unwrap_or(value);
            match &mut self.data {
                Some(data) if data.len().saturating_add(value.len()) > MOST_BYTES => {
                    return Err(malformed("an event of the stream is longer than 4 MiB"));
                }
                Some(data) => {
                    data.push('\n');
                    data.push_str(value);
                }
                None => self.data = Some(value.to_owned()),
            }
        }
        Ok(None)
    }
}
