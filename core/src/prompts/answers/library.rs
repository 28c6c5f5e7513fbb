//! What the answers to the prompts of the library have.

use super::{AnswerSpec, Kind, Section};
use crate::prompts::library::Prompt;

const LEVELS: &[&str] = &["Low", "Medium", "High"];

macro_rules! spec {
    ($words:expr, $($name:literal $label:literal $kind:expr),+ $(,)?) => {
        AnswerSpec { sections: &[$(Section { name: $name, label: $label, kind: $kind }),+], most_words: $words }
    };
}

impl Prompt {
    /// What an answer to the prompt has, after its "Expected Output Format".
    #[must_use]
    pub fn answer_spec(self) -> AnswerSpec {
        match self {
            Self::ProfitabilityAnalysis => spec!(Some(150),
                "summary" "PROFITABILITY ANALYSIS" Kind::Text,
                "key_observation" "KEY OBSERVATION" Kind::Text,
                "recommendation" "RECOMMENDATION" Kind::Text,
                "classification" "CLASSIFICATION" Kind::Choice(&[
                    "Highly Profitable", "Moderately Profitable", "Break-Even", "Loss-Making",
                ]),
            ),
            Self::TimelineSummary => spec!(Some(200),
                "relationship_summary" "CUSTOMER RELATIONSHIP SUMMARY" Kind::Text,
                "communication_preferences" "COMMUNICATION PREFERENCES" Kind::Text,
                "recurring_themes" "RECURRING THEMES" Kind::Text,
                "opportunities" "OPPORTUNITIES" Kind::Text,
            ),
            Self::FollowupSuggestions => spec!(None,
                "suggestions" "FOLLOW-UP SUGGESTIONS" Kind::List(2, 3),
            ),
            Self::OccasionMessage => spec!(None,
                "occasion" "OCCASION" Kind::Text,
                "message" "MESSAGE" Kind::Text,
            ),
            Self::SentimentAnalysis => spec!(None,
                "communications" "COMMUNICATION ANALYSIS" Kind::List(0, usize::MAX),
                "overall" "OVERALL SENTIMENT" Kind::Text,
                "themes" "DOMINANT THEMES" Kind::List(1, usize::MAX),
                "issues" "KEY ISSUES TO ADDRESS" Kind::List(1, usize::MAX),
                "opportunities" "OPPORTUNITIES" Kind::List(1, usize::MAX),
            ),
            Self::MaintenanceAlert => spec!(None,
                "risk" "MAINTENANCE RISK ASSESSMENT" Kind::Choice(LEVELS),
                "predicted_needs" "PREDICTED MAINTENANCE NEEDS" Kind::List(1, usize::MAX),
                "actions" "RECOMMENDED PREVENTATIVE ACTIONS" Kind::List(1, usize::MAX),
                "optimal_timing" "OPTIMAL TIMING" Kind::Text,
                "cost_savings" "POTENTIAL COST SAVINGS" Kind::Text,
                "alert_priority" "ALERT PRIORITY" Kind::Choice(LEVELS),
            ),
            Self::TechnicianMatching => spec!(None,
                "primary" "PRIMARY TECHNICIAN RECOMMENDATION" Kind::Text,
                "alternatives" "ALTERNATIVE RECOMMENDATIONS" Kind::List(1, 2),
                "special_notes" "SPECIAL NOTES FOR ASSIGNED TECHNICIAN" Kind::List(0, usize::MAX),
            ),
        }
    }
}
