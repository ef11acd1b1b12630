//! Where results go: standard output, or a file that appears only when it is complete.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use anyhow::Context;

/// The results could not be written; the cause follows it in the chain.
#[derive(Debug)]
pub(crate) struct WriteError {
    name: String,
}

impl std::fmt::Display for WriteError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "cannot write to {}", self.name)
    }
}

impl WriteError {
    /// An error of writing to what has this name.
    pub(crate) fn to(name: &str) -> Self {
        Self {
            name: name.to_owned(),
        }
    }

    /// Whether the error came of a pipe whose reader left.
    pub(crate) fn is_broken_pipe(error: &anyhow::Error) -> bool {
        error
            .chain()
            .filter_map(|cause| cause.downcast_ref::<io::Error>())
            .any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
    }
}

/// The unfinished file, to be removed when the program is interrupted.
static UNFINISHED: Mutex<Option<PathBuf>> = Mutex::new(None);

/// An open output.
pub(crate) struct Output {
    writer: BufWriter<Box<dyn Write>>,
    /// For a file: where it is written, and the name that it gets in the end.
    file: Option<(PathBuf, PathBuf)>,
    name: String,
}

impl Output {
    /// Opens standard output, or a file beside `path` that takes its place in the end. What is no
    /// regular file (a device, a pipe) is written to at once.
    ///
    /// # Errors
    /// [`WriteError`] with its cause.
    pub(crate) fn open(path: Option<&Path>) -> anyhow::Result<Self> {
        let Some(path) = path else {
            return Ok(Self::new(io::stdout(), None, "standard output".to_owned()));
        };
        let name = path.display().to_string();
        let opened = Self::open_file(path, &name);
        opened.with_context(|| WriteError { name })
    }

    fn open_file(path: &Path, name: &str) -> io::Result<Self> {
        // A link is followed, so that the file it leads to is replaced and not the link.
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
        let old = fs::metadata(&target).ok();
        if old.as_ref().is_some_and(|old| !old.is_file()) {
            let direct = OpenOptions::new().write(true).open(&target)?;
            return Ok(Self::new(direct, None, name.to_owned()));
        }
        let mut file_name = std::ffi::OsString::from(".");
        file_name.push(target.file_name().ok_or(io::ErrorKind::InvalidFilename)?);
        file_name.push(format!(".{}.unfinished", std::process::id()));
        let unfinished = target.with_file_name(file_name);
        let file = File::create(&unfinished)?;
        remember(Some(unfinished.clone()));
        if let Some(old) = old {
            file.set_permissions(old.permissions())?;
        }
        Ok(Self::new(file, Some((unfinished, target)), name.to_owned()))
    }

    fn new(writer: impl Write + 'static, file: Option<(PathBuf, PathBuf)>, name: String) -> Self {
        Self {
            writer: BufWriter::with_capacity(1 << 16, Box::new(writer)),
            file,
            name,
        }
    }

    /// Ends the output; a file gets its name only now.
    ///
    /// # Errors
    /// [`WriteError`] with its cause; an unfinished file is removed.
    pub(crate) fn commit(mut self) -> anyhow::Result<()> {
        let flushed = self.writer.flush();
        let ended = flushed.and_then(|()| match &self.file {
            Some((unfinished, target)) => fs::rename(unfinished, target),
            None => Ok(()),
        });
        if ended.is_ok() {
            self.file = None;
            remember(None);
        }
        ended.with_context(|| self.error())
    }

    /// What to say when writing to it fails.
    pub(crate) fn error(&self) -> WriteError {
        WriteError::to(&self.name)
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        if let Some((unfinished, _)) = &self.file {
            let _ = fs::remove_file(unfinished);
            remember(None);
        }
    }
}

/// Notes the unfinished file; the first one also makes interruptions remove it.
fn remember(unfinished: Option<PathBuf>) {
    static HANDLER: std::sync::Once = std::sync::Once::new();
    HANDLER.call_once(|| {
        // Without a handler an interrupted run leaves its unfinished file behind, no more.
        let _ = ctrlc::set_handler(|| {
            if let Ok(mut path) = UNFINISHED.lock()
                && let Some(path) = path.take()
            {
                let _ = fs::remove_file(path);
            }
            std::process::exit(130);
        });
    });
    if let Ok(mut kept) = UNFINISHED.lock() {
        *kept = unfinished;
    }
}
