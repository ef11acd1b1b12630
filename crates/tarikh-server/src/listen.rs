//! Connections: how many, how slow they may be, and how they end.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

use crate::desk::Desk;
use crate::routes;

/// Time that open requests have to end after [`Desk::stop`].
const LAST_ANSWERS: Duration = Duration::from_secs(5);

/// Who is at the other end of a connection.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Client(pub(crate) IpAddr);

/// Serves a desk until [`Desk::stop`].
///
/// # Errors
/// If the system takes the listening socket away.
pub async fn serve(desk: &Desk, listener: TcpListener) -> std::io::Result<()> {
    let router = desk.router();
    let slots = Arc::new(Semaphore::new(desk.limits.connections));
    let open = GracefulShutdown::new();
    let first = desk.clone();
    tokio::spawn(async move {
        if let Err(error) = routes::warm(&first).await {
            (first.log)(&format!(
                "the first view was not prepared: {}",
                error.message
            ));
        }
    });
    loop {
        let accepted = async {
            let slot = Arc::clone(&slots).acquire_owned().await;
            (slot, listener.accept().await)
        };
        let (slot, accepted) = tokio::select! {
            accepted = accepted => accepted,
            () = desk.until_stopped() => break,
        };
        let (stream, address) = match accepted {
            Ok(connection) => connection,
            Err(error) => {
                // Out of file handles, or a client that was gone at once: others may do better.
                (desk.log)(&format!("a connection was lost: {error}"));
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        let connection = connection(desk, router.clone(), stream, address);
        let connection = open.watch(connection);
        tokio::spawn(async move {
            // A client that breaks off is no fault of ours.
            let _ = connection.await;
            drop(slot);
        });
    }
    let _ = tokio::time::timeout(LAST_ANSWERS, open.shutdown()).await;
    Ok(())
}

type Connection = http1::Connection<TokioIo<TcpStream>, TowerToHyperService<Router>>;

fn connection(desk: &Desk, router: Router, stream: TcpStream, address: SocketAddr) -> Connection {
    // Answers are written in few pieces: waiting for more to send would only delay them.
    let _ = stream.set_nodelay(true);
    let router = router.layer(axum::Extension(Client(address.ip())));
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(desk.limits.head)
        .max_headers(64)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router))
}
