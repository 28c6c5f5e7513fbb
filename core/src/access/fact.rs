//! What rules ask about: facts that hold, do not hold, or are not known.

use crate::spelling::spelled;

spelled! {
    /// A fact about a principal and a record.
    pub enum Fact as "fact" {
        /// The record belongs to the principal's tenant.
        SameTenant = "same_tenant";
        /// The record has no storefront, or one within the principal's scope.
        SameStore = "same_store";
        /// The principal's scope covers the record's storefront.
        Member = "member";
        /// The subject is the principal's own: its customer is the principal.
        Owns = "owns";
        /// The principal's supplier stands in the fulfilment snapshot.
        Fulfils = "fulfils";
        /// The principal's reseller operates the storefront.
        Operates = "operates";
        /// The subject or the thread is assigned to the principal.
        Assigned = "assigned";
        /// The principal takes part in the thread.
        Participant = "participant";
        /// The principal acts for the record's customer.
        OnBehalf = "on_behalf";
        /// The principal wrote the record.
        Author = "author";
        /// The record is young enough for its author to take it back.
        WithinUndoWindow = "within_undo_window";
        /// The record is public.
        Public = "public";
        /// The record is public, or a role of the principal is in its audience.
        InAudience = "in_audience";
        /// It happens inside a draft.
        Draft = "draft";
        /// A reason was given.
        ReasonGiven = "reason_given";
        /// The customer's records may only be stored.
        Restricted = "restricted";
        /// The request claims a role that is not the principal's.
        RoleClaimed = "role_claimed";
        /// The subject is completed.
        Completed = "completed";
        /// A valid survey token came along.
        Token = "token";
        /// The work is required by law or by the person's own request.
        LegalDuty = "legal_duty";
    }
}

/// A set of facts: one bit a fact.
pub(crate) type Bits = u32;

impl Fact {
    pub(crate) const fn bit(self) -> Bits {
        1 << self as u32
    }
}

/// What is known: each fact holds, does not hold, or is open.
///
/// ```
/// use goodwill::access::{Fact, Facts};
///
/// let facts = Facts::none_known().set(Fact::Owns, true);
/// assert_eq!(facts.get(Fact::Owns), Some(true));
/// assert_eq!(facts.get(Fact::Member), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Facts {
    pub(crate) known: Bits,
    pub(crate) holds: Bits,
}

impl Facts {
    /// Nothing is known.
    #[must_use]
    pub const fn none_known() -> Self {
        Self { known: 0, holds: 0 }
    }

    /// The same, knowing one fact.
    #[must_use]
    pub const fn set(self, fact: Fact, holds: bool) -> Self {
        let bit = fact.bit();
        Self {
            known: self.known | bit,
            holds: if holds { self.holds | bit } else { self.holds & !bit },
        }
    }

    /// Whether the fact holds; `None` when that is open.
    #[must_use]
    pub const fn get(self, fact: Fact) -> Option<bool> {
        if self.known & fact.bit() == 0 { None } else { Some(self.holds & fact.bit() != 0) }
    }
}
