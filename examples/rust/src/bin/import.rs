//! Brings a mailbox (mbox) or a table of conversations (CSV) into a Goodwill file.
//!
//! `cargo run --release --bin import -- letters.mbox goodwill.db`
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program for the terminal")]

use std::fs::File;
use std::io::BufReader;
use std::path::Path;
use std::process::ExitCode;

use goodwill::{AuditKey, Engine, SqliteStore, TenantId};
use goodwill_examples::import::mail::Conversations;
use goodwill_examples::import::mbox::{Letter, Mailbox};
use goodwill_examples::import::run::{Import, Report};
use goodwill_examples::import::table;
use indicatif::{ProgressBar, ProgressStyle};

type Failure = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [source, target] = arguments.as_slice() else {
        eprintln!("usage: import <letters.mbox | conversations.csv> <goodwill.db>");
        return ExitCode::from(2);
    };
    match import(Path::new(source), Path::new(target)) {
        Ok(report) => {
            print(&report);
            ExitCode::SUCCESS
        }
        Err(failure) => {
            eprintln!("import: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn import(source: &Path, target: &Path) -> Result<Report, Failure> {
    // A real host keeps its key in its key store; the example's is the same in every run.
    let key = AuditKey::from_bytes("import-example", b"an example's key, not a secret: 32+ bytes")?;
    let engine = Engine::new(SqliteStore::open(target)?, key);
    let mut import = Import::new(&engine, TenantId::SINGLE);
    let file = File::open(source)?;
    let bar = ProgressBar::new(file.metadata()?.len());
    bar.set_style(ProgressStyle::with_template("{bar:40} {percent:>3} % {msg}")?);
    let is_table = source.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
    if is_table {
        let (lines, skipped) = table::read(file)?;
        bar.set_length(lines.len() as u64);
        import.report.skipped = skipped;
        for (number, line) in lines.iter().enumerate() {
            import.bring(&format!("row {}", number + 1), line)?;
            bar.inc(1);
        }
    } else {
        let mut mailbox = Mailbox::new(BufReader::new(file));
        let mut conversations = Conversations::default();
        let mut number = 0;
        while let Some(letter) = mailbox.next_letter()? {
            number += 1;
            let place = format!("letter {number}");
            match letter {
                Letter::Raw(raw) => match conversations.read(&raw) {
                    Ok(line) => import.bring(&place, &line)?,
                    Err(reason) => import.skip(&place, &reason),
                },
                Letter::TooLarge => import.skip(&place, "larger than 25 MiB"),
            }
            bar.set_position(mailbox.position());
            bar.set_message(place);
        }
    }
    bar.finish_and_clear();
    Ok(import.report)
}

fn print(report: &Report) {
    println!("{} messages imported", report.imported);
    println!("{} messages were already there", report.already_there);
    println!("{} conversations", report.conversations);
    println!("{} skipped", report.skipped.len());
    for skipped in &report.skipped {
        println!("  {}: {}", skipped.place, skipped.reason);
    }
}
