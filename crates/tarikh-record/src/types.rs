//! ACLED's event types and UCDP's types of violence.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// ACLED event type.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[expect(missing_docs, reason = "the names are ACLED's")]
pub enum EventType {
    Battles,
    Protests,
    Riots,
    #[serde(rename = "Explosions/Remote violence")]
    ExplosionsRemoteViolence,
    #[serde(rename = "Violence against civilians")]
    ViolenceAgainstCivilians,
    #[serde(rename = "Strategic developments")]
    StrategicDevelopments,
}

impl EventType {
    /// The name as ACLED spells it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Battles => "Battles",
            Self::Protests => "Protests",
            Self::Riots => "Riots",
            Self::ExplosionsRemoteViolence => "Explosions/Remote violence",
            Self::ViolenceAgainstCivilians => "Violence against civilians",
            Self::StrategicDevelopments => "Strategic developments",
        }
    }
}

macro_rules! sub_event_types {
    ($($variant:ident = $text:literal in $event:ident),+ $(,)?) => {
        /// ACLED sub-event type.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
        #[expect(missing_docs, reason = "the names are ACLED's")]
        pub enum SubEventType { $(#[serde(rename = $text)] $variant),+ }

        impl SubEventType {
            /// All 25, grouped by event type.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name as ACLED spells it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// The event type that it belongs to.
            #[must_use]
            pub const fn event_type(self) -> EventType {
                match self { $(Self::$variant => EventType::$event),+ }
            }
        }
    };
}

sub_event_types! {
    GovernmentRegainsTerritory = "Government regains territory" in Battles,
    NonStateActorOvertakesTerritory = "Non-state actor overtakes territory" in Battles,
    ArmedClash = "Armed clash" in Battles,
    ExcessiveForce = "Excessive force against protesters" in Protests,
    ProtestWithIntervention = "Protest with intervention" in Protests,
    PeacefulProtest = "Peaceful protest" in Protests,
    ViolentDemonstration = "Violent demonstration" in Riots,
    MobViolence = "Mob violence" in Riots,
    ChemicalWeapon = "Chemical weapon" in ExplosionsRemoteViolence,
    AirDroneStrike = "Air/drone strike" in ExplosionsRemoteViolence,
    SuicideBomb = "Suicide bomb" in ExplosionsRemoteViolence,
    Shelling = "Shelling/artillery/missile attack" in ExplosionsRemoteViolence,
    RemoteExplosive = "Remote explosive/landmine/IED" in ExplosionsRemoteViolence,
    Grenade = "Grenade" in ExplosionsRemoteViolence,
    SexualViolence = "Sexual violence" in ViolenceAgainstCivilians,
    Attack = "Attack" in ViolenceAgainstCivilians,
    Abduction = "Abduction/forced disappearance" in ViolenceAgainstCivilians,
    Agreement = "Agreement" in StrategicDevelopments,
    Arrests = "Arrests" in StrategicDevelopments,
    ChangeToGroup = "Change to group/activity" in StrategicDevelopments,
    DisruptedWeaponsUse = "Disrupted weapons use" in StrategicDevelopments,
    BaseEstablished = "Headquarters or base established" in StrategicDevelopments,
    Looting = "Looting/property destruction" in StrategicDevelopments,
    NonViolentTransfer = "Non-violent transfer of territory" in StrategicDevelopments,
    Other = "Other" in StrategicDevelopments,
}

impl fmt::Display for SubEventType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Display for EventType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// UCDP type of violence: 1 state-based, 2 non-state, 3 one-sided. Written as the number.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(try_from = "u8", into = "u8")]
#[schemars(with = "u8")]
pub enum UcdpType {
    /// A government is one side.
    StateBased,
    /// Two organised groups, neither a government.
    NonState,
    /// A government or group kills civilians.
    OneSided,
}

impl From<UcdpType> for u8 {
    fn from(t: UcdpType) -> Self {
        match t {
            UcdpType::StateBased => 1,
            UcdpType::NonState => 2,
            UcdpType::OneSided => 3,
        }
    }
}

impl TryFrom<u8> for UcdpType {
    type Error = String;

    fn try_from(n: u8) -> Result<Self, String> {
        match n {
            1 => Ok(Self::StateBased),
            2 => Ok(Self::NonState),
            3 => Ok(Self::OneSided),
            _ => Err(format!("type of violence is 1, 2 or 3, found {n}")),
        }
    }
}
