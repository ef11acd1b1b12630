//! Label sets of Universal Dependencies v2 for English.

use std::fmt;

macro_rules! labels {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident => $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[repr(u8)]
        #[expect(missing_docs, reason = "the labels are those of Universal Dependencies")]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// All labels, in the order of their discriminants.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The label as Universal Dependencies writes it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }

            /// Reads a label; `None` if the set does not have it.
            #[must_use]
            pub fn parse(s: &str) -> Option<Self> {
                match s { $($text => Some($name::$variant),)+ _ => None }
            }
        }
    };
}

labels! {
    /// Universal part-of-speech tags.
    Upos {
        Adj => "ADJ", Adp => "ADP", Adv => "ADV", Aux => "AUX", Cconj => "CCONJ", Det => "DET",
        Intj => "INTJ", Noun => "NOUN", Num => "NUM", Part => "PART", Pron => "PRON",
        Propn => "PROPN", Punct => "PUNCT", Sconj => "SCONJ", Sym => "SYM", Verb => "VERB", X => "X",
    }
}

labels! {
    /// Dependency relations with the subtypes of the English treebanks.
    Deprel {
        Acl => "acl", AclRelcl => "acl:relcl", Advcl => "advcl", AdvclRelcl => "advcl:relcl",
        Advmod => "advmod", Amod => "amod", Appos => "appos", Aux => "aux", AuxPass => "aux:pass",
        Case => "case", Cc => "cc", CcPreconj => "cc:preconj", Ccomp => "ccomp",
        Compound => "compound", CompoundPrt => "compound:prt", Conj => "conj", Cop => "cop",
        Csubj => "csubj", CsubjOuter => "csubj:outer", CsubjPass => "csubj:pass", Dep => "dep",
        Det => "det", DetPredet => "det:predet", Discourse => "discourse",
        Dislocated => "dislocated", Expl => "expl", Fixed => "fixed", Flat => "flat",
        Goeswith => "goeswith", Iobj => "iobj", List => "list", Mark => "mark", Nmod => "nmod",
        NmodDesc => "nmod:desc", NmodPoss => "nmod:poss", NmodUnmarked => "nmod:unmarked",
        Nsubj => "nsubj", NsubjOuter => "nsubj:outer", NsubjPass => "nsubj:pass",
        Nummod => "nummod", Obj => "obj", Obl => "obl", OblAgent => "obl:agent",
        OblUnmarked => "obl:unmarked", Orphan => "orphan", Parataxis => "parataxis",
        Punct => "punct", Reparandum => "reparandum", Root => "root", Vocative => "vocative",
        Xcomp => "xcomp",
    }
}

/// Penn Treebank tags as the English treebanks use them; `"_"` first, for no tag.
pub const XPOS: &[&str] = &[
    "_", "$", "''", ",", "-LRB-", "-RRB-", ".", ":", "ADD", "AFX", "CC", "CD", "DT", "EX", "FW",
    "GW", "HYPH", "IN", "JJ", "JJR", "JJS", "LS", "MD", "NFP", "NN", "NNP", "NNPS", "NNS", "PDT",
    "POS", "PRP", "PRP$", "RB", "RBR", "RBS", "RP", "SYM", "TO", "UH", "VB", "VBD", "VBG", "VBN",
    "VBP", "VBZ", "WDT", "WP", "WP$", "WRB", "XX", "``",
];

macro_rules! features {
    ($($text:literal $name:ident),+ $(,)?) => {
        /// Bits of the features, in the order of Universal Dependencies.
        #[repr(u8)]
        enum Bit { $($name),+ }

        impl Feats {
            /// The features as Universal Dependencies writes them, with their bits, in its order.
            const NAMES: &'static [(&'static str, Self)] =
                &[$(($text, Self(1 << Bit::$name as u64))),+];
        }
    };
}

/// Morphological features, as a bit set.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Feats(pub u64);

features! {
    "Abbr=Yes" Abbr, "Case=Acc" CaseAcc, "Case=Gen" CaseGen, "Case=Nom" CaseNom,
    "Definite=Def" DefiniteDef, "Definite=Ind" DefiniteInd, "Degree=Cmp" DegreeCmp,
    "Degree=Pos" DegreePos, "Degree=Sup" DegreeSup, "ExtPos=ADP" ExtPosAdp,
    "ExtPos=ADV" ExtPosAdv, "ExtPos=CCONJ" ExtPosCconj, "ExtPos=PRON" ExtPosPron,
    "ExtPos=PROPN" ExtPosPropn, "ExtPos=SCONJ" ExtPosSconj, "Foreign=Yes" Foreign,
    "Gender=Fem" GenderFem, "Gender=Masc" GenderMasc, "Gender=Neut" GenderNeut,
    "Mood=Imp" MoodImp, "Mood=Ind" MoodInd, "Mood=Sub" MoodSub, "NumForm=Combi" NumFormCombi,
    "NumForm=Digit" NumFormDigit, "NumForm=Roman" NumFormRoman, "NumForm=Word" NumFormWord,
    "NumType=Card" NumTypeCard, "NumType=Frac" NumTypeFrac, "NumType=Mult" NumTypeMult,
    "NumType=Ord" NumTypeOrd, "Number=Plur" NumberPlur, "Number=Ptan" NumberPtan,
    "Number=Sing" NumberSing, "Person=1" Person1, "Person=2" Person2, "Person=3" Person3,
    "Polarity=Neg" PolarityNeg, "Polarity=Pos" PolarityPos, "Poss=Yes" Poss,
    "PronType=Art" PronTypeArt, "PronType=Dem" PronTypeDem, "PronType=Emp" PronTypeEmp,
    "PronType=Ind" PronTypeInd, "PronType=Int" PronTypeInt, "PronType=Neg" PronTypeNeg,
    "PronType=Prs" PronTypePrs, "PronType=Rcp" PronTypeRcp, "PronType=Rel" PronTypeRel,
    "PronType=Tot" PronTypeTot, "Reflex=Yes" Reflex, "Style=Arch" StyleArch,
    "Style=Coll" StyleColl, "Style=Expr" StyleExpr, "Style=Slng" StyleSlng,
    "Style=Vrnc" StyleVrnc, "Tense=Past" TensePast, "Tense=Pres" TensePres, "Typo=Yes" Typo,
    "VerbForm=Fin" VerbFormFin, "VerbForm=Ger" VerbFormGer, "VerbForm=Inf" VerbFormInf,
    "VerbForm=Part" VerbFormPart, "Voice=Pass" VoicePass,
}

impl Feats {
    /// `Number=Sing`
    pub const SINGULAR: Self = Self(1 << Bit::NumberSing as u64);
    /// `Number=Plur`
    pub const PLURAL: Self = Self(1 << Bit::NumberPlur as u64);
    /// `Tense=Past` (finite or participle)
    pub const PAST: Self = Self(1 << Bit::TensePast as u64);
    /// `Tense=Pres`
    pub const PRESENT: Self = Self(1 << Bit::TensePres as u64);
    /// `VerbForm=Fin`
    pub const FINITE: Self = Self(1 << Bit::VerbFormFin as u64);
    /// `VerbForm=Inf`
    pub const INFINITIVE: Self = Self(1 << Bit::VerbFormInf as u64);
    /// `VerbForm=Part`
    pub const PARTICIPLE: Self = Self(1 << Bit::VerbFormPart as u64);
    /// `VerbForm=Ger`
    pub const GERUND: Self = Self(1 << Bit::VerbFormGer as u64);
    /// `Voice=Pass`
    pub const PASSIVE: Self = Self(1 << Bit::VoicePass as u64);
    /// `Person=1`
    pub const FIRST: Self = Self(1 << Bit::Person1 as u64);
    /// `Person=2`
    pub const SECOND: Self = Self(1 << Bit::Person2 as u64);
    /// `Person=3`
    pub const THIRD: Self = Self(1 << Bit::Person3 as u64);
    /// `Mood=Imp`
    pub const IMPERATIVE: Self = Self(1 << Bit::MoodImp as u64);
    /// `Case=Nom`
    pub const NOMINATIVE: Self = Self(1 << Bit::CaseNom as u64);
    /// `Case=Acc`
    pub const ACCUSATIVE: Self = Self(1 << Bit::CaseAcc as u64);
    /// The person and number of a finite verb, which English shows on the subject alone.
    pub const AGREEMENT: Self = Self::SINGULAR
        .with(Self::PLURAL)
        .with(Self::FIRST)
        .with(Self::SECOND)
        .with(Self::THIRD);
    /// What the tagger tells of a word in its sentence; the others follow from the word and tag.
    pub const TAGGED: Self = Self::AGREEMENT
        .with(Self::PAST)
        .with(Self::PRESENT)
        .with(Self::FINITE)
        .with(Self::INFINITIVE)
        .with(Self::PARTICIPLE)
        .with(Self::GERUND)
        .with(Self::PASSIVE)
        .with(Self::IMPERATIVE);

    /// Whether every feature of `other` is set.
    #[must_use]
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// The union.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The features that `other` has too.
    #[must_use]
    pub const fn only(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Reads a FEATS column; features that are not in the set are passed over.
    #[must_use]
    pub fn parse(column: &str) -> Self {
        let known = |f: &str| Self::NAMES.iter().find(|(name, _)| *name == f).map(|n| n.1);
        column
            .split('|')
            .filter_map(known)
            .fold(Self::default(), Self::with)
    }

    /// Without the features of `other`.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }
}

impl fmt::Display for Feats {
    /// As in a FEATS column: `Number=Plur|Person=3`, `_` if there are none.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        for (name, bit) in Self::NAMES {
            if self.has(*bit) {
                write!(f, "{separator}{name}")?;
                separator = "|";
            }
        }
        f.write_str(if separator.is_empty() { "_" } else { "" })
    }
}
