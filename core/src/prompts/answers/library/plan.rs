//! The prompts of the customer view.

use super::super::spec::{Bounds, DerivedRule, FieldKind, FieldSpec, Lead, OutputSpec};
use super::{inline, levels, records, scale, sentiment, text};

fn technician() -> FieldSpec {
    let kind = FieldKind::Reference { to: "technicians".into() };
    FieldSpec::new("technician", "Technician", "the technician", kind).or(&[
        "name",
        "technician name",
        "recommended technician",
    ])
}

pub(super) fn profitability(spec: OutputSpec) -> OutputSpec {
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

pub(super) fn timeline(spec: OutputSpec) -> OutputSpec {
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

pub(super) fn followups(spec: OutputSpec) -> OutputSpec {
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

pub(super) fn occasion(spec: OutputSpec) -> OutputSpec {
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

pub(super) fn sentiments(spec: OutputSpec) -> OutputSpec {
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

pub(super) fn maintenance(spec: OutputSpec) -> OutputSpec {
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

pub(super) fn matching(spec: OutputSpec) -> OutputSpec {
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
