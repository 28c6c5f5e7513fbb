//! Exported checkpoints and stored entries of the audit trail.
#![no_main]

use goodwill::TenantId;
use goodwill::audit::{AuditEntry, AuditKey, AuditKeys, Checkpoint, Verifier};

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Ok(checkpoint) = Checkpoint::import(text) {
        assert_eq!(Checkpoint::import(&checkpoint.export()).unwrap(), checkpoint);
    }
    let keys: AuditKeys = AuditKey::from_bytes("fuzz", &[1; 32]).unwrap().into();
    let mut verifier = Verifier::new(&keys, TenantId::SINGLE, Vec::new());
    verifier.push(&AuditEntry {
        tenant: TenantId::SINGLE,
        seq: 1,
        canonical: text.to_owned(),
        hash: [0; 32],
        private: None,
    });
    assert!(!verifier.finish(None).intact());
});
