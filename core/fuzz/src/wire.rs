//! JSON of inputs, rules and tenants.
#![no_main]

use goodwill::access::{Policy, Rule};
use goodwill::facade::{CreateCustomerMessageInput, CreateOrderMessage, OrderMessageSearch};
use goodwill::{PostMessage, PutSubject, Tenant};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let _ = serde_json::from_str::<PostMessage>(text);
    let _ = serde_json::from_str::<PutSubject>(text);
    let _ = serde_json::from_str::<Tenant>(text);
    let _ = serde_json::from_str::<CreateCustomerMessageInput>(text);
    let _ = serde_json::from_str::<CreateOrderMessage>(text);
    let _ = serde_json::from_str::<OrderMessageSearch>(text);
    if let Ok(rules) = serde_json::from_str::<Vec<Rule>>(text) {
        let _ = Policy::with_rules(rules);
    }
});
