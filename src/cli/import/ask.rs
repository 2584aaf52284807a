//! The open questions, asked in the terminal; what is not answered stays open in the document.

use super::super::Context;
use super::keep::Keeper;
use crate::import::answer::{Answer, OpenQuestion, answer, open_questions};
use crate::output;
use std::fs;
use std::io::{BufRead, IsTerminal, Write};
use std::path::Path;

/// Whether to go on asking.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Go {
    On,
    Home,
}

/// Asks the questions of each document, where somebody sits at the terminal.
pub(super) fn ask(documents: &[String], keeper: &Keeper, context: &Context) -> anyhow::Result<()> {
    let (input, errors) = (std::io::stdin(), std::io::stderr());
    if !input.is_terminal() || !errors.is_terminal() {
        return Ok(());
    }
    converse(documents, keeper, context, &mut input.lock(), &mut errors.lock())
}

fn converse(
    documents: &[String],
    keeper: &Keeper,
    context: &Context,
    input: &mut impl BufRead,
    shown: &mut impl Write,
) -> anyhow::Result<()> {
    let mut introduced = false;
    for document in documents {
        let path = keeper.root.join(document);
        let (mut at, mut named) = (0, false);
        loop {
            let text = fs::read_to_string(&path)?;
            let open = open_questions(&text);
            let Some(question) = open.get(at) else { break };
            if !introduced {
                writeln!(
                    shown,
                    "\nSvara på en rad; ; skiljer flera. Tomt lämnar frågan öppen, - tar bort den, q slutar."
                )?;
                introduced = true;
            }
            if !named {
                writeln!(shown, "\n{document}")?;
                named = true;
            }
            match one(question, at, &text, &path, keeper, input, shown)? {
                (Go::Home, _) => return Ok(()),
                (Go::On, Answered::No) => at += 1,
                (Go::On, Answered::Yes) => {}
            }
        }
    }
    context.terminal.note("");
    Ok(())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Answered {
    Yes,
    No,
}

/// Asks until the answer can be one.
fn one(
    question: &OpenQuestion,
    at: usize,
    text: &str,
    path: &Path,
    keeper: &Keeper,
    input: &mut impl BufRead,
    shown: &mut impl Write,
) -> anyhow::Result<(Go, Answered)> {
    writeln!(shown, "  {}", question.question)?;
    for line in &question.lines {
        writeln!(shown, "    se rad {line} i originalet")?;
    }
    loop {
        write!(
            shown,
            "  {} [{}]: ",
            question.about.word(),
            question.about.form().unwrap_or("rätta i texten; - när det är gjort")
        )?;
        shown.flush()?;
        let mut said = String::new();
        if input.read_line(&mut said)? == 0 {
            return Ok((Go::Home, Answered::No));
        }
        let answered = match said.trim() {
            "" => return Ok((Go::On, Answered::No)),
            "q" => return Ok((Go::Home, Answered::No)),
            "-" => answer(text, at, Answer::Settled, keeper.registers),
            said => answer(text, at, Answer::Is(said), keeper.registers),
        };
        match answered {
            Ok(text) => {
                output::replace(path, text.as_bytes())?;
                return Ok((Go::On, Answered::Yes));
            }
            Err(why) => writeln!(shown, "    {why}")?,
        }
    }
}
