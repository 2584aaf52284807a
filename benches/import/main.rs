//! How long an import takes: minutes as text and as PDF, from their bytes to what was understood of them.
//!
//! The sources are made here, forty lines a page with the header, the footer and the hyphens that pages have. The bars are
//! 300 pages a second on text, and 100 pages of PDF in 3 s. `pdf` is by `pdftotext`, where it is installed; `built_in` is what
//! the reader of samverk's own takes to find the lines, in this process.

use divan::{Bencher, black_box, counter::ItemsCount};
use samverk::import::read::pdf::answer;
use samverk::import::{Refusal, Vocabulary, draft, read};
use samverk::model::Registers;

mod pdf;

const PAGES: [usize; 4] = [8, 100, 300, 500];
const LINES_A_PAGE: usize = 40;

fn main() {
    divan::main();
}

#[divan::bench(args = PAGES)]
fn text(bencher: Bencher<'_, '_>, pages: usize) {
    measure(bencher, "protokoll.txt", minutes(pages).join("\u{c}").as_bytes(), pages);
}

/// The same without å, ä and ö: every word is compared with the word list.
#[divan::bench(args = PAGES)]
fn scanned(bencher: Bencher<'_, '_>, pages: usize) {
    let text = minutes(pages).join("\u{c}");
    let bare: String = text.chars().map(|c| if matches!(c, 'å' | 'ä') { 'a' } else { c }).collect();
    measure(bencher, "protokoll.txt", bare.replace('ö', "o").as_bytes(), pages);
}

#[divan::bench(args = [8, 100, 500], sample_count = 10)]
fn pdf(bencher: Bencher<'_, '_>, pages: usize) {
    let bytes = pdf::pdf(&minutes(pages));
    if matches!(read("a.pdf", &bytes), Err(Refusal::ProgramMissing { .. })) {
        return eprintln!("SKIPPED: pdftotext is not installed");
    }
    measure(bencher, "protokoll.pdf", &bytes, pages);
}

#[divan::bench(args = [8, 100, 500], sample_count = 10)]
fn built_in(bencher: Bencher<'_, '_>, pages: usize) {
    let bytes = pdf::pdf(&minutes(pages));
    bencher.counter(ItemsCount::new(pages)).bench_local(|| {
        let text = answer(black_box(bytes.clone()));
        assert_eq!(text.matches('\u{c}').count(), pages);
    });
}

fn measure(bencher: Bencher<'_, '_>, name: &str, bytes: &[u8], pages: usize) {
    let (registers, vocabulary) = (Registers::default(), Vocabulary::default());
    bencher.counter(ItemsCount::new(pages)).bench_local(|| {
        let draft = draft(name, black_box(bytes), &registers, &vocabulary).expect("a sound document");
        assert!(draft.decisions.len() * 2 > pages, "{} decisions on {pages} pages", draft.decisions.len());
    });
}

/// The pages of a protokoll: an item of a page or so, with all that an item may have.
fn minutes(pages: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for item in 1.. {
        lines.extend(self::item(item));
        if lines.len() > pages * LINES_A_PAGE {
            break;
        }
    }
    let body = |at: usize| lines[at * LINES_A_PAGE..(at + 1) * LINES_A_PAGE].join("\n");
    (0..pages)
        .map(|at| {
            let cover = if at == 0 { COVER } else { "" };
            format!(
                "{HEADER}{:>10} ({pages})\n\n{cover}{}\n\nJusterandes sign            Utdragsbestyrkande\n",
                at + 1,
                body(at)
            )
        })
        .collect()
}

fn item(at: usize) -> Vec<String> {
    let subject = SUBJECTS[at % SUBJECTS.len()];
    let text = format!(
        "§ {at} {subject}\nDnr SN 2026/{:04}\n\nBeslut\nSocialnämnden beslutar\natt godkänna {} om {}, samt\n\
         att ge förvaltningen i uppdrag att senast den {} oktober 2026 redovisa kostnaden på\n{} 000 kr.\n\n\
         Ärendebeskrivning\n{}\nKommunstyrelsen beslutade den {} mars 2026 att begära in yttrande.\n\n\
         Förslag under sammanträdet\nMia Strand (M) yrkar att ärendet återremitteras.\n\nBeslutsgång\n\
         Ordföranden frågar om ärendet ska avgöras idag och finner att så sker.\n\nBeslutsunderlag\n\
         • Tjänsteskrivelse 2026-02-{:02}\n• Rapport om {}\n\nProtokollsutdrag till\nKommunstyrelsen\nRevisorerna\n",
        at % 9000,
        SUBJECTS[at * 3 % SUBJECTS.len()].to_lowercase(),
        SUBJECTS[at * 7 % SUBJECTS.len()].to_lowercase(),
        at % 28 + 1,
        at * 37 % 900 + 1,
        SENTENCES[at % SENTENCES.len()..].join("\n"),
        at % 28 + 1,
        at % 28 + 1,
        subject.to_lowercase(),
    );
    text.lines().map(str::to_owned).collect()
}

const HEADER: &str = "Norrviks kommun                    Sammanträdesprotokoll";
const COVER: &str = "Socialnämnden\nSammanträdesdatum\n2026-03-17\n\nPlats och tid         Kommunhuset, kl. 13.00–15.40\n\
    Beslutande            Lena Grahn (S), ordförande\n                      Ola Vik (C)\n\n";
const SUBJECTS: [&str; 8] = [
    "Delårsrapport",
    "Riktlinjer för hemtjänst",
    "Handlingsplan för psykisk hälsa",
    "Avtal om färdtjänst",
    "Överenskommelse om samverkan",
    "Uppföljning av äldreomsorgen",
    "Svar på medborgarförslag",
    "Ändrad delegationsordning",
];
const SENTENCES: [&str; 6] = [
    "Förvaltningen har tagit fram en rapport för januari till februari. Prognosen visar ett under-",
    "skott som följer av ökade volymer inom hälso- och sjukvården samt av att fler har fått insatser.",
    "Parterna är överens om att fortsätta arbetet i länet och att återkomma till nätverket i höst.",
    "Arbetet har bedrivits i tre delar: en kartläggning, en analys och ett förslag till åtgärder.",
    "Ungdomars delaktighet har beaktats särskilt, liksom de anhörigas möjlighet att lämna synpunkter.",
    "Enligt 3 kap. 5 § socialtjänstlagen ska insatserna vara av god kvalitet för den enskilde.",
];
