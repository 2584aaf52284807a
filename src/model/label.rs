//! The labels that divide a paragraph of a protokoll: which text is the decision, which is a proposal, and which neither.

// Repetitions have no upper bound: a counted one multiplies the automaton, and a head is short anyway.
pattern! {
    PROPOSAL = r"(?i)^(?:(?P<who>\w[\w ,&/()-]+?)\s+)?(?:förslag(?:et)?\s+till\s+(?:beslut(?:\s+(?:i|för)\s+\S+)?|kommun\w+|region\w+|\w+nämnden|\w+styrelsen)|beslutsförslag|förslag(?:\s+under\s+sammanträdet|\s+på\s+(?:dagens\s+)?(?:sammanträdet|mötet)|\s+och\s+yrkanden?)?|yrkanden?(?:\s+och\s+förslag)?|tilläggsyrkanden?|ändringsyrkanden?|beslutsgång(?:en)?|propositionsordning|omröstning(?:sresultat|slista)?|votering(?:slista)?|bifallsyrkanden?|avslagsyrkanden?)$";
    DECISION = r"(?i)^(?:(?P<who>\w[\w ,&/()-]+?)s\s+|(?P<name>\w+(?:nämnden|styrelsen|fullmäktige|utskottet|nätverket|gruppen|rådet))\s+)?beslut(?:\s+i\s+ärendet|\s+för\s+egen\s+del)?(?P<when>[\s,]+(?:den\s+)?\d{1,4}[\d\p{Ll} ./-]+?)?(?:[\s,]+§+\s?\d+[\d/ -]*)?$";
    OTHER = r"(?i)^(?:ärende(?:t|beskrivning|information)?|beskrivning av ärendet|sammanfattning(?: av ärendet)?|bakgrund|beslutsunderlag|underlag(?: för beslut)?|handlingar(?: i ärendet)?|reservation(?:er)?|protokollsanteckning(?:ar)?|särskil(?:t|da) yttranden?|jäv|protokollsutdrag(?: till)?|utdrag till|expedieras(?: till)?|expediering|beslutet (?:ska )?(?:skickas|expedieras|delges|sänds)(?: till)?|skickas till|delges|kopia till|sändlista|tidigare (?:beslut|behandling|beredning)(?: (?:i|av) ärendet)?|beredning(?:en)?(?: av ärendet)?|ärendets (?:beredning|gång)|överväganden|bedömning|barnkonsekvensanalys|barnets bästa|ekonomiska konsekvenser|konsekvenser|finansiering|uppföljning|motivering(?: till beslutet?)?|skäl(?:en)? för beslutet?|lagstöd|deltar (?:ej|inte) i beslutet|närvarande utan beslutanderätt|yttrande(?:n)?|inlägg|dagens sammanträde|aktuellt|upplysningar?|hur man överklagar|överklagande|justering)$";
    AFTER = r"(?i)^(?:reservation|protokollsanteckning|särskil|jäv|protokollsutdrag|utdrag|expedier|beslutet|skickas|delges|kopia|sändlista|deltar|yttrande|tidigare)";
    UPWARDS = r"(?i)förslag(?:et)?\s+till\s+(?:(?:kommun|region)(?:styrelsen|fullmäktige)|beslut\s+(?:i|för)\s+\S+(?:nämnden|styrelsen|fullmäktige))";
    NOT_WHOSE = r"(?i)^(?:tidigare|förslag|föregående|information|dialog|handlingar|bakgrund|uppföljning|verkställ|delegation|anmäl|återrapport|övriga|politi|formell)";
}

/// What the text below a label is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    Decision,
    /// Förslag, yrkande, beslutsgång, omröstning: never a decision.
    Proposal,
    /// Reasons and papers, after which the decision may come.
    Other,
    /// Reservations, copies, earlier decisions: nothing is decided below them.
    After,
}

/// Whether a proposal goes on to the body above, which makes it the proposing body's own decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goes {
    Upwards,
    Nowhere,
}

/// A label, whose it is, and the text that follows it on the same line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Labelled<'a> {
    pub label: Label,
    /// "Kommunfullmäktiges beslut" is `Kommunfullmäktige`'s.
    pub whose: Option<&'a str>,
    pub rest: Option<&'a str>,
    pub goes: Goes,
    /// The day of a decision that is told of.
    pub when: Option<&'a str>,
}

/// Reads a line that is a label, alone or with its text after a colon.
pub fn labelled(text: &str) -> Option<Labelled<'_>> {
    let (head, rest) = text.split_once(':').unwrap_or((text, ""));
    if head.len() > 90 || head.ends_with('.') || head.starts_with(char::is_lowercase) {
        return None;
    }
    let (label, whose, when) = meaning(head.trim_end())?;
    let rest = Some(rest.trim()).filter(|rest| !rest.trim_end_matches(':').is_empty());
    let goes = if label == Label::Proposal && UPWARDS.is_match(head) { Goes::Upwards } else { Goes::Nowhere };
    Some(Labelled { label, whose, rest, goes, when })
}

/// What the words before the colon are, whose, and of which day.
fn meaning(head: &str) -> Option<(Label, Option<&str>, Option<&str>)> {
    // To ask whether there is a match costs a fraction of asking for its groups, and most lines are no label.
    if PROPOSAL.is_match(head) {
        let whose = PROPOSAL.captures(head)?.name("who").map(|who| who.as_str());
        return whose
            .is_none_or(is_name)
            .then(|| (Label::Proposal, whose.map(|whose| whose.trim_end_matches('s')), None));
    }
    if OTHER.is_match(head) {
        return Some((if AFTER.is_match(head) { Label::After } else { Label::Other }, None, None));
    }
    if !DECISION.is_match(head) {
        return None;
    }
    let found = DECISION.captures(head)?;
    let name = |group| found.name(group).map(|part: regex::Match<'_>| part.as_str());
    let whose = name("who").or_else(|| name("name"));
    let when = name("when");
    let told = whose.is_some_and(|whose| NOT_WHOSE.is_match(whose));
    (!told && whose.is_none_or(is_name) && when.is_none_or(is_day)).then_some((Label::Decision, whose, when))
}

/// A sentence that ends in "förslag" or "beslut" is no label: no body has so long a name.
fn is_name(whose: &str) -> bool {
    whose.chars().count() <= 61
}

/// Nor is what follows a day in a sentence a part of the day.
fn is_day(when: &str) -> bool {
    let day = when.trim_start_matches([' ', ',']).trim_start_matches("den ");
    (4..=24).contains(&day.chars().count())
}

/// A label that is the whole line.
pub fn is_label(text: &str) -> bool {
    text.len() < 120 && labelled(text).is_some_and(|found| found.rest.is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_that_ends_like_a_label_is_none() {
        for text in [
            "Nätverket ombeds att därefter fatta beslut om det av styrgruppen redovisade förslag",
            "Ordförandens beslut 2026-05-04 om yttrande till inspektionen",
            "Beslut 12",
        ] {
            assert_eq!(labelled(text), None, "{text}");
        }
    }

    #[test]
    fn only_a_label_of_decision_is_one() {
        for (text, label, whose) in [
            ("Beslut", Label::Decision, None),
            ("Kommunfullmäktiges beslut", Label::Decision, Some("Kommunfullmäktige")),
            ("Kommunstyrelsens beslut 2026-02-03 § 22", Label::Decision, Some("Kommunstyrelsen")),
            ("Nämndens beslut:", Label::Decision, Some("Nämnden")),
            ("Förslag till beslut", Label::Proposal, None),
            ("Arbetsutskottets förslag till beslut", Label::Proposal, Some("Arbetsutskottet")),
            ("Yrkanden", Label::Proposal, None),
            ("Omröstning", Label::Proposal, None),
            ("Bakgrund", Label::Other, None),
            ("Tidigare beslut", Label::After, None),
            ("Protokollsutdrag till:", Label::After, None),
        ] {
            let found = labelled(text).expect(text);
            assert_eq!((found.label, found.whose, found.rest), (label, whose, None), "{text}");
        }
        assert_eq!(labelled("Beslut: Planen antas.").expect("a label").rest, Some("Planen antas."));
        for text in ["Beslut om förlängning", "Nämnden beslutar att", "Uppföljning av beslut", "Information: Läget"]
        {
            assert_eq!(labelled(text), None, "{text}");
        }
    }
}
