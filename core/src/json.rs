//! Reading JSON into the types that serde describes.
//!
//! serde_json writes a reader out for each type and each kind of value in it, of which a page that loads the
//! module would load them all. Here what reads is written once, and only visits are a type's own. An object
//! is read from an object: a list in its place, which serde would take too, is refused.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error as _, Expected, MapAccess, SeqAccess,
    Unexpected, VariantAccess, Visitor,
};

use number::Number;

mod number;

/// How deep lists and objects may be in each other.
const DEPTH: u8 = 127;

/// Why a text was not read.
#[derive(Debug)]
pub(crate) struct Refusal(Box<Refused>);

#[derive(Debug, Default)]
struct Refused {
    /// What a type said of a value; nothing if the text is not JSON.
    said: Option<String>,
    /// Behind how many bytes.
    at: Option<usize>,
}

impl Refusal {
    /// The text is not JSON.
    fn syntax() -> Self {
        Self(Box::default())
    }

    /// What a type said of a value; nothing if the text is not JSON.
    pub(crate) fn said(&self) -> Option<&str> {
        self.0.said.as_deref()
    }

    /// Behind how many bytes.
    #[cfg(feature = "ops")]
    pub(crate) fn at(&self) -> usize {
        self.0.at.unwrap_or(usize::MAX)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.said().unwrap_or("not JSON"))
    }
}

impl std::error::Error for Refusal {}

impl serde::de::Error for Refusal {
    fn custom<T: fmt::Display>(said: T) -> Self {
        Self(Box::new(Refused { said: Some(said.to_string()), at: None }))
    }

    // Without what was found, which nobody is told.

    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::custom(format_args!("another type, expected {expected}"))
    }

    fn invalid_value(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::custom(format_args!("another value, expected {expected}"))
    }

    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Self {
        Self::custom(format_args!("another form, expected {}", OneOf(expected)))
    }

    fn unknown_field(_: &str, expected: &'static [&'static str]) -> Self {
        Self::custom(format_args!("another field, expected {}", OneOf(expected)))
    }
}

/// Names that there are.
struct OneOf(&'static [&'static str]);

impl fmt::Display for OneOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            [] => f.write_str("another form"),
            [only] => write!(f, "`{only}`"),
            [one, other] => write!(f, "`{one}` or `{other}`"),
            [first, rest @ ..] => {
                write!(f, "one of `{first}`")?;
                rest.iter().try_for_each(|name| write!(f, ", `{name}`"))
            }
        }
    }
}

type Result<T, E = Refusal> = std::result::Result<T, E>;

/// Reads a text.
///
/// # Errors
/// A [`Refusal`].
pub(crate) fn read<'de, T: Deserialize<'de>>(json: &'de str) -> Result<T> {
    let mut reader = Reader::new(json);
    let value = T::deserialize(&mut reader).map_err(|refusal| reader.placed(refusal))?;
    reader.finish()?;
    Ok(value)
}

/// Where in a text reading is.
#[derive(Debug)]
pub(crate) struct Reader<'de> {
    json: &'de str,
    at: usize,
    depth: u8,
}

impl<'de> Reader<'de> {
    pub(crate) fn new(json: &'de str) -> Self {
        Self { json, at: 0, depth: 0 }
    }

    /// Where it is.
    #[cfg(feature = "ops")]
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    /// Refuses what is behind a whole text.
    pub(crate) fn finish(&mut self) -> Result<()> {
        if self.peek().is_none() { Ok(()) } else { Err(Refusal::syntax()) }
    }

    /// A refusal with its place, which is here if it has none.
    pub(crate) fn placed(&self, mut refusal: Refusal) -> Refusal {
        refusal.0.at.get_or_insert(self.at);
        refusal
    }

    fn rest(&self) -> &'de str {
        self.json.get(self.at..).unwrap_or_default()
    }

    /// The next byte behind white space.
    pub(crate) fn peek(&mut self) -> Option<u8> {
        loop {
            let byte = *self.json.as_bytes().get(self.at)?;
            if !matches!(byte, b' ' | b'\n' | b'\t' | b'\r') {
                return Some(byte);
            }
            self.at += 1;
        }
    }

    /// Takes the next byte if it is this one.
    pub(crate) fn take(&mut self, byte: u8) -> Result<()> {
        if self.peek() != Some(byte) {
            return Err(Refusal::syntax());
        }
        self.at += 1;
        Ok(())
    }

    fn word(&mut self, word: &str) -> Result<()> {
        if !self.rest().starts_with(word) {
            return Err(Refusal::syntax());
        }
        self.at += word.len();
        Ok(())
    }

    /// A text; it begins here.
    fn quoted(&mut self) -> Result<Cow<'de, str>> {
        let (start, mut end, mut plain) = (self.at, self.at + 1, true);
        loop {
            match self.json.as_bytes().get(end) {
                Some(b'"') => break,
                Some(b'\\') => {
                    plain = false;
                    end += 2;
                }
                None | Some(..=0x1f) => return Err(Refusal::syntax()),
                Some(_) => end += 1,
            }
        }
        self.at = end + 1;
        if plain {
            return Ok(Cow::Borrowed(self.json.get(start + 1..end).unwrap_or_default()));
        }
        self.json
            .get(start + 1..end)
            .and_then(unescaped)
            .map(Cow::Owned)
            .ok_or_else(Refusal::syntax)
    }

    /// A text, or what is expected in its place.
    fn text(&mut self, expected: &dyn Expected) -> Result<Cow<'de, str>> {
        if self.peek() == Some(b'"') { self.quoted() } else { Err(self.unexpected(expected)) }
    }

    /// A number, or what is expected in its place.
    fn number(&mut self, expected: &dyn Expected) -> Result<Number> {
        if !matches!(self.peek(), Some(b'-' | b'0'..=b'9')) {
            return Err(self.unexpected(expected));
        }
        let within = |byte: &u8| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E');
        let length = self.rest().bytes().take_while(within).count();
        let written = self.rest().get(..length).unwrap_or_default();
        self.at += length;
        number::number(written).ok_or_else(Refusal::syntax)
    }

    /// Says that something else was expected than what is next.
    fn unexpected(&mut self, expected: &dyn Expected) -> Refusal {
        self.found(expected).map_or_else(|refusal| refusal, |refusal| self.placed(refusal))
    }

    fn found(&mut self, expected: &dyn Expected) -> Result<Refusal> {
        let text;
        let found = match self.peek() {
            Some(b'n') => {
                self.word("null")?;
                Unexpected::Unit
            }
            Some(b't' | b'f') => Unexpected::Bool(self.boolean()?),
            Some(b'-' | b'0'..=b'9') => match self.number(expected)? {
                Number::Count(count) => Unexpected::Unsigned(count),
                Number::Whole(whole) => Unexpected::Signed(whole),
                Number::Float(float) => Unexpected::Float(float),
            },
            Some(b'"') => {
                text = self.quoted()?;
                Unexpected::Str(&text)
            }
            Some(b'[') => Unexpected::Seq,
            Some(b'{') => Unexpected::Map,
            _ => return Err(Refusal::syntax()),
        };
        Ok(Refusal::invalid_type(found, expected))
    }

    fn boolean(&mut self) -> Result<bool> {
        let is_true = self.rest().starts_with('t');
        self.word(if is_true { "true" } else { "false" })?;
        Ok(is_true)
    }

    /// Goes into a list or an object, or says what was expected in its place.
    fn enter(&mut self, bracket: u8, expected: &dyn Expected) -> Result<()> {
        if self.peek() != Some(bracket) {
            return Err(self.unexpected(expected));
        }
        self.at += 1;
        self.depth += 1;
        if self.depth > DEPTH { Err(Refusal::syntax()) } else { Ok(()) }
    }

    /// Goes out again.
    fn leave(&mut self, bracket: u8) -> Result<()> {
        self.depth -= 1;
        self.take(bracket)
    }

    /// Whether something follows in a list or an object.
    pub(crate) fn follows(&mut self, bracket: u8, is_first: &mut bool) -> Result<bool> {
        if self.peek() == Some(bracket) {
            return Ok(false);
        }
        if !std::mem::take(is_first) {
            self.take(b',')?;
        }
        match self.peek() {
            Some(b'"') => Ok(true),
            Some(next) if bracket == b']' && next != bracket => Ok(true),
            _ => Err(Refusal::syntax()),
        }
    }

    /// The text of the next value, whatever it is.
    #[cfg(feature = "ops")]
    pub(crate) fn skip(&mut self) -> Result<&'de str> {
        self.peek();
        let start = self.at;
        serde::de::IgnoredAny::deserialize(&mut *self)?;
        Ok(self.json.get(start..self.at).unwrap_or_default())
    }
}

/// A text without its escapes (RFC 8259, section 7); nothing if one is none.
fn unescaped(quoted: &str) -> Option<String> {
    let mut out = String::with_capacity(quoted.len());
    let mut rest = quoted;
    while let Some((plain, behind)) = rest.split_once('\\') {
        out.push_str(plain);
        let mut letters = behind.chars();
        let plain = match letters.next()? {
            plain @ ('"' | '\\' | '/') => plain,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => {
                let (first, behind) = unit(letters.as_str())?;
                let pair = behind.strip_prefix("\\u").and_then(unit);
                let one = |units: &[u16]| char::decode_utf16(units.iter().copied()).next()?.ok();
                let (plain, behind) = match (one(&[first]), pair) {
                    (Some(plain), _) => (plain, behind),
                    (None, Some((second, behind))) => (one(&[first, second])?, behind),
                    (None, None) => return None,
                };
                letters = behind.chars();
                plain
            }
            _ => return None,
        };
        out.push(plain);
        rest = letters.as_str();
    }
    out.push_str(rest);
    Some(out)
}

/// A unit of UTF-16 in four hexadecimal digits, and what is behind it.
fn unit(text: &str) -> Option<(u16, &str)> {
    let (digits, behind) = text.split_at_checked(4)?;
    let digits = Some(digits).filter(|digits| digits.bytes().all(|c| c.is_ascii_hexdigit()))?;
    Some((u16::from_str_radix(digits, 16).ok()?, behind))
}

impl<'de> Deserializer<'de> for &mut Reader<'de> {
    type Error = Refusal;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.peek() {
            Some(b'"') => self.deserialize_str(visitor),
            Some(b'[') => self.deserialize_seq(visitor),
            Some(b'{') => self.deserialize_map(visitor),
            Some(b't' | b'f') => self.deserialize_bool(visitor),
            Some(b'n') => self.deserialize_unit(visitor),
            _ => self.deserialize_f64(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.peek() {
            Some(b't' | b'f') => visitor.visit_bool(self.boolean()?),
            _ => Err(self.unexpected(&visitor)),
        }
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.number(&visitor)? {
            Number::Count(count) => visitor.visit_u64(count),
            Number::Whole(whole) => visitor.visit_i64(whole),
            Number::Float(float) => visitor.visit_f64(float),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.text(&visitor)? {
            Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
            Cow::Owned(text) => visitor.visit_str(&text),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        if self.peek() != Some(b'n') {
            return visitor.visit_some(self);
        }
        self.word("null")?;
        visitor.visit_none()
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        if self.peek() != Some(b'n') {
            return Err(self.unexpected(&visitor));
        }
        self.word("null")?;
        visitor.visit_unit()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.enter(b'[', &visitor)?;
        let value = visitor.visit_seq(Items { reader: self, is_first: true });
        let left = self.leave(b']');
        let value = value?;
        left.map(|()| value)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.enter(b'{', &visitor)?;
        let value = visitor.visit_map(Entries { reader: self, is_first: true });
        let left = self.leave(b'}');
        let value = value?;
        left.map(|()| value)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        let is_word = self.peek() == Some(b'"');
        if !is_word {
            self.enter(b'{', &visitor)?;
        }
        let value = visitor.visit_enum(Variant { reader: self, is_word })?;
        if !is_word {
            self.leave(b'}')?;
        }
        Ok(value)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_any(visitor)
    }

    fn deserialize_i8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_f64(visitor)
    }
    fn deserialize_i16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_f64(visitor)
    }
    fn deserialize_i32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_f64(visitor)
    }
    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_f64(visitor)
    }
    fn deserialize_u8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_f64(visitor)
    }
    fn deserialize_u16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_f64(visitor)
    }
    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_f64(visitor)
    }
    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_f64(visitor)
    }
    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_f64(visitor)
    }
    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_str(visitor)
    }
    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_str(visitor)
    }
    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_str(visitor)
    }
    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value> {
        self.deserialize_unit(visitor)
    }
    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value> {
        self.deserialize_seq(visitor)
    }
    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value> {
        self.deserialize_seq(visitor)
    }

    serde::forward_to_deserialize_any! { bytes byte_buf }
}

/// A list.
struct Items<'a, 'de> {
    reader: &'a mut Reader<'de>,
    is_first: bool,
}

impl<'de> SeqAccess<'de> for Items<'_, 'de> {
    type Error = Refusal;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>> {
        if !self.reader.follows(b']', &mut self.is_first)? {
            return Ok(None);
        }
        let read = seed.deserialize(&mut *self.reader);
        read.map(Some).map_err(|refusal| self.reader.placed(refusal))
    }
}

/// An object.
struct Entries<'a, 'de> {
    reader: &'a mut Reader<'de>,
    is_first: bool,
}

impl<'de> MapAccess<'de> for Entries<'_, 'de> {
    type Error = Refusal;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>> {
        if !self.reader.follows(b'}', &mut self.is_first)? {
            return Ok(None);
        }
        let read = seed.deserialize(&mut *self.reader);
        read.map(Some).map_err(|refusal| self.reader.placed(refusal))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value> {
        self.reader.take(b':')?;
        let read = seed.deserialize(&mut *self.reader);
        read.map_err(|refusal| self.reader.placed(refusal))
    }
}

/// A form of an enumeration: a word, or an object of one field.
struct Variant<'a, 'de> {
    reader: &'a mut Reader<'de>,
    is_word: bool,
}

impl Variant<'_, '_> {
    /// Refuses a word where there has to be more.
    fn holds(&self, expected: &'static str) -> Result<()> {
        if !self.is_word {
            return Ok(());
        }
        Err(self.reader.placed(Refusal::invalid_type(Unexpected::UnitVariant, &expected)))
    }
}

impl<'de> EnumAccess<'de> for Variant<'_, 'de> {
    type Error = Refusal;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self)> {
        let read = seed.deserialize(&mut *self.reader);
        let variant = read.map_err(|refusal| self.reader.placed(refusal))?;
        if !self.is_word {
            self.reader.take(b':')?;
        }
        Ok((variant, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'_, 'de> {
    type Error = Refusal;

    fn unit_variant(self) -> Result<()> {
        if self.is_word { Ok(()) } else { Deserialize::deserialize(self.reader) }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value> {
        self.holds("newtype variant")?;
        seed.deserialize(&mut *self.reader).map_err(|refusal| self.reader.placed(refusal))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value> {
        self.holds("tuple variant")?;
        self.reader.deserialize_seq(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        self.holds("struct variant")?;
        self.reader.deserialize_map(visitor)
    }
}

#[cfg(test)]
mod tests;
