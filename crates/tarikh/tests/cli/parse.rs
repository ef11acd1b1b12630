//! `tarikh parse`: what it prints is CoNLL-U, or a drawing of the tree.

use tarikh_syntax::{Tok, conllu};

use crate::support::{Folder, REPORT};

#[test]
fn the_output_is_read_again() {
    let folder = Folder::new();
    folder.put("report.txt", REPORT.repeat(2));
    let ran = folder.run(&["parse", "report.txt"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    let file = conllu::read(&ran.stdout).expect("what is printed is CoNLL-U");
    assert_eq!(file.doc.sentences().len(), 2);
    for sentence in file.doc.sentences() {
        let roots = sentence
            .tokens
            .iter()
            .filter(|&t| file.doc.head(t).is_none());
        assert_eq!(
            roots.count(),
            1,
            "each sentence is one tree:\n{}",
            ran.stdout
        );
    }
    assert_eq!(file.doc.word(Tok(0)), "Gunmen");
    let text = format!("# text = {}\n", REPORT.trim_end());
    assert!(ran.stdout.contains(&text), "{}", ran.stdout);
}

#[test]
fn standard_input_is_drawn_as_a_tree() {
    let folder = Folder::new();
    let ran = folder.run_on(&["parse", "--tree", "-"], b"Gunmen killed nine farmers.");
    let expected = "Gunmen killed nine farmers.\n\
        killed VERB kill root\n\
        ├─ Gunmen NOUN gunman nsubj\n\
        ├─ farmers NOUN farmer obj\n\
        │  └─ nine NUM nine nummod\n\
        └─ . PUNCT . punct\n\n";
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), expected));
}

#[test]
fn a_word_alone_a_table_and_other_scripts_are_parsed_too() {
    let folder = Folder::new();
    for input in [
        "Corva",
        "| Corva |\t9\t|\n\n| Elsk |\t14\t|",
        "قتل تسعة مزارعين في كورفا",
    ] {
        let ran = folder.run_on(&["parse", "--tree", "-"], input.as_bytes());
        assert_eq!(ran.code, Some(0), "{input:?}: {}", ran.stderr);
        let ran = folder.run_on(&["parse", "-"], input.as_bytes());
        assert!(
            conllu::read(&ran.stdout).is_ok(),
            "{input:?}: {}",
            ran.stdout
        );
    }
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let folder = Folder::new();
    let ran = folder.run(&["parse", "missing.txt"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("missing.txt"), "{}", ran.stderr);
}
