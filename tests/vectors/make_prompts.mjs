// Writes prompts.json: the prompts of the library over example data, as Handlebars.js 4.7.8
// prints them. Calls with parentheses are written as Handlebars.js reads them first; formatDate is
// the same rule in JavaScript.
//
//     npm install --no-save handlebars@4.7.8 && node tests/vectors/make_prompts.mjs

import { readFileSync, writeFileSync } from "node:fs";
import Handlebars from "handlebars";

Handlebars.registerHelper("formatDate", (date) => (date ? new Date(date).toISOString().slice(0, 10) : "unknown"));

const library = process.env.GOODWILL_LIBRARY ?? new URL("../../core/src/prompts/library/", import.meta.url).pathname;
const customer = {
  name: "Ada Löve", createdAt: "2024-02-29T08:30:00Z", preferredTechnicianId: null,
  jobs: [{}, {}, {}], payments: [{}, {}], expenses: [{}],
};
const washer = { type: "Washing machine", brand: "Bosch <Serie 6>", modelNumber: null, lastServiceDate: "2025-11-03" };
const jobs = [
  { date: "2026-01-10", description: "Drum bearing replaced", technicianName: "Tom", outcome: "Solved", profit: 99.5 },
  { date: "2026-02-20T10:00:00Z", description: "Leak under \"the\" door", technicianName: "Ulla & Co", outcome: null, profit: -12.25 },
];
const payments = [
  { amount: 500.0, date: "2026-01-11", paymentMethod: "card" },
  { amount: 416.6666666667, date: "2026-02-21", paymentMethod: "cash" },
];
const activities = [
  { createdAt: "2026-02-19", date: "2026-02-19", type: "WhatsApp", content: "It leaks again!\nPlease call 🙏" },
  { createdAt: "2026-02-22", date: "2026-02-22", type: "email", content: "Thank you, it's fine now." },
];
const messages = [
  { createdAt: "2026-02-19T08:00:00Z", author: "Ada", text: "When will somebody come?" },
  { createdAt: "2026-02-19T09:00:00Z", author: "Ulla", text: "On Monday." },
];
const inputs = {
  profitability_analysis: {
    customer, totalRevenue: 916.67, totalExpenses: 120, netProfit: 796.67, averageRevenuePerJob: 1250 / 3, recentPayments: payments,
    recentExpenses: [{ amount: 120.0, date: "2026-01-10", category: "parts" }], recentJobs: jobs,
  },
  timeline_summary: { customer, activities, jobs, payments },
  followup_suggestions: { customer, lastInteractionDate: "2026-02-22", daysSinceLastContact: 9, appliances: [washer, { type: "Dryer", brand: "Miele", lastServiceDate: null }], jobs, currentDate: "2026-03-03", upcomingSeason: "spring" },
  occasion_message: {
    customer, serviceAnniversaryDate: "2026-02-28", daysUntilServiceAnniversary: 0, recentActivities: activities,
    upcomingHolidays: [{ name: "Easter", date: "2026-04-05", daysAway: 33 }], occasionType: "service anniversary", occasionName: "2 years with us",
  },
  sentiment_analysis: { customer, communications: activities },
  maintenance_alert: {
    appliance: washer, applianceAge: 6.5, daysSinceLastService: 120, serviceHistory: [{ date: "2025-11-03", description: "Inspection", issuesFound: ["worn belt", "lime"] }],
    recommendedServiceFrequency: "every 12 months", averageLifespan: 11, commonFailurePoints: ["bearing", "pump"], currentSeason: "winter", upcomingSeason: "spring", seasonalImpact: "hard water",
  },
  technician_matching: {
    customer, appliance: washer, serviceRequest: { issue: "does not spin" }, pastInteractions: [{ technicianName: "Tom", date: "2026-01-10", service: "bearing", rating: 5 }],
    availableTechnicians: [{ id: "t1", name: "Tom", specialties: ["washers", "dryers"], yearsExperience: 12 }, { id: "t2", name: "Ulla", specialties: [], yearsExperience: 3.5 }],
  },
  survey_questions: { customer: { ...customer, languagePreference: "sv" }, job: jobs[0], reviews: [{ date: "2026-01-12", rating: 4, comment: "Fast & clean" }] },
  customer_message: { customer, job: { description: "Drum bearing", status: "scheduled", eta: "Monday, 9 to 11" }, messages, purpose: "say when the technician comes" },
  message_reply: { customer, job: { description: "Drum bearing", status: "done" }, messages },
  call_summary: { customer, call: { date: "2026-02-19", direction: "inbound", minutes: 3.5, agentName: "Ulla", lines: [{ speaker: "Ada", text: "It leaks \"again\"." }, { speaker: "Ulla", text: "We come on Monday." }] } },
  churn_explanation: { customer, churn: { level: "High", percent: 71.4, drivers: [{ name: "days since the last job", value: 190, usual: 62 }] }, activities: [] },
  insight_cards: { customer, numbers: [{ name: "revenue", value: 916.67, change: "+12%" }, { name: "jobs", value: 3 }], activities },
};
const prompts = Object.entries(inputs).flatMap(([prompt, data]) => {
  const text = readFileSync(`${library}/${prompt}.hbs`, "utf8").replace(/\{\{(\w+)\(([^)]*)\)\}\}/g, "{{$1 $2}}");
  const render = Handlebars.compile(text, { noEscape: true });
  return [{ prompt, data, text: render(data) }, { prompt, data: {}, text: render({}) }];
});
writeFileSync(new URL("prompts.json", import.meta.url), JSON.stringify({ about: "The prompts of the library over example data, byte for byte.", prompts }, null, 1) + "\n");
console.log(`${prompts.length} prompts`);
