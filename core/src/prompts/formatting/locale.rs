//! What differs between languages in dates and numbers.
//!
//! Taken from the Unicode CLDR 45, Gregorian calendar, Latin digits (also for Arabic). Marks that
//! only turn the direction of writing are left out.

/// A language with its dates and numbers.
///
/// ```
/// use goodwill::prompts::formatting::Locale;
///
/// assert_eq!(Locale::find("pt-BR").unwrap().tag(), "pt");
/// assert!(Locale::find("xx").is_none());
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Locale(pub(super) &'static Data);

#[derive(Debug)]
pub(super) struct Data {
    pub(super) tag: &'static str,
    pub(super) months: [&'static str; 12],
    pub(super) short_months: [&'static str; 12],
    /// From Monday.
    pub(super) weekdays: [&'static str; 7],
    pub(super) full: &'static str,
    pub(super) long: &'static str,
    pub(super) medium: &'static str,
    pub(super) short: &'static str,
    pub(super) month: &'static str,
    pub(super) time: &'static str,
    pub(super) decimal: &'static str,
    pub(super) group: &'static str,
    /// The digits before the first group must be at least so many for groups to be written.
    pub(super) least_grouped: usize,
    pub(super) percent: &'static str,
    /// Whether the sign of a currency stands before the amount; else behind it, after a space.
    pub(super) currency_first: bool,
    pub(super) space_after_currency: bool,
    pub(super) and: &'static str,
}

impl Locale {
    /// All locales.
    pub const ALL: &'static [Self] =
        &[Self(&EN), Self(&ES), Self(&PT), Self(&FR), Self(&DE), Self(&IT), Self(&AR)];

    /// English.
    #[must_use]
    pub fn english() -> Self {
        Self(&EN)
    }

    /// The locale of a language tag (BCP 47): its language decides, region and script do not.
    #[must_use]
    pub fn find(tag: &str) -> Option<Self> {
        let language = tag.split(['-', '_']).next().unwrap_or_default();
        Self::ALL.iter().copied().find(|one| one.0.tag.eq_ignore_ascii_case(language))
    }

    /// The language.
    #[must_use]
    pub fn tag(self) -> &'static str {
        self.0.tag
    }
}

impl Default for Locale {
    fn default() -> Self {
        Self::english()
    }
}

impl PartialEq for Locale {
    fn eq(&self, other: &Self) -> bool {
        self.tag() == other.tag()
    }
}

impl Eq for Locale {}

static EN: Data = Data {
    tag: "en",
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    short_months: [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ],
    weekdays: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    full: "EEEE, MMMM d, y",
    long: "MMMM d, y",
    medium: "MMM d, y",
    short: "M/d/yy",
    month: "MMMM y",
    time: "h:mm a",
    decimal: ".",
    group: ",",
    least_grouped: 1,
    percent: "%",
    currency_first: true,
    space_after_currency: false,
    and: " and ",
};

static ES: Data = Data {
    tag: "es",
    months: [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
    short_months: [
        "ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic",
    ],
    weekdays: ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"],
    full: "EEEE, d 'de' MMMM 'de' y",
    long: "d 'de' MMMM 'de' y",
    medium: "d MMM y",
    short: "d/M/yy",
    month: "MMMM 'de' y",
    time: "H:mm",
    decimal: ",",
    group: ".",
    least_grouped: 2,
    percent: "\u{a0}%",
    currency_first: false,
    space_after_currency: true,
    and: " y ",
};

static PT: Data = Data {
    tag: "pt",
    months: [
        "janeiro",
        "fevereiro",
        "março",
        "abril",
        "maio",
        "junho",
        "julho",
        "agosto",
        "setembro",
        "outubro",
        "novembro",
        "dezembro",
    ],
    short_months: [
        "jan.", "fev.", "mar.", "abr.", "mai.", "jun.", "jul.", "ago.", "set.", "out.", "nov.",
        "dez.",
    ],
    weekdays: [
        "segunda-feira",
        "terça-feira",
        "quarta-feira",
        "quinta-feira",
        "sexta-feira",
        "sábado",
        "domingo",
    ],
    full: "EEEE, d 'de' MMMM 'de' y",
    long: "d 'de' MMMM 'de' y",
    medium: "d 'de' MMM 'de' y",
    short: "dd/MM/y",
    month: "MMMM 'de' y",
    time: "HH:mm",
    decimal: ",",
    group: ".",
    least_grouped: 1,
    percent: "%",
    currency_first: true,
    space_after_currency: true,
    and: " e ",
};

static FR: Data = Data {
    tag: "fr",
    months: [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    short_months: [
        "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.",
        "déc.",
    ],
    weekdays: ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
    full: "EEEE d MMMM y",
    long: "d MMMM y",
    medium: "d MMM y",
    short: "dd/MM/y",
    month: "MMMM y",
    time: "HH:mm",
    decimal: ",",
    group: "\u{202f}",
    least_grouped: 1,
    percent: "\u{202f}%",
    currency_first: false,
    space_after_currency: true,
    and: " et ",
};

static DE: Data = Data {
    tag: "de",
    months: [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
    short_months: [
        "Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.",
        "Dez.",
    ],
    weekdays: ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"],
    full: "EEEE, d. MMMM y",
    long: "d. MMMM y",
    medium: "dd.MM.y",
    short: "dd.MM.yy",
    month: "MMMM y",
    time: "HH:mm",
    decimal: ",",
    group: ".",
    least_grouped: 1,
    percent: "\u{a0}%",
    currency_first: false,
    space_after_currency: true,
    and: " und ",
};

static IT: Data = Data {
    tag: "it",
    months: [
        "gennaio",
        "febbraio",
        "marzo",
        "aprile",
        "maggio",
        "giugno",
        "luglio",
        "agosto",
        "settembre",
        "ottobre",
        "novembre",
        "dicembre",
    ],
    short_months: [
        "gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic",
    ],
    weekdays: ["lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica"],
    full: "EEEE d MMMM y",
    long: "d MMMM y",
    medium: "d MMM y",
    short: "dd/MM/yy",
    month: "MMMM y",
    time: "HH:mm",
    decimal: ",",
    group: ".",
    least_grouped: 1,
    percent: "%",
    currency_first: false,
    space_after_currency: true,
    and: " e ",
};

static AR: Data = Data {
    tag: "ar",
    months: [
        "يناير",
        "فبراير",
        "مارس",
        "أبريل",
        "مايو",
        "يونيو",
        "يوليو",
        "أغسطس",
        "سبتمبر",
        "أكتوبر",
        "نوفمبر",
        "ديسمبر",
    ],
    short_months: [
        "يناير",
        "فبراير",
        "مارس",
        "أبريل",
        "مايو",
        "يونيو",
        "يوليو",
        "أغسطس",
        "سبتمبر",
        "أكتوبر",
        "نوفمبر",
        "ديسمبر",
    ],
    weekdays: ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"],
    full: "EEEE، d MMMM y",
    long: "d MMMM y",
    medium: "dd/MM/y",
    short: "d/M/y",
    month: "MMMM y",
    time: "HH:mm",
    decimal: ".",
    group: ",",
    least_grouped: 1,
    percent: "%",
    currency_first: false,
    space_after_currency: true,
    and: " و",
};
