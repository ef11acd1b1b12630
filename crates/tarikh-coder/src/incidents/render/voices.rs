//! The sources of an incident as the record names them.

use tarikh_record::Source;
use tarikh_syntax::TokRange;

use super::Parts;
use super::notes::Notes;

pub(super) fn voices(p: &Parts<'_, '_>, notes: &mut Notes<'_, '_>) -> Vec<Source> {
    let r = p.reading;
    let words = |tokens: TokRange| r.report.quote(r.doc.range_span(tokens)).to_owned();
    p.voices
        .iter()
        .enumerate()
        .map(|(i, vouch)| {
            let voice = &r.voices[vouch.voice];
            let path = format!("sources[{i}]");
            notes.tokens(&path, voice.name, "source:speech");
            for &name in voice.also.iter().filter(|t| !t.is_empty()) {
                notes.tokens(&path, name, "source:second-name");
            }
            Source {
                name: words(voice.name),
                also: voice
                    .also
                    .iter()
                    .filter(|t| !t.is_empty())
                    .copied()
                    .chain(vouch.also.iter().map(|&v| r.voices[v].name))
                    .map(words)
                    .collect(),
                kind: voice.kind,
                claim: vouch.claim,
                anonymous: voice.anonymous,
                via: voice.via.filter(|t| !t.is_empty()).map(words),
            }
        })
        .collect()
}
