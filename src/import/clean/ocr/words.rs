//! Words of the trade, with those everyday ones they are mistaken for. Enough to read headings, roles and bodies where no
//! word list is installed; the pairs (`for`, `för`) keep a word from being repaired to the only one of two that is listed.

/// All words, in lower case.
pub(super) fn trade() -> impl Iterator<Item = &'static str> {
    [PAIRS, EVERYDAY, TRADE, PARTS].into_iter().flat_map(str::split_whitespace)
}

/// Words of which two or more look alike without rings and dots.
const PAIRS: &str = "för for mål mal år är ar val väl vål när nar hår här har får far på råd rad då da så sa sä våra vara åra \
    lön lon bör bor mot möt stad städ stod stöd satt sätt såg sag låg lag läg tal tål låt lat mån man män vård vård vad våd \
    hall håll häll kall käll hör hor tår tar lår lar kor kör åt at ät fått fatt mått matt tag tåg ägare agare lön hot höt \
    rätt ratt råtta tack täck lagen lägen vagn vägen vagen bana båna lamna lämna lana låna slag släg gang gång mat mät slut \
    roll röll rost röst ort ört ko kö o ö av oro öro ro rö andra ändra anda ända beror berör saker säker starka stärka starkt stärkt malen målen malet målet raden råden satta sätta \
    satter sätter skor skör stalla ställa staller ställer bada båda bade både inga ingå aga äga hora höra stoden stöden försvarar \
    försvårar försvara försvåra  värden vården vanta vänta vantar väntar bara bära tala tåla vanlig vänlig vanliga vänliga \
    mata mäta ratta rätta lagra lägra lager läger hallen hållen sagen sägen rackor räckor fara fåra kanna känna kanner känner bestar består tro trö order örder storre större for förs fors form före fore";

/// Everyday words that have rings and dots.
const EVERYDAY: &str = "från även också därefter där därför åtgärd åtgärder åtgärden över överenskommelse överenskommelsen överenskommelser \
    överenskommelserna genomförande genomförandet genomföra genomförs genomfördes följa följer följs följande uppföljning uppföljningen \
    återrapport återrapportering återkoppling återkommande återföra framåt många någon något några både båda själv själva möjlighet \
    möjligheter möjliggöra nödvändig nödvändiga viktig tillgänglighet tillgänglig tillgängliga jämlikhet jämlik jämlika ökad ökade öka ökar \
    större högre högsta lägre lägsta längre längs långsiktig långsiktigt långsiktiga hållbar hållbart hållbara område områden området \
    områdena delområde delområden sättet sätter sätta ställer ställa ställning ställningstagande ställningstaganden gälla gäller gällande \
    löpa löper löpande årlig årligen årliga åren året årets någonsin avgöra avgörande berör berörda berörd beröra rör röra införa införande \
    förändring förändringar förändringen förändringarna förändringshantering förslag förslaget förslagen förslaget fördela fördelas fördelning \
    fördelade fördelningen ansvarsfördelning medelsfördelning fördjupade fördjupad förutsättning förutsättningar förutsättningarna försvårar försvåra bedömning \
    bedömningen måluppfyllelse målen målet målgrupp målgruppen målsättning tid tidsramen första före företräda förbättra förbättrad förlorade \
    färre minskade påverkbara påverkar påverka åt gång gånger går gå få får försörjning självbestämmande önskade önskad önskar lära lärande \
    lärdomar nära närvarande närhet nå når någonting särskild särskilda särskilt säkerställa säkerställer säkerställs säker säkra stödja stödjer \
    stödjande stödet stöden stärka stärkt stärker påbörja påbörjat påbörjade pågå pågår pågående slutföra slutfört slutförande behöver behöva bör \
    böra innehåll innehållet innehålla befolkning befolkningen hälsa hälsan ohälsa vården vårdens vård omsorg omsättas omsätta hög höga \
    ledningsnivåer nivå nivåer nivån lagar ändamål ända ändring ändringar ändrade ändra nästa näst bättre äldre väsentlig väsentliga utgör utgöra utgörs \
    utöver utåt inåt tillhörande tillhör tillhöra hör höra utför utföra avsätts avsatt upprätta upprättas upprättad upprättat fastställa fastställande fastställd fastställs \
    klargörande klargöra tydliggör tydliggöra tydliggjorda gör göra görs gjort åtagande åtaganden samråd sådan sådana sådant ägs äga äger ägare \
    uppgår månad månader måndag lördag söndag tvåårig två åtta tjänst tjänster tjänsteledning översyn översynen övriga övrigt övergripande \
    storleken grön grund omfattar rådet råden rådgivning närmare närma prioriteringsöverväganden överväganden övervägning avvägning avvägningar anhörig anhöriga anhörigorganisationer \
    främja främjande förebygga förebyggande förankra förankras förankring formulär förening föreningar förvaltning förvaltningar förvaltningen förtydligande \
    företag förfrågan fråga frågor frågan frågorna till fullgöras fullgöra införs brukarnas patienter påföljd äganderätt övning skör sköra \
    beslutsfattande kommuner kommunernas regionen regionens inom utan genom dess samma gemensam gemensamma länet länets län läns lån län- \
    initiera representanter tillsatta kostnader spridning verksamheter verksamhet uppdraget uppdragets uppdragen inledande period inriktning \
    sammanhållna sammanhållen sammanhållet vårdförlopp tvärtom översätt samordnad samordnat samordna samordning arbete arbetet arbetssätt föreslår föreslås \
    föreslagits föreslagen innefattar identifiering struktur strukturer befintliga mandat former tidpunkt information politisk innebär innebar ställningstaganden \
    strategisk strategiskt strategiska riktning riktningsbeslut prioritering prioriteringar systematiskt systematisk implementering regional regionala regionalt effekter resultat behov \
    sammankallande sammankalla ärenden ärende ärendet beslut besluta beslutade beslutar avgränsning avgränsningar avgränsningen sömlös öppna öppet öppnande";

/// Words of meetings, directives and agreements, and the names of bodies.
const TRADE: &str = "beställare beställaren uppdragsägare uppdragsägaren uppdragstagare uppdragsledare projektägare projektledare styrgrupp styrgruppen \
    styrgruppens styrgrupps processgrupp processgruppen processgruppens processgrupper arbetsgrupp arbetsgrupper referensgrupp mottagare roller ansvar beskrivning \
    bakgrund syfte krav uppdragsorganisation finansiering budget tidplan uppföljning referenser bilagor checklista minnesanteckningar \
    sammanträde sammanträdet sammanträden sammanträdesdatum möte mötet mötets möten dagordning föredragande föregående skriftlig \
    länschefsnätverket länschefsnätverkets länschefsnätverk socialchefsnätverket socialchefsnätverk chefsnätverket chefsnätverk nätverk nätverket nätverkets \
    välfärdsrådet välfärdsrådets samverkan samverkansstruktur hälso sjukvård sjukvården sjukvårdens sjukvårdsnämnden nämnd nämnden nämndens nämnder kommunstyrelsen kommunfullmäktige \
    fullmäktige socialnämnden omsorgsnämnden regionstyrelsen regionfullmäktige ordförande närvarande frånvarande ledamöter ledamot ersättare \
    suicidprevention psykisk psykiska samsjuklighet brukarinflytande brukarinflytandet beroendevård missbruk funktionsnedsättning funktionsnedsättningar \
    utvecklingsledare utvecklingsledaren utvecklingsledarna utvecklingsarbete utvecklingsarbetet utvecklingsområden utvecklingsbehov inriktningsbeslut tilläggsöverenskommelse tilläggsöverenskommelsen \
    samverkansöverenskommelse uppdragsbeskrivning uppdragsbeskrivningen uppdragsdirektiv projektdirektiv handlingsplan handlingsplaner dalarna dalarnas primärvård primärvården \
    psykiatri habilitering barn unga vuxna äldreomsorg socialtjänst socialtjänsten rätt nationell nationella suicidpreventionssamordnare tillsammans giltighet giltig förlängning förlängs \
    uppsägning sägs parter parterna länsövergripande länsgrupp länsgruppen länsgruppens länsstyrgrupp länsstyrgruppen länsråd länsrådet länsnätverk länsnätverket ledningsgruppen samverkansrådet länsgemensamma länsgemensam länsgemensamt länsnivå regionövergripande tvångsvård kommundirektörens kommundirektörer";

/// Parts of compounds.
const PARTS: &str = "uppdrags projekt process styr arbets grupp gruppen gruppens grupper chefs chef chefer arbete arbetet arbetets stöd vård vårds hälso hälsa \
    sjukvårds ledning lednings ledningen ledningens utveckling utvecklings organisation organisationer samordnare samordning plan planen planer planering beslut besluts datum \
    bestämmelser målgrupps nivå nivån nivåer över övergripande behov behovs inventering analys prioriterings inriktnings styrning styrningen utbildnings \
    insats insatser insatserna ansvars budget ramar resurs resurser struktur strukturen strukturens säkerhet kommunikations kommuns samverkans underlag underlaget tjänstemanna \
    hantering hanteringen års äldre råds sammanträdes nämnds fas fasen etablerings perspektivet perspektiv patient brukar anhörig genomförande reform reformen område områden områdes";
