//! `site/site.yaml` into [`Site`].

use super::files::Sources;
use super::front_matter::decode;
use super::register_records::{AccessibilityRecord, DeficiencyRecord, SiteRecord, TargetRecord};
use super::values::{choice, choices, date};
use crate::diagnostic::{Diagnostic, Place};
use crate::model::{Accessibility, AllowedContacts, Contact, Deficiency, Edition, RegisterPage, Site, Target};

/// Reads `site/site.yaml`; `None` when it is missing or cannot be read.
pub fn site(sources: &Sources, problems: &mut Vec<Diagnostic>) -> Option<Site> {
    let Some(source) = sources.texts.get("site/site.yaml") else {
        problems.push(
            Diagnostic::error("site-yaml", Place::path("site/site.yaml"), "portalen saknar `site/site.yaml`")
                .hint("skapa en ny portal med `samverk init MAPP` och utgå från den"),
        );
        return None;
    };
    let (record, found) = decode::<SiteRecord>(source, 0..source.text.len());
    problems.extend(found);
    Some(build_site(record?, Place::at(source, 0..source.text.len()), problems))
}

fn build_site(record: SiteRecord, place: Place, problems: &mut Vec<Diagnostic>) -> Site {
    let SiteRecord {
        titel,
        beskrivning,
        ägare,
        bas_url,
        län,
        språk,
        tema,
        tema_inställningar,
        upphör_snart_dagar,
        per_sida,
        kontakt,
        register,
        utgåvor,
        licens,
        tillgänglighet,
        tillåtna_kontaktuppgifter,
        publicering,
    } = record;
    let contact = kontakt.map_or_else(Contact::default, |contact| Contact {
        name: contact.namn,
        email: contact.epost,
        link: contact.länk,
    });
    let own = contact.email.iter().map(String::as_str);
    let (allowed, strange) = AllowedContacts::read(own.chain(tillåtna_kontaktuppgifter.iter().map(String::as_str)));
    problems.extend(strange.into_iter().map(|entry| strange_contact(entry, &place)));
    let pages = RegisterPage::ALL.map(|(page, key, ..)| (key, page));
    let editions = Edition::ALL.map(|(edition, key)| (key, edition));
    Site {
        title: titel,
        description: beskrivning,
        owner: ägare,
        base_url: bas_url.map(|url| format!("{}/", url.trim_end_matches('/'))),
        county: län,
        language: språk.unwrap_or_else(|| "sv".to_owned()),
        theme: tema.unwrap_or_else(|| "portal".to_owned()),
        theme_settings: tema_inställningar,
        ends_soon_days: upphör_snart_dagar.unwrap_or(180),
        per_page: per_sida.unwrap_or(25).max(1),
        contact,
        register_pages: choices("register", register, &pages, &place, problems),
        editions: choices("utgåvor", utgåvor, &editions, &place, problems),
        license: licens,
        allowed_contacts: allowed,
        targets: publicering.into_iter().filter_map(|record| target(record, &editions, &place, problems)).collect(),
        accessibility: tillgänglighet.and_then(|record| accessibility(record, &place, problems)),
        place,
    }
}

fn strange_contact(entry: &str, place: &Place) -> Diagnostic {
    let place = place.of("tillåtna_kontaktuppgifter", entry);
    Diagnostic::error("okänt-värde", place, format!("`{entry}` är varken e-postadress, domän eller telefonnummer"))
        .hint("skriv en adress (`rss@kommun.se`), en domän (`@kommun.se`) eller ett nummer (`023-49 00 00`)")
}

fn target(
    record: TargetRecord,
    editions: &[(&str, Edition)],
    place: &Place,
    problems: &mut Vec<Diagnostic>,
) -> Option<Target> {
    let TargetRecord { namn, mapp, utgåva } = record;
    let edition = choice("utgåva", &utgåva, editions, place, problems)?;
    Some(Target { name: namn, folder: mapp, edition })
}

fn accessibility(record: AccessibilityRecord, place: &Place, problems: &mut Vec<Diagnostic>) -> Option<Accessibility> {
    let AccessibilityRecord {
        aktör,
        tjänst,
        nivå,
        brister,
        bedömd,
        uppdaterad,
        metod,
        kontakt,
        tillsyn,
        oskäligt_betungande,
        undantag,
    } = record;
    let level = choice("nivå", &nivå, &[("helt", "helt"), ("delvis", "delvis"), ("inte", "inte")], place, problems)?;
    if brister.is_none() && level != "helt" {
        problems.push(
            Diagnostic::error(
                "nyckel-saknas",
                place.of("nivå", level),
                "redogörelsen säger inte vilka brister som är kända",
            )
            .hint("räkna upp dem under `brister`, med `vad`, `varför` och `alternativ`"),
        );
    }
    Some(Accessibility {
        actor: aktör,
        service: tjänst,
        level: level.to_owned(),
        deficiencies: brister
            .into_iter()
            .flatten()
            .map(|DeficiencyRecord { vad, varför, alternativ }| Deficiency {
                what: vad,
                why: varför,
                alternative: alternativ,
            })
            .collect(),
        assessed: date("bedömd", &bedömd, place, problems)?,
        updated: date("uppdaterad", &uppdaterad, place, problems)?,
        method: metod,
        contact: kontakt,
        supervision: tillsyn,
        disproportionate_burden: oskäligt_betungande,
        exemptions: undantag,
    })
}
