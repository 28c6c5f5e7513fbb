//! Prompt files of a folder.

use std::path::{Path, PathBuf};

use super::{CheckedSet, PromptSet};
use crate::error::{Error, Result};

/// How deep folders may stand in each other.
const MOST_NESTED: usize = 16;

impl PromptSet {
    /// Reads the files `*.prompt` of a folder and of the folders in it, in the order of their
    /// paths.
    ///
    /// # Errors
    /// `input.invalid` when a folder or file cannot be read or is no UTF-8.
    pub fn check_folder(folder: &Path) -> Result<CheckedSet> {
        let mut paths = Vec::new();
        collect(folder, 0, &mut paths)?;
        paths.sort();
        let mut files = Vec::new();
        for path in paths {
            let text = std::fs::read_to_string(&path).map_err(|_| unreadable())?;
            let name = path.strip_prefix(folder).unwrap_or(&path);
            files.push((name.to_string_lossy().replace('\\', "/"), text));
        }
        Ok(Self::check(files))
    }
}

fn unreadable() -> Error {
    Error::invalid("folder", "a folder with files of UTF-8 text that can be read")
}

fn collect(folder: &Path, depth: usize, paths: &mut Vec<PathBuf>) -> Result<()> {
    if depth > MOST_NESTED {
        return Ok(());
    }
    for entry in std::fs::read_dir(folder).map_err(|_| unreadable())? {
        let entry = entry.map_err(|_| unreadable())?;
        let path = entry.path();
        // A link may lead in a circle: only real folders are entered.
        if entry.file_type().map_err(|_| unreadable())?.is_dir() {
            collect(&path, depth.saturating_add(1), paths)?;
        } else if path.extension().is_some_and(|ending| ending == "prompt") {
            paths.push(path);
        }
    }
    Ok(())
}
