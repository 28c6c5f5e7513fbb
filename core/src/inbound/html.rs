//! HTML as text.

/// Named characters from U+00A0 to U+00FF, in order (HTML 4.01, "Character entity references").
const LATIN_1: &str = "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg \
    macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 \
    iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute \
    Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml \
    Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml \
    igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute \
    ucirc uuml yacute thorn yuml";

/// Other named characters that mail programs write.
const NAMED: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("euro", '€'),
    ("hellip", '…'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bdquo", '„'),
    ("bull", '•'),
    ("trade", '™'),
    ("oelig", 'œ'),
    ("OElig", 'Œ'),
];

/// Elements whose content is never text.
const HIDDEN: &[&str] =
    &["script", "style", "head", "title", "template", "noscript", "svg", "object"];

/// Elements that begin a line of their own.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "blockquote",
    "body",
    "dd",
    "div",
    "dl",
    "dt",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tr",
    "ul",
];

/// What mail programs mark the mail with that is answered: classes and ids of elements.
const QUOTES: &[&str] = &[
    "gmail_quote",
    "yahoo_quoted",
    "protonmail_quote",
    "divrplyfwdmsg",
    "appendonsend",
    "zmail_extra",
    "qm_con_quote",
];

/// The deepest level of quotation that is shown.
const DEEPEST: usize = 5;

/// The text of HTML: no markup, no scripts, no styles, nothing that is loaded from elsewhere. Lines are
/// the lines that a reader sees; what a mail program quotes begins with `>`; a link's address stands
/// behind its words. Takes time in proportion to the input, whatever it is.
///
/// ```
/// use goodwill::inbound::text_of_html;
///
/// let html = "<p>Gr&uuml;&szlig;e<br>Ada</p><script>alert(1)</script><blockquote>When?</blockquote>";
/// assert_eq!(text_of_html(html), "Grüße\nAda\n\n> When?");
/// ```
#[must_use]
pub fn text_of_html(html: &str) -> String {
    let mut page = Page::default();
    let mut rest = html;
    while let Some((text, markup)) = rest.split_once('<') {
        page.text(text);
        rest = page.markup(markup);
    }
    page.text(rest);
    page.finish()
}

/// The text so far.
#[derive(Default)]
struct Page {
    done: String,
    line: String,
    /// How deeply the line is quoted.
    depth: usize,
    /// Whether all that follows is quoted.
    quoted: bool,
    /// The address of the link that is open, and where its words begin in the line.
    link: Option<(String, usize)>,
}

impl Page {
    /// Adds text; any run of white space is one space.
    fn text(&mut self, text: &str) {
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('&') {
            self.plain(before);
            rest = match named(after) {
                Some((letter, after)) => {
                    self.letter(letter);
                    after
                }
                None => {
                    self.letter('&');
                    after
                }
            };
        }
        self.plain(rest);
    }

    fn plain(&mut self, text: &str) {
        text.chars().for_each(|letter| self.letter(letter));
    }

    fn letter(&mut self, letter: char) {
        if letter.is_whitespace() {
            if !self.line.is_empty() && !self.line.ends_with(' ') {
                self.line.push(' ');
            }
        } else if !letter.is_control() && !matches!(letter, '\u{ad}' | '\u{200b}' | '\u{feff}') {
            self.line.push(letter);
        }
    }

    /// Ends the line, unless it is empty.
    fn end_line(&mut self) {
        self.end_link();
        let line = self.line.trim();
        if !line.is_empty() {
            self.done.push_str(&"> ".repeat((self.depth + usize::from(self.quoted)).min(DEEPEST)));
            self.done.push_str(line);
            self.done.push('\n');
        }
        self.line.clear();
    }

    fn end_link(&mut self) {
        if let Some((address, begin)) = self.link.take()
            && !self.line.get(begin..).unwrap_or_default().contains(&address)
        {
            self.line.push_str(&format!(" ({address})"));
        }
    }

    /// Reads what stands after `<`, and returns what follows it.
    fn markup<'a>(&mut self, markup: &'a str) -> &'a str {
        if let Some(comment) = markup.strip_prefix("!--") {
            return comment.split_once("-->").map_or("", |(_, rest)| rest);
        }
        let is_tag = markup.starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c));
        if !is_tag {
            self.letter('<');
            return markup;
        }
        let end = end_of_tag(markup);
        let (tag, rest) = markup.split_at_checked(end).unwrap_or((markup, ""));
        let rest = rest.strip_prefix('>').unwrap_or(rest);
        let closing = tag.starts_with('/');
        let name = tag.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric());
        let name = name.into_iter().next().unwrap_or_default().to_ascii_lowercase();
        if HIDDEN.contains(&name.as_str()) {
            let is_empty = closing || tag.ends_with('/');
            return if is_empty { rest } else { after_element(rest, &name) };
        }
        match (name.as_str(), closing) {
            ("br", _) => {
                self.end_line_or_blank();
            }
            ("td" | "th", true) => self.letter(' '),
            ("a", false) => {
                self.end_link();
                let address = attribute(tag, "href").filter(|address| is_web(address));
                self.link = address.map(|address| (address, self.line.len()));
            }
            ("a", true) => self.end_link(),
            (name, _) if BLOCKS.contains(&name) => {
                self.end_line();
                if name == "blockquote" {
                    self.depth =
                        if closing { self.depth.saturating_sub(1) } else { self.depth + 1 };
                } else if name == "li" && !closing {
                    self.line.push_str("- ");
                } else if matches!(name, "p" | "table") && closing {
                    self.blank();
                }
            }
            _ => {}
        }
        if !closing && !self.quoted && is_quote(tag) {
            self.end_line();
            self.quoted = true;
        }
        rest
    }

    /// Ends the line; a second break makes an empty line.
    fn end_line_or_blank(&mut self) {
        if self.line.trim().is_empty() {
            self.blank();
        } else {
            self.end_line();
        }
    }

    /// Leaves one empty line.
    fn blank(&mut self) {
        if !self.done.is_empty() && !self.done.ends_with("\n\n") {
            self.done.push('\n');
        }
    }

    fn finish(mut self) -> String {
        self.end_line();
        self.done.trim().to_owned()
    }
}

/// Where a tag ends: at the first `>` that does not stand in quotes, or at the end of the text.
fn end_of_tag(markup: &str) -> usize {
    let mut quote = None;
    for (place, letter) in markup.char_indices() {
        match (quote, letter) {
            (None, '>') => return place,
            (None, '"' | '\'') => quote = Some(letter),
            (Some(open), letter) if letter == open => quote = None,
            _ => {}
        }
    }
    // An open quotation is a mistake: the tag ends as if there were none.
    markup.find('>').unwrap_or(markup.len())
}

/// What follows the end of an element whose content is no text.
fn after_element<'a>(rest: &'a str, name: &str) -> &'a str {
    let mut rest = rest;
    while let Some((_, tag)) = rest.split_once("</") {
        let is_end = tag.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name));
        if is_end {
            return tag.split_once('>').map_or("", |(_, after)| after);
        }
        rest = tag;
    }
    ""
}

/// The value of an attribute.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let lower = tag.to_ascii_lowercase();
    let begin = lower.find(&format!("{name}="))? + name.len() + 1;
    let value = tag.get(begin..)?;
    let value = match value.chars().next()? {
        quote @ ('"' | '\'') => value.get(1..)?.split(quote).next()?,
        _ => value.split(char::is_whitespace).next()?,
    };
    let mut text = Page::default();
    text.text(value);
    Some(text.line)
}

fn is_web(address: &str) -> bool {
    let known = ["http://", "https://"].iter().any(|scheme| address.starts_with(scheme));
    known && address.len() <= 2_048
}

fn is_quote(tag: &str) -> bool {
    let is_known = |value: Option<String>| {
        value.is_some_and(|value| {
            let value = value.to_ascii_lowercase();
            value.split_whitespace().any(|word| QUOTES.iter().any(|quote| word.ends_with(quote)))
        })
    };
    is_known(attribute(tag, "class")) || is_known(attribute(tag, "id"))
}

/// The character that a reference names, and what follows it.
fn named(after: &str) -> Option<(char, &str)> {
    // The longest name has eight letters; the longest number, with `#x`, as many.
    let end = after.bytes().take(10).position(|byte| byte == b';')?;
    let (name, rest) = after.split_at_checked(end)?;
    let rest = rest.strip_prefix(';')?;
    let letter = match name.strip_prefix('#') {
        Some(number) => {
            let number = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            char::from_u32(number.ok()?)?
        }
        None => match NAMED.iter().find(|(known, _)| *known == name) {
            Some((_, letter)) => *letter,
            None => {
                let place = LATIN_1.split_whitespace().position(|known| known == name)?;
                char::from_u32(0xa0 + u32::try_from(place).ok()?)?
            }
        },
    };
    Some((letter, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn markup_becomes_lines() {
        for (html, text) in [
            ("a<br>b<br><br>c", "a\nb\n\nc"),
            ("<p>one</p>\n<p>two</p>", "one\n\ntwo"),
            ("<ul><li>one<li>two</ul>", "- one\n- two"),
            ("<table><tr><td>1</td><td>2</td></tr></table>after", "1 2\n\nafter"),
            (
                "1 &lt; 2 &amp;&amp; 3 > 2 &euro;&#8364;&#x20AC; &nope; &",
                "1 < 2 && 3 > 2 €€€ &nope; &",
            ),
            ("&nbsp;x&yuml;&szlig;&Auml;", "xÿßÄ"),
            ("a < b", "a < b"),
            ("<a href='https://x.y/?a=1&amp;b=2'>here</a>!", "here (https://x.y/?a=1&b=2)!"),
            ("<a href=\"https://x.y\">https://x.y</a>", "https://x.y"),
            ("<a href=\"javascript:alert(1)\">here</a>", "here"),
            ("<STYLE>p{}</STYLE ><script>if (a<b) </ script></script>x", "x"),
            ("<script>never ends", ""),
            ("<!-- a > b -->x<!-- open", "x"),
            ("<img alt='>' src=x>y<p title=\"a>b\">z", "y\nz"),
            ("<p title=\"open>text", "text"),
            (
                "hi<div class=\"gmail_quote x\">On 1 wrote:<div>old</div></div>",
                "hi\n> On 1 wrote:\n> old",
            ),
            ("<blockquote>a<blockquote>b</blockquote></blockquote>c", "> a\n> > b\nc"),
            ("<div id=divRplyFwdMsg>From: x</div>", "> From: x"),
        ] {
            assert_eq!(text_of_html(html), text, "{html}");
        }
    }

    proptest! {
        /// No input is a panic, and no tag of a script comes through.
        #[test]
        fn any_text_is_converted(html in "[<>/a-z&;#x0-9 \"'=!-]{0,80}|\\PC{0,60}") {
            let text = text_of_html(&html);
            prop_assert!(!text.contains('\0') && text.trim() == text);
            prop_assert_eq!(text_of_html(&format!("<script>{html}</script>")).contains("<script"), false);
        }
    }
}
