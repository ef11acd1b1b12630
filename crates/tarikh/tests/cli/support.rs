//! Folders to run the program in.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// A sentence that is a report.
pub(crate) const REPORT: &str =
    "Gunmen attacked the village of Corva on Monday and killed nine farmers, officials said.\n";

/// A folder of its own for one test, in which the program runs.
pub(crate) struct Folder {
    folder: TempDir,
}

/// What a run left behind.
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Folder {
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a folder for tests can be made"),
        }
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn put(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(name);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).expect("the folder is ours");
        }
        std::fs::write(&path, bytes).expect("the folder is ours");
        path
    }

    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path().join(name)).expect("the run wrote the file")
    }

    /// Names in the folder, sorted.
    pub(crate) fn names(&self) -> Vec<String> {
        let items = std::fs::read_dir(self.path()).expect("the folder is ours");
        let mut names: Vec<String> = items
            .map(|item| {
                item.expect("the folder is ours")
                    .file_name()
                    .to_string_lossy()
                    .into_owned()
            })
            .collect();
        names.sort();
        names
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tarikh"));
        command
            .args(arguments)
            .current_dir(self.path())
            .env_remove("COLUMNS")
            .env_remove("NO_COLOR");
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        self.run_on(arguments, b"")
    }

    pub(crate) fn run_on(&self, arguments: &[&str], input: &[u8]) -> Ran {
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program was built");
        let mut stdin = child.stdin.take().expect("standard input is a pipe");
        let input = input.to_vec();
        let feeder = std::thread::spawn(move || {
            // The program may end before it has read everything.
            let _ = stdin.write_all(&input);
        });
        let ran = child.wait_with_output().expect("the program ends");
        feeder.join().expect("feeding does not panic");
        ran.into()
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

impl Ran {
    /// The ids of the codings in JSONL output.
    pub(crate) fn ids(&self) -> Vec<String> {
        self.stdout
            .lines()
            .map(|line| {
                let coding: tarikh_record::Coding =
                    serde_json::from_str(line).expect("each line is a coding");
                coding.report_id
            })
            .collect()
    }
}
