//! The desk from the command line: decisions, users, and a server that ends on Ctrl-C.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use crate::desk::{filled, incidents};
use crate::support::Folder;

fn id(folder: &Folder, place: &str) -> String {
    let all = incidents(folder, &[]);
    let found = all
        .iter()
        .find(|incident| incident["incident"]["place"]["name"] == place);
    let found = found.expect("the place is in the reports");
    found["id"].as_str().expect("incidents have ids").to_owned()
}

#[test]
fn a_value_is_changed_and_the_change_taken_back() {
    let folder = filled();
    let id = id(&folder, "Gao");
    let decide = |arguments: &[&str]| {
        let mut all = vec!["decide"];
        all.extend(arguments);
        all.extend(["--who", "ada", "--db", "a.db"]);
        folder.run(&all)
    };
    let changed = decide(&["change", &id, "killed.best", "16", "--why", "hospital list"]);
    assert_eq!(changed.code, Some(0), "{}", changed.stderr);
    assert_eq!(changed.stdout, format!("decision 1 on {id}\n"));
    let shown = folder.run(&["show", &id, "--json", "--db", "a.db"]).stdout;
    assert!(shown.contains("\"best\": 16"), "{shown}");
    assert_eq!(decide(&["undo", "1"]).code, Some(0));
    let shown = folder.run(&["show", &id, "--json", "--db", "a.db"]).stdout;
    assert!(!shown.contains("\"best\": 16"), "{shown}");
    let wrong = decide(&["accept", "inc-0000000000000000"]);
    assert_eq!(wrong.code, Some(2));
    assert!(wrong.stderr.contains("error[E037]"), "{}", wrong.stderr);
}

#[test]
fn an_account_is_split_off_by_its_report_and_merged_again() {
    let folder = filled();
    let gao = id(&folder, "Gao");
    let all = incidents(&folder, &[]);
    let linked = all
        .iter()
        .find(|incident| incident["id"] == *gao)
        .expect("it is there");
    let report = linked["members"][1]["report"]["key"]
        .as_str()
        .expect("reports have keys");
    let run = |arguments: &[&str]| {
        let mut all = vec!["decide"];
        all.extend(arguments);
        all.extend(["--who", "ada", "--db", "a.db"]);
        let ran = folder.run(&all);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    };
    let n_before = all.len();
    run(&["split", &gao, report]);
    assert_eq!(incidents(&folder, &[]).len(), n_before + 1);
    run(&["undo", "1"]);
    assert_eq!(incidents(&folder, &[]).len(), n_before);
}

#[test]
fn users_are_added_with_a_password_from_standard_input() {
    let folder = Folder::new();
    let add = |name: &str, role: &str, password: &str| {
        let arguments = ["user", "add", name, "--role", role, "--db", "a.db"];
        folder.run_on(&arguments, password.as_bytes())
    };
    let coder = add("ben", "coder", "six wet herons\n");
    assert_eq!(coder.code, Some(2), "the first must be an admin");
    let short = add("ada", "admin", "short\n");
    assert!(short.stderr.contains("10 to 256"), "{}", short.stderr);
    assert_eq!(add("ada", "admin", "six wet herons\n").code, Some(0));
    assert_eq!(add("ben", "coder", "six wet herons").code, Some(0));
    let list = folder.run(&["user", "list", "--db", "a.db"]).stdout;
    let lines: Vec<Vec<&str>> = list
        .lines()
        .map(|l| l.split_whitespace().collect())
        .collect();
    assert_eq!(lines, [["ada", "admin"], ["ben", "coder"]]);
    let last = folder.run(&["user", "remove", "ada", "--db", "a.db"]);
    assert!(last.stderr.contains("last admin"), "{}", last.stderr);
    let role = folder.run(&["user", "role", "ben", "--role", "viewer", "--db", "a.db"]);
    assert_eq!(role.code, Some(0), "{}", role.stderr);
    let file = std::fs::read(folder.path().join("a.db")).expect("the database is there");
    let password = b"six wet herons";
    assert!(!file.windows(password.len()).any(|bytes| bytes == password));
}

#[test]
fn a_new_password_takes_the_place_of_the_old_one_and_ends_its_sessions() {
    let folder = Folder::new();
    let user = |command: &str, name: &str, password: &[u8]| {
        folder.run_on(&["user", command, name, "--db", "new.db"], password)
    };
    let add = ["user", "add", "ada", "--role", "admin", "--db", "new.db"];
    assert_eq!(folder.run_on(&add, b"six wet herons\n").code, Some(0));
    let (mut child, address) = served(&folder);
    let sign_in = |password: &str| {
        let body = format!("{{\"name\": \"ada\", \"password\": \"{password}\"}}");
        request(&address, "POST", "/api/v1/session", &body)
    };
    let signed_in = sign_in("six wet herons");
    assert!(signed_in.starts_with("HTTP/1.1 20"), "{signed_in}");
    let cookie = signed_in
        .lines()
        .find_map(|line| line.strip_prefix("set-cookie: "))
        .and_then(|cookie| cookie.split(';').next());
    let cookie = format!("Cookie: {}\r\n", cookie.expect("a session begins"));
    let asked = || request_with(&address, "GET", "/api/v1/incidents", "", &cookie);
    assert!(asked().starts_with("HTTP/1.1 200"));

    assert_eq!(user("password", "ada", b"short\n").code, Some(2));
    let unknown = user("password", "ben", b"seven dry herons\n");
    assert_eq!(unknown.code, Some(2), "{}", unknown.stderr);
    assert!(
        asked().starts_with("HTTP/1.1 200"),
        "nothing has changed yet"
    );
    let set = user("password", "ada", b"seven dry herons\n");
    assert_eq!(set.code, Some(0), "{}", set.stderr);
    assert!(
        set.stderr.contains("ada has a new password"),
        "{}",
        set.stderr
    );
    assert!(asked().starts_with("HTTP/1.1 401"), "the session has ended");
    assert!(sign_in("six wet herons").starts_with("HTTP/1.1 401"));
    assert!(sign_in("seven dry herons").starts_with("HTTP/1.1 20"));
    child.kill().expect("it runs");
    child.wait().expect("it ends");
}

#[test]
fn another_address_demands_users() {
    let folder = Folder::new();
    let refused = folder.run(&["serve", "--db", "a.db", "--listen", "0.0.0.0:0"]);
    assert_eq!(refused.code, Some(1));
    assert!(refused.stderr.contains("no users"), "{}", refused.stderr);
    assert!(
        refused.stderr.contains("tarikh user add"),
        "{}",
        refused.stderr
    );
}

#[test]
fn a_desk_on_a_new_database_takes_a_report_and_ends_on_an_interrupt() {
    let folder = Folder::new();
    let (mut child, address) = served(&folder);
    let text = "Gunmen attacked a market in Gao, Mali, on Monday and killed at least nine traders.";
    let body = format!("{{\"text\": \"{text}\", \"published\": \"2023-05-02\"}}");
    let added = request(&address, "POST", "/api/v1/reports", &body);
    assert!(added.starts_with("HTTP/1.1 201"), "{added}");
    assert!(added.contains("\"incidents\":[\"inc-"), "{added}");
    let listed = request(&address, "GET", "/api/v1/incidents", "");
    assert!(listed.contains("\"name\":\"Gao\""), "{listed}");

    let interrupted = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(interrupted.is_ok_and(|status| status.success()));
    let status = child.wait().expect("it ends");
    assert_eq!(status.code(), Some(0));
    assert_eq!(incidents_of(&folder), 1);
}

/// A desk on `new.db`, and its address.
fn served(folder: &Folder) -> (Child, String) {
    let mut child = folder
        .command(&["serve", "--db", "new.db", "--listen", "127.0.0.1:0"])
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program was built");
    let mut said = BufReader::new(child.stderr.take().expect("it is a pipe"));
    let mut first = String::new();
    said.read_line(&mut first).expect("it says where it is");
    // The pipe stays open for what the server says later.
    child.stderr = Some(said.into_inner());
    let address = first
        .split("http://")
        .nth(1)
        .and_then(|rest| rest.split('/').next());
    (child, address.expect("the address is told").to_owned())
}

fn incidents_of(folder: &Folder) -> usize {
    let exported = folder.run(&["export", "--format", "jsonl", "--db", "new.db"]);
    exported.stdout.lines().count()
}

fn request(address: &str, method: &str, path: &str, body: &str) -> String {
    request_with(address, method, path, body, "")
}

/// The same with further lines of the head.
fn request_with(address: &str, method: &str, path: &str, body: &str, head: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("the server listens");
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\nX-Tarikh: 1\r\nConnection: close\r\n{head}\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).expect("it is sent");
    stream.write_all(body.as_bytes()).expect("it is sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("it is answered");
    answer
}
