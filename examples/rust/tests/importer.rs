//! The importer, run as a person runs it: twice, with equal results.
#![cfg(test)]

use std::path::Path;
use std::process::Command;

fn import(source: &str, target: &Path) -> String {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data").join(source);
    let done = Command::new(env!("CARGO_BIN_EXE_import")).arg(source).arg(target).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

fn number(report: &str, what: &str) -> u64 {
    let line = report.lines().find(|line| line.contains(what)).unwrap();
    line.split(' ').next().unwrap().parse().unwrap()
}

#[test]
fn a_mailbox_is_brought_in_once() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("goodwill.db");
    let first = import("mail/letters.mbox", &target);
    let imported = number(&first, "messages imported");
    assert!(imported >= 20, "{first}");
    assert!(number(&first, "skipped") > 0 && first.contains("no readable sender"), "{first}");
    let second = import("mail/letters.mbox", &target);
    assert_eq!(number(&second, "messages imported"), 0, "{second}");
    assert_eq!(
        number(&second, "already there"),
        imported + number(&first, "already there"),
        "{second}"
    );
    assert_eq!(number(&second, "skipped"), number(&first, "skipped"));
    assert_eq!(number(&second, "conversations"), number(&first, "conversations"));
}

#[test]
fn a_table_is_brought_in_once() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("goodwill.db");
    let first = import("conversations.csv", &target);
    assert_eq!((number(&first, "imported"), number(&first, "conversations")), (4, 2), "{first}");
    for reason in ["RFC 3339", "no customer", "role: expected one of", "no text"] {
        assert!(first.contains(reason), "{reason}: {first}");
    }
    let second = import("conversations.csv", &target);
    assert_eq!((number(&second, "imported"), number(&second, "already there")), (0, 4));
}

#[test]
fn a_source_that_is_not_there_says_so() {
    let done = Command::new(env!("CARGO_BIN_EXE_import")).args(["nowhere.mbox", "x/y.db"]).output();
    let done = done.unwrap();
    assert_eq!(done.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&done.stderr).contains("import: "));
}
