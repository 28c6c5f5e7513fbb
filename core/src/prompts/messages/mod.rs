//! Messages of a chat, made from the tree of a template.
//!
//! `{{role "system"}}` begins a message, `{{history}}` stands for what was said before (the user
//! speaks next), and `{{media url=photo contentType="image/jpeg"}}` is a picture or a file, as in
//! dotprompt. They are tags: a text of the data that looks like one is text. A template without
//! roles is one message of the user.

mod build;

use std::fmt;

use serde::{Deserialize, Serialize};

pub(crate) use build::{MessageSegment, Written, write};

/// Who speaks in a message.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "PromptRole"))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The instructions.
    System,
    /// What the model is asked.
    #[default]
    User,
    /// What a model answered.
    Model,
}

impl Role {
    /// The role of a word. `assistant` is the model too.
    ///
    /// ```
    /// use goodwill::prompts::messages::Role;
    ///
    /// assert_eq!(Role::parse("assistant"), Some(Role::Model));
    /// assert_eq!(Role::parse("root"), None);
    /// ```
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "system" => Self::System,
            "user" => Self::User,
            "model" | "assistant" => Self::Model,
            _ => return None,
        })
    }
}

/// A part of a message. `Debug` shows its length only.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "PromptPart"))]
#[serde(untagged)]
pub enum Part {
    /// Words.
    Text {
        /// The words.
        text: String,
    },
    /// A picture or a file.
    Media {
        /// Where it is.
        media: Media,
    },
}

impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text { text } => write!(f, "Text({} bytes)", text.len()),
            Self::Media { media } => media.fmt(f),
        }
    }
}

/// A picture or a file. `Debug` shows no address.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "PromptMedia"))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Media {
    /// The address, or the content as a `data:` URL.
    pub url: String,
    /// The media type (RFC 6838), as `image/jpeg`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
}

impl fmt::Debug for Media {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Media({} bytes)", self.url.len())
    }
}

/// One message. `Debug` shows no content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "PromptMessage"))]
#[serde(deny_unknown_fields)]
pub struct Message {
    /// Who speaks.
    pub role: Role,
    /// What is said.
    pub content: Vec<Part>,
}

impl Message {
    /// A message of words.
    #[must_use]
    pub fn text(role: Role, text: impl Into<String>) -> Self {
        Self { role, content: vec![Part::Text { text: text.into() }] }
    }

    /// Instructions.
    #[must_use]
    pub fn system(text: impl Into<String>) -> Self {
        Self::text(Role::System, text)
    }

    /// A question with its data.
    #[must_use]
    pub fn user(text: impl Into<String>) -> Self {
        Self::text(Role::User, text)
    }

    /// An earlier answer of the model.
    #[must_use]
    pub fn model(text: impl Into<String>) -> Self {
        Self::text(Role::Model, text)
    }

    /// Puts words behind what is said.
    pub(crate) fn push_words(&mut self, words: &str) {
        match self.content.last_mut() {
            Some(Part::Text { text }) => text.push_str(words),
            _ => self.content.push(Part::Text { text: words.to_owned() }),
        }
    }

    /// The words of the message.
    #[must_use]
    pub fn words(&self) -> String {
        let texts = self.content.iter().map(|part| match part {
            Part::Text { text } => text.as_str(),
            Part::Media { .. } => "",
        });
        texts.collect()
    }
}
