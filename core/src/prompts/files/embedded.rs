//! The prompts of the library as files. Their bodies are kept byte for byte in files of their own,
//! the heads beside them.

use crate::prompts::library::Prompt;

fn head(prompt: Prompt) -> &'static str {
    match prompt {
        Prompt::ProfitabilityAnalysis => {
            include_str!("../library/profitability_analysis.head.yaml")
        }
        Prompt::TimelineSummary => include_str!("../library/timeline_summary.head.yaml"),
        Prompt::FollowupSuggestions => include_str!("../library/followup_suggestions.head.yaml"),
        Prompt::OccasionMessage => include_str!("../library/occasion_message.head.yaml"),
        Prompt::SentimentAnalysis => include_str!("../library/sentiment_analysis.head.yaml"),
        Prompt::MaintenanceAlert => include_str!("../library/maintenance_alert.head.yaml"),
        Prompt::TechnicianMatching => include_str!("../library/technician_matching.head.yaml"),
        Prompt::SurveyQuestions => include_str!("../library/survey_questions.head.yaml"),
        Prompt::CustomerMessage => include_str!("../library/customer_message.head.yaml"),
        Prompt::MessageReply => include_str!("../library/message_reply.head.yaml"),
        Prompt::CallSummary => include_str!("../library/call_summary.head.yaml"),
        Prompt::ChurnExplanation => include_str!("../library/churn_explanation.head.yaml"),
        Prompt::InsightCards => include_str!("../library/insight_cards.head.yaml"),
    }
}

/// Path and text of every prompt. The answer format comes from its own file too.
pub(super) fn files() -> impl Iterator<Item = (String, String)> {
    Prompt::ALL.iter().map(|prompt| {
        let mut text = format!("---\n{}", head(*prompt));
        text.push_str("goodwill.outputText: |-\n");
        for line in prompt.answer_format().lines() {
            text.push_str(&format!("  {line}\n"));
        }
        text.push_str("---\n");
        text.push_str(prompt.template());
        (format!("{}.prompt", prompt.id()), text)
    })
}
