//! A table in the making: values of fields, column by column.

use std::borrow::Cow;

use serde::Serialize;

/// How many different values a column has before it has one for each row.
const FEW: usize = 16;

/// What stands for the first value of a column of few.
const FIRST: u8 = b'#';

/// What stands for an absent field in a column of few.
const ABSENT: u8 = b' ';

/// A value of a row, without what is inside of it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell<'a> {
    Null,
    Boolean(bool),
    Integer(i64),
    Natural(u64),
    Text(Cow<'a, str>),
    /// Written already.
    Json(Cow<'a, [u8]>),
}

impl Cell<'_> {
    fn into_owned(self) -> Cell<'static> {
        match self {
            Self::Null => Cell::Null,
            Self::Boolean(value) => Cell::Boolean(value),
            Self::Integer(value) => Cell::Integer(value),
            Self::Natural(value) => Cell::Natural(value),
            Self::Text(value) => Cell::Text(value.into_owned().into()),
            Self::Json(value) => Cell::Json(value.into_owned().into()),
        }
    }

    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Self::Null => out.extend(b"null"),
            Self::Boolean(value) => out.extend(if *value { &b"true"[..] } else { b"false" }),
            Self::Integer(value) => number(out, value),
            Self::Natural(value) => number(out, value),
            Self::Text(value) => text(out, value),
            Self::Json(value) => out.extend_from_slice(value),
        }
    }
}

fn number(out: &mut Vec<u8>, number: &impl Serialize) {
    // Nothing can go wrong with a number and a vector.
    let _ = serde_json::to_writer(out, number);
}

pub(super) fn text(out: &mut Vec<u8>, text: &str) {
    let escaped = |byte: &u8| *byte < b' ' || *byte == b'"' || *byte == b'\\';
    // Without an early end this is done for many bytes at once.
    if text.as_bytes().iter().fold(false, |any, byte| any | escaped(byte)) {
        let _ = serde_json::to_writer(out, text);
    } else {
        out.push(b'"');
        out.extend_from_slice(text.as_bytes());
        out.push(b'"');
    }
}

/// The values of one field.
#[derive(Debug)]
pub(super) struct Column {
    name: &'static str,
    rows: usize,
    values: Values,
}

#[derive(Debug)]
enum Values {
    /// The different ones, and which one each row has; `last` is the place of the one found last.
    Few { known: Vec<Cell<'static>>, at: Vec<u8>, last: usize },
    /// One for each row, written; those that are integers less by `from`.
    Each { of: Vec<u8>, from: Option<i64>, absent: Vec<usize> },
}

impl Column {
    /// A column whose field the rows before did not have.
    fn new(name: &'static str, rows: usize, capacity: usize) -> Self {
        let mut at = Vec::with_capacity(capacity);
        at.resize(rows, ABSENT);
        Self { name, rows, values: Values::Few { known: Vec::new(), at, last: 0 } }
    }

    /// Adds the value of the next row, which mostly is that of the row before.
    #[inline]
    pub(super) fn push(&mut self, cell: Cell<'_>) {
        if let Values::Few { known, at, last } = &mut self.values
            && known.get(*last).is_some_and(|known| *known == cell)
        {
            at.push(code_of(*last));
            self.rows += 1;
        } else {
            self.push_other(&cell);
        }
    }

    /// Adds a value that is not that of the row before.
    fn push_other(&mut self, cell: &Cell<'_>) {
        if let Values::Few { known, at, last } = &mut self.values {
            if let Some(place) = place_of(cell, known) {
                at.push(code_of(place));
                *last = place;
                self.rows += 1;
                return;
            }
            let (known, at) = (std::mem::take(known), std::mem::take(at));
            self.give_each(&known, &at, at.capacity());
        }
        self.push_each(cell);
    }

    /// The next row has no such field.
    fn push_absent(&mut self) {
        match &mut self.values {
            Values::Few { at, .. } => at.push(ABSENT),
            Values::Each { of, absent, .. } => {
                absent.push(self.rows);
                of.extend(if self.rows > 0 { &b",null"[..] } else { b"null" });
            }
        }
        self.rows += 1;
    }

    /// Gives each row a value of its own.
    fn give_each(&mut self, known: &[Cell<'static>], at: &[u8], capacity: usize) {
        let from = match known.first() {
            // Numbers that do not fit in 31 bits are slow to read; they seldom are far from each other.
            Some(Cell::Integer(first)) if i32::try_from(*first).is_err() => Some(*first),
            _ => None,
        };
        let of = Vec::with_capacity(capacity * 40);
        self.values = Values::Each { of, from, absent: Vec::new() };
        self.rows = 0;
        for code in at {
            match code.checked_sub(FIRST).and_then(|place| known.get(usize::from(place))) {
                Some(known) => self.push_each(known),
                None => self.push_absent(),
            }
        }
    }

    fn push_each(&mut self, cell: &Cell<'_>) {
        let Values::Each { of, from, .. } = &mut self.values else { return };
        if self.rows > 0 {
            of.push(b',');
        }
        match (cell, from) {
            (Cell::Integer(value), Some(from)) => match value.checked_sub(*from) {
                Some(difference) => number(of, &difference),
                None => number(of, &(i128::from(*value) - i128::from(*from))),
            },
            _ => cell.write(of),
        }
        self.rows += 1;
    }

    /// About how much is to be written.
    fn size(&self) -> usize {
        64 + match &self.values {
            Values::Few { at, .. } => at.len(),
            Values::Each { of, .. } => of.len(),
        }
    }

    fn write(&self, out: &mut Vec<u8>) {
        match &self.values {
            Values::Each { of, from: None, absent } if absent.is_empty() => list(out, of),
            Values::Each { of, from, absent } => {
                out.extend(b"{\"of\":");
                list(out, of);
                if let Some(from) = from {
                    out.extend(b",\"from\":");
                    number(out, from);
                }
                if !absent.is_empty() {
                    out.extend(b",\"absent\":");
                    number(out, absent);
                }
                out.push(b'}');
            }
            Values::Few { known, at, .. } => {
                let mut of = Vec::new();
                for (place, cell) in known.iter().enumerate() {
                    if place > 0 {
                        of.push(b',');
                    }
                    cell.write(&mut of);
                }
                out.extend(b"{\"of\":");
                list(out, &of);
                if known.len() != 1 || at.contains(&ABSENT) {
                    out.extend(b",\"at\":\"");
                    out.extend(at);
                    out.push(b'"');
                }
                out.push(b'}');
            }
        }
    }
}

fn list(out: &mut Vec<u8>, of: &[u8]) {
    out.push(b'[');
    out.extend_from_slice(of);
    out.push(b']');
}

/// What stands for the value of a place in a column of few.
fn code_of(place: usize) -> u8 {
    u8::try_from(place).map_or(ABSENT, |place| FIRST + place)
}

/// The place of a value in a column of few, where it is put if it is new; `None` when it would be one too
/// many.
fn place_of(cell: &Cell<'_>, known: &mut Vec<Cell<'static>>) -> Option<usize> {
    if let Some(place) = known.iter().position(|known| known == cell) {
        return Some(place);
    }
    if known.len() == FEW {
        return None;
    }
    known.push(cell.clone().into_owned());
    Some(known.len() - 1)
}

/// A list of records, column by column.
#[derive(Debug)]
pub(super) struct Table {
    rows: usize,
    capacity: usize,
    columns: Vec<Column>,
    /// Where a value is written before it is known to be new.
    pub(super) scratch: Vec<u8>,
}

impl Table {
    pub(super) fn new(capacity: usize) -> Self {
        Self { rows: 0, capacity, columns: Vec::with_capacity(32), scratch: Vec::new() }
    }

    /// The place of the column of a field; in most rows it is the one after that of the field before.
    #[inline]
    pub(super) fn place_of(&mut self, next: usize, name: &'static str) -> usize {
        match self.columns.get(next) {
            Some(column) if std::ptr::eq(column.name, name) => next,
            _ => self.find(name),
        }
    }

    #[cold]
    fn find(&mut self, name: &'static str) -> usize {
        let found = self.columns.iter().position(|column| column.name == name);
        found.unwrap_or_else(|| {
            self.columns.push(Column::new(name, self.rows, self.capacity));
            self.columns.len() - 1
        })
    }

    #[inline]
    pub(super) fn column(&mut self, place: usize) -> Option<&mut Column> {
        self.columns.get_mut(place)
    }

    /// Ends a row that had so many fields; the others of the table it does not have.
    pub(super) fn end_row(&mut self, fields: usize) {
        if fields != self.columns.len() {
            for column in self.columns.iter_mut().filter(|column| column.rows == self.rows) {
                column.push_absent();
            }
        }
        self.rows += 1;
    }

    pub(super) fn write(&self, out: &mut Vec<u8>) {
        out.reserve(self.columns.iter().map(Column::size).sum());
        out.extend(b"{\"rows\":");
        number(out, &self.rows);
        out.extend(b",\"columns\":{");
        for (place, column) in self.columns.iter().enumerate() {
            if place > 0 {
                out.push(b',');
            }
            text(out, column.name);
            out.push(b':');
            column.write(out);
        }
        out.extend(b"}}");
    }
}
