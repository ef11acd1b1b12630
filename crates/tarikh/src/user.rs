//! `tarikh user`: who may use a desk.

use std::io::{BufRead, IsTerminal, Write};
use std::process::{Command, Stdio};

use anyhow::Context;
use tarikh_server::accounts::{self, NewUser};
use tarikh_store::{Access, Store};

use crate::desk_args::DbArgs;
use crate::output::Output;
use crate::serve_args::{UserArgs, UserCommand};
use crate::{Outcome, database, diagnostics};

pub(crate) fn run(args: UserArgs) -> anyhow::Result<Outcome> {
    match args.command {
        UserCommand::Add { name, role, db } => {
            let store = open(&db, Access::create())?;
            let new = NewUser {
                name,
                password: password()?,
                role: role.role.into(),
                blind: role.blind,
            };
            let user = accounts::add_user(&store, &new, database::now())?;
            diagnostics::print(&format!("added {} as {}\n", user.name, user.role));
        }
        UserCommand::List { db } => list(&open(&db, Access::write())?)?,
        UserCommand::Role { name, role, db } => {
            let store = open(&db, Access::write())?;
            let user = accounts::set_role(&store, &name, role.role.into(), role.blind)?;
            diagnostics::print(&format!("{} is {} now\n", user.name, user.role));
        }
        UserCommand::Password { name, db } => {
            let store = open(&db, Access::write())?;
            accounts::set_password(&store, &name, &password()?)?;
            diagnostics::print(&format!(
                "{name} has a new password; sessions and tokens ended\n"
            ));
        }
        UserCommand::Remove { name, db } => {
            accounts::remove_user(&open(&db, Access::write())?, &name)?;
            diagnostics::print(&format!("removed {name}\n"));
        }
    }
    Ok(Outcome::Complete)
}

fn open(db: &DbArgs, access: Access) -> anyhow::Result<Store> {
    let store = database::open(db, access)?;
    accounts::prepare(&store)?;
    Ok(store)
}

fn list(store: &Store) -> anyhow::Result<()> {
    let mut output = Output::open(None)?;
    let mut lines = String::new();
    for user in accounts::list_users(store)? {
        let blind = if user.blind { "  blind" } else { "" };
        lines += &format!("{:<20}  {:<6}{blind}\n", user.name, user.role);
    }
    write!(output, "{lines}").with_context(|| output.error())?;
    output.commit()
}

/// The first line of standard input; on a terminal it is asked for and not shown.
fn password() -> anyhow::Result<String> {
    let input = std::io::stdin();
    let is_asked = input.is_terminal();
    if is_asked {
        diagnostics::print("password: ");
        echo(false);
    }
    let mut line = String::new();
    let read = input.lock().read_line(&mut line);
    if is_asked {
        echo(true);
        diagnostics::print("\n");
    }
    read.context("reading the password")?;
    Ok(line.trim_end_matches(['\n', '\r']).to_owned())
}

/// Where there is no `stty`, the password is seen while it is typed.
fn echo(shown: bool) {
    let mode = if shown { "echo" } else { "-echo" };
    let mut stty = Command::new("stty");
    let _ = stty.arg(mode).stderr(Stdio::null()).status();
}
