//! Who should go, by points.

use serde_json::{Value, json};

use super::data::{Data, counted, name};
use crate::prompts::answers::scalar_fields::refer;
use crate::prompts::answers::{Offered, given};

struct Candidate {
    /// How the answer names the technician.
    technician: Value,
    points: f64,
    reasons: Vec<String>,
}

/// The customer's own choice has 5 points; good marks 3 and bad ones −5; a specialty that names the
/// appliance, its brand or the issue 3; the last visit 1; experience up to 2. Ties go by the order
/// of the list.
pub(super) fn recommendation(data: Data<'_>, offered: &[Offered]) -> Value {
    let listed = data.list("availableTechnicians");
    let mut ranked: Vec<Candidate> =
        listed.iter().filter_map(|technician| judge(data, *technician, offered)).collect();
    ranked.sort_by(|a, b| b.points.total_cmp(&a.points));
    let mut ranked = ranked.into_iter().map(|Candidate { technician, reasons, .. }| {
        json!({"technician": technician, "reason": reasons.join(", ")})
    });
    let primary = ranked.next().unwrap_or_else(
        || json!({"technician": {"id": null, "name": "None"}, "reason": "Nobody is available"}),
    );
    let others: Vec<Value> = ranked.take(2).collect();
    json!({"primary": primary, "alternatives": others, "specialNotes": notes(data)})
}

fn judge(data: Data<'_>, technician: Data<'_>, offered: &[Offered]) -> Option<Candidate> {
    let one = given::technician(technician.value())?;
    let written = refer(&one, &name(&one.name), offered);
    let reference = written.or_else(|| refer(&one, &one.name, offered))?;
    let is_named = |text: &str| text == one.id || text == one.name;
    let mut points = 0.0;
    let mut reasons = Vec::new();
    let preferred = data.raw("customer.preferredTechnicianId").trim();
    if !preferred.is_empty() && is_named(preferred) {
        points += 5.0;
        reasons.push("preferred by the customer".to_owned());
    }
    let past = data.list("pastInteractions");
    let own: Vec<_> =
        past.iter().filter(|visit| is_named(visit.raw("technicianName").trim())).collect();
    let marks: Vec<f64> = own.iter().filter_map(|visit| visit.number("rating")).collect();
    if !marks.is_empty() {
        let mean = marks.iter().sum::<f64>() / marks.len() as f64;
        points += match mean {
            m if m >= 4.0 => 3.0,
            m if m >= 3.0 => 0.0,
            _ => -5.0,
        };
        reasons.push(format!(
            "rated {mean:.1}/5 by the customer in {}",
            counted(marks.len(), "visit")
        ));
    }
    let newest = past.iter().max_by_key(|visit| visit.day("date"));
    if newest.is_some_and(|visit| is_named(visit.raw("technicianName").trim())) {
        points += 1.0;
    }
    let wanted = [data.text("appliance.type"), data.text("appliance.brand")];
    let issue = data.raw("serviceRequest.issue").to_lowercase();
    let fits = technician.parts("specialties").into_iter().find(|specialty| {
        let specialty = specialty.to_lowercase();
        let mut wanted = wanted.iter().flatten().map(|wanted| wanted.to_lowercase());
        wanted.any(|wanted| specialty.contains(&wanted) || wanted.contains(&specialty))
            || issue.contains(&specialty)
    });
    if let Some(specialty) = fits {
        points += 3.0;
        reasons.push(format!("specialised in {specialty}"));
    }
    if let Some(years) = technician.number("yearsExperience") {
        points += (years / 10.0).clamp(0.0, 2.0);
        reasons.push(format!("{years} years of experience"));
    }
    if reasons.is_empty() {
        reasons.push("available".to_owned());
    }
    Some(Candidate { technician: reference, points, reasons })
}

fn notes(data: Data<'_>) -> Vec<String> {
    let mut notes = Vec::new();
    notes.extend(
        data.text("serviceRequest.issue").map(|issue| format!("The reported issue is {issue}")),
    );
    let past = data.list("pastInteractions");
    if let Some(visit) = past.iter().max_by_key(|visit| visit.day("date")) {
        let service = visit.text("service").unwrap_or_else(|| "a visit".to_owned());
        notes.push(format!("The last visit on {} was for {service}", visit.date("date")));
    }
    let poor = past.iter().any(|visit| visit.number("rating").is_some_and(|mark| mark <= 2.0));
    if poor {
        notes.push("The customer was not satisfied with an earlier visit, so take time".to_owned());
    }
    notes
}
