//! Instants, ids, references, amounts and the words of enumerations.
#![no_main]

use goodwill::ids::kind;
use goodwill::{Channel, EventKind, Money, Ref, Role, ThreadId, Timestamp, access::Action};

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Ok(at) = text.parse::<Timestamp>() {
        assert_eq!(at.to_string().parse::<Timestamp>().unwrap(), at);
    }
    let _ = text.parse::<ThreadId>();
    if let Ok(reference) = text.parse::<Ref<kind::Subject>>() {
        let json = serde_json::to_string(&reference).unwrap();
        assert_eq!(serde_json::from_str::<Ref<kind::Subject>>(&json).unwrap(), reference);
    }
    if let Some((amount, currency)) = text.split_once(' ')
        && let Ok(currency) = currency.parse()
        && let Ok(money) = Money::parse(amount, currency)
    {
        assert_eq!(Money::parse(&money.amount(), currency).unwrap(), money);
    }
    let _ = (text.parse::<Role>(), text.parse::<Channel>());
    let _ = (text.parse::<EventKind>(), text.parse::<Action>());
});
