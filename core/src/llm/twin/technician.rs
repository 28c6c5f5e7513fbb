//! Who should go, by points.

use super::data::{Data, counted, dashes, numbers};
use super::writing::Sections;

struct Candidate {
    name: String,
    points: f64,
    reasons: Vec<String>,
}

/// The customer's own choice has 5 points; good marks 3 and bad ones −5; a specialty that names the
/// appliance, its brand or the issue 3; the last visit 1; experience up to 2. Ties go by the order
/// of the list.
pub(super) fn write(data: Data<'_>) -> String {
    let offered = data.list("availableTechnicians");
    let mut ranked: Vec<Candidate> =
        offered.iter().filter_map(|technician| judge(data, *technician)).collect();
    ranked.sort_by(|a, b| b.points.total_cmp(&a.points));
    let mut ranked = ranked.into_iter();
    let primary = match ranked.next() {
        Some(best) => format!("Technician: {}\nReason: {}.", best.name, best.reasons.join("; ")),
        None => "Technician: none\nReason: Nobody is available.".to_owned(),
    };
    let others: Vec<String> = ranked
        .take(2)
        .map(|other| format!("{} - {}", other.name, other.reasons.join("; ")))
        .collect();
    Sections::default()
        .below("PRIMARY TECHNICIAN RECOMMENDATION", &primary)
        .below("ALTERNATIVE RECOMMENDATIONS", &numbers(&others, "None - nobody else is available"))
        .below("SPECIAL NOTES FOR ASSIGNED TECHNICIAN", &notes(data))
        .done()
}

fn judge(data: Data<'_>, technician: Data<'_>) -> Option<Candidate> {
    let name = technician.text("name")?;
    let mut points = 0.0;
    let mut reasons = Vec::new();
    let preferred = data.text("customer.preferredTechnicianId");
    if preferred.is_some()
        && (preferred == technician.text("id") || preferred.as_ref() == Some(&name))
    {
        points += 5.0;
        reasons.push("preferred by the customer".to_owned());
    }
    let past = data.list("pastInteractions");
    let own: Vec<_> =
        past.iter().filter(|visit| visit.text("technicianName").as_ref() == Some(&name)).collect();
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
    if newest.is_some_and(|visit| visit.text("technicianName").as_ref() == Some(&name)) {
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
    Some(Candidate { name, points, reasons })
}

fn notes(data: Data<'_>) -> String {
    let mut notes = Vec::new();
    notes.extend(data.text("serviceRequest.issue").map(|issue| format!("Reported issue: {issue}")));
    let past = data.list("pastInteractions");
    if let Some(visit) = past.iter().max_by_key(|visit| visit.day("date")) {
        let service = visit.text("service").unwrap_or_else(|| "a visit".to_owned());
        notes.push(format!("Last visit on {}: {service}", visit.date("date")));
    }
    let poor = past.iter().any(|visit| visit.number("rating").is_some_and(|mark| mark <= 2.0));
    if poor {
        notes.push("The customer was not satisfied with an earlier visit: take time".to_owned());
    }
    dashes(&notes, "Nothing is known beyond this request")
}
