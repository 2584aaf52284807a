//! The registers below `site/` as they are written, with their Swedish keys.

use super::front_matter::{OneOrMany, Scalar};
use super::records::VisibilityWord;
use crate::model::Settings;
use serde::Deserialize;

macro_rules! record {
    ($name:ident { $($(#[$attribute:meta])* $field:ident : $kind:ty),* $(,)? }) => {
        #[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name { $($(#[$attribute])* pub $field: $kind),* }
    };
}

record!(SiteRecord {
    titel: String,
    beskrivning: Option<String>,
    ägare: Option<String>,
    bas_url: Option<String>,
    län: Option<String>,
    språk: Option<String>,
    tema: Option<String>,
    #[serde(default)]
    tema_inställningar: Settings,
    upphör_snart_dagar: Option<u16>,
    per_sida: Option<usize>,
    kontakt: Option<ContactRecord>,
    register: Option<Vec<String>>,
    utgåvor: Option<Vec<String>>,
    licens: Option<String>,
    tillgänglighet: Option<AccessibilityRecord>,
    #[serde(default)]
    tillåtna_kontaktuppgifter: Vec<String>,
    #[serde(default)]
    publicering: Vec<TargetRecord>,
});
record!(ThemeRecord {
    namn: Option<String>,
    #[allow(dead_code, reason = "told to people, not to the program")]
    beskrivning: Option<String>,
    #[allow(dead_code, reason = "told to people, not to the program")]
    version: Option<Scalar>,
    samverk: Option<Scalar>,
    #[serde(default)]
    inställningar: Settings,
});
record!(TargetRecord { namn: String, mapp: String, utgåva: String });
record!(ContactRecord { namn: Option<String>, epost: Option<String>, länk: Option<String> });
record!(AccessibilityRecord {
    aktör: String,
    tjänst: String,
    nivå: String,
    brister: Option<Vec<DeficiencyRecord>>,
    bedömd: Scalar,
    uppdaterad: Scalar,
    metod: String,
    kontakt: String,
    tillsyn: String,
    oskäligt_betungande: String,
    undantag: String,
});
record!(DeficiencyRecord { vad: String, varför: Option<String>, alternativ: Option<String> });
record!(BodyRecord {
    id: String,
    namn: String,
    förkortning: Option<String>,
    #[serde(default)]
    tidigare_namn: Vec<FormerNameRecord>,
    #[serde(default)]
    alias: Vec<String>,
    nivå: String,
    huvudman: Option<String>,
    län: Option<String>,
    beskrivning: Option<String>,
    #[serde(default)]
    överordnat: OneOrMany<String>,
    #[serde(default)]
    styrs_av: OneOrMany<String>,
    #[serde(default)]
    uppdrag_från: OneOrMany<String>,
    #[serde(default)]
    bereder_för: OneOrMany<String>,
    #[serde(default)]
    rapporterar_till: OneOrMany<String>,
    #[serde(default)]
    ingår: Vec<MemberRecord>,
    bildat: Option<Scalar>,
    upphört: Option<Scalar>,
    #[serde(default)]
    under_bildande: bool,
    källa: Option<String>,
    synlighet: Option<VisibilityWord>,
});
record!(FormerNameRecord { namn: String, till: Option<Scalar>, källa: Option<String> });
record!(MemberRecord { organ: Option<String>, funktion: Option<String> });
record!(TopicRecord {
    id: String,
    namn: String,
    beskrivning: Option<String>,
    överordnat: Option<String>,
    #[serde(default)]
    synonymer: Vec<String>,
    #[serde(default)]
    äldre_termer: Vec<OlderTermRecord>,
    #[serde(default)]
    gömda_former: Vec<String>,
    synlighet: Option<VisibilityWord>,
});
record!(OlderTermRecord { term: String, till: Option<Scalar>, not: Option<String> });
record!(TermRecord {
    kort: Option<String>,
    lång: Option<String>,
    förklaring: Option<String>,
    organ: Option<String>,
    ämne: Option<String>,
    synlighet: Option<VisibilityWord>,
});
record!(ActRecord {
    kort: Option<String>,
    namn: String,
    sfs: Scalar,
    ersatt_av: Option<Scalar>,
    ersatt_från: Option<Scalar>,
});
