//! What the answers to the prompts of the library have.

use super::spec::{Bounds, DerivedRule, FieldKind, FieldSpec, Lead, NumberWord, OutputSpec};
use crate::prompts::library::Prompt;

const LOW: (&str, &[&str]) = ("Low", &["minor", "minimal", "bajo", "niedrig", "faible"]);
const MEDIUM: (&str, &[&str]) = ("Medium", &["moderate", "average", "medio", "mittel", "moyen"]);
const HIGH: (&str, &[&str]) = ("High", &["critical", "severe", "urgent", "alto", "hoch", "élevé"]);

/// The words for the scores of a sentiment.
const SENTIMENT: &[(&str, i64)] = &[
    ("very negative", -2),
    ("somewhat negative", -1),
    ("neutral", 0),
    ("somewhat positive", 1),
    ("very positive", 2),
];

fn scale() -> Vec<NumberWord> {
    let word =
        |(words, number): &(&str, i64)| NumberWord { words: (*words).to_owned(), number: *number };
    SENTIMENT.iter().map(word).collect()
}

fn sentiment(name: &str, label: &str) -> FieldSpec {
    let mut words = scale();
    for (other, number) in [("negative", -1), ("positive", 1), ("mixed", 0)] {
        words.push(NumberWord { words: other.to_owned(), number });
    }
    FieldSpec::new(name, label, "", FieldKind::Integer { min: -2, max: 2, words })
}

fn levels(name: &str, label: &str) -> FieldSpec {
    FieldSpec::choice(name, label, &[LOW, MEDIUM, HIGH])
}

fn text(name: &str, label: &str, hint: &str) -> FieldSpec {
    FieldSpec::text(name, label, hint)
}

fn inline(name: &str, label: &str, hint: &str) -> FieldSpec {
    FieldSpec::text(name, label, hint).on_the_line()
}

fn records(
    name: &str,
    label: &str,
    items: Bounds,
    numbered: bool,
    fields: Vec<FieldSpec>,
) -> FieldSpec {
    FieldSpec::new(name, label, "", FieldKind::Records { fields, items, numbered })
}

fn technician() -> FieldSpec {
    let kind = FieldKind::Reference { to: "technicians".into() };
    FieldSpec::new("technician", "Technician", "the technician", kind).or(&[
        "name",
        "technician name",
        "recommended technician",
    ])
}

impl Prompt {
    /// What an answer to the prompt has, with the limits that its text names.
    #[must_use]
    pub fn output_spec(self) -> OutputSpec {
        let spec = OutputSpec::new(self.id());
        match self {
            Self::ProfitabilityAnalysis => profitability(spec),
            Self::TimelineSummary => timeline(spec),
            Self::FollowupSuggestions => followups(spec),
            Self::OccasionMessage => occasion(spec),
            Self::SentimentAnalysis => sentiments(spec),
            Self::MaintenanceAlert => maintenance(spec),
            Self::TechnicianMatching => matching(spec),
            Self::SurveyQuestions => survey(spec),
            Self::CustomerMessage => message(spec),
            Self::MessageReply => reply(spec),
            Self::CallSummary => call(spec),
            Self::ChurnExplanation => churn(spec),
            Self::InsightCards => insights(spec),
        }
    }
}

fn profitability(spec: OutputSpec) -> OutputSpec {
    spec.words(150)
        .field(
            text("summary", "PROFITABILITY ANALYSIS", "summary of the profitability trend")
                .sentences(2, 3)
                .or(&[
                    "profitability summary",
                    "profitability trend",
                    "summary",
                    "análisis de rentabilidad",
                    "Rentabilitätsanalyse",
                ]),
        )
        .field(
            text("keyObservation", "KEY OBSERVATION", "observation about the spending pattern")
                .or(&["observation", "observación clave", "Wichtige Beobachtung"]),
        )
        .field(text("recommendation", "RECOMMENDATION", "actionable recommendation").or(&[
            "actionable recommendation",
            "recomendación",
            "Empfehlung",
        ]))
        .field(
            FieldSpec::choice(
                "classification",
                "CLASSIFICATION",
                &[
                    (
                        "Highly Profitable",
                        &[
                            "high profitability",
                            "very profitable",
                            "muy rentable",
                            "sehr profitabel",
                        ],
                    ),
                    (
                        "Moderately Profitable",
                        &[
                            "moderate profitability",
                            "somewhat profitable",
                            "moderadamente rentable",
                        ],
                    ),
                    ("Break-Even", &["breakeven", "neutral", "punto de equilibrio"]),
                    ("Loss-Making", &["unprofitable", "not profitable", "loss", "deficitario"]),
                ],
            )
            .or(&["profitability classification", "clasificación", "Einstufung"]),
        )
}

fn timeline(spec: OutputSpec) -> OutputSpec {
    spec.words(200)
        .field(
            text(
                "relationshipSummary",
                "CUSTOMER RELATIONSHIP SUMMARY",
                "overview of the relationship",
            )
            .sentences(3, 4)
            .or(&[
                "relationship summary",
                "summary",
                "resumen de la relación",
                "Zusammenfassung",
            ]),
        )
        .field(
            text(
                "communicationPreferences",
                "COMMUNICATION PREFERENCES",
                "preferred channels and style",
            )
            .or(&["preferred communication", "preferencias de comunicación"]),
        )
        .field(
            text("recurringThemes", "RECURRING THEMES", "patterns in issues, requests or feedback")
                .or(&["recurring issues", "themes", "temas recurrentes"]),
        )
        .field(
            text("opportunities", "OPPORTUNITIES", "ideas for better service or additional sales")
                .or(&["oportunidades", "Chancen"]),
        )
}

fn followups(spec: OutputSpec) -> OutputSpec {
    let fields = vec![
        inline("title", "TITLE", "suggestion title")
            .lead(Lead::Bare)
            .or(&["suggestion", "suggestion title"]),
        inline("reason", "REASON", "why this follow-up is valuable").or(&[
            "reasoning",
            "why",
            "motivo",
            "Grund",
        ]),
        inline("timing", "TIMING", "when to follow up, such as Within 1 week").or(&[
            "recommended timing",
            "when",
            "momento",
            "Zeitpunkt",
        ]),
        FieldSpec::draft(
            "draftMessage",
            "DRAFT MESSAGE",
            "greeting with the customer's name and the message",
            2,
            3,
        )
        .or(&["message", "draft", "mensaje", "Entwurf"]),
    ];
    spec.field(
        records("suggestions", "FOLLOW-UP SUGGESTIONS", Bounds::new(2, 3), true, fields).or(&[
            "suggestions",
            "follow ups",
            "sugerencias de seguimiento",
        ]),
    )
}

fn occasion(spec: OutputSpec) -> OutputSpec {
    spec.field(inline("occasion", "OCCASION", "name of the occasion").or(&["ocasión", "Anlass"]))
        .field(
            FieldSpec::draft(
                "message",
                "MESSAGE",
                "greeting with the customer's name, the message, and the closing",
                3,
                5,
            )
            .or(&["mensaje", "Nachricht", "draft message"]),
        )
}

fn sentiments(spec: OutputSpec) -> OutputSpec {
    let list = |name: &str, label: &str| {
        FieldSpec::list(name, label, label.to_lowercase().as_str(), Bounds::at_least(0))
            .on_the_line()
    };
    let entry = vec![
        FieldSpec::new("date", "DATE", "date of the communication", FieldKind::Date)
            .lead(Lead::Bare)
            .optional(),
        sentiment("score", "SENTIMENT").lead(Lead::Bar).or(&["sentiment score", "score"]),
        list("themes", "THEMES").commas().lead(Lead::Bar).or(&["topics", "key themes"]),
        list("issues", "ISSUES").or(&["concerns", "issues or concerns"]),
        list("opportunities", "OPPORTUNITIES"),
    ];
    let overall = vec![
        FieldSpec::new(
            "average",
            "AVERAGE",
            "mean of the scores",
            FieldKind::Decimal { min: -2.0, max: 2.0 },
        )
        .lead(Lead::Bare)
        .or(&["average sentiment score", "average score", "score", "average sentiment"]),
        inline("description", "DESCRIPTION", "the mean in words")
            .lead(Lead::Parentheses)
            .or(&["sentiment description"]),
    ];
    let mean = DerivedRule::Mean { list: "communications".into(), field: "score".into() };
    let words = DerivedRule::Words { number: "overall.average".into(), scale: scale() };
    spec.field(
        records("communications", "COMMUNICATION ANALYSIS", Bounds::at_least(1), false, entry)
            .or(&["communications", "per communication"]),
    )
    .field(
        FieldSpec::new("overall", "OVERALL SENTIMENT", "", FieldKind::Record { fields: overall })
            .or(&["average sentiment score", "average sentiment", "overall analysis"]),
    )
    .field(FieldSpec::list("themes", "DOMINANT THEMES", "theme", Bounds::at_least(1)).commas())
    .field(FieldSpec::list("issues", "KEY ISSUES TO ADDRESS", "issue", Bounds::at_least(0)).or(&[
        "key issues",
        "significant issues",
        "most significant issues",
    ]))
    .field(
        FieldSpec::list("opportunities", "OPPORTUNITIES", "opportunity", Bounds::at_least(0))
            .or(&["promising opportunities", "most promising opportunities", "key opportunities"]),
    )
    .derive("overall", "average", mean)
    .derive("overall", "description", words)
}

fn maintenance(spec: OutputSpec) -> OutputSpec {
    let need = vec![
        inline("component", "COMPONENT", "specific component or issue")
            .lead(Lead::Bare)
            .or(&["issue", "need"]),
        inline("likelihood", "LIKELIHOOD", "likelihood of failure").lead(Lead::Dash).or(&[
            "likelihood of failure",
            "probability",
            "risk",
        ]),
    ];
    spec.field(levels("risk", "MAINTENANCE RISK ASSESSMENT").or(&[
        "risk assessment",
        "maintenance risk",
        "risk level",
        "evaluación de riesgo",
    ]))
    .field(
        records("predictedNeeds", "PREDICTED MAINTENANCE NEEDS", Bounds::at_least(1), false, need)
            .or(&["predicted needs", "maintenance needs"]),
    )
    .field(
        FieldSpec::list(
            "actions",
            "RECOMMENDED PREVENTATIVE ACTIONS",
            "specific recommendation",
            Bounds::at_least(1),
        )
        .or(&[
            "recommended preventive actions",
            "preventative actions",
            "preventive actions",
            "recommended actions",
        ]),
    )
    .field(
        inline("optimalTiming", "OPTIMAL TIMING", "recommended timeframe for the next service")
            .or(&["optimal timing for the next service", "timing", "optimal time"]),
    )
    .field(
        inline(
            "costSavings",
            "POTENTIAL COST SAVINGS",
            "estimated savings from preventative maintenance",
        )
        .or(&["cost savings", "potential savings", "estimated savings"]),
    )
    .field(levels("alertPriority", "ALERT PRIORITY").or(&["priority", "prioridad de alerta"]))
}

fn matching(spec: OutputSpec) -> OutputSpec {
    let reason = |hint| inline("reason", "Reason", hint).or(&["explanation", "why", "rationale"]);
    let primary = vec![technician(), reason("why this technician is the best match")];
    let alternative =
        vec![technician().lead(Lead::Bare), reason("brief explanation").lead(Lead::Dash)];
    spec.field(
        FieldSpec::new(
            "primary",
            "PRIMARY TECHNICIAN RECOMMENDATION",
            "",
            FieldKind::Record { fields: primary },
        )
        .or(&[
            "primary recommendation",
            "recommended technician",
            "best match",
            "primary technician",
        ]),
    )
    .field(
        records(
            "alternatives",
            "ALTERNATIVE RECOMMENDATIONS",
            Bounds::new(1, 2),
            true,
            alternative,
        )
        .or(&["alternatives", "alternative technicians"]),
    )
    .field(
        FieldSpec::list(
            "specialNotes",
            "SPECIAL NOTES FOR ASSIGNED TECHNICIAN",
            "what the technician should know about the customer or the issue",
            Bounds::at_least(0),
        )
        .or(&[
            "special notes",
            "notes",
            "notes for technician",
            "special notes for the assigned technician",
        ]),
    )
}

fn survey(spec: OutputSpec) -> OutputSpec {
    let kinds: &[(&str, &[&str])] = &[
        ("Rating", &["scale", "stars", "1 to 5", "1-5"]),
        ("Recommendation", &["nps", "0 to 10", "0-10", "net promoter score"]),
        ("Yes/No", &["yes or no", "boolean"]),
        ("Text", &["open", "open text", "free text", "open-ended", "comment"]),
    ];
    let question = vec![
        inline("question", "QUESTION", "the question, one sentence").words(30).lead(Lead::Bare),
        FieldSpec::choice("answer", "ANSWER", kinds).lead(Lead::Line).or(&[
            "type",
            "answer type",
            "kind",
            "format",
        ]),
    ];
    spec.field(
        FieldSpec::draft(
            "introduction",
            "INTRODUCTION",
            "greeting with the customer's name and the reason for the survey",
            1,
            2,
        )
        .or(&["intro"]),
    )
    .field(
        records("questions", "QUESTIONS", Bounds::new(3, 5), true, question)
            .or(&["survey questions"]),
    )
    .field(text("closing", "CLOSING", "thanks").sentences(1, 2).or(&["outro", "thank you"]))
}

fn message(spec: OutputSpec) -> OutputSpec {
    spec.field(
        inline("title", "TITLE", "subject line").words(10).or(&["subject", "asunto", "Betreff"]),
    )
    .field(
        FieldSpec::draft(
            "message",
            "MESSAGE",
            "greeting with the customer's name and the message",
            2,
            5,
        )
        .or(&["body", "text", "mensaje", "Nachricht"]),
    )
}

fn reply(spec: OutputSpec) -> OutputSpec {
    spec.field(
        FieldSpec::draft(
            "reply",
            "REPLY",
            "greeting with the customer's name and the answer",
            1,
            5,
        )
        .or(&["message", "answer", "draft reply"]),
    )
    .field(
        FieldSpec::new(
            "needsPerson",
            "NEEDS A PERSON",
            "whether a colleague must read the message first",
            FieldKind::YesNo,
        )
        .or(&["needs person", "escalate", "human needed", "needs human"]),
    )
    .field(
        inline("openQuestion", "OPEN QUESTION", "what the data does not answer")
            .optional()
            .or(&["missing information"]),
    )
}

fn call(spec: OutputSpec) -> OutputSpec {
    let outcomes: &[(&str, &[&str])] = &[
        ("Resolved", &["solved", "closed"]),
        ("Follow-Up Needed", &["follow up", "pending", "open"]),
        ("Escalated", &["handed over"]),
        ("Not Reached", &["no answer", "voicemail"]),
    ];
    let action = vec![
        inline("action", "ACTION", "what is to be done").lead(Lead::Bare).or(&["task"]),
        inline("owner", "OWNER", "by whom").lead(Lead::Bar).optional().or(&["who", "assigned to"]),
        FieldSpec::new("due", "DUE", "until which day", FieldKind::Date)
            .lead(Lead::Bar)
            .optional()
            .or(&["due date", "by"]),
    ];
    spec.words(200)
        .field(
            text("summary", "CALL SUMMARY", "what was said and agreed")
                .sentences(2, 4)
                .or(&["summary"]),
        )
        .field(
            inline("reason", "REASON FOR CALL", "why there was a call").or(&["reason", "purpose"]),
        )
        .field(FieldSpec::choice("outcome", "OUTCOME", outcomes).or(&["result", "status"]))
        .field(sentiment("sentiment", "SENTIMENT").or(&["customer sentiment", "mood"]))
        .field(records("actions", "ACTION ITEMS", Bounds::at_least(0), false, action).or(&[
            "actions",
            "next steps",
            "to do",
        ]))
        .field(
            FieldSpec::new("callBackOn", "CALL BACK ON", "day of the next call", FieldKind::Date)
                .optional()
                .or(&["follow up date", "next call"]),
        )
}

fn churn(spec: OutputSpec) -> OutputSpec {
    let driver = vec![
        inline("driver", "DRIVER", "what drives the customer away")
            .lead(Lead::Bare)
            .or(&["factor"]),
        inline("evidence", "EVIDENCE", "the numbers or messages that show it").lead(Lead::Dash),
    ];
    spec.words(150)
        .field(levels("risk", "CHURN RISK").or(&["risk", "risk level"]))
        .field(
            text(
                "explanation",
                "EXPLANATION",
                "why the risk is what it is, for a colleague without statistics",
            )
            .sentences(2, 3)
            .or(&["why"]),
        )
        .field(records("drivers", "DRIVERS", Bounds::new(1, 5), false, driver).or(&[
            "churn drivers",
            "main drivers",
            "factors",
        ]))
        .field(
            text("recommendation", "RECOMMENDATION", "what to do next")
                .or(&["recommended action", "next step"]),
        )
}

fn insights(spec: OutputSpec) -> OutputSpec {
    let card = vec![
        inline("title", "TITLE", "headline").words(8).lead(Lead::Bare),
        inline("insight", "INSIGHT", "what the data shows, with its numbers")
            .or(&["finding", "observation"]),
        inline("action", "ACTION", "what to do about it").or(&["recommendation", "next step"]),
        levels("impact", "IMPACT").or(&["priority", "importance"]),
    ];
    spec.field(
        records("cards", "INSIGHT CARDS", Bounds::new(1, 4), true, card).or(&["insights", "cards"]),
    )
}
