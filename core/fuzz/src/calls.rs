//! Calls as hosts send them: any text is answered, and with an envelope.
#![no_main]

use std::sync::OnceLock;

use goodwill::ops::{self, Host};

const OPERATIONS: [&str; 8] = [
    "message.post",
    "message.list",
    "message.search",
    "thread.change",
    "tenant.put",
    "subject.put",
    "orders.create_message",
    "jobs.create_message_for_job",
];
const OPTIONS: &str = r#"{"keys": [{"id": "k", "secret":
    "0101010101010101010101010101010101010101010101010101010101010101"}]}"#;

fn host() -> &'static Host {
    static HOST: OnceLock<Host> = OnceLock::new();
    HOST.get_or_init(|| ops::open(OPTIONS).expect("the options are right"))
}

libfuzzer_sys::fuzz_target!(|input: (u8, bool, &str)| {
    let (operation, whole, text) = input;
    let operation = OPERATIONS[usize::from(operation) % OPERATIONS.len()];
    let answer = if whole {
        ops::call(host(), operation, text)
    } else {
        let session = r#"{"side":"desk","role":"admin","party":"root"}"#;
        ops::call(host(), operation, &format!(r#"{{"session":{session},"input":{text}}}"#))
    };
    assert!(answer.starts_with("{\"ok\":") || answer.starts_with("{\"error\":"));
    assert!(!answer.contains("\"code\":\"internal\""), "{answer}");
});
