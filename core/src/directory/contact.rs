//! Where a party can be reached, and the keys that addresses are compared by.

use serde::{Deserialize, Serialize};
#[cfg(not(target_family = "wasm"))]
use unicode_normalization::UnicodeNormalization as _;

use crate::error::{Error, Result};
use crate::messages::Channel;
#[cfg(target_family = "wasm")]
use crate::search::normalization::UnicodeNormalization as _;
use crate::spelling::spelled;

/// The most addresses of one party.
pub(crate) const MOST_CONTACTS: usize = 50;

spelled! {
    /// What kind of address it is.
    pub enum ContactKind as "contact_kind" {
        /// An address of electronic mail.
        Email = "email" | "mail";
        /// A telephone number, for calls and text messages.
        Phone = "phone" | "telephone" | "mobile" | "sms";
        /// A number of WhatsApp.
        WhatsApp = "whatsapp", title "WhatsApp";
        /// A name or id of Instagram.
        Instagram = "instagram";
        /// Anything else, compared as it is.
        Custom = "custom";
    }
}

impl ContactKind {
    /// The kinds of address that a sender of a channel can be known by, the channel's own first.
    #[must_use]
    pub fn of(channel: Channel, address: &str) -> &'static [Self] {
        match channel {
            Channel::Email => &[Self::Email],
            Channel::Sms | Channel::Phone => &[Self::Phone],
            Channel::WhatsApp => &[Self::WhatsApp, Self::Phone],
            Channel::Instagram => &[Self::Instagram],
            _ if address.contains('@') => &[Self::Email, Self::Custom],
            _ if address.trim_start().starts_with('+') => &[Self::Phone, Self::Custom],
            _ => &[Self::Custom],
        }
    }
}

/// An address of a party: personal data.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ContactPoint {
    /// What kind of address it is.
    pub kind: ContactKind,
    /// What it is compared by: unique per tenant and kind. See [`match_key`].
    pub key: String,
    /// The address as the host wrote it.
    pub address: String,
}

/// An address of a party, as the host knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PutContact {
    /// What kind of address it is.
    pub kind: ContactKind,
    /// The address.
    pub address: String,
    /// The calling code of a number without one, such as `49`; the tenant's by default.
    #[serde(default)]
    pub calling_code: Option<String>,
}

impl PutContact {
    /// An address.
    #[must_use]
    pub fn new(kind: ContactKind, address: impl Into<String>) -> Self {
        Self { kind, address: address.into(), calling_code: None }
    }

    /// The address with its key.
    pub(crate) fn point(&self, calling_code: Option<&str>) -> Result<ContactPoint> {
        if let Some(code) = &self.calling_code {
            check_calling_code("contacts.calling_code", code)?;
        }
        let code = self.calling_code.as_deref().or(calling_code);
        let key = match_key(self.kind, &self.address, code)
            .ok_or_else(|| Error::invalid("contacts.address", accepted(self.kind)))?;
        Ok(ContactPoint { kind: self.kind, key, address: self.address.trim().to_owned() })
    }
}

fn accepted(kind: ContactKind) -> &'static str {
    match kind {
        ContactKind::Email => "an address such as name@example.com",
        ContactKind::Phone | ContactKind::WhatsApp => {
            "a number with its calling code, such as +49 30 123456, or a national one where the \
             tenant or the request gives the code"
        }
        ContactKind::Instagram => "a name or an id",
        ContactKind::Custom => "1 to 200 bytes without control characters",
    }
}

/// What two spellings of one address have in common; `None` for what is no address of the kind.
///
/// - Mail (RFC 5321 §2.3.11): both parts in lower case, in Unicode's form C, the domain without its
///   final dot; a display name before `<…>` is left out. The local part is folded although the RFC
///   lets a host tell `Ann` from `ann`, since none does; dots and `+` tags are kept, since they do
///   tell mailboxes apart at some.
/// - Numbers: `+` and the 7 to 15 digits of E.164. Punctuation goes, `00` is `+`, and a national
///   number gets the calling code, without the trunk prefix of its country. WhatsApp writes numbers
///   with their code and without `+`, and writes those of Brazil, Mexico and Argentina in two ways:
///   these have one key.
/// - Names of Instagram: lower case, without `@`.
///
/// ```
/// use goodwill::directory::{ContactKind, match_key};
///
/// let mail = match_key(ContactKind::Email, "Ann Lee <Ann.Lee@Example.COM>", None);
/// assert_eq!(mail.as_deref(), Some("ann.lee@example.com"));
/// let number = match_key(ContactKind::Phone, "(030) 123 456", Some("49"));
/// assert_eq!(number.as_deref(), Some("+4930123456"));
/// assert_eq!(match_key(ContactKind::Phone, "030 123456", None), None);
/// ```
#[must_use]
pub fn match_key(kind: ContactKind, address: &str, calling_code: Option<&str>) -> Option<String> {
    let address = address.trim();
    if address.is_empty() || address.len() > 512 || address.chars().any(char::is_control) {
        return None;
    }
    match kind {
        ContactKind::Email => mail_key(address),
        ContactKind::Phone => number_key(address, calling_code, false),
        ContactKind::WhatsApp => number_key(address, calling_code, true),
        ContactKind::Instagram => {
            let name = address.trim_start_matches('@').to_lowercase();
            let fits = !name.is_empty() && name.len() <= 200 && !name.contains(char::is_whitespace);
            fits.then_some(name)
        }
        ContactKind::Custom => {
            let key: String = address.nfc().collect();
            (key.len() <= 200).then_some(key)
        }
    }
}

fn mail_key(address: &str) -> Option<String> {
    let inside = address.rsplit_once('<').and_then(|(_, rest)| rest.split_once('>'));
    let address = inside.map_or(address, |(inside, _)| inside).trim();
    let folded: String = address.to_lowercase().nfc().collect();
    let (local, domain) = folded.rsplit_once('@')?;
    let domain = domain.strip_suffix('.').unwrap_or(domain);
    let label =
        |label: &str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-');
    let odd = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | ',' | ';' | '@');
    let fits = !local.is_empty()
        && local.len() <= 64
        && !local.contains(odd)
        && domain.split('.').all(label)
        && local.len() + domain.len() < 254;
    fits.then(|| format!("{local}@{domain}"))
}

fn number_key(address: &str, calling_code: Option<&str>, is_whatsapp: bool) -> Option<String> {
    let lower = address.to_ascii_lowercase();
    let bare = ["tel:", "sms:", "whatsapp:"].iter().find_map(|scheme| lower.strip_prefix(scheme));
    let bare = bare.unwrap_or(&lower).split([';', '@']).next().unwrap_or_default().trim();
    let mut digits = String::with_capacity(16);
    for letter in bare.chars() {
        match letter {
            '0'..='9' => digits.push(letter),
            '+' if digits.is_empty() => {}
            ' ' | '\u{a0}' | '\u{202f}' | '-' | '\u{2010}'..='\u{2013}' | '.' | '/' | '(' | ')' => {
            }
            _ => return None,
        }
    }
    let international = if bare.starts_with('+') {
        // Some write the trunk prefix that is left out from abroad: +44 (0) 20 …
        if bare.contains("(0)") { digits.replacen('0', "", 1) } else { digits }
    } else if let Some(abroad) = digits.strip_prefix("00") {
        abroad.to_owned()
    } else if is_whatsapp && !digits.starts_with('0') {
        digits
    } else {
        let code = calling_code?;
        format!("{code}{}", national(code, &digits))
    };
    let one = one_form(&international);
    let fits = (7..=15).contains(&one.len()) && !one.starts_with('0');
    fits.then(|| format!("+{one}"))
}

/// A national number without the trunk prefix of its country (ITU-T, "Dialling procedures").
fn national<'a>(code: &str, digits: &'a str) -> &'a str {
    match code {
        "1" if digits.len() == 11 => digits.strip_prefix('1'),
        "7" if digits.len() == 11 => digits.strip_prefix('8'),
        "36" => digits.strip_prefix("06"),
        // Italy and its enclaves dial the zero from abroad as well.
        "1" | "7" | "39" | "378" | "379" => None,
        _ => digits.strip_prefix('0'),
    }
    .unwrap_or(digits)
}

/// The one form of numbers that are written in two: mobile numbers of Mexico with 1 after the code,
/// of Argentina with 9, of Brazil with a ninth digit.
fn one_form(digits: &str) -> String {
    let without = |prefix: &str, len: usize| {
        let rest = digits.strip_prefix(prefix)?;
        (digits.len() == len).then_some(rest)
    };
    if let Some(rest) = without("521", 13) {
        return format!("52{rest}");
    }
    if let Some(rest) = without("549", 13) {
        return format!("54{rest}");
    }
    if let Some((area, rest)) = without("55", 13).and_then(|rest| rest.split_at_checked(2))
        && let Some(mobile) = rest.strip_prefix('9')
        && mobile.starts_with(['6', '7', '8', '9'])
    {
        return format!("55{area}{mobile}");
    }
    digits.to_owned()
}

/// Checks a calling code of E.164.
pub(crate) fn check_calling_code(field: &'static str, code: &str) -> Result<()> {
    let digits = code.bytes().all(|byte| byte.is_ascii_digit());
    if digits && (1..=3).contains(&code.len()) && !code.starts_with('0') {
        Ok(())
    } else {
        Err(Error::invalid(field, "1 to 3 digits, such as 49"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn phone(address: &str, code: &str) -> Option<String> {
        match_key(ContactKind::Phone, address, Some(code))
    }

    #[test]
    fn mail_is_compared_without_case() {
        let key = |address| match_key(ContactKind::Email, address, None);
        for same in ["ADA@example.com", " ada@Example.com. ", "\"Löve, Ada\" <Ada@EXAMPLE.com>"] {
            assert_eq!(key(same).as_deref(), Some("ada@example.com"), "{same}");
        }
        assert_eq!(key("a.da+shop@example.com").as_deref(), Some("a.da+shop@example.com"));
        assert_eq!(key("ada@bu\u{308}cher.example").as_deref(), Some("ada@bücher.example"));
        for none in
            ["", "ada", "@example.com", "ada@", "a da@x.y", "ada@x..y", "a@b@c <", "a\nda@x"]
        {
            assert_eq!(key(none), None, "{none:?}");
        }
    }

    #[test]
    fn numbers_are_compared_in_e164() {
        for same in [
            "+49 30 123456",
            "0049 (30) 12 34-56",
            "030/123456",
            "+49 (0)30 123456",
            "tel:+4930123456;ext=7",
        ] {
            assert_eq!(phone(same, "49").as_deref(), Some("+4930123456"), "{same}");
        }
        assert_eq!(phone("(415) 555-2671", "1").as_deref(), Some("+14155552671"));
        assert_eq!(phone("1 415 555 2671", "1").as_deref(), Some("+14155552671"));
        assert_eq!(phone("8 912 345-67-89", "7").as_deref(), Some("+79123456789"));
        assert_eq!(phone("06 1 234 5678", "36").as_deref(), Some("+3612345678"));
        assert_eq!(phone("06 698 12345", "39").as_deref(), Some("+390669812345"));
        for none in ["", "12", "call me", "+0123456789", "+1234567890123456", "++49", "0x30123456"]
        {
            assert_eq!(phone(none, "49"), None, "{none:?}");
        }
        assert_eq!(match_key(ContactKind::Phone, "030 123456", None), None);
    }

    #[test]
    fn whatsapp_has_one_key_for_two_forms() {
        let key = |address| match_key(ContactKind::WhatsApp, address, Some("49"));
        assert_eq!(key("4915112345678"), key("whatsapp:+49 151 12345678"));
        assert_eq!(key("0151 12345678"), key("4915112345678@s.whatsapp.net"));
        for (one, other) in [
            ("5215512345678", "525512345678"),
            ("5491112345678", "541112345678"),
            ("5511987654321", "551187654321"),
        ] {
            assert_eq!(key(one), key(other), "{one}");
        }
        // A landline of Brazil is no mobile number without its ninth digit.
        assert_ne!(key("5511923456789"), key("551123456789"));
    }

    proptest! {
        /// A key is its own key, and no text is a panic.
        #[test]
        fn a_key_is_its_own_key(address in "\\PC{0,40}|\\+?[0-9 ()-]{3,20}", code in "[1-9][0-9]{0,2}") {
            for kind in ContactKind::ALL {
                if let Some(key) = match_key(*kind, &address, Some(&code)) {
                    prop_assert_eq!(match_key(*kind, &key, None), Some(key));
                }
            }
        }
    }
}
