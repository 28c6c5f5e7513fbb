//! Messages that no person wrote.

use crate::inbound::model::{InboundMessage, TriageReason};

/// What kind of machine wrote it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Automatic {
    /// A mail server that could not deliver a mail.
    Bounce,
    /// A mailing list, or somebody who writes to many.
    MailingList,
    /// An answering machine or another program.
    Program,
}

impl Automatic {
    pub(crate) fn reason(self) -> TriageReason {
        match self {
            Self::Bounce => TriageReason::Bounce,
            Self::MailingList => TriageReason::MailingList,
            Self::Program => TriageReason::Automatic,
        }
    }
}

/// Whether a message says of itself that no person wrote it, the first of these that holds:
///
/// - a bounce: `Content-Type: multipart/report` with a report type of `delivery-status` (RFC 3464,
///   RFC 6522), an `X-Failed-Recipients` header, or a sender `mailer-daemon` or `postmaster` with an
///   empty return path (RFC 5321 §4.5.5);
/// - a program: `Auto-Submitted` with anything but `no` (RFC 3834 §5), `X-Autoreply`,
///   `X-Autorespond` or `X-Autoresponder`, `Precedence: auto_reply`, or an empty return path;
/// - a mailing list: a header `List-…` (RFC 2369, RFC 2919), or `Precedence: bulk`, `list`, `junk`.
///
/// ```
/// use goodwill::Channel;
/// use goodwill::inbound::{Automatic, InboundMessage, automatic};
///
/// let mut mail = InboundMessage::new(Channel::Email, "ada@example.com");
/// assert_eq!(automatic(&mail), None);
/// mail.headers.insert("Auto-Submitted".into(), "auto-replied (vacation)".into());
/// assert_eq!(automatic(&mail), Some(Automatic::Program));
/// ```
#[must_use]
pub fn automatic(message: &InboundMessage) -> Option<Automatic> {
    let lower = |name: &str| message.header(name).map(str::to_ascii_lowercase);
    let precedence = lower("precedence").unwrap_or_default();
    let nowhere = lower("return-path").is_some_and(|path| path == "<>");
    let from = message.from.to_ascii_lowercase();
    let daemon = ["mailer-daemon@", "postmaster@"].iter().any(|name| from.contains(name));
    let report = lower("content-type")
        .is_some_and(|of| of.starts_with("multipart/report") && of.contains("delivery-status"));
    if report || message.header("x-failed-recipients").is_some() || (daemon && nowhere) {
        return Some(Automatic::Bounce);
    }
    // The keyword may be followed by parameters and comments.
    let keyword =
        |value: String| value.split([';', '(', ' ', '\t']).next().unwrap_or_default().to_owned();
    let submitted = lower("auto-submitted").map(keyword);
    let program = ["x-autoreply", "x-autorespond", "x-autoresponder"]
        .iter()
        .filter_map(|name| lower(name))
        .any(|value| value != "no");
    if submitted.is_some_and(|keyword| keyword != "no")
        || program
        || matches!(precedence.as_str(), "auto_reply" | "auto-reply")
        || nowhere
    {
        return Some(Automatic::Program);
    }
    let listed = message
        .headers
        .keys()
        .any(|name| name.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("list-")));
    if listed || matches!(precedence.as_str(), "bulk" | "list" | "junk") {
        return Some(Automatic::MailingList);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Channel;

    #[test]
    fn machines_say_so() {
        let of = |from: &str, headers: &[(&str, &str)]| {
            let mut mail = InboundMessage::new(Channel::Email, from);
            let header = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
            mail.headers = headers.iter().map(header).collect();
            automatic(&mail)
        };
        for (expected, from, headers) in [
            (None, "ada@x.y", &[("Auto-Submitted", "no")][..]),
            (None, "ada@x.y", &[("Return-Path", "<ada@x.y>"), ("Precedence", "first-class")]),
            (None, "postmaster@x.y", &[]),
            (Some(Automatic::Program), "ada@x.y", &[("AUTO-SUBMITTED", "Auto-Replied; owner=a")]),
            (Some(Automatic::Program), "ada@x.y", &[("X-Autoreply", "yes")]),
            (Some(Automatic::Program), "ada@x.y", &[("Precedence", "auto_reply")]),
            (Some(Automatic::Program), "ada@x.y", &[("Return-Path", "<>")]),
            (Some(Automatic::Bounce), "MAILER-DAEMON@x.y", &[("return-path", "<>")]),
            (Some(Automatic::Bounce), "ada@x.y", &[("X-Failed-Recipients", "bob@x.y")]),
            (
                Some(Automatic::Bounce),
                "x@x.y",
                &[("Content-Type", "multipart/report; report-type=delivery-status; boundary=b")],
            ),
            (Some(Automatic::MailingList), "ada@x.y", &[("List-Id", "<news.x.y>")]),
            (Some(Automatic::MailingList), "ada@x.y", &[("Precedence", "Bulk")]),
        ] {
            assert_eq!(of(from, headers), expected, "{from} {headers:?}");
        }
    }
}
