//! Templates that hosts have passed before: read once, and found again by their text.

use std::sync::{Mutex, PoisonError};

use crate::error::Result;
use crate::prompts::template::Template;

/// The templates that were asked for last. Whether one is kept never shows in what it prints.
pub(super) struct Templates {
    /// The latest come last.
    kept: Mutex<Vec<Template>>,
}

impl Templates {
    /// The most templates that are kept.
    const MOST: usize = 64;
    /// The most bytes of a template that is kept.
    const MOST_BYTES: usize = 64 << 10;

    pub(super) const fn new() -> Self {
        Self { kept: Mutex::new(Vec::new()) }
    }

    /// The template of a text.
    pub(super) fn read(&self, text: &str) -> Result<Template> {
        if let Some(found) = self.find(text) {
            return Ok(found);
        }
        let template = Template::parse(text)?;
        if text.len() <= Self::MOST_BYTES {
            self.keep(template.clone());
        }
        Ok(template)
    }

    fn find(&self, text: &str) -> Option<Template> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let place = kept.iter().rposition(|one| one.source() == text)?;
        let behind = kept.get_mut(place..)?;
        behind.rotate_left(1);
        behind.last().cloned()
    }

    fn keep(&self, template: Template) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        // Somebody else may have read it meanwhile.
        if kept.iter().any(|one| one.source() == template.source()) {
            return;
        }
        if kept.len() >= Self::MOST {
            kept.remove(0);
        }
        kept.push(template);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(templates: &Templates) -> Vec<String> {
        templates.kept.lock().unwrap().iter().map(|one| one.source().to_owned()).collect()
    }

    #[test]
    fn the_templates_that_were_asked_for_last_are_kept() {
        let templates = Templates::new();
        let text = |at: usize| format!("{{{{a}}}} {at}");
        for at in 0..Templates::MOST {
            templates.read(&text(at)).unwrap();
        }
        assert_eq!(templates.read(&text(0)).unwrap(), Template::parse(&text(0)).unwrap());
        templates.read(&text(Templates::MOST)).unwrap();
        let mut expected: Vec<_> = (2..Templates::MOST).map(text).collect();
        expected.extend([text(0), text(Templates::MOST)]);
        assert_eq!(texts(&templates), expected);
    }

    #[test]
    fn mistakes_and_long_texts_are_not_kept() {
        let templates = Templates::new();
        for _ in 0..2 {
            assert!(templates.read("{{#if}").is_err());
            templates.read(&"x".repeat(Templates::MOST_BYTES + 1)).unwrap();
        }
        assert!(texts(&templates).is_empty());
    }
}
