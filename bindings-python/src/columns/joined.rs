//! Pieces of a column, such as the batches of a stream, as one.

use std::sync::Arc;

use goodwill::ops::columns::{Column, Slice, Values};

/// The rows of several pieces, one after the other. A single piece stays as it is.
pub(super) fn joined(mut pieces: Vec<Column>) -> Column {
    if pieces.len() > 1 {
        pieces.retain(|piece| !piece.is_empty());
    }
    if pieces.len() == 1 {
        return pieces.remove(0);
    }
    all(&pieces)
}

fn all(pieces: &[Column]) -> Column {
    let marks = |piece: &Column| match &piece.valid {
        Some(valid) => valid.to_vec(),
        None => vec![true; piece.len()],
    };
    let some_null = pieces.iter().any(|piece| piece.valid.is_some());
    let valid = some_null.then(|| pieces.iter().flat_map(marks).collect());
    Column { values: values(pieces), valid }
}

/// The values of pieces of one kind; another kind than the first's is left out.
fn values(pieces: &[Column]) -> Values {
    macro_rules! of {
        ($kind:ident) => {{
            let mut of = Vec::with_capacity(pieces.iter().map(Column::len).sum());
            for piece in pieces {
                if let Values::$kind(values, ..) = &piece.values {
                    of.extend_from_slice(values);
                }
            }
            Slice::from(of)
        }};
    }
    match pieces.first().map(|piece| &piece.values) {
        None | Some(Values::Nulls(_)) => Values::Nulls(pieces.iter().map(Column::len).sum()),
        Some(Values::Floats(_)) => Values::Floats(of!(Floats)),
        Some(Values::Integers(_)) => Values::Integers(of!(Integers)),
        Some(Values::Counts(_)) => Values::Counts(of!(Counts)),
        Some(Values::Shorts(_)) => Values::Shorts(of!(Shorts)),
        Some(Values::Bytes(_)) => Values::Bytes(of!(Bytes)),
        Some(Values::Decimals(_, scale)) => Values::Decimals(of!(Decimals), *scale),
        Some(Values::Flags(_)) => Values::Flags(of!(Flags)),
        Some(Values::Codes(_)) => Values::Codes(of!(Codes)),
        Some(Values::Instants(_, unit, zone)) => {
            Values::Instants(of!(Instants), *unit, zone.clone())
        }
        Some(Values::Local(_, unit)) => Values::Local(of!(Local), *unit),
        Some(Values::Days(_)) => Values::Days(of!(Days)),
        Some(Values::Texts(_)) => Values::texts(pieces.iter().flat_map(|piece| {
            let texts = if let Values::Texts(texts) = &piece.values { Some(texts) } else { None };
            texts.into_iter().flat_map(|texts| (0..texts.len()).map(|row| texts.bytes(row)))
        })),
        Some(Values::Coded(..)) => {
            let (mut places, mut dictionaries, mut before) = (Vec::new(), Vec::new(), 0_u32);
            for piece in pieces {
                if let Values::Coded(more, of) = &piece.values {
                    places.extend(more.iter().map(|place| place.saturating_add(before)));
                    before = before.saturating_add(u32::try_from(of.len()).unwrap_or(u32::MAX));
                    dictionaries.push((**of).clone());
                }
            }
            Values::Coded(places.into(), Arc::new(all(&dictionaries)))
        }
    }
}
