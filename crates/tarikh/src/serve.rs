//! `tarikh serve`: the desk in a browser.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context, bail};
use tarikh_coder::{Coder, Workspace};
use tarikh_io::RawReport;
use tarikh_record::Coding;
use tarikh_server::{Desk, Limits, Settings};
use tarikh_store::{Access, Store};
use tokio::net::TcpListener;

use crate::serve_args::ServeArgs;
use crate::{Outcome, coder, database, diagnostics};

pub(crate) fn run(args: ServeArgs) -> anyhow::Result<Outcome> {
    let name = args.db.display().to_string();
    // Made, or brought to today's tables; a fault shows here and not at the first request.
    Store::open(&args.db, Access::create()).with_context(|| name.clone())?;
    let coder = coder::open(&args.knowledge)?;
    let workspaces = Workspaces::default();
    let is_local = args.listen.ip().is_loopback() && !args.behind_https;
    let desk = Desk::open(Settings {
        db: args.db,
        is_local,
        behind_https: args.behind_https,
        limits: Limits::default(),
        code: Arc::new(move |raw| workspaces.code(&coder, raw)),
        log: Arc::new(|line| diagnostics::print(&format!("{} {line}\n", database::now()))),
    })
    .with_context(|| name.clone())?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .thread_stack_size(database::STACK_BYTES)
        .build()
        .context("starting the server")?;
    let served = runtime.block_on(async {
        if !is_local && !desk.has_users().await? {
            bail!(
                "the desk can be reached from other machines and has no users; \
                 add one with: tarikh user add NAME --role admin --db {name}"
            );
        }
        let listener = TcpListener::bind(args.listen).await;
        let listener = listener.with_context(|| {
            format!("cannot listen on {} (--listen takes another)", args.listen)
        })?;
        let address = listener.local_addr().context("asking for the address")?;
        diagnostics::print(&format!(
            "the desk is at http://{address}/ (Ctrl-C ends it)\n"
        ));
        let stopping = desk.clone();
        ctrlc::set_handler(move || stopping.stop()).context("waiting for Ctrl-C")?;
        let served = tarikh_server::serve(&desk, listener).await;
        served.context("serving")
    });
    // A request that still works on the database ends its transaction; a longer one is taken back.
    runtime.shutdown_timeout(Duration::from_secs(5));
    served.map(|()| Outcome::Complete)
}

/// What coding reuses from report to report, lent to one request at a time.
#[derive(Default)]
struct Workspaces(Mutex<Vec<Workspace>>);

impl Workspaces {
    fn code(&self, coder: &Coder, raw: &RawReport) -> Result<Coding, String> {
        let mut workspace = self.lock().pop().unwrap_or_default();
        let coded = coder::code(coder, raw, &mut workspace);
        self.lock().push(workspace);
        coded.map_err(|panic| panic.to_string())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Workspace>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
