//! A letter as a line of a conversation (RFC 5322, RFC 2045 to 2047).

use std::collections::BTreeMap;

use goodwill::{Channel, Timestamp};
use mailparse::{MailHeaderMap as _, ParsedMail};
use sha2::{Digest as _, Sha256};

use crate::import::Line;

/// Puts letters into conversations: by the letter that they answer, or by their subject.
#[derive(Debug, Default)]
pub struct Conversations {
    of_letter: BTreeMap<String, String>,
    of_subject: BTreeMap<String, String>,
    customer: BTreeMap<String, String>,
}

impl Conversations {
    /// Reads a letter.
    ///
    /// # Errors
    /// Says why the letter cannot be imported.
    pub fn read(&mut self, raw: &[u8]) -> Result<Line, String> {
        let mail = mailparse::parse_mail(raw).map_err(|_| "not a letter".to_owned())?;
        let header = |name: &str| mail.headers.get_first_value(name);
        let author = header("From")
            .and_then(|from| mailparse::addrparse(&from).ok())
            .and_then(|list| first(&list))
            .map(|info| info.addr.to_lowercase())
            .filter(|address| address.contains('@'))
            .ok_or("no readable sender")?;
        let text = text_of(&mail).trim().to_owned();
        if text.is_empty() {
            return Err("no text".into());
        }
        let at = header("Date")
            .and_then(|date| mailparse::dateparse(&date).ok())
            .and_then(|seconds| Timestamp::from_millis(seconds.checked_mul(1_000)?).ok());
        let id = header("Message-ID")
            .map(|id| id.trim().trim_matches(['<', '>']).to_owned())
            .filter(|id| !id.is_empty())
            .unwrap_or_else(|| digest(raw));
        let subject = header("Subject").map(|subject| one_line(&subject)).filter(|s| !s.is_empty());
        let answered = ["In-Reply-To", "References"]
            .iter()
            .filter_map(|name| header(name))
            .flat_map(|list| ids(&list))
            .find_map(|id| self.of_letter.get(&id).cloned());
        let plain = subject.as_deref().map(plain_subject).filter(|subject| !subject.is_empty());
        let conversation = answered
            .or_else(|| plain.as_ref().and_then(|subject| self.of_subject.get(subject).cloned()))
            .unwrap_or_else(|| id.clone());
        self.of_letter.insert(id.clone(), conversation.clone());
        if let Some(subject) = plain {
            self.of_subject.entry(subject).or_insert_with(|| conversation.clone());
        }
        let customer = self.customer.entry(conversation.clone()).or_insert_with(|| author.clone());
        Ok(Line {
            customer: customer.clone(),
            id,
            conversation,
            author,
            at,
            title: subject,
            text,
            channel: Channel::Email,
        })
    }
}

fn first(list: &mailparse::MailAddrList) -> Option<mailparse::SingleInfo> {
    list.iter().find_map(|address| match address {
        mailparse::MailAddr::Single(info) => Some(info.clone()),
        mailparse::MailAddr::Group(group) => group.addrs.first().cloned(),
    })
}

/// The plain text of a letter; without one, that of its HTML.
fn text_of(mail: &ParsedMail<'_>) -> String {
    let parts: Vec<&ParsedMail<'_>> = mail.parts().collect();
    let of_type = |mime: &str| {
        let part = parts.iter().find(|part| {
            part.ctype.mimetype == mime
                && part.get_content_disposition().disposition
                    != mailparse::DispositionType::Attachment
        })?;
        part.get_body().ok()
    };
    of_type("text/plain")
        .or_else(|| of_type("text/html").map(|html| without_tags(&html)))
        .unwrap_or_default()
        .replace('\0', "")
}

fn without_tags(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => {
                inside = false;
                out.push(' ');
            }
            c if !inside => out.push(c),
            _ => {}
        }
    }
    out.replace("&nbsp;", " ").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

fn ids(list: &str) -> Vec<String> {
    let words = list.split(['<', '>', ' ', '\t', '\r', '\n']);
    words.filter(|word| word.contains('@')).map(str::to_owned).collect()
}

fn one_line(text: &str) -> String {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    line.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(120).collect()
}

/// A subject without what answering and forwarding put before it.
fn plain_subject(subject: &str) -> String {
    let mut rest = subject.trim();
    loop {
        let lower = rest.to_lowercase();
        let cut = ["re:", "aw:", "fwd:", "fw:", "sv:", "tr:"]
            .iter()
            .find(|mark| lower.starts_with(**mark))
            .and_then(|mark| rest.get(mark.len()..));
        let tag = rest.strip_prefix('[').and_then(|inner| inner.split_once(']')).map(|(_, r)| r);
        match cut.or(tag) {
            Some(shorter) => rest = shorter.trim_start(),
            None => return rest.to_lowercase(),
        }
    }
}

fn digest(raw: &[u8]) -> String {
    let hash: [u8; 32] = Sha256::digest(raw).into();
    let hex: String = hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("{hex}@letters-without-an-id")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_join_their_conversation() {
        let mut conversations = Conversations::default();
        let first = b"From: Ada <ADA@example.org>\nMessage-ID: <1@x>\nSubject: Leak\nDate: Mon, 02 Feb 2026 10:00:00 +0100\n\nIt leaks.\n";
        let answer = b"From: shop@example.com\nMessage-ID: <2@x>\nIn-Reply-To: <1@x>\nSubject: Tomorrow\n\nTom comes.\n";
        let by_subject = b"From: ada@example.org\nSubject: Re: [shop] leak\n\nThanks\n";
        let first = conversations.read(first).unwrap();
        assert_eq!(first.author, "ada@example.org");
        assert_eq!(first.at.unwrap().to_string(), "2026-02-02T09:00:00.000Z");
        let answer = conversations.read(answer).unwrap();
        assert_eq!((answer.conversation, answer.customer), ("1@x".into(), first.author.clone()));
        let third = conversations.read(by_subject).unwrap();
        assert_eq!(third.conversation, "1@x");
        assert_eq!(third.id, conversations.read(by_subject).unwrap().id, "an id of its own bytes");
        assert_eq!(conversations.read(b"From: a@b\n\n").unwrap_err(), "no text");
        assert_eq!(conversations.read(b"\n\nhello").unwrap_err(), "no readable sender");
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_can_be_read(bytes: Vec<u8>) {
            let _ = Conversations::default().read(&bytes);
        }
    }
}
