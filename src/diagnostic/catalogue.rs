//! What each code means and what to do about it: the one table that the report page, and the tests, read.
//!
//! `tests/it/rules.rs` holds it together with the code: a code that is given out stands here, and one that stands here is
//! given out and has a case.

/// A rule, for editors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// As in a diagnostic: `okänt-organ`.
    pub code: &'static str,
    /// What is at fault.
    pub finds: &'static str,
    /// What to do about it.
    pub mend: &'static str,
}

/// The rule of a code.
pub fn rule(code: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.code == code)
}

const fn rule_of(code: &'static str, finds: &'static str, mend: &'static str) -> Rule {
    Rule { code, finds, mend }
}

/// Every rule, in the order of a dictionary.
pub const RULES: [Rule; 59] = [
    rule_of("begrepp", "Ett begrepp i ordlistan har varken kort eller lång form.", "Skriv `kort`, `lång` eller båda."),
    rule_of(
        "beslut-hänvisning",
        "En hänvisning till ett beslut har fel form.",
        "Skriv dokumentets id, # och beslutets ankare: `moten/2026-01-29-namn#b-6b-1`.",
    ),
    rule_of(
        "beslut-oläst",
        "”X beslutade” i ett möte gav inget beslut. X är varken mötets organ eller ett annat organ i registret, eller så är X mötets organ men det beslutade går inte att läsa.",
        "Skriv organets namn som i `site/organ.yaml`. Börja stycket med det, och skriv ”att …” efter verbet eller i en lista under det. Har ett annat organ beslutat skriver du det under `återgivna_beslut`.",
    ),
    rule_of(
        "bilaga-saknas",
        "En bilaga nämns men finns inte: den har ingen fil, eller står inte bland bilagorna.",
        "Lägg filen bredvid dokumentet och skriv `fil`. Går den inte att få tag på visas den som ej publicerad.",
    ),
    rule_of(
        "direktiv",
        "Ett block `:::` är okänt, börjar inte, slutar inte eller står där det inte kan läsas.",
        "De block som finns är `:::intern`, `:::not` och `:::språk`. De börjar och slutar med en egen rad längst till vänster, aldrig inuti en lista, ett citat eller en mening.",
    ),
    rule_of("dubbel-adress", "Två sidor får samma adress.", "Byt namn på den ena filen, eller ta bort ett `alias`."),
    rule_of("dubbel-nyckel", "En uppgift står två gånger överst i filen.", "Behåll en av dem."),
    rule_of("dubbelt-id", "Två poster i ett register har samma id.", "Ge en av dem ett annat id."),
    rule_of(
        "dubbelt-nummer",
        "Två ärenden, avsnitt eller bilagor i ett dokument har samma nummer, eller en paragraf står två gånger under samma organs år.",
        "Jämför med originalet. Är numret dubbelt även där ska det stå kvar.",
    ),
    rule_of("död-länk", "En länk leder ingenstans.", "Rätta adressen. Ofta föreslår meddelandet den rätta."),
    rule_of(
        "e-postadress",
        "En text eller fil som ska publiceras innehåller en e-postadress som inte är tillåten.",
        "Ta bort adressen, eller lägg till den eller dess domän under `tillåtna_kontaktuppgifter` i `site.yaml`.",
    ),
    rule_of(
        "ej-pdfa",
        "En PDF-bilaga säger inte att den är gjord för att arkiveras (PDF/A).",
        "Spara om den som PDF/A om du kan. Den går att publicera ändå.",
    ),
    rule_of(
        "ersatt-saknas",
        "En överenskommelse ersätter en annan, men den andra säger inte att den är ersatt och räknas som gällande.",
        "Lägg till händelsen `ersatt` med `av` och `från` under `giltighet` i den som har ersatts.",
    ),
    rule_of("fel-datum", "Ett datum går inte att läsa.", "Skriv år, månad och dag: `2026-01-29`."),
    rule_of(
        "fel-kontrollsumma",
        "Originalet är inte den fil som kontrollsumman gäller.",
        "Lägg tillbaka originalet, eller granska ändringen och skriv den nya kontrollsumman.",
    ),
    rule_of(
        "fel-slags-värde",
        "En uppgift är av fel slag, till exempel en lista där ett ord väntas.",
        "Jämför med exemplen i redigeringshjälpen.",
    ),
    rule_of(
        "fil-ej-granskad",
        "En fil som ska publiceras går inte att läsa, så ingen har sett efter om den innehåller personuppgifter.",
        "Läs själv igenom filen. En inskannad PDF blir läsbar om den körs genom textigenkänning.",
    ),
    rule_of(
        "fil-saknas",
        "En fil eller bild som dokumentet visar finns inte.",
        "Lägg filen bredvid dokumentet eller rätta namnet.",
    ),
    rule_of("filnamn", "Filens namn duger inte som webbadress.", "Byt till det namn som meddelandet föreslår."),
    rule_of(
        "front-matter",
        "Uppgifterna överst i filen saknas eller avslutas inte.",
        "De ska stå mellan två rader med tre streck.",
    ),
    rule_of(
        "giltighet-motsägelse",
        "Händelserna under `giltighet` motsäger varandra, eller en händelse slutar innan den börjar.",
        "Jämför datumen med originalet. `datum` är dagen för beslutet, `från` den första dagen och `till` den sista.",
    ),
    rule_of(
        "händelse-utan-datum",
        "En händelse som avslutar en överenskommelse säger inte när.",
        "Skriv `från` eller `datum`. Är dagen inte känd räcker år. En uppsägning behöver `från` eller `till`.",
    ),
    rule_of("id", "Ett id i ett register har tecken som inte får vara med.", "Använd a–z, 0–9 och bindestreck."),
    rule_of(
        "ingår",
        "En medlem i ett organ är varken organ eller funktion.",
        "Skriv `organ: id` eller `funktion: text`.",
    ),
    rule_of("inte-utf8", "Filen är sparad med en teckenkodning som inte går att läsa.", "Spara om den som UTF-8."),
    rule_of("lång-sammanfattning", "Sammanfattningen har mer än 300 tecken.", "Korta den till en eller två meningar."),
    rule_of("länk-ut", "En symbolisk länk leder ut ur portalens mapp.", "Lägg själva filen i mappen."),
    rule_of("läsfel", "En fil går inte att läsa från disken.", "Kontrollera att den finns och att du får läsa den."),
    rule_of(
        "mallfel",
        "En mall i temat är felaktig.",
        "Be den som sköter temat. Meddelandet säger vilken rad det gäller.",
    ),
    rule_of("nyckel-saknas", "En uppgift som måste finnas saknas.", "Lägg till den rad som meddelandet nämner."),
    rule_of(
        "ocr-ej-granskad",
        "Texten är maskinellt avläst och ingen har läst den mot originalet.",
        "Korrekturläs och skriv `korrekturläst:` med dagens datum.",
    ),
    rule_of("okänd-nyckel", "En uppgift överst i filen har ett namn som inte finns.", "Rätta stavningen."),
    rule_of(
        "okänd-punkt",
        "En bilaga eller ett återgivet beslut hör till en punkt som mötet inte har.",
        "Rätta punktens nummer.",
    ),
    rule_of("okänd-typ", "Dokumentets typ finns inte.", "Välj möte, uppdrag, överenskommelse eller sida."),
    rule_of(
        "okänt-beslut",
        "Ett beslut som nämns med sitt id finns inte.",
        "Meddelandet räknar upp de beslut som finns.",
    ),
    rule_of(
        "okänt-dokument",
        "Ett dokument som nämns med sitt id finns inte.",
        "Skriv sökvägen under `content/` utan `.md`.",
    ),
    rule_of(
        "okänt-organ",
        "Ett organ som nämns med sitt id finns inte i registret.",
        "Rätta stavningen eller lägg till organet i `organ.yaml`.",
    ),
    rule_of("okänt-tema", "Temat finns inte.", "Skriv `tema: portal`, eller lägg temat i mappen `themes`."),
    rule_of("okänt-värde", "Ett ord är inte ett av dem man får välja bland.", "Välj ett av orden i meddelandet."),
    rule_of(
        "okänt-ämne",
        "Ett ämne som nämns med sitt id finns inte i registret.",
        "Rätta stavningen eller lägg till ämnet i `ämnen.yaml`.",
    ),
    rule_of(
        "organ-utan-post",
        "Ett organ är skrivet med ord och finns inte i registret, eller finns där under ett id.",
        "Lägg till organet i `organ.yaml` och skriv dess id i dokumentet.",
    ),
    rule_of(
        "originalet-visar-mer",
        "Ett original ska publiceras, och dess sida döljer interna block eller en närvarolista. Filen publiceras hel.",
        "Ta bort `synlighet: publik` ur `original`, eller lägg dit en fil där det som är internt är borttaget.",
    ),
    rule_of(
        "personnummer",
        "En text eller fil som ska publiceras innehåller ett personnummer.",
        "Ta bort numret. Den publika utgåvan byggs inte förrän det är borta.",
    ),
    rule_of(
        "sammanfattning-saknas",
        "Dokumentet saknar sammanfattning.",
        "Skriv en eller två meningar efter `sammanfattning:`.",
    ),
    rule_of("site-yaml", "Portalen saknar `site/site.yaml`.", "Gör en ny portal med `samverk init` och utgå från den."),
    rule_of(
        "telefonnummer",
        "En text eller fil som ska publiceras innehåller ett telefonnummer som inte är tillåtet.",
        "Ta bort numret, eller lägg till det under `tillåtna_kontaktuppgifter` i `site.yaml`.",
    ),
    rule_of(
        "tema",
        "Temat behöver en nyare samverk, heter något annat än sin mapp, eller saknar en inställning som sajten ändrar.",
        "Rätta `theme.yaml`, eller `tema_inställningar` i `site.yaml`.",
    ),
    rule_of(
        "tillgänglighet",
        "Tillgänglighetsredogörelsen saknas, är äldre än ett år eller lovar mer än innehållet håller.",
        "Fyll i `tillgänglighet` i `site.yaml`, eller gör en ny bedömning.",
    ),
    rule_of("tom-portal", "Portalen har inga dokument.", "Lägg till ett med `samverk new` eller `samverk import`."),
    rule_of(
        "två-slutdatum",
        "En överenskommelse eller ett uppdrag slutar två olika dagar.",
        "Jämför med originalet. Säger källan själv två saker skriver du det under `motsägelser`.",
    ),
    rule_of(
        "uppdrag-utan-mottagare",
        "Ett uppdrag säger inte vem som tar emot resultatet.",
        "Lägg till rollen `Mottagare`, om underlaget säger vem det är.",
    ),
    rule_of(
        "uppdrag-utan-uppföljning",
        "Ett uppdrag säger inte hur det följs upp.",
        "Lägg till `uppföljning`, om underlaget säger hur.",
    ),
    rule_of(
        "upphävd-lag",
        "Ett dokument som fortfarande gäller hänvisar till en lag som är upphävd.",
        "Ändra inte källans ord; läsaren får en anmärkning. Är texten er egen, hänvisa till den nya lagen.",
    ),
    rule_of(
        "upphörd-utan-ersättare",
        "En överenskommelse har löpt ut och inget dokument förlänger eller ersätter den.",
        "Skriv vad som hände under `giltighet`, eller `ersätter` i den nya.",
    ),
    rule_of(
        "utgåva-saknas",
        "Bygget gäller en utgåva som inte står bland `utgåvor` i `site/site.yaml`.",
        "Lägg till utgåvan där, eller bygg en annan med `--edition`.",
    ),
    rule_of(
        "yaml",
        "Uppgifterna överst i filen går inte att läsa.",
        "Se efter indrag, kolon och citattecken på raden och raden före.",
    ),
    rule_of(
        "återgivet-utan-möte",
        "Ett beslut återges från ett möte som inte finns i portalen.",
        "Lägg in det mötet, så att beslutet går att läsa där det togs.",
    ),
    rule_of(
        "ämne-saknas",
        "Dokumentet har inget ämne, så den som letar efter ämne hittar det inte.",
        "Skriv ett eller flera ämnen efter `ämnen:`.",
    ),
    rule_of(
        "öppna-frågor",
        "Importen har frågor som ingen har besvarat.",
        "Svara på sidan Granska i förhandsvisningen, eller skriv uppgiften och ta bort frågan.",
    ),
];
