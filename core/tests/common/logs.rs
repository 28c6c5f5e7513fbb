//! Logs of a host's: one in memory, one in a file that processes share.
#![allow(dead_code, reason = "each test file uses its own part")]

use std::fs::{File, OpenOptions};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::PathBuf;
use std::sync::Mutex;

use goodwill::{Code, Error, Log, LogEntry, Result};

/// Lines in memory, given out a few at a time.
#[derive(Debug, Default)]
pub(crate) struct MemoryLog(pub(crate) Mutex<Vec<LogEntry>>);

impl MemoryLog {
    pub(crate) fn of(entries: Vec<LogEntry>) -> Self {
        Self(Mutex::new(entries))
    }

    pub(crate) fn entries(&self) -> Vec<LogEntry> {
        self.0.lock().unwrap().clone()
    }

    pub(crate) fn len(&self) -> usize {
        self.0.lock().unwrap().len()
    }
}

#[async_trait::async_trait]
impl Log for MemoryLog {
    async fn read(&self, after: u64) -> Result<Vec<LogEntry>> {
        let entries = self.0.lock().unwrap();
        let from = entries.partition_point(|entry| entry.position <= after);
        Ok(entries[from..].iter().take(7).cloned().collect())
    }

    async fn append(&self, after: u64, entry: String) -> Result<bool> {
        let mut entries = self.0.lock().unwrap();
        let free = entries.last().map_or(0, |last| last.position) == after;
        if free {
            entries.push(LogEntry { position: after + 1, entry });
        }
        Ok(free)
    }
}

/// Lines of a file. A lock on the file keeps writers apart, and readers from half a line.
#[derive(Debug)]
pub(crate) struct FileLog {
    path: PathBuf,
    /// Where the known lines end; the first one ends where the file begins.
    ends: Mutex<Vec<u64>>,
}

impl FileLog {
    pub(crate) fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), ends: Mutex::new(vec![0]) }
    }

    fn open(&self) -> std::io::Result<File> {
        let file = OpenOptions::new().create(true).read(true).append(true).open(&self.path)?;
        file.lock()?;
        Ok(file)
    }

    fn lines_after(&self, file: &mut File, after: u64) -> std::io::Result<Vec<LogEntry>> {
        let mut ends = self.ends.lock().unwrap();
        let known = usize::try_from(after).unwrap().min(ends.len() - 1);
        file.seek(SeekFrom::Start(ends[known]))?;
        let mut text = String::new();
        file.read_to_string(&mut text)?;
        let mut end = ends[known];
        ends.truncate(known + 1);
        let mut found = Vec::new();
        for (position, line) in (known as u64 + 1..).zip(text.split_inclusive('\n')) {
            end += line.len() as u64;
            ends.push(end);
            found.push(LogEntry { position, entry: line.trim_end().to_owned() });
        }
        found.retain(|entry| entry.position > after);
        Ok(found)
    }
}

fn unavailable(_: std::io::Error) -> Error {
    Error::new(Code::StoreUnavailable, "the file of the log cannot be used")
}

#[async_trait::async_trait]
impl Log for FileLog {
    async fn read(&self, after: u64) -> Result<Vec<LogEntry>> {
        let mut file = self.open().map_err(unavailable)?;
        self.lines_after(&mut file, after).map_err(unavailable)
    }

    async fn append(&self, after: u64, entry: String) -> Result<bool> {
        let append = || {
            let mut file = self.open()?;
            let others = self.lines_after(&mut file, after)?;
            let known = self.ends.lock().unwrap().len() as u64 - 1;
            if !others.is_empty() || known != after {
                return Ok(false);
            }
            file.write_all(format!("{entry}\n").as_bytes())?;
            file.sync_data()?;
            Ok(true)
        };
        append().map_err(unavailable)
    }
}
