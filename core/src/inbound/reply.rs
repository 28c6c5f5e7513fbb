//! What the author of a mail wrote, without what the mail program added.

/// How lines begin that introduce a quoted mail, with the words that must follow: `On … wrote:`.
const INTRODUCTIONS: &[(&str, &[&str])] = &[
    ("on ", &["wrote"]),
    ("am ", &["schrieb"]),
    ("le ", &["a écrit", "a ecrit"]),
    ("el ", &["escribió", "escribio"]),
    ("il ", &["ha scritto"]),
    ("op ", &["schreef"]),
    ("em ", &["escreveu"]),
    ("den ", &["skrev"]),
    ("på ", &["skrev"]),
    ("w dniu ", &["napisał", "pisze"]),
    ("dne ", &["napsal"]),
    ("ti ", &["kirjoitti"]),
    ("в ", &["написал", "пишет"]),
    ("в письме ", &["написал"]),
];

/// What stands alone, between dashes or not, above a mail that is answered or passed on.
const SEPARATORS: &[&str] = &[
    "original message",
    "forwarded message",
    "begin forwarded message:",
    "ursprüngliche nachricht",
    "weitergeleitete nachricht",
    "message d'origine",
    "message d’origine",
    "message transféré",
    "mensaje original",
    "mensaje reenviado",
    "messaggio originale",
    "messaggio inoltrato",
    "oorspronkelijk bericht",
    "mensagem original",
    "ursprungligt meddelande",
    "wiadomość oryginalna",
    "исходное сообщение",
    "原始邮件",
];

/// The names of the headers that Outlook writes above a quoted mail: of the sender, and of the rest.
const SENDERS: &[&str] =
    &["from", "von", "de", "da", "van", "från", "fra", "od", "от", "发件人", "差出人"];
const HEADERS: &[&str] = &[
    "sent",
    "date",
    "to",
    "cc",
    "subject",
    "gesendet",
    "datum",
    "an",
    "betreff",
    "envoyé",
    "à",
    "objet",
    "enviado",
    "fecha",
    "para",
    "asunto",
    "inviato",
    "data",
    "a",
    "oggetto",
    "verzonden",
    "aan",
    "onderwerp",
    "assunto",
    "skickat",
    "till",
    "ämne",
    "sendt",
    "til",
    "emne",
    "wysłano",
    "do",
    "temat",
    "отправлено",
    "кому",
    "тема",
    "发送时间",
    "收件人",
    "主题",
    "送信日時",
    "宛先",
    "件名",
];

/// How the last line of a mail begins that a telephone wrote by itself.
const DEVICES: &[&str] = &[
    "sent from my ",
    "sent from outlook",
    "get outlook for ",
    "von meinem ",
    "gesendet von ",
    "gesendet mit ",
    "envoyé de mon ",
    "envoyé depuis ",
    "enviado desde ",
    "enviado do meu ",
    "inviato da ",
    "verstuurd vanaf ",
    "skickat från ",
    "wysłane z ",
];

/// Longer lines introduce nothing.
const LONGEST: usize = 400;

/// The part of a mail's text that its author wrote: without the quoted mail below it or above it,
/// without the line that introduces it, and without signature (`-- `, RFC 3676 §4.3).
///
/// In this order: the text ends where a line `##- … -##`, an introduction (`On … wrote:` in a dozen
/// languages, on up to three lines), a separator (`-----Original Message-----`), a block of headers as
/// Outlook writes it, or a signature begins. Then quoted lines and what a telephone adds of itself
/// go from the end. If nothing is left, the author wrote below the quoted mail; if nothing is there
/// either, all of it is the reply. Answers between quoted lines stay with those lines.
///
/// The result is a part of the text, empty only if the text is blank, and its own reply.
///
/// ```
/// use goodwill::inbound::reply_of;
///
/// let mail = "Yes, please!\n\nAm Mo., 2. März 2026 um 09:00 schrieb Shop <hi@shop.example>:\n> Monday?\n";
/// assert_eq!(reply_of(mail), "Yes, please!");
/// assert_eq!(reply_of("On 1 March you wrote:\n> Monday?\n\nYes!"), "Yes!");
/// ```
#[must_use]
pub fn reply_of(text: &str) -> &str {
    let above = above_quote(text);
    if !above.is_empty() {
        return above;
    }
    let below = above_quote(below_quote(text));
    if below.is_empty() { text.trim() } else { below }
}

/// The text up to the first line that is not its author's.
fn above_quote(text: &str) -> &str {
    let mut rest = text;
    let mut length = text.len();
    loop {
        if begins_other(rest) {
            length = text.len() - rest.len();
            break;
        }
        match rest.split_once('\n') {
            Some((_, next)) => rest = next,
            None => break,
        }
    }
    without_tail(text.get(..length).unwrap_or_default()).trim()
}

/// The text without quoted lines, blank ones, rules and a telephone's own words at its end.
fn without_tail(text: &str) -> &str {
    let mut text = text.trim_end();
    while let Some(last) = text.lines().next_back() {
        let line = last.trim().to_lowercase();
        let is_device = line.len() <= 80 && DEVICES.iter().any(|d| line.starts_with(d));
        let is_rule = line.len() >= 5 && line.chars().all(|c| matches!(c, '_' | '-' | '='));
        if !line.is_empty() && !is_quoted(last) && !is_device && !is_rule {
            break;
        }
        text = text.get(..text.len() - last.len()).unwrap_or_default().trim_end();
    }
    text
}

/// What stands below a quoted mail that the text begins with.
fn below_quote(text: &str) -> &str {
    let mut rest = text;
    while !rest.is_empty() {
        let (line, next) = rest.split_once('\n').unwrap_or((rest, ""));
        let lines = introduction(rest);
        if line.trim().is_empty() || is_quoted(line) {
            rest = next;
        } else if lines > 0 {
            rest = after_lines(rest, lines);
        } else {
            break;
        }
    }
    rest
}

fn after_lines(text: &str, lines: usize) -> &str {
    let mut rest = text;
    for _ in 0..lines {
        rest = rest.split_once('\n').map_or("", |(_, next)| next);
    }
    rest
}

fn is_quoted(line: &str) -> bool {
    line.trim_start().starts_with(['>', '\u{ff1e}'])
}

/// Whether a line begins what the author did not write.
fn begins_other(rest: &str) -> bool {
    let line = rest.lines().next().unwrap_or_default().trim();
    if line.is_empty() || line.len() > LONGEST {
        return false;
    }
    if line == "--" || (line.starts_with("##-") && line.ends_with("-##")) {
        return true;
    }
    let lower = line.to_lowercase();
    let bare = lower.trim_matches(['-', '_', '*', ' ']);
    // A sentence may be about an original message: alone, it has dashes around it.
    let is_framed = bare.len() < lower.len() || bare.ends_with(':');
    (is_framed && SEPARATORS.contains(&bare)) || introduction(rest) > 0 || begins_headers(rest)
}

/// On how many lines a quoted mail is introduced; 0 when it is not.
fn introduction(rest: &str) -> usize {
    let mut joined = String::new();
    for (count, line) in (1..=3).zip(rest.lines()) {
        let line = line.trim().trim_start_matches(['>', ' ']);
        if line.is_empty() || joined.len() + line.len() > LONGEST {
            return 0;
        }
        if count > 1 {
            joined.push(' ');
        }
        joined.push_str(&line.to_lowercase());
        let begins = |(begin, _): &&(&str, &[&str])| joined.starts_with(begin);
        let mut known = INTRODUCTIONS.iter().filter(begins).peekable();
        if known.peek().is_none() {
            return 0;
        }
        let ends = joined.ends_with([':', '：']);
        // It names a day or an address.
        let dated = joined.contains(|c: char| c.is_ascii_digit() || c == '@');
        let says = |(_, words): &(&str, &[&str])| words.iter().any(|word| joined.contains(word));
        if ends && dated && known.any(says) {
            return count;
        }
        if ends {
            return 0;
        }
    }
    0
}

/// Whether a block of headers begins: a sender, and two more of them in the lines that follow.
fn begins_headers(rest: &str) -> bool {
    let name = |line: &str| {
        let line = line.trim().trim_start_matches('*').to_lowercase();
        let (name, _) = line.split_once([':', '：'])?;
        Some(name.trim_matches(['*', ' ', '\u{a0}']).to_owned())
    };
    let mut lines = rest.lines().take(7).filter(|line| !line.trim().is_empty());
    let sender = lines.next().and_then(name);
    if !sender.is_some_and(|name| SENDERS.contains(&name.as_str())) {
        return false;
    }
    lines.filter_map(name).filter(|name| HEADERS.contains(&name.as_str())).count() >= 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// F379: the words of a reply, whatever program wrote it.
    #[test]
    fn replies_are_cut_out() {
        for (mail, reply) in [
            ("Hello", "Hello"),
            (
                "Yes\n\nOn Mon, Mar 2, 2026 at 9:00 AM Shop <hi@shop.example> wrote:\n> Monday?",
                "Yes",
            ),
            (
                "Yes\n\nOn Mon, Mar 2, 2026 at 9:00 AM The Very Long Name of a Shop\n<hi@shop.example>\nwrote:\n\n> Q",
                "Yes",
            ),
            ("Ja\n\nAm 02.03.26 um 09:00 schrieb Shop:\n> Montag?", "Ja"),
            (
                "Oui\n\nLe lun. 2 mars 2026 à 09:00, Shop <hi@shop.example> a écrit :\n> Lundi ?",
                "Oui",
            ),
            ("Sí\n\nEl lun, 2 mar 2026 a las 9:00, Shop (<hi@shop.example>) escribió:\n> ¿?", "Sí"),
            ("Sì\n\nIl giorno lun 2 mar 2026 alle ore 09:00 Shop ha scritto:\n> ?", "Sì"),
            ("Ja\n\nOp ma 2 mrt. 2026 om 09:00 schreef Shop <hi@shop.example>:\n> ?", "Ja"),
            ("Sim\n\nEm seg., 2 de mar. de 2026 às 09:00, Shop escreveu:\n> ?", "Sim"),
            ("Ja\n\nDen mån 2 mars 2026 kl 09:00 skrev Shop <hi@shop.example>:\n> ?", "Ja"),
            ("Tak\n\nW dniu 2.03.2026 o 09:00 Shop napisał(a):\n> ?", "Tak"),
            ("Да\n\nВ пн, 2 мар. 2026 г. в 09:00, Shop написал:\n> ?", "Да"),
            ("Yes\n\n-----Original Message-----\nFrom: Shop\nSent: Monday\n\nMonday?", "Yes"),
            (
                "Ja\n\n________________________________\nVon: Shop <hi@shop.example>\nGesendet: Montag\nAn: Ada\nBetreff: Frage\n\nMontag?",
                "Ja",
            ),
            (
                "Oui\n\n*De :* Shop\n*Envoyé :* lundi\n*À :* Ada\n*Objet :* Question\n\nLundi ?",
                "Oui",
            ),
            ("是\n\n发件人: Shop\n发送时间: 2026年3月2日\n收件人: Ada\n主题: 问\n\n?", "是"),
            ("Yes\n-- \nAda Lovelace\n+44 20 1234", "Yes"),
            ("Yes\n\nSent from my iPhone", "Yes"),
            ("Yes\n\nSent from my iPhone\n\nSent from my iPhone", "Yes"),
            ("Yes\n\nVon meinem iPhone gesendet\n\n> Montag?", "Yes"),
            ("Yes\n##- Please type your reply above this line -##\nold", "Yes"),
            ("> Monday?\n> Tuesday?\n\nTuesday.", "> Monday?\n> Tuesday?\n\nTuesday."),
            ("On 2 March 2026 Shop wrote:\n> Monday?\n\nYes\n-- \nAda", "Yes"),
            ("> Monday?\nYes\n> Tuesday?\nNo", "> Monday?\nYes\n> Tuesday?\nNo"),
            (
                "---------- Forwarded message ---------\nFrom: x\n\nlook",
                "---------- Forwarded message ---------\nFrom: x\n\nlook",
            ),
            // What only looks like it stays.
            ("On reflection I wrote: no", "On reflection I wrote: no"),
            ("On Monday 2 March I wrote:\nplease call", "please call"),
            ("From: me to you\nis a song", "From: me to you\nis a song"),
            ("the original message was lost", "the original message was lost"),
            ("a\n- one\n-- two", "a\n- one\n-- two"),
            ("", ""),
            ("  \n ", ""),
        ] {
            assert_eq!(reply_of(mail), reply, "{mail}");
        }
    }

    fn mail() -> impl Strategy<Value = String> {
        let line = prop::sample::select(vec![
            "hello",
            "",
            " ",
            "> quoted",
            "-- ",
            "On 1 March 2026 Shop",
            "wrote:",
            "On 2 x wrote:",
            "From: Shop",
            "Sent: today",
            "To: Ada",
            "Sent from my iPhone",
            "##- x -##",
            "é写",
            "-----Original Message-----",
            "Am 3. schrieb A:",
            "\u{a0}",
            "> On 2 x wrote:",
        ]);
        prop::collection::vec(line, 0..14).prop_map(|lines| lines.join("\n"))
    }

    proptest! {
        /// A reply is a part of the mail, its own reply, and empty only where there is nothing.
        #[test]
        fn a_reply_is_its_own_reply(mail in prop_oneof![mail(), "(\\PC|\n){0,60}"]) {
            let reply = reply_of(&mail);
            prop_assert!(mail.contains(reply));
            prop_assert_eq!(reply_of(reply), reply);
            prop_assert_eq!(reply.is_empty(), mail.trim().is_empty());
        }
    }
}
