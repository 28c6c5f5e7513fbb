//! Reading the trail from the beginning and saying what is wrong with it.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::audit::chain::{AuditHead, AuditKeys, commitments, hex};
use crate::audit::checkpoint::{Checkpoint, merkle_root};
use crate::audit::model::AuditEntry;
use crate::ids::TenantId;

/// Something that is wrong with the trail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", rename_all_fields = "camelCase", tag = "finding")]
pub enum Finding {
    /// The bytes of an entry are not those that were sealed.
    Changed {
        /// The entry.
        seq: u64,
    },
    /// A personal value is not the one that was committed to.
    PrivateChanged {
        /// The entry.
        seq: u64,
    },
    /// Entries are missing between two others.
    Removed {
        /// The last one before the gap.
        after: u64,
        /// The first one behind it.
        before: u64,
    },
    /// An entry does not follow the one before it.
    Relinked {
        /// The entry.
        seq: u64,
    },
    /// An entry stands where an earlier one should not: twice, or out of order.
    Misplaced {
        /// The entry.
        seq: u64,
    },
    /// The newest entries are gone: something that knows them says more than there is.
    CutTail {
        /// The last entry that is there.
        found: u64,
        /// The last entry that was known.
        expected: u64,
    },
    /// An entry was sealed with a key that is not in the ring.
    UnknownKey {
        /// The entry.
        seq: u64,
    },
    /// The head is not sealed with a key of the ring, or is missing.
    HeadForged,
    /// The entries are not those that a checkpoint was made over.
    CheckpointMismatch {
        /// The last entry of the checkpoint.
        to_seq: u64,
    },
    /// A message row is not the one that the trail says was committed.
    MessageChanged {
        /// The entry about the message.
        seq: u64,
    },
    /// A message that the trail says was committed is not there.
    MessageMissing {
        /// The entry about the message.
        seq: u64,
    },
}

/// What reading the trail has shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct VerifyReport {
    /// How many entries there are.
    pub entries: u64,
    /// The last entry.
    pub last_seq: u64,
    /// How many checkpoints hold.
    pub checkpoints: u64,
    /// How many entries have lost their personal part to an erasure: that is as it should be.
    pub erased: u64,
    /// How many messages were compared with what the trail says of them.
    pub messages: u64,
    /// How many of those have lost their text to a redaction or an erasure: as it should be.
    pub messages_without_text: u64,
    /// What is wrong, the first hundred.
    pub findings: Vec<Finding>,
    /// How much is wrong.
    pub problems: u64,
}

impl VerifyReport {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn intact(&self) -> bool {
        self.problems == 0
    }

    pub(crate) fn add(&mut self, finding: Finding) {
        self.problems += 1;
        if self.findings.len() < 100 {
            self.findings.push(finding);
        }
    }
}

impl fmt::Display for VerifyReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verdict = if self.intact() { "intact" } else { "NOT INTACT" };
        writeln!(
            f,
            "audit trail {verdict}: {} entries, {} checkpoints, {} messages compared",
            self.entries, self.checkpoints, self.messages
        )?;
        if self.erased > 0 {
            writeln!(f, "  {} entries have lost their personal part to an erasure", self.erased)?;
        }
        if self.messages_without_text > 0 {
            let count = self.messages_without_text;
            writeln!(f, "  {count} messages have lost their text to a redaction or an erasure")?;
        }
        for finding in &self.findings {
            match finding {
                Finding::Changed { seq } => writeln!(f, "  entry {seq} was changed")?,
                Finding::PrivateChanged { seq } => {
                    writeln!(f, "  the personal part of entry {seq} was changed")?;
                }
                Finding::Removed { after, before } => {
                    writeln!(f, "  entries between {after} and {before} were removed")?;
                }
                Finding::Relinked { seq } => {
                    writeln!(f, "  entry {seq} does not follow the one before it")?;
                }
                Finding::Misplaced { seq } => writeln!(f, "  entry {seq} is out of place")?,
                Finding::CutTail { found, expected } => {
                    writeln!(f, "  the trail ends at {found}, but went on to {expected}")?;
                }
                Finding::UnknownKey { seq } => writeln!(f, "  entry {seq} has an unknown key")?,
                Finding::HeadForged => writeln!(f, "  the head is missing or forged")?,
                Finding::CheckpointMismatch { to_seq } => {
                    writeln!(f, "  the checkpoint at {to_seq} was made over other entries")?;
                }
                Finding::MessageChanged { seq } => {
                    writeln!(f, "  the message of entry {seq} was changed")?;
                }
                Finding::MessageMissing { seq } => {
                    writeln!(f, "  the message of entry {seq} is gone")?;
                }
            }
        }
        Ok(())
    }
}

/// Reads the entries of one tenant in order, page by page, in constant memory but for the hashes
/// since the last checkpoint.
#[derive(Debug)]
pub struct Verifier<'a> {
    keys: &'a AuditKeys,
    tenant: TenantId,
    last: Option<(u64, [u8; 32])>,
    checkpoints: Vec<Checkpoint>,
    next_checkpoint: usize,
    run: Vec<[u8; 32]>,
    report: VerifyReport,
}

impl<'a> Verifier<'a> {
    /// A verifier that compares the entries with these checkpoints: the stored ones, and those that
    /// were kept elsewhere.
    #[must_use]
    pub fn new(keys: &'a AuditKeys, tenant: TenantId, checkpoints: Vec<Checkpoint>) -> Self {
        let mut checkpoints = checkpoints;
        checkpoints.sort_by_key(|checkpoint| (checkpoint.to_seq, checkpoint.from_seq));
        checkpoints.dedup();
        let report = VerifyReport {
            entries: 0,
            last_seq: 0,
            checkpoints: 0,
            erased: 0,
            messages: 0,
            messages_without_text: 0,
            findings: Vec::new(),
            problems: 0,
        };
        Self { keys, tenant, last: None, checkpoints, next_checkpoint: 0, run: Vec::new(), report }
    }

    /// Reads the next entry.
    pub fn push(&mut self, entry: &AuditEntry) {
        let seq = entry.seq;
        self.report.entries += 1;
        let (last_seq, last_hash) = self.last.map_or((0, None), |(seq, hash)| (seq, Some(hash)));
        if seq <= last_seq {
            self.report.add(Finding::Misplaced { seq });
            return;
        }
        if seq > last_seq + 1 {
            self.report.add(Finding::Removed { after: last_seq, before: seq });
        }
        match entry.record() {
            Ok(record) => {
                match self.keys.verify_entry(&record.key_id, entry) {
                    Some(true) if record.seq == seq && record.tenant == self.tenant => {
                        let follows = record.prev_hash == last_hash.map(|hash| hex(&hash));
                        if !follows && seq == last_seq + 1 {
                            self.report.add(Finding::Relinked { seq });
                        }
                    }
                    Some(_) => self.report.add(Finding::Changed { seq }),
                    None => self.report.add(Finding::UnknownKey { seq }),
                }
                match &entry.private {
                    Some(private) if commitments(private) != record.commitments => {
                        self.report.add(Finding::PrivateChanged { seq });
                    }
                    None if !record.commitments.is_empty() => self.report.erased += 1,
                    _ => {}
                }
            }
            Err(_) => self.report.add(Finding::Changed { seq }),
        }
        self.last = Some((seq, entry.hash));
        self.checkpoint(seq, entry.hash);
    }

    /// Compares the run that ends here with the checkpoints that end here.
    fn checkpoint(&mut self, seq: u64, hash: [u8; 32]) {
        self.run.push(hash);
        let mut ended = false;
        while let Some(checkpoint) = self.checkpoints.get(self.next_checkpoint) {
            if checkpoint.to_seq > seq {
                break;
            }
            let length = usize::try_from(checkpoint.to_seq + 1 - checkpoint.from_seq.min(seq + 1));
            let start = self.run.len().checked_sub(length.unwrap_or(usize::MAX));
            let run = start.and_then(|start| self.run.get(start..));
            let holds = checkpoint.to_seq == seq
                && checkpoint.is_genuine(self.keys)
                && checkpoint.tenant == self.tenant
                && run.is_some_and(|run| merkle_root(run) == checkpoint.root);
            if holds {
                self.report.checkpoints += 1;
            } else {
                self.report.add(Finding::CheckpointMismatch { to_seq: checkpoint.to_seq });
            }
            self.next_checkpoint += 1;
            ended = true;
        }
        if ended {
            // What lies before every checkpoint to come is not needed any more.
            let first = self
                .checkpoints
                .iter()
                .skip(self.next_checkpoint)
                .map(|checkpoint| checkpoint.from_seq)
                .min()
                .unwrap_or(seq + 1);
            let keep = usize::try_from((seq + 1).saturating_sub(first)).unwrap_or(usize::MAX);
            let drop = self.run.len().saturating_sub(keep);
            self.run.drain(..drop);
        }
    }

    /// Compares the end of the trail with the head and with the checkpoints that were not reached.
    #[must_use]
    pub fn finish(mut self, head: Option<&AuditHead>) -> VerifyReport {
        let (found, hash) = self.last.map_or((0, None), |(seq, hash)| (seq, Some(hash)));
        self.report.last_seq = found;
        let mut expected = found;
        match head {
            Some(head) if head.is_genuine(self.keys, self.tenant) => {
                expected = expected.max(head.seq);
                if head.seq < found || (head.seq == found && Some(head.hash) != hash) {
                    self.report.add(Finding::HeadForged);
                }
            }
            None if found == 0 => {}
            _ => self.report.add(Finding::HeadForged),
        }
        for checkpoint in self.checkpoints.iter().skip(self.next_checkpoint) {
            if checkpoint.is_genuine(self.keys) && checkpoint.tenant == self.tenant {
                expected = expected.max(checkpoint.to_seq);
            } else {
                self.report.add(Finding::CheckpointMismatch { to_seq: checkpoint.to_seq });
            }
        }
        if expected > found {
            self.report.add(Finding::CutTail { found, expected });
        }
        self.report
    }
}
