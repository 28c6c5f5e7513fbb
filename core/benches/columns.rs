//! Analytics of a large transaction log: seconds, and memory beside the input.
//!
//! `cargo bench -p goodwill --bench columns --features zones` makes a log of 10 million rows of a million
//! customers and prints a table. With `-- --rows 1000000` it is smaller; there are
//! always ten rows a customer.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark may stop at the first surprise, and it tells the time"
)]

use std::num::NonZeroUsize;
use std::time::Instant;

use goodwill::Timestamp;
use goodwill::analytics::{
    Amounts, CustomerCodes, Measure, Rfm, RfmOptions, Scoring, SegmentMap, Summary, SummaryOptions,
    Times, Transactions, Unit,
};

const DAY: i64 = 86_400_000;
/// 2022-01-01 to 2025-12-31.
const START: i64 = 1_640_995_200_000;
const DAYS: i64 = 1_461;

/// The same numbers every time: splitmix64.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn uniform(&mut self) -> f64 {
        (self.next() >> 11) as f64 / 9_007_199_254_740_992.0
    }
}

/// A log in the order of time. Few customers buy much: the square of an even number.
struct Log {
    customer: Vec<u32>,
    time: Vec<i64>,
    cents: Vec<i64>,
    amount: Vec<f64>,
}

impl Log {
    fn new(rows: usize) -> Self {
        let mut random = Random(2005);
        let customers = (rows / 10) as f64;
        let mut log = Self { customer: vec![], time: vec![], cents: vec![], amount: vec![] };
        for row in 0..rows {
            let place = (customers * random.uniform() * random.uniform().sqrt()) as u64;
            // Ids have nothing to do with who buys much.
            log.customer.push((place.wrapping_mul(2_654_435_761) % customers as u64) as u32);
            log.time.push(START + (row as f64 / rows as f64 * (DAYS * DAY) as f64) as i64);
            let cents = 100 + (random.next() % 20_000) as i64;
            log.cents.push(cents);
            log.amount.push(cents as f64 * 0.01);
        }
        log
    }

    fn transactions(&self, threads: usize) -> Transactions<'_> {
        Transactions::new(&self.customer, Times::Instants((&self.time).into()))
            .with_amounts(Amounts::Decimal((&self.amount).into()))
            .with_threads(NonZeroUsize::new(threads).unwrap())
    }
}

/// A number of `/proc/self/status`, in MB.
fn status(name: &str) -> f64 {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
    let kilobytes = line.split_whitespace().nth(1).and_then(|n| n.parse::<f64>().ok());
    kilobytes.unwrap_or(f64::NAN) * 1_024.0 / 1e6
}

/// The median of five runs, and the most memory that one of them added.
fn measure<R>(what: &str, threads: usize, run: impl Fn() -> R) {
    let mut seconds = Vec::new();
    let mut peak = 0.0_f64;
    for _ in 0..5 {
        // Linux counts the peak anew.
        let _ = std::fs::write("/proc/self/clear_refs", "5");
        let before = status("VmRSS");
        let begun = Instant::now();
        let result = run();
        seconds.push(begun.elapsed().as_secs_f64());
        peak = peak.max(status("VmHWM") - before);
        drop(std::hint::black_box(result));
    }
    seconds.sort_by(f64::total_cmp);
    let median = seconds.get(2).unwrap();
    println!("| {what} | {threads} | {median:.3} s | {peak:.0} MB |");
}

fn main() {
    // As a test it only has to build.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let mut arguments = std::env::args().skip_while(|argument| argument != "--rows").skip(1);
    let rows = arguments.next().map_or(10_000_000, |rows| rows.parse().unwrap());
    let log = Log::new(rows);
    let reference = Timestamp::from_millis(START + DAYS * DAY).unwrap();
    println!("{rows} rows, {} customers", rows / 10);
    println!("| what | threads | median | memory beside the log |\n|---|---|---|---|");
    let cores = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
    for threads in [1, cores] {
        let transactions = log.transactions(threads);
        let summary = |change: &dyn Fn(&mut SummaryOptions)| {
            let mut options = SummaryOptions::new(Unit::Day, reference);
            change(&mut options);
            Summary::from_log(&transactions, &options).unwrap()
        };
        measure("summary by day", threads, || summary(&|_| {}));
        let zoned = |options: &mut SummaryOptions| {
            options.unit = Unit::Month;
            options.zone = "Europe/Berlin".parse().unwrap();
        };
        measure("summary by month in Berlin", threads, || summary(&zoned));
        let exact = |options: &mut SummaryOptions| {
            options.unit = Unit::Week;
            options.measure = Measure::Exact { merge: None };
        };
        measure("summary by exact week", threads, || summary(&exact));
        let split = |options: &mut SummaryOptions| {
            options.calibration_end = Timestamp::from_millis(START + DAYS * DAY * 3 / 4).ok();
        };
        measure("summary with holdout", threads, || summary(&split));
        measure("summary with tracking", threads, || summary(&|options| options.tracking = true));
        let rfm = |scoring: Scoring| {
            let options = RfmOptions { scoring, ..RfmOptions::new(reference) };
            Rfm::from_log(&transactions, &options).unwrap()
        };
        measure("RFM by value, with segments", threads, || {
            let scored = rfm(Scoring::Values);
            let segments = scored.segments(&SegmentMap::eleven()).unwrap();
            (scored, segments)
        });
        measure("RFM by NTILE", threads, || rfm(Scoring::Ntile));
        let minor = transactions.with_amounts(Amounts::Minor((&log.cents).into()));
        let options = RfmOptions::new(reference);
        measure("RFM of minor units", threads, || Rfm::from_log(&minor, &options).unwrap());
    }
    let ids: Vec<u64> = log.customer.iter().map(|code| u64::from(*code) * 1_000_003).collect();
    measure("codes of integer ids", 1, || CustomerCodes::encode(ids.iter().copied()).unwrap());
}
