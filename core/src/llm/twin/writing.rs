//! Sections with labels, as the prompts want them.

/// An answer that grows section by section.
#[derive(Default)]
pub(super) struct Sections(String);

impl Sections {
    /// A label with its text on the lines below.
    pub(super) fn below(mut self, label: &str, text: &str) -> Self {
        self.start(label);
        self.0.push('\n');
        self.0.push_str(text);
        self
    }

    /// A label with its text on the same line.
    pub(super) fn beside(mut self, label: &str, text: &str) -> Self {
        self.start(label);
        self.0.push(' ');
        self.0.push_str(text);
        self
    }

    fn start(&mut self, label: &str) {
        if !self.0.is_empty() {
            self.0.push_str("\n\n");
        }
        self.0.push_str(label);
        self.0.push(':');
    }

    pub(super) fn done(self) -> String {
        self.0
    }
}
