//! Analytics: scores of single customers and of small data, with what they are made of.

use std::collections::BTreeMap;

use super::functions;
use crate::analytics::{
    ChurnModel, ChurnRisk, Engagement, EngagementModel, Health, HealthModel, HealthOverride,
    MeanScore, NetPromoterScore, TopBox, Vip, VipFacts, VipRules,
};
use crate::error::Result;
use crate::ops::analytics::{
    self, AnalyticsModels, CustomerActivity, OwnSegments, RfmBins, RfmExplanation,
};

functions! {
    /// The Net Promoter Score of ratings from 0 to 10, from −100 to 100, with its interval of 95 %.
    Analytics nps = "survey.nps" (ratings: Vec<u8>) -> NetPromoterScore
        => |it| NetPromoterScore::from_ratings(&it.ratings);

    /// Customer satisfaction: the percentage of 4 and 5 on a scale of 1 to 5, with Wilson's interval of 95 %.
    Analytics csat = "survey.csat" (ratings: Vec<u8>) -> TopBox
        => |it| TopBox::csat(&it.ratings);

    /// The customer effort score: the percentage of 5 to 7 on a scale of 1 to 7, where 7 is the least effort.
    Analytics ces = "survey.ces" (ratings: Vec<u8>) -> TopBox
        => |it| TopBox::ces(&it.ratings);

    /// The percentage of ratings from `countFrom` on a scale of one's own.
    Analytics top_box = "survey.top_box"
        (ratings: Vec<u8>, lowest: u8, highest: u8, count_from: u8) -> TopBox
        => |it| TopBox::of_scale(&it.ratings, it.lowest, it.highest, it.count_from);

    /// The mean of scores with Student's interval of 95 %, on a scale that may be open.
    Analytics mean_score = "survey.mean_score"
        (scores: Vec<f64>, #[serde(default)] lowest: Option<f64>, #[serde(default)] highest: Option<f64>)
        -> MeanScore
        => |it| MeanScore::of_scale(&it.scores, it.lowest, it.highest);

    /// The health of a customer from 0 to 100 of what is known of it, and what each part adds or takes.
    Analytics health = "customer.health"
        (
            values: BTreeMap<String, Option<f64>>,
            #[serde(default)] previous: Option<f64>,
            #[serde(default)] overridden: Option<HealthOverride>,
            #[serde(default)] model: Option<HealthModel>,
        ) -> Health
        => |it| analytics::health(&it.values, it.previous, it.overridden, it.model);

    /// The risk that a customer leaves, and what each driver adds to its log-odds; what is not known is taken
    /// as typical.
    Analytics churn_risk = "customer.churn_risk"
        (values: BTreeMap<String, Option<f64>>, #[serde(default)] model: Option<ChurnModel>) -> ChurnRisk
        => |it| analytics::churn(&it.values, it.model);

    /// The engagement of a customer from 0 to 100: activities by kind, each less as it gets older.
    Analytics engagement = "customer.engagement"
        (activities: Vec<CustomerActivity>, #[serde(default)] model: Option<EngagementModel>)
        -> Engagement
        => |it| analytics::engagement(&it.activities, it.model);

    /// Whether a customer is a VIP, by which rule, and how much is missing for the others.
    Analytics vip = "customer.vip" (facts: VipFacts, #[serde(default)] rules: Option<VipRules>) -> Vip
        => |it| it.rules.unwrap_or_default().evaluate(&it.facts);

    /// The segment of an RFM code, by the map `eleven`, `ten`, or one's own.
    Analytics rfm_segment = "rfm.segment"
        (code: u16, #[serde(default)] map: Option<String>, #[serde(default)] segments: Option<OwnSegments>)
        -> String,
        fails InputUnknownValue
        => |it| analytics::segment(it.code, it.map.as_deref(), it.segments.as_ref());

    /// Which RFM code and segment a customer has among those who were scored, and why: the bins that its
    /// values fall into.
    Analytics explain_rfm = "rfm.explain"
        (
            recency: f64,
            frequency: f64,
            monetary: f64,
            bins: RfmBins,
            #[serde(default)] map: Option<String>,
            #[serde(default)] segments: Option<OwnSegments>,
        ) -> RfmExplanation,
        fails InputUnknownValue
        => |it| analytics::explain(
            [it.recency, it.frequency, it.monetary],
            &it.bins,
            it.map.as_deref(),
            it.segments.as_ref(),
        );

    /// The parameter sets that are used where none is given, to start one's own from.
    Analytics default_models = "customer.models" () -> AnalyticsModels
        => |_it| Ok(AnalyticsModels::default());
}
