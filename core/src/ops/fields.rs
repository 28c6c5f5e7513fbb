//! The parameters of a call: an object in JSON, read into one place a parameter.
//!
//! Every operation has an object of its own. A reader derived for each would be most of the code that a
//! page loads; here one reader finds the fields, and only their types are read by code of their own.

use serde::Deserialize;
use serde::de::value::Error as Absent;
use serde::de::{Deserializer, Error as _, Visitor};

use crate::error::{Code, Error, Result};
use crate::json::{Reader, Refusal};
use crate::ops::{path, unreadable};

/// The place of a parameter.
pub(super) trait Field<'de> {
    /// Reads the value.
    fn read(&mut self, reader: &mut Reader<'de>) -> Result<(), Refusal>;

    /// Whether a value was read.
    fn is_read(&self) -> bool;
}

impl<'de, T: Deserialize<'de>> Field<'de> for Option<T> {
    fn read(&mut self, reader: &mut Reader<'de>) -> Result<(), Refusal> {
        *self = Some(T::deserialize(reader)?);
        Ok(())
    }

    fn is_read(&self) -> bool {
        self.is_some()
    }
}

/// A value that somebody else reads.
pub(super) struct Unread<'de>(pub(super) Option<&'de str>);

impl<'de> Field<'de> for Unread<'de> {
    fn read(&mut self, reader: &mut Reader<'de>) -> Result<(), Refusal> {
        self.0 = Some(reader.skip()?);
        Ok(())
    }

    fn is_read(&self) -> bool {
        self.0.is_some()
    }
}

/// Reads an object into the places of its fields, which are named as in Rust.
///
/// # Errors
/// `input.invalid`, or the code of the type that refused a value.
pub(super) fn read<'de>(
    json: &'de str,
    what: &str,
    names: &[&str],
    places: &mut [&mut dyn Field<'de>],
) -> Result<()> {
    let mut reader = Reader::new(json);
    if reader.take(b'{').is_err() {
        return Err(Error::field(Code::InputInvalid, "request", format!("struct {what}")));
    }
    let refused = |refusal| unreadable(json, &refusal);
    let mut is_first = true;
    while reader.follows(b'}', &mut is_first).map_err(refused)? {
        let key = String::deserialize(&mut reader).map_err(refused)?;
        let at = reader.at();
        let known = names.iter().position(|name| camel(name) == key);
        let Some(place) = known.and_then(|known| places.get_mut(known)) else {
            return Err(Error::field(Code::InputInvalid, path::until(json, at), expected(names)));
        };
        if place.is_read() {
            return Err(Error::field(Code::InputInvalid, path::until(json, at), "another form"));
        }
        reader.take(b':').map_err(refused)?;
        place.read(&mut reader).map_err(|refusal| refused(reader.placed(refusal)))?;
    }
    reader.take(b'}').and_then(|()| reader.finish()).map_err(refused)
}

/// What stands for a parameter that is not there: nothing for one that may be absent.
///
/// # Errors
/// `input.invalid` for any other.
pub(super) fn absent<T: for<'de> Deserialize<'de>>(name: &str) -> Result<T> {
    T::deserialize(Nothing).map_err(|_| Error::field(Code::InputInvalid, camel(name), "a value"))
}

/// What a field reads that is not there.
struct Nothing;

impl<'de> Deserializer<'de> for Nothing {
    type Error = Absent;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Absent> {
        Err(Absent::custom("absent"))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Absent> {
        visitor.visit_none()
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// The fields that an object may have.
fn expected(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{}`", camel(name))).collect();
    match names.as_slice() {
        [] => "another form".to_owned(),
        [only] => only.clone(),
        [one, other] => format!("{one} or {other}"),
        _ => format!("one of {}", names.join(", ")),
    }
}

/// The name of a field in JSON.
fn camel(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut after = false;
    for c in name.chars() {
        match c {
            '_' => after = true,
            c if std::mem::take(&mut after) => out.push(c.to_ascii_uppercase()),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As `read`, and how it is told: the parameters, or path and expectation of the error.
    fn told(json: &str) -> String {
        let (mut job_id, mut limit, mut at) =
            (None::<String>, None::<u32>, None::<Option<Vec<u8>>>);
        let names = ["job_id", "limit", "at"];
        let done = read(json, "Input", &names, &mut [&mut job_id, &mut limit, &mut at]);
        match done {
            Ok(()) => format!("{job_id:?} {limit:?} {at:?}"),
            Err(error) => error.to_string(),
        }
    }

    /// What a derived reader says of the same.
    fn derived(json: &str) -> String {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        struct Input {
            #[serde(default)]
            job_id: Option<String>,
            #[serde(default)]
            limit: Option<u32>,
            #[serde(default)]
            at: Option<Vec<u8>>,
        }
        match crate::ops::read::<Input>(json) {
            Ok(Input { job_id, limit, at }) => {
                format!("{job_id:?} {limit:?} {:?}", at.map(Some))
            }
            Err(error) => error.to_string(),
        }
    }

    /// Errors name what a derived reader names.
    #[test]
    fn it_reads_as_a_derived_reader() {
        for json in [
            "{}",
            r#"{"jobId":"a","limit":3,"at":[1,2]}"#,
            " {\n\t\"limit\" : 3 ,\r\n \"jobId\" : \"a\\\"}\" } ",
            r#"{"job_id":"a"}"#,
            r#"{"jobId":"a","jobId":"b"}"#,
            r#"{"limit":-1}"#,
            r#"{"limit":"3"}"#,
            r#"{"jobId":7,"limit":"3"}"#,
            "{\"jobId\":\"a\",\n \"at\":[1,\n 2, 300]}",
            r#"{"at":[1,"a"]}"#,
            r#"{"at":{"b":1}}"#,
            r#"{"jobId":"\ud800"}"#,
            r#"{"a b":1}"#,
            "7",
            "\"text\"",
        ] {
            assert_eq!(
                told(json).replace("struct Input", "struct"),
                derived(json).replace("struct Input", "struct"),
                "{json}"
            );
        }
    }

    #[test]
    fn only_optional_parameters_may_be_absent() {
        assert_eq!(absent::<Option<u32>>("a").unwrap(), None);
        let refused = absent::<String>("job_id").unwrap_err();
        assert!(refused.to_string().contains("jobId"), "{refused:?}");
        assert!(absent::<serde_json::Value>("input").is_err());
        assert_eq!(expected(&["a", "b_c"]), "`a` or `bC`");
        assert_eq!(expected(&["a", "b", "c"]), "one of `a`, `b`, `c`");
    }
}
