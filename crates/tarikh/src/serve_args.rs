//! The arguments of the desk's server, its users, and of decisions from the command line.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};
use tarikh_server::accounts::Role;

use crate::args::KnowledgeArgs;
use crate::desk_args::DbArgs;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    tarikh serve --db incidents.db\n  \
    tarikh serve --db incidents.db --listen 0.0.0.0:7878 --behind-https\n\n\
    The database is made if it is missing. Without users the desk answers on this machine alone, and\n\
    whoever sits here may do all. Another address needs users: tarikh user add NAME --role admin.\n\
    The server itself speaks plain HTTP; put it behind a proxy that speaks HTTPS.\n\n\
    Ends on Ctrl-C, after what is being answered.")]
pub(crate) struct ServeArgs {
    /// The database: one SQLite file
    #[arg(long, value_name = "FILE", default_value = "incidents.db")]
    pub(crate) db: PathBuf,
    /// Address and port
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:7878")]
    pub(crate) listen: SocketAddr,
    /// Browsers reach the desk through HTTPS: cookies are kept to that
    #[arg(long)]
    pub(crate) behind_https: bool,
    #[command(flatten)]
    pub(crate) knowledge: KnowledgeArgs,
}

#[derive(Debug, clap::Args)]
pub(crate) struct UserArgs {
    #[command(subcommand)]
    pub(crate) command: UserCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum UserCommand {
    /// Adds a user; the password is asked for, or read from standard input
    #[command(after_help = "Examples:\n  \
        tarikh user add ada --role admin --db incidents.db\n  \
        tarikh user add ben --role coder --blind --db incidents.db < password.txt\n\n\
        The first user must be an admin. From then on nobody uses the desk without signing in.")]
    Add {
        /// 1 to 64 letters, digits or . _ - @
        #[arg(value_name = "NAME")]
        name: String,
        #[command(flatten)]
        role: RoleArgs,
        #[command(flatten)]
        db: DbArgs,
    },
    /// Lists users
    List {
        #[command(flatten)]
        db: DbArgs,
    },
    /// Gives a user another role
    Role {
        /// Name of the user
        #[arg(value_name = "NAME")]
        name: String,
        #[command(flatten)]
        role: RoleArgs,
        #[command(flatten)]
        db: DbArgs,
    },
    /// Sets a user's password, which is asked for or read from standard input; sessions and tokens end
    Password {
        /// Name of the user
        #[arg(value_name = "NAME")]
        name: String,
        #[command(flatten)]
        db: DbArgs,
    },
    /// Removes a user; his decisions stay
    Remove {
        /// Name of the user
        #[arg(value_name = "NAME")]
        name: String,
        #[command(flatten)]
        db: DbArgs,
    },
}

/// What a user may do.
#[derive(Debug, clap::Args)]
pub(crate) struct RoleArgs {
    /// What he may do
    #[arg(long, value_enum)]
    pub(crate) role: RoleArg,
    /// He codes blind: sees no decision of others before his own
    #[arg(long)]
    pub(crate) blind: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum RoleArg {
    /// Reads and exports
    Viewer,
    /// Adds reports and decides
    Coder,
    /// Also keeps users
    Admin,
}

impl From<RoleArg> for Role {
    fn from(role: RoleArg) -> Self {
        match role {
            RoleArg::Viewer => Self::Viewer,
            RoleArg::Coder => Self::Coder,
            RoleArg::Admin => Self::Admin,
        }
    }
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    tarikh decide accept inc-4f0c9e1b2a3d4c5e --who ada --db incidents.db\n  \
    tarikh decide change 4f0c killed.best 12 --who ada --why 'hospital list' --db incidents.db\n  \
    tarikh decide split 4f0c r-77aa01c2d3e4f506 --who ada --db incidents.db\n  \
    tarikh decide undo 17 --who ada --db incidents.db\n\n\
    The same decisions as in the browser. They are kept whatever reports or versions come later.")]
pub(crate) struct DecideArgs {
    #[command(subcommand)]
    pub(crate) decision: DecisionArg,
}

/// Who decides, and where.
#[derive(Debug, clap::Args)]
pub(crate) struct ByArgs {
    #[command(flatten)]
    pub(crate) db: DbArgs,
    /// Who decides
    #[arg(long, value_name = "NAME")]
    pub(crate) who: String,
    /// Why
    #[arg(long, value_name = "WORDS")]
    pub(crate) why: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum DecisionArg {
    /// Accepts an incident as it stands
    Accept {
        /// Id of an incident, or the first digits of it
        incident: String,
        #[command(flatten)]
        by: ByArgs,
    },
    /// Sets a value
    Change {
        /// Id of an incident
        incident: String,
        /// Path of a field of the record, as killed.best
        field: String,
        /// The value, as JSON or plain words; null for unknown
        #[arg(allow_negative_numbers = true)]
        value: String,
        #[command(flatten)]
        by: ByArgs,
    },
    /// Notes your own value without effect on the incident
    Judge {
        /// Id of an incident
        incident: String,
        /// Path of a field of the record
        field: String,
        /// The value, as JSON or plain words; null for unknown
        #[arg(allow_negative_numbers = true)]
        value: String,
        #[command(flatten)]
        by: ByArgs,
    },
    /// Makes the accounts of some reports an incident of their own
    Split {
        /// Id of an incident
        incident: String,
        /// Keys of reports (r-...) or of mentions (m-...)
        #[arg(required = true)]
        accounts: Vec<String>,
        #[command(flatten)]
        by: ByArgs,
    },
    /// Joins two incidents
    Merge {
        /// Id of an incident
        incident: String,
        /// Id of the other
        other: String,
        #[command(flatten)]
        by: ByArgs,
    },
    /// Says of two incidents that they are not the same
    KeepApart {
        /// Id of an incident
        incident: String,
        /// Id of the other
        other: String,
        #[command(flatten)]
        by: ByArgs,
    },
    /// Says that an incident is told as background only
    Background {
        /// Id of an incident
        incident: String,
        /// Says that it is not
        #[arg(long)]
        not: bool,
        #[command(flatten)]
        by: ByArgs,
    },
    /// Says that it is no incident
    Reject {
        /// Id of an incident
        incident: String,
        #[command(flatten)]
        by: ByArgs,
    },
    /// Takes back a decision
    Undo {
        /// Its number
        decision: i64,
        #[command(flatten)]
        by: ByArgs,
    },
}

impl DecisionArg {
    pub(crate) const fn by(&self) -> &ByArgs {
        match self {
            Self::Accept { by, .. }
            | Self::Change { by, .. }
            | Self::Judge { by, .. }
            | Self::Split { by, .. }
            | Self::Merge { by, .. }
            | Self::KeepApart { by, .. }
            | Self::Background { by, .. }
            | Self::Reject { by, .. }
            | Self::Undo { by, .. } => by,
        }
    }
}
