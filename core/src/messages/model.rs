//! The data of messages.

use serde::{Deserialize, Serialize};

use crate::access::{Role, RoleSet};
use crate::spelling::spelled;

spelled! {
    /// Where a message came from, or is meant to go.
    pub enum Channel as "channel" {
        /// The host's own application or portal.
        InApp = "in_app" | "portal", title "In-app";
        /// Electronic mail.
        Email = "email" | "mail";
        /// Text message.
        Sms = "sms", title "SMS";
        /// WhatsApp.
        WhatsApp = "whatsapp", title "WhatsApp";
        /// Instagram direct messages.
        Instagram = "instagram";
        /// A call, logged by hand or by a telephone system.
        Phone = "phone";
        /// A push notification.
        Push = "push";
        /// A form or chat on a web site.
        Web = "web";
        /// A machine's call.
        Webhook = "webhook";
        /// Anything else.
        Custom = "custom";
    }
}

spelled! {
    /// Who wrote the text.
    pub enum Origin as "origin" {
        /// The software, from a fixed text.
        System = "system";
        /// A person.
        Human = "human";
        /// A language model.
        AiSuggested = "ai_suggested", title "AI-suggested";
    }
}

spelled! {
    /// What a message is for.
    pub enum Topic as "topic" {
        /// Progress of the work.
        StatusUpdate = "status_update";
        /// A new or changed date.
        EtaUpdate = "eta_update", title "ETA Update";
        /// Anything else.
        Generic = "generic";
        /// A reminder.
        Reminder = "reminder";
        /// Good wishes.
        Greeting = "greeting";
        /// A question about satisfaction.
        Survey = "survey";
    }
}

spelled! {
    /// The form of a message.
    pub enum MessageKind as "kind" {
        /// A text.
        Text = "text";
        /// One or more files, with or without text.
        Attachment = "attachment";
        /// Something that happened.
        SystemEvent = "system_event";
        /// A note among colleagues: never public.
        Note = "note";
        /// A survey.
        Survey = "survey";
        /// The summary of a call.
        CallSummary = "call_summary";
        /// An emoji on another message.
        Reaction = "reaction";
        /// The withdrawal of another message.
        Retraction = "retraction";
    }
}

/// Who may see a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// Everybody who may read the thread.
    Public,
    /// Only principals with a role of the audience.
    Internal {
        /// The roles that may see it.
        audience: RoleSet,
    },
}

impl Visibility {
    /// Whether one of these roles may see the message.
    #[must_use]
    pub fn admits(self, roles: RoleSet) -> bool {
        match self {
            Self::Public => true,
            Self::Internal { audience } => audience.intersects(roles),
        }
    }

    /// Internal to administrators: the default for notes.
    pub const ADMINS: Self = Self::Internal { audience: RoleSet::of(&[Role::Admin]) };
}
