//! What can be done: one action a row of the matrix.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

macro_rules! actions {
    ($($variant:ident = $text:literal,)+) => {
        /// Something that can be done.
        ///
        /// ```
        /// use goodwill::access::Action;
        ///
        /// assert_eq!("thread.read".parse::<Action>().unwrap(), Action::ThreadRead);
        /// ```
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Action { $(#[doc = concat!("`", $text, "`")] $variant,)+ }

        impl Action {
            /// Every action, in the order of the matrix.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The action as rules name it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }
        }
    };
}

actions! {
    ThreadRead = "thread.read",
    ThreadList = "thread.list",
    ThreadClose = "thread.close",
    ThreadResolve = "thread.resolve",
    ThreadSnooze = "thread.snooze",
    ThreadPending = "thread.pending",
    ThreadAssign = "thread.assign",
    ThreadTag = "thread.tag",
    ThreadPrioritise = "thread.prioritise",
    ThreadParticipants = "thread.participants",
    ThreadMerge = "thread.merge",
    ThreadReopen = "thread.reopen",
    MessageReadPublic = "message.read_public",
    MessageReadInternal = "message.read_internal",
    MessagePostPublic = "message.post_public",
    MessagePostInternal = "message.post_internal",
    MessagePostSystemEvent = "message.post_system_event",
    MessageMarkRead = "message.mark_read",
    MessageMarkReadFor = "message.mark_read_for",
    MessageMarkUnread = "message.mark_unread",
    MessageSearch = "message.search",
    MessageCorrect = "message.correct",
    MessageRetract = "message.retract",
    MessageReact = "message.react",
    MessageRedact = "message.redact",
    MessageUpdate = "message.update",
    MessageDelete = "message.delete",
    ReceiptsRead = "receipts.read",
    AttachmentRead = "attachment.read",
    DraftWrite = "draft.write",
    DraftPublish = "draft.publish",
    TemplateUse = "template.use",
    TemplateManage = "template.manage",
    OutboundSchedule = "outbound.schedule",
    BulkSend = "bulk.send",
    CustomerRead = "customer.read",
    CustomerWrite = "customer.write",
    CustomerMerge = "customer.merge",
    PreferencesRead = "preferences.read",
    PreferencesWrite = "preferences.write",
    ConsentAppend = "consent.append",
    ConsentRead = "consent.read",
    ConsentExport = "consent.export",
    SubjectRead = "subject.read",
    SubjectWrite = "subject.write",
    PaymentRead = "payment.read",
    PaymentWrite = "payment.write",
    ExpenseWrite = "expense.write",
    FinancialsRead = "financials.read",
    ApplianceRead = "appliance.read",
    ApplianceWrite = "appliance.write",
    ReviewSubmit = "review.submit",
    ReviewRead = "review.read",
    TechnicianPreferenceSet = "technician.preference.set",
    TechnicianMatch = "technician.match",
    ReferralRead = "referral.read",
    ReferralWrite = "referral.write",
    FollowupRead = "followup.read",
    FollowupWrite = "followup.write",
    SurveyAnswer = "survey.answer",
    SurveyResults = "survey.results",
    ScoreRead = "score.read",
    SegmentDefine = "segment.define",
    SegmentExport = "segment.export",
    ReportRun = "report.run",
    PlaybookManage = "playbook.manage",
    PromptPreview = "prompt.preview",
    PromptRun = "prompt.run",
    PromptManage = "prompt.manage",
    DsrOpen = "dsr.open",
    DsrExecute = "dsr.execute",
    RetentionManage = "retention.manage",
    AuditRead = "audit.read",
    AuditVerify = "audit.verify",
    AuditExport = "audit.export",
    PolicyManage = "policy.manage",
    TenantManage = "tenant.manage",
    TriageRead = "triage.read",
    TriageAssign = "triage.assign",
    WebhookIngest = "webhook.ingest",
    DeliveryReport = "delivery.report",
}

impl Action {
    /// Whether the action reaches into one message, so that the message's visibility decides too.
    #[must_use]
    pub const fn touches_message(self) -> bool {
        matches!(
            self,
            Self::MessageReadPublic
                | Self::MessagePostPublic
                | Self::MessageMarkRead
                | Self::MessageMarkReadFor
                | Self::MessageMarkUnread
                | Self::MessageCorrect
                | Self::MessageRetract
                | Self::MessageReact
                | Self::MessageRedact
                | Self::ReceiptsRead
                | Self::AttachmentRead
                | Self::MessageReadInternal
                | Self::MessagePostInternal
        )
    }
}

impl std::fmt::Display for Action {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for Action {
    type Err = crate::Error;

    fn from_str(text: &str) -> crate::Result<Self> {
        Self::ALL.iter().copied().find(|action| action.as_str() == text).ok_or_else(|| {
            crate::Error::field(
                crate::Code::InputUnknownValue,
                "action",
                "an action of the access matrix, such as thread.read",
            )
        })
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Action {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Action".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let actions: Vec<_> = Self::ALL.iter().map(|action| (action.as_str(), "")).collect();
        crate::ops::schema::enumeration(&actions)
    }
}

impl Serialize for Action {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Action {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::error::read_text(deserializer, "an action")
    }
}
