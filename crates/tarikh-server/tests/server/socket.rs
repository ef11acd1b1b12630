//! Over a real socket: slow clients, and an end that waits for answers.

use std::time::{Duration, Instant};

use tarikh_server::{Desk, Limits};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use crate::support::Server;

/// A client is slow here after a fraction of a second.
fn impatient() -> Limits {
    Limits {
        head: Duration::from_millis(300),
        request: Duration::from_millis(600),
        ..Limits::default()
    }
}

async fn listen(desk: &Desk) -> (String, JoinHandle<std::io::Result<()>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener
        .local_addr()
        .expect("it has an address")
        .to_string();
    let desk = desk.clone();
    let served = tokio::spawn(async move { tarikh_server::serve(&desk, listener).await });
    (address, served)
}

async fn read_all(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let read = tokio::time::timeout(Duration::from_secs(10), stream.read_to_end(&mut bytes)).await;
    // A connection that is cut off has said what it had to say.
    let _ = read.expect("the server ends the connection");
    String::from_utf8_lossy(&bytes).into_owned()
}

#[tokio::test]
async fn a_request_is_answered_over_a_socket() {
    let server = Server::new();
    let (address, served) = listen(&server.desk).await;
    let mut stream = TcpStream::connect(&address)
        .await
        .expect("the server listens");
    let request = format!("GET /healthz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream
        .write_all(request.as_bytes())
        .await
        .expect("it is sent");
    let answer = read_all(&mut stream).await;
    assert!(
        answer.starts_with("HTTP/1.1 200 OK") && answer.contains("\"ok\""),
        "{answer}"
    );
    server.desk.stop();
    served.await.expect("it ends").expect("and ends well");
}

#[tokio::test]
async fn a_client_that_never_ends_its_head_is_cut_off() {
    let server = Server::with(impatient());
    let (address, _served) = listen(&server.desk).await;
    let mut stream = TcpStream::connect(&address)
        .await
        .expect("the server listens");
    stream
        .write_all(b"GET /healthz HTTP/1.1\r\nHost: x\r\n")
        .await
        .expect("it is sent");
    let begun = Instant::now();
    let answer = read_all(&mut stream).await;
    assert!(!answer.contains("200 OK"), "{answer}");
    assert!(
        begun.elapsed() < Duration::from_secs(5),
        "{:?}",
        begun.elapsed()
    );
}

#[tokio::test]
async fn a_client_that_dribbles_its_body_is_told_and_cut_off() {
    let server = Server::with(impatient());
    let (address, _served) = listen(&server.desk).await;
    let mut stream = TcpStream::connect(&address)
        .await
        .expect("the server listens");
    let head = format!(
        "POST /api/v1/reports HTTP/1.1\r\nHost: {address}\r\nX-Tarikh: 1\r\n\
         Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{{"
    );
    stream.write_all(head.as_bytes()).await.expect("it is sent");
    let begun = Instant::now();
    let (mut reading, mut writing) = stream.into_split();
    let dribble = tokio::spawn(async move {
        while writing.write_all(b" ").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    });
    let mut answer = vec![0; 4096];
    let read = tokio::time::timeout(Duration::from_secs(10), reading.read(&mut answer)).await;
    let n = read
        .expect("the server answers")
        .expect("on the connection");
    let answer = String::from_utf8_lossy(&answer[..n]).into_owned();
    assert!(
        answer.starts_with("HTTP/1.1 408") && answer.contains("E058"),
        "{answer}"
    );
    assert!(
        begun.elapsed() < Duration::from_secs(5),
        "{:?}",
        begun.elapsed()
    );
    dribble.abort();
}

#[tokio::test]
async fn slow_clients_do_not_keep_others_out() {
    let server = Server::with(Limits {
        connections: 4,
        ..impatient()
    });
    let (address, _served) = listen(&server.desk).await;
    let mut slow = Vec::new();
    for _ in 0..4 {
        let mut stream = TcpStream::connect(&address)
            .await
            .expect("the server listens");
        stream.write_all(b"GET / HT").await.expect("it is sent");
        slow.push(stream);
    }
    let mut stream = TcpStream::connect(&address)
        .await
        .expect("the system takes it");
    let request = format!("GET /healthz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream
        .write_all(request.as_bytes())
        .await
        .expect("it is sent");
    let answer = read_all(&mut stream).await;
    assert!(
        answer.starts_with("HTTP/1.1 200 OK"),
        "it waits for a slot and is served: {answer}"
    );
}

#[tokio::test]
async fn a_stopping_server_takes_no_further_connection() {
    let server = Server::new();
    let (address, served) = listen(&server.desk).await;
    let idle = TcpStream::connect(&address)
        .await
        .expect("the server listens");
    server.desk.stop();
    let ended = tokio::time::timeout(Duration::from_secs(10), served).await;
    ended
        .expect("it ends soon")
        .expect("without a panic")
        .expect("and ends well");
    assert!(TcpStream::connect(&address).await.is_err());
    drop(idle);
}

#[tokio::test]
async fn a_server_whose_connections_are_all_taken_can_be_stopped() {
    let server = Server::with(Limits {
        connections: 1,
        ..Limits::default()
    });
    let (address, served) = listen(&server.desk).await;
    let mut stream = TcpStream::connect(&address)
        .await
        .expect("the server listens");
    let request = format!("GET /api/v1/events HTTP/1.1\r\nHost: {address}\r\n\r\n");
    stream
        .write_all(request.as_bytes())
        .await
        .expect("it is sent");
    let mut head = vec![0; 256];
    let n = stream.read(&mut head).await.expect("the stream begins");
    assert!(head[..n].starts_with(b"HTTP/1.1 200"));
    server.desk.stop();
    let ended = tokio::time::timeout(Duration::from_secs(10), served).await;
    ended
        .expect("it ends soon")
        .expect("without a panic")
        .expect("and ends well");
}
