//! The prompts for surveys, messages, calls and scores.

use super::super::spec::{Bounds, FieldKind, FieldSpec, Lead, OutputSpec};
use super::{inline, levels, records, sentiment, text};

pub(super) fn survey(spec: OutputSpec) -> OutputSpec {
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

pub(super) fn message(spec: OutputSpec) -> OutputSpec {
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

pub(super) fn reply(spec: OutputSpec) -> OutputSpec {
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

pub(super) fn call(spec: OutputSpec) -> OutputSpec {
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

pub(super) fn churn(spec: OutputSpec) -> OutputSpec {
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

pub(super) fn insights(spec: OutputSpec) -> OutputSpec {
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
