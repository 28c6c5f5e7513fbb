//! Net Promoter Score, customer satisfaction, customer effort and sentiment: each with its interval, by period
//! and by group.

mod change;
mod mean_score;
mod measure;
mod net_promoter;
mod top_box;
mod trend;

pub use change::{Change, ChangeTest};
pub use mean_score::{MeanScore, Sentiment};
pub use measure::{SurveyMeasure, SurveyScore};
pub use net_promoter::NetPromoterScore;
pub use top_box::TopBox;
pub use trend::{Trend, TrendPoint};
