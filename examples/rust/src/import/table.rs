//! Conversations out of a table (RFC 4180).

use goodwill::{Channel, Role, Timestamp};

use crate::import::{Line, Skipped};

/// The columns that are known, by their names in lower case.
const COLUMNS: [&str; 6] = ["conversation", "customer", "from", "at", "text", "channel"];

/// Reads a table whose first line names its columns: `conversation`, `customer` and `text`, and
/// where there are any `from` (a role), `at` (RFC 3339) and `channel`.
///
/// # Errors
/// Says which column is missing, or why the table cannot be read at all.
pub fn read(source: impl std::io::Read) -> Result<(Vec<Line>, Vec<Skipped>), String> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(source);
    let headers = reader.headers().map_err(|_| "the table cannot be read".to_owned())?.clone();
    let place = |name: &str| {
        headers.iter().position(|header| {
            header.trim_start_matches('\u{feff}').trim().eq_ignore_ascii_case(name)
        })
    };
    let columns = COLUMNS.map(place);
    for (name, column) in COLUMNS.iter().zip(columns) {
        if column.is_none() && ["conversation", "customer", "text"].contains(name) {
            return Err(format!("the table has no column {name}"));
        }
    }
    let (mut lines, mut skipped) = (Vec::new(), Vec::new());
    for record in reader.records() {
        let (number, result) = match record {
            Ok(record) => {
                let number = record.position().map_or(0, csv::Position::line);
                (number, row(&record, &columns, number))
            }
            Err(error) => {
                let number = error.position().map_or(0, csv::Position::line);
                (number, Err("not a row of a table".to_owned()))
            }
        };
        match result {
            Ok(line) => lines.push(line),
            Err(reason) => skipped.push(Skipped { place: format!("line {number}"), reason }),
        }
    }
    Ok((lines, skipped))
}

fn row(
    record: &csv::StringRecord,
    columns: &[Option<usize>; 6],
    number: u64,
) -> Result<Line, String> {
    let [conversation, customer, from, at, text, channel] = columns
        .map(|column| column.and_then(|column| record.get(column)).unwrap_or_default().trim());
    for (name, value) in [("conversation", conversation), ("customer", customer), ("text", text)] {
        if value.is_empty() {
            return Err(format!("no {name}"));
        }
    }
    let role = if from.is_empty() { Role::Customer } else { from.parse().map_err(said)? };
    Ok(Line {
        id: format!("{conversation} {number}"),
        conversation: conversation.to_owned(),
        customer: customer.to_lowercase(),
        author: if role == Role::Customer {
            customer.to_lowercase()
        } else {
            format!("{role} of the table")
        },
        at: if at.is_empty() { None } else { Some(at.parse::<Timestamp>().map_err(said)?) },
        title: None,
        text: text.to_owned(),
        channel: if channel.is_empty() {
            Channel::Custom
        } else {
            channel.parse().map_err(said)?
        },
    })
}

fn said(error: goodwill::Error) -> String {
    error.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_read_or_skipped_with_a_reason() {
        let table = "\u{feff}Text,CUSTOMER,Conversation,At\nhello,Ada@x.org,1,\nbye,ada@x.org,1,soon\n,a,1,\n";
        let (lines, skipped) = read(table.as_bytes()).unwrap();
        assert_eq!((lines.len(), lines[0].customer.as_str()), (1, "ada@x.org"));
        assert!(skipped[0].reason.contains("RFC 3339") && skipped[0].place == "line 3");
        assert_eq!(skipped[1].reason, "no text");
        assert!(read("a,b\n1,2\n".as_bytes()).unwrap_err().contains("conversation"));
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_can_be_read(bytes: Vec<u8>) {
            let _ = read(bytes.as_slice());
        }
    }
}
