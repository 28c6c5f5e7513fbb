//! Lines of conversations as messages of threads.

use std::collections::BTreeSet;

use goodwill::{
    Code, Engine, ExternalRef, PostMessage, Principal, PutSubject, Result, Role, SubjectKind,
    SubjectRef, TenantId, Timestamp, Wait,
};

use crate::import::{Line, Skipped};

/// What an import has done.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// Messages that are new.
    pub imported: u64,
    /// Messages that an earlier run has brought.
    pub already_there: u64,
    /// Conversations that the source speaks of.
    pub conversations: u64,
    /// What was left out, and why.
    pub skipped: Vec<Skipped>,
}

/// Brings lines into an engine, one after the other.
#[derive(Debug)]
pub struct Import<'a> {
    engine: &'a Engine,
    tenant: TenantId,
    begun: Timestamp,
    known: BTreeSet<String>,
    /// What has been done so far.
    pub report: Report,
}

impl<'a> Import<'a> {
    /// An import into a tenant.
    #[must_use]
    pub fn new(engine: &'a Engine, tenant: TenantId) -> Self {
        let begun = engine.now();
        Self { engine, tenant, begun, known: BTreeSet::new(), report: Report::default() }
    }

    /// Brings in one line. Lines that break a rule are reported, not brought.
    ///
    /// # Errors
    /// Those of the store: the import can be run again.
    pub fn bring(&mut self, place: &str, line: &Line) -> Result<()> {
        match self.post(line) {
            Ok(created_at) if created_at < self.begun => self.report.already_there += 1,
            Ok(_) => self.report.imported += 1,
            Err(error) if error.code().as_str().starts_with("store.") => return Err(error),
            Err(error) if error.code() == Code::Internal => return Err(error),
            Err(error) => self.skip(place, &error.to_string()),
        }
        Ok(())
    }

    /// Reports something that cannot be brought in.
    pub fn skip(&mut self, place: &str, reason: &str) {
        self.report.skipped.push(Skipped { place: place.to_owned(), reason: reason.to_owned() });
    }

    fn post(&mut self, line: &Line) -> Result<Timestamp> {
        let service = Principal::service(self.tenant, ExternalRef::host("importer")?);
        let reference = |text: &str| ExternalRef::new("import", short(text));
        let key = reference(&line.conversation)?;
        if self.known.insert(line.conversation.clone()) {
            let customer = reference(&line.customer)?;
            let ticket = PutSubject::new(SubjectKind::Ticket, key.clone(), customer);
            self.engine.desk(service.clone())?.put_subject(ticket).wait()?;
            self.report.conversations += 1;
        }
        let author = reference(&line.author)?;
        let principal = if line.author == line.customer {
            service.on_behalf_of(author)
        } else {
            Principal::staff(self.tenant, Role::Agent, author)
        };
        let message = PostMessage {
            text: line.text.clone(),
            title: line.title.clone(),
            via: Some(line.channel),
            occurred_at: line.at.filter(|at| *at <= self.begun),
            provider_ref: Some(short(&line.id)),
            ..PostMessage::default()
        };
        let target = SubjectRef { kind: SubjectKind::Ticket, key: key.into() };
        // The source's own id makes a second run find what the first one brought.
        let session =
            self.engine.desk(principal)?.idempotent(format!("import {}", short(&line.id)));
        Ok(session.post(target, message).wait()?.created_at)
    }
}

/// An id of the source that fits: long ones keep both ends.
fn short(text: &str) -> String {
    let clean: String = text.chars().filter(|c| !c.is_control()).collect();
    let letters = clean.chars().count();
    if clean.len() <= 180 {
        return clean;
    }
    let head: String = clean.chars().take(40).collect();
    let tail: String = clean.chars().skip(letters.saturating_sub(40)).collect();
    format!("{head}…{tail}")
}
