//! "X beslutade …": who decides, in which manner, and which clauses stand in the same block. Words only: what they mean
//! depends on where they stand, and `decisions` knows that.

use crate::model::label::{Labelled, labelled};

pattern! {
    /// The verb, wherever it stands: what is before it decides.
    VERB = r"\s(?P<verb>beslutade|beslutar|beslutat|beslöt|(?:fattade|fattar|fattat|tog|tar|tagit)\s+(?:\p{Ll}+\s+){0,2}?beslut(?:et|en)?(?:\s+om)?)(?:$|[\s:,])";
    /// "Nämnden har vid dagens möte" before "beslutat".
    HAS = r"\s+har(?P<before>(?:\s+\p{Ll}+){0,5})$";
    /// Words that say how or why, and leave what follows a decision of this meeting.
    ADVERBS = r"(?i)^(?:[\s,:–]+|(?:enhälligt|enigt|därefter|därmed|därför|därvid|därutöver|således|sålunda|alltså|också|även|dock|dessutom|vidare|slutligen|härmed|härefter|sedan|nu|idag|följande|preliminärt|formellt|gemensamt|återigen|åter|samtidigt|i\s+stället|istället|i\s+dag|i\s+övrigt|i\s+sin\s+tur|i\s+ärendet|i\s+frågan|(?:för|å)\s+(?:egen|sin)\s+del)(?:[\s,:]|$))*";
    MANNER = r"(?i)^(?:enligt|i\s+(?:enlighet|överensstämmelse|anslutning|linje|samråd|samförstånd)|med|efter|utan|genom|på\s+(?:förslag|delegation|rekommendation|uppdrag|initiativ|inrådan|begäran)|under\s+förutsättning|mot\s+bakgrund|utifrån|vid\s+dagens|som\s+(?:svar|följd|en\s+följd|ett)|till\s+följd|avseende|gällande|beträffande|angående|trots|mot)\s";
    /// A day, a season or "redan" tells of a decision that was taken before.
    TELLS = r"(?i)^[\s,]*(?:(?:den\s+)?\d|(?:redan|tidigare|förra|då|senast|ursprungligen)\s|(?:i|under|på|vid|sedan)\s+(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december|våras|somras|höstas|vintras|fjol|går|förra|våren|sommaren|hösten|vintern|planeringsdag\w*|föregående|senaste|\d|sitt\s\w+\s(?:den|i)\s|(?:mötet|sammanträdet)\s+(?:den|i)\s))";
    BEFORE = r"(?i)\b(?:tidigare|redan|förut|hittills|aldrig|inte|ännu)\b";
    /// "Nämnden beslutar godkänna planen": the whole sentence is the decision.
    INFINITIVE = r"(?i)^(?:anse|anta|anteckna|anvisa|avge|avslå|avsluta|avskriva|avsätta|avvakta|bevilja|bifalla|bjuda|bordlägga|delegera|entlediga|fastställa|fördela|föreslå|förlänga|förklara|förordna|ge|genomföra|godkänna|hemställa|inrätta|instämma|lägga|lämna|medge|notera|omfördela|remittera|revidera|rekommendera|skjuta|ställa|säga|teckna|tillsätta|tillstyrka|tilldela|uppdra|upphäva|uppmana|uppta|utdela|utse|välja|återkalla|återremittera|öppna|överlämna)\s";
    ATT = r"(?i)(?:^|[\s:,;])(?P<att>att)(?:[\s:]|$)";
    /// Signs with which people number or mark lines that Markdown does not take for a list.
    MARK = r"^(?P<mark>\p{Ll}\)|\(\p{Ll}\)|[–—•·])\s+";
    NUMBER = r"^\d{1,2}[.)]\s+";
    SENTENCE_END = r"[.!?]\s+\p{Lu}";
    GOES_ON = r"(?i)\w\s+(?:och|eller|så|för|genom|innebär|anser|bedömer|konstaterar|än|utan|därför|trots|om|efter|av|på|till)$";
    /// "Därefter beslutade nämnden att": the verb before who decides.
    TURNED = r"\b(?:beslutade|beslutar|beslöt)\s+(?P<who>\p{L}[\p{L} ,-]*?)\s+att\b";
    PASSIVE = r"^(?:Det\s+)?[Bb]eslut(?:ades|as|ats)\b.*\batt\b";
    /// "Förslag till beslut på sammanträdet", "Styrgruppens förslag till nytt beslut".
    PROPOSAL = r"(?i)\b(?:förslag(?:et|en)?\s+till\s+(?:\p{L}+\s+)?beslut|beslutsförslag|\p{L}*yrkande)";
    /// The same as the beginning of a paragraph.
    PROPOSAL_LINE = r"(?i)^(?:(?:\S+\s){0,3}\S+s\s)?(?:förslag(?:et|en)?\s+till\s+(?:\p{L}+\s+)?beslut|beslutsförslag)";
    /// Stands below "Beslut" in minutes without being decided.
    ASIDE = r"(?i)^(?:beslutet\s+(?:är|var|togs|fattades)\s+enhälligt|(?:paragrafen|ärendet|beslutet|punkten)\s.{0,40}\bjuster|omedelbart?\s+juster|jäv\b|justering\b|vid protokollet\b|.{0,80}\b(?:reserverar|reserverade)\s+sig|.{0,80}\b(?:deltar|deltog)\s+(?:inte|ej)\b|.{0,80}\b(?:anmäler|anmälde)\s+jäv|.{0,80}\bpå grund av jäv|.{0,80}\b(?:lämnar|lämnade)\s.{0,30}protokollsanteckning|(?:mötet|sammanträdet)\s+ajourner)";
    /// After such a sentence "att …" is what somebody said, not what was decided.
    SAYS = r"(?i)yrka|föresl|förslag|reserv|dialog|diskut|framk|framför|framhöll|lyft|synpunkt|fråg|menar|mena[dt]|anser|ansåg|yttra|inform|berätt|redogj|redovis|beton|underst|följande|önska|konstater|påpek|noter";
    PROPOSES = r"(?i)\s(?:besluta|beslutar|att)\s*:?$";
}

/// A block that begins "X beslutade".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lead {
    /// Who decides, as the text names it.
    pub who: String,
    pub tense: Tense,
    /// From who decides until the clauses begin.
    pub words: String,
    pub says: Says,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tense {
    Present,
    Past,
}

/// What the words after "beslutade" make of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Says {
    /// What is decided stands here, below, or both.
    Decides(Decides),
    /// It was taken at another time.
    Tells,
    /// "beslutade inte att", "beslutar om många ärenden": not for a program to say.
    Unclear,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decides {
    /// Whether "att" stands once, before all clauses.
    pub att: bool,
    /// Clauses in the same block.
    pub clauses: Vec<String>,
    /// The block itself as a decision, such as "Nämnden beslutar enligt förslaget".
    pub whole: Whole,
    /// It ends by saying that more comes: "följande", or a colon.
    pub announces: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Whole {
    #[default]
    No,
    /// Unless clauses follow below.
    UnlessMore(String),
    Yes(String),
}

/// Reads a block that begins with who decided.
pub fn lead(text: &str) -> Option<Lead> {
    let text = text.trim();
    if !says_decide(text) || !text.starts_with(char::is_uppercase) {
        return None;
    }
    let verb = VERB.captures(text)?.name("verb")?;
    let subject = text[..verb.start()].trim_end();
    let (who, before) = match HAS.captures(subject).and_then(|found| found.name("before")) {
        Some(before) => (&subject[..subject.len() - "har".len() - before.len()], before.as_str()),
        None => (subject, ""),
    };
    let who = fold(who);
    if who.split(' ').count() > 8
        || who.contains([';', '!', '?'])
        || [". ", ": ", " att "].iter().any(|sign| who.contains(sign))
    {
        return None;
    }
    let rest = &text[verb.end()..];
    let present =
        ["beslutar", "fattar", "tar"].iter().any(|word| verb.as_str().split_whitespace().next() == Some(word));
    let tense = if present { Tense::Present } else { Tense::Past };
    let (says, used) = if BEFORE.is_match(before) { (Says::Tells, 0) } else { says(text, rest) };
    let words = fold(&text[..text.len() - rest.len() + used]).trim_end_matches([':', ',', ' ']).to_owned();
    Some(Lead { who, tense, words, says })
}

/// Whether a paragraph below "Beslut" tells of the minutes or the meeting, and decides nothing.
pub fn is_aside(line: &str) -> bool {
    ASIDE.is_match(line)
}

/// Whether a remark tells what somebody said, so that "att …" after it is no decision.
pub fn tells_what_was_said(line: &str) -> bool {
    SAYS.is_match(line)
}

/// Whether a form of "besluta" or "beslut" stands in the text.
fn says_decide(text: &str) -> bool {
    text.contains("beslut") || text.contains("beslöt")
}

/// "X föreslår kommunfullmäktige besluta", its clauses below: what X decides is to propose.
pub fn proposal(text: &str) -> Option<Lead> {
    if !["föreslår", "tillstyrker"].iter().any(|verb| text.contains(verb)) {
        return None;
    }
    let text = fold(text);
    let at = ["föreslår", "tillstyrker"].iter().find_map(|verb| text.find(&format!(" {verb} ")))?;
    let who = text[..at].to_owned();
    let introduces = PROPOSES.is_match(&text) && who.split(' ').count() <= 8 && who.starts_with(char::is_uppercase);
    let words = text.trim_end_matches(':').trim_end().trim_end_matches(" att").to_owned();
    introduces.then(|| Lead { who, tense: Tense::Present, words, says: Says::Decides(Decides::default()) })
}

/// What the text after the verb says, and how much of it belongs to the words before the clauses.
fn says(text: &str, rest: &str) -> (Says, usize) {
    if TELLS.is_match(rest) {
        return (Says::Tells, 0);
    }
    let (head, listed) = rest.split_at(first_marked_line(rest));
    let att = ATT.captures(head).and_then(|found| found.name("att")).map(|att| att.start());
    let manner = &head[..att.unwrap_or(head.len())];
    if !is_manner(manner) {
        let whole = INFINITIVE.is_match(after_adverbs(manner));
        return if whole { (Says::Decides(sentence(text, head)), 0) } else { (Says::Unclear, 0) };
    }
    let Some(att) = att else {
        let bare = after_adverbs(manner).is_empty();
        let announces = head.trim_end().ends_with(':') || head.contains("följande");
        if bare || announces || !listed.is_empty() {
            let clauses = clauses(listed);
            return (Says::Decides(Decides { clauses, announces, ..Decides::default() }), manner.len());
        }
        return (Says::Decides(sentence(text, head)), manner.len());
    };
    let inline = head[att + "att".len()..].trim_start_matches([':', ' ', '\n']);
    let decides = match (inline.trim().is_empty(), listed.is_empty()) {
        (true, _) => Decides { att: true, clauses: with_att(clauses(listed)), ..Decides::default() },
        (false, true) => Decides { clauses: clauses(&format!("att {inline}")), ..Decides::default() },
        (false, false) if inline.trim_end().ends_with(':') => {
            let one = format!("att {} {}", inline.trim_end(), listed);
            Decides { clauses: vec![fold(&one)], ..Decides::default() }
        }
        (false, false) => Decides { clauses: clauses(&format!("att {inline}\n{listed}")), ..Decides::default() },
    };
    (Says::Decides(decides), att)
}

/// The whole block as the decision: for certain when it is a finished sentence.
fn sentence(text: &str, head: &str) -> Decides {
    let whole = if head.trim_end().ends_with('.') { Whole::Yes } else { Whole::UnlessMore };
    Decides { whole: whole(fold(text)), ..Decides::default() }
}

/// Nothing, adverbs, or a phrase that says how; without a new sentence in it.
fn is_manner(words: &str) -> bool {
    let after = after_adverbs(words);
    after.is_empty()
        || MANNER.is_match(after) && after.split_whitespace().count() <= 40 && !SENTENCE_END.is_match(after)
}

fn after_adverbs(words: &str) -> &str {
    let adverbs = ADVERBS.find(words).map_or(0, |found| found.end());
    words[adverbs..].trim_matches([':', ',', ' ', '\n', '.'])
}

/// The clauses of a text: a line that begins "att", or with a mark, is one; other lines go on.
pub fn clauses(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let plain = unmarked(line);
        let begins = is_marked(line) || is_att(plain) && !out.last().is_some_and(|last| GOES_ON.is_match(last));
        match out.last_mut() {
            Some(last) if !begins => {
                last.push(' ');
                last.push_str(line);
            }
            _ => out.push(plain.trim_start_matches([':', ' ']).to_owned()),
        }
    }
    out.iter().map(|clause| fold(clause)).collect()
}

/// Clauses below "X beslutade att" get the word that stands before them all.
pub fn with_att(clauses: Vec<String>) -> Vec<String> {
    let bare = |clause: &str| !is_att(clause) && clause.starts_with(char::is_lowercase);
    clauses.into_iter().map(|clause| if bare(&clause) { format!("att {clause}") } else { clause }).collect()
}

fn first_marked_line(text: &str) -> usize {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if at > 0 && is_marked(line.trim()) {
            return at;
        }
        at += line.len();
    }
    text.len()
}

/// Whether a line begins with `a)` or `–`, or with a number and "att".
pub fn is_marked(line: &str) -> bool {
    MARK.is_match(line) || NUMBER.find(line).is_some_and(|found| is_att(&line[found.end()..]))
}

fn unmarked(line: &str) -> &str {
    let mark = MARK.find(line).or_else(|| NUMBER.find(line).filter(|found| is_att(&line[found.end()..])));
    mark.map_or(line, |found| &line[found.end()..])
}

pub fn is_att(text: &str) -> bool {
    let word = text.split(|c: char| c.is_whitespace() || c == ':').next().unwrap_or_default();
    word.eq_ignore_ascii_case("att")
}

/// A paragraph that begins with a label, and its text after that; none when the label is all there is.
pub fn label_of(text: &str) -> Option<(Labelled<'_>, Option<&str>)> {
    let text = text.trim();
    let (line, below) = text.split_once('\n').unwrap_or((text, ""));
    // "Nämnden beslutar enligt arbetsutskottets förslag" ends as a label does.
    let found = labelled(line.trim()).filter(|_| lead(line).is_none())?;
    match found.rest {
        // The label's own text ends the line; what stands on the next lines goes on with it.
        Some(rest) => {
            let start = line.trim_end().len() - rest.len();
            Some((found, Some(&text[start..])))
        }
        None => Some((found, Some(below.trim()).filter(|below| !below.is_empty()))),
    }
}

/// Whether a heading names a proposal in words of its own.
pub fn names_proposal(heading: &str) -> bool {
    PROPOSAL.is_match(heading) && lead(heading).is_none()
}

/// Whether a paragraph does: "Styrgruppens förslag till beslut var:".
pub fn opens_proposal(text: &str) -> bool {
    // What is much longer than a label is not folded.
    if text.len() > 120 {
        return false;
    }
    let line = &fold(text);
    line.len() <= 90 && !line.ends_with('.') && PROPOSAL_LINE.is_match(line) && lead(line).is_none()
}

/// Who decides in a sentence that does not begin with them: "Därefter beslutade nämnden att …", "Det beslutades att …"
/// for the meeting itself. A sentence with a day in it tells of another.
pub fn decides_within(sentence: &str, is_own: impl Fn(&str) -> bool) -> bool {
    if !["eslut", "eslöt", "ESLUT"].iter().any(|word| sentence.contains(word))
        || BEFORE.is_match(sentence)
        || sentence.contains(|c: char| c.is_ascii_digit())
    {
        return false;
    }
    let turned = TURNED.captures(sentence).is_some_and(|found| {
        let words: Vec<&str> = found["who"].split_whitespace().collect();
        (1..=words.len()).any(|count| is_own(&words[..count].join(" ")))
    });
    turned || PASSIVE.is_match(sentence)
}

/// White space folded: one space between words, none around them.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// "Nämnden uppdrar åt direktören"
pub fn is_unfinished(clause: &str) -> bool {
    !is_att(clause) && clause.ends_with(char::is_alphanumeric)
}

/// What begins with a small letter may be the rest of a sentence.
pub fn goes_on_with(text: &str) -> bool {
    text.trim_start().starts_with(char::is_lowercase)
}
