//! What the model is asked of a stretch of words. The terms are those of the fourth Message
//! Understanding Conference (1992), whose task description defines each.

/// What a party is to an incident.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Role {
    /// A person or a band of persons who did it.
    PerpetratorIndividual,
    /// A named body that did it.
    PerpetratorOrganisation,
    /// A thing that was attacked.
    PhysicalTarget,
    /// The name of a person who was harmed or aimed at.
    VictimName,
    /// What it was done with.
    Weapon,
    /// A description of persons harmed or aimed at.
    VictimDescription,
}

impl Role {
    /// All roles, in the order of the model's first questions.
    pub const ALL: [Self; 6] = [
        Self::PerpetratorIndividual,
        Self::PerpetratorOrganisation,
        Self::PhysicalTarget,
        Self::VictimName,
        Self::Weapon,
        Self::VictimDescription,
    ];

    /// The slot of the conference's template that holds it.
    #[must_use]
    pub const fn slot(self) -> &'static str {
        match self {
            Self::PerpetratorIndividual => "perp_individual",
            Self::PerpetratorOrganisation => "perp_organization",
            Self::PhysicalTarget => "phys_id",
            Self::VictimName => "hum_name",
            Self::Weapon => "instrument_id",
            Self::VictimDescription => "hum_description",
        }
    }
}

/// Kinds of incident, in the order of the model's questions after the roles.
pub const ACTS: [&str; 5] = ["ATTACK", "BOMBING", "KIDNAPPING", "ARSON", "ROBBERY"];

/// Questions of the first look: every role, then every act.
pub const QUESTIONS: usize = Role::ALL.len() + ACTS.len();

/// Questions about the whole report: whether it tells of an incident, then every act.
pub const REPORT_QUESTIONS: usize = 1 + ACTS.len();

/// Values that slots of the template can take, in the order of the questions of the model of
/// values. A slot is asked of the parties that it tells something of.
pub const VALUES: [(&str, &[&str]); 8] = [
    (
        "hum_type",
        &[
            "CIVILIAN",
            "POLITICAL FIGURE",
            "GOVERNMENT OFFICIAL",
            "LAW ENFORCEMENT",
            "LEGAL OR JUDICIAL",
            "ACTIVE MILITARY",
            "SECURITY GUARD",
            "FORMER GOVERNMENT OFFICIAL",
            "DIPLOMAT",
            "FORMER ACTIVE MILITARY",
        ],
    ),
    (
        "hum_effect",
        &[
            "DEATH",
            "INJURY",
            "NO INJURY OR DEATH",
            "NO INJURY",
            "REGAINED FREEDOM",
        ],
    ),
    (
        "phys_type",
        &[
            "COMMERCIAL",
            "OTHER",
            "TRANSPORT VEHICLE",
            "ENERGY",
            "GOVERNMENT OFFICE OR RESIDENCE",
            "ORGANIZATION OFFICE",
            "COMMUNICATIONS",
            "FINANCIAL",
            "CIVILIAN RESIDENCE",
            "DIPLOMAT OFFICE OR RESIDENCE",
            "TRANSPORTATION ROUTE",
            "POLITICAL FIGURE OFFICE OR RESIDENCE",
            "LAW ENFORCEMENT FACILITY",
        ],
    ),
    ("phys_effect", &["SOME DAMAGE", "DESTROYED", "NO DAMAGE"]),
    (
        "instrument_type",
        &[
            "BOMB",
            "GUN",
            "DYNAMITE",
            "EXPLOSIVE",
            "MACHINE GUN",
            "VEHICLE BOMB",
            "MORTAR",
            "RIFLE",
            "GRENADE",
            "AERIAL BOMB",
            "TORTURE",
            "ROCKET",
        ],
    ),
    (
        "perp_org_confidence",
        &[
            "REPORTED AS FACT",
            "SUSPECTED OR ACCUSED",
            "SUSPECTED OR ACCUSED BY AUTHORITIES",
            "CLAIMED OR ADMITTED",
            "POSSIBLE",
        ],
    ),
    (
        "perp_category",
        &["TERRORIST ACT", "STATE-SPONSORED VIOLENCE"],
    ),
    (
        "incident_stage",
        &["ACCOMPLISHED", "THREATENED", "ATTEMPTED"],
    ),
];

/// Number of questions of the model of values.
#[must_use]
pub fn value_questions() -> usize {
    VALUES.iter().map(|(_, values)| values.len()).sum()
}
