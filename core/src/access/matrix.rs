//! The built-in rules: the matrix of who may do what, and what nothing can permit.
//!
//! A row names an action and, for each role, the condition of its permit. `-` is no permit, `t`
//! none but the tenant, and `o` owns, `f` fulfils, `r` operates the store, `a` assigned, `p` takes
//! part, `s` member of the store, `b` on behalf of the customer, `d` inside a draft, `w` wrote it,
//! `u` wrote it within the undo window, `c` owns and completed, `k` survey token, `x` with a reason.
//! After a colon stand obligations: `m` mask contact details and amounts, `y` pseudonyms, `g`
//! aggregates, `n` as context of a prompt, `i` own side only.

use crate::access::action::Action;
use crate::access::fact::Fact;
use crate::access::role::{Role, RoleSet};
use crate::access::rule::{Condition, Effect, Obligation, Rule};

/// The roles in the order of the columns.
const COLUMNS: [Role; 13] = [
    Role::Customer,
    Role::Supplier,
    Role::Reseller,
    Role::Technician,
    Role::Agent,
    Role::Manager,
    Role::Admin,
    Role::Analyst,
    Role::PrivacyOfficer,
    Role::Auditor,
    Role::Service,
    Role::System,
    Role::Model,
];

/// The matrix. Columns: customer, supplier, reseller, technician, agent, manager, admin, analyst,
/// privacy officer, auditor, service, system, model.
#[rustfmt::skip]
pub(crate) const MATRIX: &[(Action, &str)] = &[
    (Action::ThreadRead,              "o   f   r   a   s   s   t   -   t   t   t   t   p"),
    (Action::ThreadList,              "o   f   r   a   s   s   t   -   t   t   t   t   -"),
    (Action::ThreadClose,             "-   -   -   -   -   -   t   -   -   -   -   t   -"),
    (Action::ThreadResolve,           "-   -   -   -   s   s   t   -   -   -   t   t   -"),
    (Action::ThreadSnooze,            "-   -   -   -   s   s   t   -   -   -   t   t   -"),
    (Action::ThreadPending,           "-   -   -   -   s   s   t   -   -   -   t   t   -"),
    (Action::ThreadAssign,            "-   -   -   -   s   s   t   -   -   -   t   t   -"),
    (Action::ThreadTag,               "-   -   -   -   s   s   t   -   -   -   t   t   -"),
    (Action::ThreadPrioritise,        "-   -   -   -   s   s   t   -   -   -   t   t   -"),
    (Action::ThreadParticipants,      "-   -   -   -   s   s   t   -   -   -   t   t   -"),
    (Action::ThreadMerge,             "-   -   -   -   s   s   t   -   -   -   t   t   -"),
    (Action::ThreadReopen,            "o   -   -   -   s   s   t   -   -   -   t   t   -"),
    (Action::MessageReadPublic,       "o   f   r   a   s   s   t   t:m t   t   t   t   p"),
    (Action::MessageReadInternal,     "-   -   -   -   -   -   t   -   x   x   -   t   -"),
    (Action::MessagePostPublic,       "o   f   r   a   s   s   t   -   -   -   t   t   d"),
    (Action::MessagePostInternal,     "-   -   -   -   -   -   t   -   -   -   -   t   -"),
    (Action::MessagePostSystemEvent,  "-   -   -   -   -   -   t   -   -   -   t   t   -"),
    (Action::MessageMarkRead,         "o   f   r   a   s   s   t   -   -   -   b   -   -"),
    (Action::MessageMarkReadFor,      "-   -   -   -   -   -   -   -   -   -   b   -   -"),
    (Action::MessageMarkUnread,       "-   -   -   a   s   s   t   -   -   -   -   -   -"),
    (Action::MessageSearch,           "o   f   r   -   -   -   t   -   t   t   -   -   -"),
    (Action::MessageCorrect,          "u   w   w   w   w   s   t   -   -   -   -   -   -"),
    (Action::MessageRetract,          "u   w   w   w   w   s   t   -   -   -   -   -   -"),
    (Action::MessageReact,            "o   f   r   a   s   s   t   -   -   -   t   t   d"),
    (Action::MessageRedact,           "-   -   -   -   -   -   x   -   x   -   -   -   -"),
    (Action::MessageUpdate,           "-   -   -   -   -   -   -   -   -   -   -   -   -"),
    (Action::MessageDelete,           "-   -   -   -   -   -   -   -   -   -   -   -   -"),
    (Action::ReceiptsRead,            "o:i f:i r:i a   s   s   t   -   -   t   t   t   -"),
    (Action::AttachmentRead,          "o   f   r   a   s   s   t   -   t   t   t   t   p"),
    (Action::DraftWrite,              "-   w   w   w   s   s   t   -   -   -   t   t   d"),
    (Action::DraftPublish,            "-   -   -   -   -   s   t   -   -   -   -   -   -"),
    (Action::TemplateUse,             "-   t   t   t   t   s   t   -   -   -   t   t   t"),
    (Action::TemplateManage,          "-   -   -   -   -   s   t   -   -   -   -   -   -"),
    (Action::OutboundSchedule,        "-   -   -   -   s   s   t   -   -   -   t   t   d"),
    (Action::BulkSend,                "-   -   -   -   -   s   t   -   -   -   t   t   -"),
    (Action::CustomerRead,            "o   f:m r:m a:m s   s   t   t:y t   t   t   t   t:n"),
    (Action::CustomerWrite,           "o   -   -   -   s   s   t   -   t   -   t   t   -"),
    (Action::CustomerMerge,           "-   -   -   -   -   s   t   -   -   -   -   -   -"),
    (Action::PreferencesRead,         "o   -   -   -   s   s   t   -   t   t   t   t   -"),
    (Action::PreferencesWrite,        "o   -   -   -   s   s   t   -   t   -   t   t   -"),
    (Action::ConsentAppend,           "o   -   -   -   s   s   t   -   t   -   t   t   -"),
    (Action::ConsentRead,             "o   -   -   -   s   s   t   -   t   t   t   t   -"),
    (Action::ConsentExport,           "o   -   -   -   -   -   t   -   t   t   -   t   -"),
    (Action::SubjectRead,             "o   f   r   a   s   s   t   t:y t   t   t   t   t:n"),
    (Action::SubjectWrite,            "-   -   -   a   s   s   t   -   -   -   t   t   -"),
    (Action::PaymentRead,             "o   -   -   -   -   s   t   t:g -   t   t   t   t:g"),
    (Action::PaymentWrite,            "-   -   -   -   s   s   t   -   -   -   t   t   -"),
    (Action::ExpenseWrite,            "-   -   -   a   s   s   t   -   -   -   t   t   -"),
    (Action::FinancialsRead,          "-   -   -   -   -   s   t   t:g -   t   t   t   t:g"),
    (Action::ApplianceRead,           "o   -   -   a   s   s   t   t:y -   t   t   t   t:n"),
    (Action::ApplianceWrite,          "d   -   -   a   s   s   t   -   -   -   t   t   -"),
    (Action::ReviewSubmit,            "c   -   -   -   b   b   b   -   -   -   b   -   -"),
    (Action::ReviewRead,              "o   -   r:g w   s   s   t   t:y -   t   t   t   t:n"),
    (Action::TechnicianPreferenceSet, "o   -   -   -   s   s   t   -   -   -   t   -   -"),
    (Action::TechnicianMatch,         "-   -   -   -   s   s   t   -   -   -   t   t   d"),
    (Action::ReferralRead,            "o   -   -   -   s   s   t   t:y -   t   t   t   -"),
    (Action::ReferralWrite,           "o   -   -   -   s   s   t   -   -   -   t   t   -"),
    (Action::FollowupRead,            "-   -   -   a   s   s   t   -   -   t   t   t   d"),
    (Action::FollowupWrite,           "-   -   -   a   s   s   t   -   -   -   t   t   d"),
    (Action::SurveyAnswer,            "k   -   -   -   -   -   -   -   -   -   t   t   -"),
    (Action::SurveyResults,           "-   -   r:g -   s   s   t   t:g -   t   t   t   -"),
    (Action::ScoreRead,               "-   -   -   -   s   s   t   t:y t   t   t   t   t:n"),
    (Action::SegmentDefine,           "-   -   -   -   -   s   t   t   -   -   t   t   -"),
    (Action::SegmentExport,           "-   -   -   -   -   s   t   t:g -   -   t   t   -"),
    (Action::ReportRun,               "-   -   r:g -   -   s   t   t:y -   -   t   t   -"),
    (Action::PlaybookManage,          "-   -   -   -   -   s   t   -   -   -   -   -   -"),
    (Action::PromptPreview,           "-   -   -   -   s   s   t   t:y -   -   t   t   -"),
    (Action::PromptRun,               "-   -   -   -   s   s   t   -   -   -   t   t   -"),
    (Action::PromptManage,            "-   -   -   -   -   -   t   -   -   -   -   -   -"),
    (Action::DsrOpen,                 "o   -   -   -   -   -   t   -   t   -   t   t   -"),
    (Action::DsrExecute,              "-   -   -   -   -   -   -   -   t   -   -   t   -"),
    (Action::RetentionManage,         "-   -   -   -   -   -   -   -   t   -   -   -   -"),
    (Action::AuditRead,               "-   -   -   -   -   -   t   -   t   t   -   -   -"),
    (Action::AuditVerify,             "-   -   -   -   -   -   -   -   -   t   -   -   -"),
    (Action::AuditExport,             "-   -   -   -   -   -   -   -   -   t   -   -   -"),
    (Action::PolicyManage,            "-   -   -   -   -   -   t   -   -   -   -   -   -"),
    (Action::TenantManage,            "-   -   -   -   -   -   t   -   -   -   -   -   -"),
    (Action::TriageRead,              "-   -   -   -   s   s   t   -   t   t   -   t   -"),
    (Action::TriageAssign,            "-   -   -   -   s   s   t   -   -   -   -   t   -"),
    (Action::WebhookIngest,           "-   -   -   -   -   -   -   -   -   -   t   t   -"),
    (Action::DeliveryReport,          "-   -   -   -   -   -   -   -   -   -   t   t   -"),
];

/// What the letters of a cell mean.
fn cell(code: &str) -> Option<(Condition, Vec<Obligation>)> {
    let (when, asks) = code.split_once(':').unwrap_or((code, ""));
    let mut obligations = Vec::new();
    let facts: &[Fact] = match when {
        "t" => &[],
        "o" => &[Fact::Owns],
        "f" => &[Fact::Fulfils],
        "r" => &[Fact::Operates],
        "a" => &[Fact::Assigned],
        "p" => &[Fact::Participant],
        "s" => &[Fact::Member],
        "b" => &[Fact::OnBehalf],
        "d" => &[Fact::Draft],
        "w" => &[Fact::Author],
        "u" => &[Fact::Author, Fact::WithinUndoWindow],
        "c" => &[Fact::Owns, Fact::Completed],
        "k" => &[Fact::Token],
        "x" => {
            obligations.push(Obligation::RequireReason);
            &[Fact::ReasonGiven]
        }
        _ => return None,
    };
    for letter in asks.chars() {
        match letter {
            'm' => obligations.extend([Obligation::MaskContact, Obligation::MaskFinancials]),
            'y' => obligations.push(Obligation::Pseudonymise),
            'g' => obligations.push(Obligation::AggregateOnly),
            'n' => obligations.push(Obligation::ContextOnly),
            'i' => obligations.push(Obligation::OwnSideOnly),
            _ => {}
        }
    }
    Some((Condition::facts(facts), obligations))
}

/// The permits of the matrix, one a cell: `permit.thread.read.customer`.
pub(crate) fn permits() -> Vec<Rule> {
    let mut rules = Vec::new();
    for (action, row) in MATRIX {
        for (role, code) in COLUMNS.iter().zip(row.split_whitespace()) {
            if let Some((when, obligations)) = cell(code) {
                rules.push(Rule {
                    id: format!("permit.{action}.{role}"),
                    effect: Effect::Permit,
                    roles: RoleSet::of(&[*role]),
                    actions: vec![*action],
                    when,
                    obligations,
                });
            }
        }
    }
    rules
}

/// What nothing can permit and nobody can remove.
pub(crate) fn forbids() -> Vec<Rule> {
    let not = |fact| Condition::Not(Box::new(Condition::Fact(fact)));
    let forbid = |id: &str, roles, actions: Vec<Action>, when| Rule {
        id: format!("forbid.{id}"),
        effect: Effect::Forbid,
        roles,
        actions,
        when,
        obligations: Vec::new(),
    };
    let everything = || Action::ALL.to_vec();
    let on_messages: Vec<Action> =
        Action::ALL.iter().copied().filter(|action| action.touches_message()).collect();
    // Roles whose office is to look at everything, with a reason, are not held up by an audience.
    let overseers = RoleSet::of(&[Role::PrivacyOfficer, Role::Auditor, Role::System]);
    let others = RoleSet::from_bits(RoleSet::ALL.bits() & !overseers.bits());
    let beyond_storage: Vec<Action> = Action::ALL
        .iter()
        .copied()
        .filter(|action| {
            matches!(
                action,
                Action::BulkSend
                    | Action::OutboundSchedule
                    | Action::PromptRun
                    | Action::SegmentExport
                    | Action::MessagePostPublic
                    | Action::MessagePostInternal
                    | Action::CustomerMerge
            )
        })
        .collect();
    vec![
        forbid("tenant", RoleSet::ALL, everything(), not(Fact::SameTenant)),
        forbid("store", RoleSet::ALL, everything(), not(Fact::SameStore)),
        forbid("internal", others, on_messages.clone(), not(Fact::InAudience)),
        forbid(
            "internal.overseers",
            overseers,
            on_messages
                .into_iter()
                .filter(|action| *action != Action::MessageReadInternal)
                .collect(),
            Condition::All(vec![not(Fact::InAudience), not(Fact::ReasonGiven)]),
        ),
        forbid(
            "change_of_message",
            RoleSet::ALL,
            vec![Action::MessageUpdate, Action::MessageDelete],
            Condition::Always,
        ),
        forbid("role_claim", RoleSet::ALL, everything(), Condition::Fact(Fact::RoleClaimed)),
        forbid(
            "restricted",
            RoleSet::ALL,
            beyond_storage,
            Condition::All(vec![Condition::Fact(Fact::Restricted), not(Fact::LegalDuty)]),
        ),
    ]
}

/// The matrix as a Markdown table, for the documentation.
#[must_use]
pub fn matrix_markdown() -> String {
    let mut out = String::from("| action |");
    for role in COLUMNS {
        out.push_str(&format!(" {} |", role.as_str().replace('_', " ")));
    }
    out.push_str("\n|---|");
    out.push_str(&"---|".repeat(COLUMNS.len()));
    out.push('\n');
    for (action, row) in MATRIX {
        out.push_str(&format!("| {action} |"));
        for code in row.split_whitespace() {
            out.push_str(&format!(" {} |", if code == "-" { "" } else { code }));
        }
        out.push('\n');
    }
    out
}
