//! The conformance suite: what every store must do, checked on any store.
//!
//! Every case starts from an empty store and compares it with [`MemoryStore`](crate::MemoryStore),
//! whose reads are the definitions of [`crate::store::query`] written out naively, or states the
//! expected result itself. [`store_conformance!`](crate::store_conformance) makes a test of each case;
//! [`run`] runs them all and returns what was found, for stores that are written in other languages.
//!
//! ```
//! use std::sync::Arc;
//!
//! use goodwill::MemoryStore;
//! use goodwill::store::testing;
//!
//! for (case, verdict) in testing::run(&|| Arc::new(MemoryStore::new())) {
//!     assert_eq!(verdict, Ok(()), "{case}");
//! }
//! ```

mod crowd;
mod followups;
mod log;
mod payments;
mod queries;
mod reads;
mod shop;
mod writes;

pub use log::{check_log, log_checks};

use std::fmt;
use std::sync::Arc;

use crate::error::Error;
use crate::store::Store;

/// Whether a store did what it must.
pub type Verdict = Result<(), Failure>;

/// What a store did that it must not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure(String);

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Failure {}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self(format!("{}: {error}", error.code()))
    }
}

/// That two values are the same.
fn same<T: PartialEq + fmt::Debug>(what: &str, found: T, expected: T) -> Verdict {
    if found == expected {
        return Ok(());
    }
    Err(Failure(format!("{what}:\n   found {found:?}\nexpected {expected:?}")))
}

/// That something holds.
fn holds(what: &str, it: bool) -> Verdict {
    if it { Ok(()) } else { Err(Failure(format!("this does not hold: {what}"))) }
}

/// One case of the suite.
#[derive(Debug, Clone, Copy)]
pub struct Case {
    /// Its name.
    pub name: &'static str,
    run: fn(Arc<dyn Store>) -> Verdict,
}

impl Case {
    /// Runs it on a new, empty store.
    ///
    /// # Errors
    /// What the store did that it must not.
    pub fn run(&self, store: Arc<dyn Store>) -> Verdict {
        (self.run)(store)
    }
}

/// Runs every case, each on a store that is opened for it.
#[must_use]
pub fn run(open: &dyn Fn() -> Arc<dyn Store>) -> Vec<(&'static str, Verdict)> {
    CASES.iter().map(|case| (case.name, case.run(open()))).collect()
}

/// Hands the names of the cases to another macro: written down once, here.
#[doc(hidden)]
#[macro_export]
macro_rules! store_conformance_cases {
    (($($then:tt)*) ($($arguments:tt)*)) => {
        $($then)* { $($arguments)*
            writes::a_stale_expectation_writes_nothing
            writes::a_failure_in_the_middle_writes_nothing
            writes::places_have_no_gap
            writes::time_in_a_thread_does_not_run_backwards
            writes::a_key_is_used_once
            writes::a_reference_points_to_one_record
            writes::a_number_belongs_to_one_subject
            writes::an_address_belongs_to_one_party
            writes::a_delivery_becomes_one_thing
            writes::a_consumer_never_goes_back
            writes::an_erasure_takes_all_that_is_personal
            writes::the_trail_is_sealed
            reads::tenants_do_not_see_each_other
            reads::every_query_answers_as_defined
            reads::any_filter_lets_the_right_records_through
            reads::pages_put_together_are_the_whole
            reads::words_are_found
            reads::what_is_due_comes_in_order
            payments::payments_come_in_the_order_of_their_instants
            payments::payments_of_the_erased_are_not_worked_with
            followups::followups_come_in_the_order_of_their_instants
            followups::any_filter_lets_the_right_followups_through
            followups::followups_of_the_erased_have_no_words
            crowd::first_messages_at_once_begin_one_thread
            crowd::one_key_at_once_is_used_once
            crowd::others_of_a_batch_do_not_suffer
        }
    };
}

macro_rules! table {
    ($($module:ident::$case:ident)+) => {
        /// The cases of the suite.
        pub const CASES: &[Case] =
            &[$(Case { name: stringify!($case), run: $module::$case }),+];
    };
}
crate::store_conformance_cases! { (table!) () }

/// Makes a module with one test for each case of the suite.
///
/// The second argument opens a new, empty store at each call, and may keep a guard beside it: it
/// gives an `Arc<dyn Store>`.
///
/// ```
/// goodwill::store_conformance!(memory, || std::sync::Arc::new(goodwill::MemoryStore::new()));
/// ```
#[macro_export]
macro_rules! store_conformance {
    ($module:ident, $open:expr) => {
        $crate::store_conformance_cases! { ($crate::store_conformance_tests!) ($module, $open;) }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! store_conformance_tests {
    ($module:ident, $open:expr; $($part:ident::$case:ident)+) => {
        mod $module {
            use super::*;
            fn check(name: &str) {
                let open = || -> ::std::sync::Arc<dyn $crate::Store> { ($open)() };
                let case = $crate::store::testing::CASES.iter().find(|case| case.name == name);
                if let Some(Err(failure)) = case.map(|case| case.run(open())) {
                    panic!("{failure}");
                }
            }
            $(#[test] fn $case() { check(stringify!($case)); })+
        }
    };
}
