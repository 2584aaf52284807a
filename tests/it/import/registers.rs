//! Bodies are known by the register's names: current, former and short.

use samverk::diagnostic::Place;
use samverk::import::{Draft, Vocabulary, document, draft};
use samverk::model::{Body, BodyId, FormerName, Forming, Principal, Registers, Tier, Visibility};

fn registers() -> Registers {
    let mut registers = Registers::default();
    for (id, name, abbreviation, former) in [
        ("vardnatverket", "Vårdnätverket i länet", Some("VNL"), Some("Nätverket för vårdchefer")),
        ("stodenheten", "Stödenheten", None, None),
    ] {
        let former = former.map(|name: &str| FormerName { name: name.to_owned(), until: None, source: None });
        let body = Body {
            id: BodyId::new(id),
            name: name.to_owned(),
            abbreviation: abbreviation.map(str::to_owned),
            former_names: former.into_iter().collect(),
            aliases: Vec::new(),
            tier: Tier::Management,
            principal: Some(Principal::Joint),
            county: None,
            description: None,
            above: Vec::new(),
            steered_by: Vec::new(),
            assignment_from: Vec::new(),
            prepares_for: Vec::new(),
            reports_to: Vec::new(),
            members: Vec::new(),
            founded: None,
            dissolved: None,
            forming: Forming::Formed,
            source: None,
            visibility: Visibility::Public,
            place: Place::path("organ.yaml"),
        };
        registers.bodies.insert(id, body).expect("different ids");
    }
    registers
}

fn read(text: &str) -> Draft {
    let registers = registers();
    draft("input.txt", text.as_bytes(), &registers, &Vocabulary::of(&registers)).expect("a readable source")
}

#[test]
fn an_abbreviation_is_the_body_and_the_letterhead_is_not() {
    let draft = read(
        "STÖDENHETEN\nMinnesanteckningar\nVNL\nDatum: 260312\n\n1. Öppnande\nVNL beslutade\natt öppna mötet.\n2. Plan\nVårdnätverket i länet beslutade\natt anta planen.\n",
    );
    assert_eq!(draft.body.as_deref(), Some("Vårdnätverket i länet"));
    assert_eq!(draft.body_id.as_deref(), Some("vardnatverket"));
    assert_eq!(draft.decisions.len(), 2);
    assert!(document(&draft, None).contains("organ: vardnatverket\n"));
}

#[test]
fn a_former_name_is_kept_beside_the_current_one() {
    let text = "Uppdragsdirektiv\nÖversyn\n\n1. Bakgrund\nText om bakgrunden.\n2. Organisation\nBeställare: Nätverket för vårdchefer via styrgrupp.\nUppdragsledare: Bo Ek\n";
    let draft = read(text);
    assert_eq!(draft.body.as_deref(), Some("Nätverket för vårdchefer"));
    assert_eq!(draft.body_now.as_deref(), Some("Vårdnätverket i länet"));
}
