"""The style guides' own published examples. Underscores stand around what a style sets in italics."""

from __future__ import annotations

import pytest

from tests.export.reference_samples import AHEAD, article, people, told
from tui.export.citation import citation
from tui.model.dates import PartialDate
from tui.model.record import Book, Identifier, Pagination, Record, Relation
from tui.model.text import Text

ICMJE = [
    # NLM, "Samples of Formatted References for Authors of Journal Articles" (ICMJE's sample references)
    (
        "more than six authors",
        article(
            "Rose ME; Huerbin MB; Melick J; Marion DW; Palmer AM; Schiding JK; Kochanek PM; Graham SH",
            "Regulation of interstitial excitatory amino acid concentrations after cortical contusion injury.",
            ("Brain Res", "2002 May 10", "935", "1-2", "40-6"),
        ),
        "Rose ME, Huerbin MB, Melick J, Marion DW, Palmer AM, Schiding JK, et al. Regulation of interstitial "
        "excitatory amino acid concentrations after cortical contusion injury. Brain Res. 2002;935(1-2):40-6.",
    ),
    (
        "organisation as author",
        article(
            "=Diabetes Prevention Program Research Group",
            "Hypertension, insulin, and proinsulin in participants with impaired glucose tolerance.",
            ("Hypertension", "2002 Nov", "40", "5", "679-86"),
        ),
        "Diabetes Prevention Program Research Group. Hypertension, insulin, and proinsulin in participants with "
        "impaired glucose tolerance. Hypertension. 2002;40(5):679-86.",
    ),
    (
        "persons and organisation",
        article(
            "Vallancien G; Emberton M; Harving N; van Moorselaar RJ; =Alf-One Study Group",
            "Sexual dysfunction in 1,274 European men suffering from lower urinary tract symptoms.",
            ("J Urol", "2003 Jun", "169", "6", "2257-61"),
        ),
        "Vallancien G, Emberton M, Harving N, van Moorselaar RJ; Alf-One Study Group. Sexual dysfunction in 1,274 "
        "European men suffering from lower urinary tract symptoms. J Urol. 2003;169(6):2257-61.",
    ),
    (
        "no author",
        article(
            "",
            "21st century heart solution may have a sting in the tail.",
            ("BMJ", "2002 Jul 27", "325", "7357", "184"),
        ),
        "21st century heart solution may have a sting in the tail. BMJ. 2002;325(7357):184.",
    ),
    (
        "not in English",
        article(
            "Ellingsen AE; Wilhelmsen I",
            "[Disease anxiety among medical students and law students].",
            ("Tidsskr Nor Laegeforen", "2002 Mar 20", "122", "8", "785-7"),
            languages=("nor",),
        ),
        "Ellingsen AE, Wilhelmsen I. [Disease anxiety among medical students and law students]. Tidsskr Nor "
        "Laegeforen. 2002;122(8):785-7. Norwegian.",
    ),
    (
        "volume with supplement",
        article(
            "Geraud G; Spierings EL; Keywood C",
            "Tolerability and safety of frovatriptan.",  # shortened
            ("Headache", "2002 Apr", "42 Suppl 2", "", "S93-9"),
        ),
        "Geraud G, Spierings EL, Keywood C. Tolerability and safety of frovatriptan. Headache. 2002;42 Suppl 2:S93-9.",
    ),
    (
        "issue with supplement",
        article(
            "Glauser TA",
            "Integrating clinical trial data into clinical practice.",
            ("Neurology", "2002 Jun 25", "58", "12 Suppl 7", "S6-12"),
        ),
        "Glauser TA. Integrating clinical trial data into clinical practice. Neurology. 2002;58(12 Suppl 7):S6-12.",
    ),
    (
        "volume with part",
        article(
            "Abend SM; Kulish N",
            "The psychoanalytic method from an epistemological viewpoint.",
            ("Int J Psychoanal", "2002 Apr", "83", "Pt 2", "491-5"),
        ),
        "Abend SM, Kulish N. The psychoanalytic method from an epistemological viewpoint. Int J Psychoanal. "
        "2002;83(Pt 2):491-5.",
    ),
    (
        "issue with no volume",
        article(
            "Banit DM; Kaufer H; Hartford JM",
            "Intraoperative frozen section analysis in revision total joint arthroplasty.",
            ("Clin Orthop", "2002 Aug", "", "401", "230-8"),
        ),
        "Banit DM, Kaufer H, Hartford JM. Intraoperative frozen section analysis in revision total joint "
        "arthroplasty. Clin Orthop. 2002;(401):230-8.",
    ),
    (
        "no volume or issue",
        article(
            "", "Outreach: bringing HIV-positive individuals into care.", ("HRSA Careaction", "2002 Jun", "", "", "1-6")
        ),
        "Outreach: bringing HIV-positive individuals into care. HRSA Careaction. 2002 Jun:1-6.",
    ),
    (
        "roman numerals",
        article(
            "Chadwick R; Schuklenk U",
            "The politics of ethical consensus finding.",
            ("Bioethics", "2002 Apr", "16", "2", "iii-v"),
        ),
        "Chadwick R, Schuklenk U. The politics of ethical consensus finding. Bioethics. 2002;16(2):iii-v.",
    ),
    (
        "retracted",
        article(
            "Feifel D; Moutier CY; Perry W",
            "Safety and tolerability of a rapidly escalating dose-loading regimen for risperidone.",
            ("J Clin Psychiatry", "2000 Dec", "61", "12", "909-11"),
            relations=(
                Relation(
                    "RetractionIn", "Feifel D, Moutier CY, Perry W. J Clin Psychiatry. 2002 Feb;63(2):169", 11874233
                ),
            ),
        ),
        "Feifel D, Moutier CY, Perry W. Safety and tolerability of a rapidly escalating dose-loading regimen for "
        "risperidone. J Clin Psychiatry. 2000;61(12):909-11. Retraction in: Feifel D, Moutier CY, Perry W. J Clin "
        "Psychiatry. 2002 Feb;63(2):169.",
    ),
    (
        "chapter in a book",
        Record(
            1,
            title="Chromosome alterations in human solid tumors.",
            author_lists=people("Meltzer PS; Kallioniemi A; Trent JM", "authors"),
            pagination=Pagination("93-113"),
            book=Book(
                "The genetic basis of human cancer",
                publisher="McGraw-Hill",
                publisher_location="New York",
                date=PartialDate("2002"),
                authors=people("Vogelstein B; Kinzler KW", "editors"),
            ),
        ),
        "Meltzer PS, Kallioniemi A, Trent JM. Chromosome alterations in human solid tumors. In: Vogelstein B, "
        "Kinzler KW, editors. The genetic basis of human cancer. New York: McGraw-Hill; 2002. p. 93-113.",
    ),
]

PUBMED = [
    # PubMed's "Cite" and "Summary", as copied into public pages
    (
        "the sample of NLM's page",
        article(
            "Halpern SD; Ubel PA; Caplan AL",
            "Solid-organ transplantation in HIV-infected patients.",
            ("N Engl J Med", "2002 Jul 25", "347", "4", "284-7"),
            pmid=12140307,
        ),
        "Halpern SD, Ubel PA, Caplan AL. Solid-organ transplantation in HIV-infected patients. N Engl J Med. 2002 "
        "Jul 25;347(4):284-7. PMID: 12140307.",
    ),
    (
        "retracted",
        article(
            "Zheng Q; Lam V",
            "Influence of Multiple Music Styles and Composition Styles on College Students' Mental Health.",
            ("Occup Ther Int", "2022 Jul 12", "2022", "", "6167197"),
            pmid=35936831,
            ids=(Identifier("doi", "10.1155/2022/6167197"), Identifier("pmc", "PMC9296337")),
            relations=(
                Relation(
                    "RetractionIn", "Occup Ther Int. 2023 Oct 4;2023:9763538. doi: 10.1155/2023/9763538.", 37829654
                ),
            ),
        ),
        "Zheng Q, Lam V. Influence of Multiple Music Styles and Composition Styles on College Students' Mental "
        "Health. Occup Ther Int. 2022 Jul 12;2022:6167197. doi: 10.1155/2022/6167197. Retraction in: Occup Ther Int. "
        "2023 Oct 4;2023:9763538. doi: 10.1155/2023/9763538. PMID: 35936831; PMCID: PMC9296337.",
    ),
    (
        "chapter of a book that goes on",
        Record(
            28723025,
            title="Physiology, Ovulation.",
            author_lists=people("Holesh JE; Bass AN; Lord M", "authors"),
            book=Book(
                "StatPearls",
                publisher="StatPearls Publishing",
                publisher_location="Treasure Island (FL)",
                beginning=PartialDate("2022", "01"),
                date=PartialDate("2022", "01"),
                contributed=PartialDate("2022", "5", "8"),
                medium="Internet",
            ),
        ),
        "Holesh JE, Bass AN, Lord M. Physiology, Ovulation. 2022 May 8. In: StatPearls [Internet]. Treasure Island "
        "(FL): StatPearls Publishing; 2022 Jan-. PMID: 28723025.",
    ),
]

AMA = [
    # AMA Manual of Style, 11th edition: 3.10 (subtitles), 3.12 (books); its library guides where so said
    (
        "3.10: title that ends in a question mark",
        article(
            "Jackson LG",
            "Prenatal diagnosis: Down syndrome or more?",
            ("Hum Mutat", "2017 Jul", "38", "7", "749", "10.1002/humu.23242"),
        ),
        "Jackson LG. Prenatal diagnosis: Down syndrome or more? _Hum Mutat_. 2017;38(7):749. doi:10.1002/humu.23242",
    ),
    (
        "3.10: title that ends in a quotation",
        article(
            "Ahn HS; Kim HJ; Welch HG",
            "Korea’s thyroid-cancer “epidemic”.",
            ("N Engl J Med", "2014 Nov 6", "371", "19", "1765-7", "10.1056/NEJMp1409841"),
        ),
        "Ahn HS, Kim HJ, Welch HG. Korea’s thyroid-cancer “epidemic”. _N Engl J Med_. 2014;371(19):1765-1767. "
        "doi:10.1056/NEJMp1409841",
    ),
    (
        "Belmont University: group",
        article(
            "Hacke W; Kaste M; Bluhmki E; Brozman M; Dávalos A; Guidetti D; Larrue V; =ECASS Investigators",
            "Thrombolysis with alteplase 3 to 4.5 hours after acute ischemic stroke.",
            ("N Engl J Med", "2008 Sep 25", "359", "13", "1317-29", "10.1056/NEJMoa0804656"),
        ),
        "Hacke W, Kaste M, Bluhmki E, et al; ECASS Investigators. Thrombolysis with alteplase 3 to 4.5 hours after "
        "acute ischemic stroke. _N Engl J Med_. 2008;359(13):1317-1329. doi:10.1056/NEJMoa0804656",
    ),
    (
        "Belmont University: e-locator",
        article(
            "Sullivan HW; Aikin KJ; Chung-Davies E; Wade M",
            "Prescription drug promotion from 2001-2014: data from the U.S. Food and Drug Administration.",
            ("PLoS One", "2016 May 5", "11", "5", "e0155035", "10.1371/journal.pone.0155035"),
        ),
        "Sullivan HW, Aikin KJ, Chung-Davies E, Wade M. Prescription drug promotion from 2001-2014: data from the "
        "U.S. Food and Drug Administration. _PLoS One_. 2016;11(5):e0155035. doi:10.1371/journal.pone.0155035",
    ),
    (
        "Belmont University: ahead of print",
        article(
            "Tse J; LaStella D; Chow E; Kingman E; Pearlman S; Valeri L; Wang H; Dixon LB",
            "Telehealth acceptability and feasibility.",  # shortened
            ("Psychiatr Serv", "2021 May 7"),
            **AHEAD,
        ),
        "Tse J, LaStella D, Chow E, et al. Telehealth acceptability and feasibility. _Psychiatr Serv_. Published "
        "online May 7, 2021.",
    ),
    (
        "10th edition: supplement",
        article(
            "McDougle CJ; Stigler KA; Posey DJ",
            "Treatment of aggression in children.",  # shortened
            ("J Clin Psychiatry", "2003", "64 Suppl 4", "", "16-25"),
        ),
        "McDougle CJ, Stigler KA, Posey DJ. Treatment of aggression in children. _J Clin Psychiatry_. 2003;64(suppl "
        "4):16-25.",
    ),
    (
        "10th edition: neither volume nor issue",
        article("Flyvholm MA", "Nordic occupational skin questionnaires.", ("Tema Nord", "2002 Apr", "", "", "518-20")),
        "Flyvholm MA. Nordic occupational skin questionnaires. _Tema Nord_. April 2002:518-520.",
    ),
    (
        "10th edition: issue with no volume",
        article(
            "Keppel K",
            "Methodologic issues in measuring health disparities.",
            ("Vital Health Stat", "2005", "", "14", "116"),
        ),
        "Keppel K. Methodologic issues in measuring health disparities. _Vital Health Stat_. 2005;(14):116.",
    ),
    (
        "PubMed's AMA: retracted",
        article(
            "Liang WW; Müller S; Hart SK; Wessels HH; Méndez-Mancilla A; Sookdeo A; Choi O",
            "Transcriptome-scale RNA-targeting CRISPR screens reveal essential lncRNAs in human cells.",
            ("Cell", "2024 Dec 26", "187", "26", "7637-7654.e29", "10.1016/j.cell.2024.10.021"),
            relations=(Relation("RetractionIn", "Cell. 2025 Dec 24;188(26):7629. doi: 10.1016/j.cell.2025.11.032."),),
        ),
        "Liang WW, Müller S, Hart SK, et al. Transcriptome-scale RNA-targeting CRISPR screens reveal essential "
        "lncRNAs in human cells [retracted in: Cell. 2025 Dec 24;188(26):7629. doi: 10.1016/j.cell.2025.11.032]. "
        "_Cell_. 2024;187(26):7637-7654.e29. doi:10.1016/j.cell.2024.10.021",
    ),
    (
        "3.12: edited book",
        Record(
            1,
            book=Book(
                "Middleton’s Allergy: Principles and Practice",
                publisher="Saunders",
                date=PartialDate("2014"),
                edition="8th edition",
                authors=people(
                    "Adkinson NF Jr; Bochner BS; Burks W; Busse WW; Holgate ST; Lemanske RF; O’Hehir RE", "editors"
                ),
            ),
        ),
        "Adkinson NF Jr, Bochner BS, Burks W, et al, eds. _Middleton’s Allergy: Principles and Practice_. 8th ed. "
        "Saunders; 2014.",
    ),
    (
        "3.12: book by a group",
        Record(
            1,
            author_lists=people("=Australian Technical Advisory Group on Immunisation (ATAGI)", "authors"),
            book=Book(
                "The Australian Immunisation Handbook",
                publisher="Australian Government Dept of Health",
                date=PartialDate("2015"),
                edition="10th ed.",
            ),
        ),
        "Australian Technical Advisory Group on Immunisation (ATAGI). _The Australian Immunisation Handbook_. 10th "
        "ed. Australian Government Dept of Health; 2015.",
    ),
]

APA = [
    # APA Style, "Journal Article References"; Publication Manual, 7th edition, 10.1 and 10.3
    (
        "article",
        article(
            "Grady JS; Her M; Moreno G; Perez C; Yelinek J",
            "Emotions in storybooks: A comparison of storybooks that represent ethnic and racial groups in the "
            "United States.",
            ("Psychol Pop Media Cult", "2019", "8", "3", "207-217", "10.1037/ppm0000185"),
            full="Psychology of popular media culture",
        ),
        "Grady, J. S., Her, M., Moreno, G., Perez, C., & Yelinek, J. (2019). Emotions in storybooks: A comparison of "
        "storybooks that represent ethnic and racial groups in the United States. _Psychology of Popular Media "
        "Culture, 8_(3), 207–217. https://doi.org/10.1037/ppm0000185",
    ),
    (
        "article number",
        article(
            "Jerrentrup A; Mueller T; Glowalla U; Herder M; Henrichs N; Neubauer A; Schaefer JR",
            "Teaching medicine with the help of “Dr. House.”",
            ("PLoS One", "2018", "13", "3", "e0193972", "10.1371/journal.pone.0193972"),
        ),
        "Jerrentrup, A., Mueller, T., Glowalla, U., Herder, M., Henrichs, N., Neubauer, A., & Schaefer, J. R. "
        "(2018). Teaching medicine with the help of “Dr. House.” _PLoS One, 13_(3), Article e0193972. "
        "https://doi.org/10.1371/journal.pone.0193972",
    ),
    (
        "no volume",
        article(
            "Lipscomb AY",
            "Addressing trauma in the college essay writing process.",
            ("J Coll Admiss", "2021 Winter", "", "249", "30-33"),
            full="The journal of college admission",
        ),
        "Lipscomb, A. Y. (2021, Winter). Addressing trauma in the college essay writing process. _The Journal of "
        "College Admission_, (249), 30–33.",
    ),
    (
        "no issue; title that ends in a question mark",
        article(
            "Sanchiz M; Chevalier A; Amadieu F",
            "How do older and young adults start searching for information?",  # shortened
            ("Comput Human Behav", "2017", "72", "", "67-78", "10.1016/j.chb.2017.02.038"),
            full="Computers in human behavior",
        ),
        "Sanchiz, M., Chevalier, A., & Amadieu, F. (2017). How do older and young adults start searching for "
        "information? _Computers in Human Behavior, 72_, 67–78. https://doi.org/10.1016/j.chb.2017.02.038",
    ),
    (
        "advance online publication",
        article(
            "Huestegge SM; Raettig T; Huestegge L",
            "Are face-incongruent voices harder to process?",  # shortened
            ("Exp Psychol", "2019 Aug 13", "", "", "", "10.1027/1618-3169/a000440"),
            full="Experimental psychology",
            **AHEAD,
        ),
        "Huestegge, S. M., Raettig, T., & Huestegge, L. (2019). Are face-incongruent voices harder to process? "
        "_Experimental Psychology_. Advance online publication. https://doi.org/10.1027/1618-3169/a000440",
    ),
    (
        "retracted",
        article(
            "Joly JF; Stapel DA; Lindenberg SM",
            "Silence and table manners: When environments activate norms.",
            ("Pers Soc Psychol Bull", "2008 Aug", "34", "8", "1047-56", "10.1177/0146167208318401"),
            full="Personality & social psychology bulletin",
            relations=(Relation("RetractionIn", "Pers Soc Psychol Bull. 2012 Oct;38(10):1378"),),
        ),
        "Joly, J. F., Stapel, D. A., & Lindenberg, S. M. (2008). Silence and table manners: When environments "
        "activate norms. _Personality & Social Psychology Bulletin, 34_(8), 1047–1056. "
        "https://doi.org/10.1177/0146167208318401 (Retraction published 2012, _Personality & Social Psychology "
        "Bulletin, 38_[10], 1378)",
    ),
    (
        "more than twenty authors",
        article(
            "Kalnay E; Kanamitsu M; Kistler R; Collins W; Deaven D; Gandin L; Iredell M; Saha S; White G; Woollen J; "
            "Zhu Y; Chelliah M; Ebisuzaki W; Higgins W; Janowiak J; Mo KC; Ropelewski C; Wang J; Leetmaa A; Reynolds "
            "R; Jenne R; Joseph D",
            "The NCEP/NCAR 40-year reanalysis project.",
            ("Bull Am Meteorol Soc", "1996", "77", "3", "437-471"),
            full="Bulletin of the American Meteorological Society",
        ),
        "Kalnay, E., Kanamitsu, M., Kistler, R., Collins, W., Deaven, D., Gandin, L., Iredell, M., Saha, S., White, "
        "G., Woollen, J., Zhu, Y., Chelliah, M., Ebisuzaki, W., Higgins, W., Janowiak, J., Mo, K. C., Ropelewski, "
        "C., Wang, J., Leetmaa, A., . . . Joseph, D. (1996). The NCEP/NCAR 40-year reanalysis project. _Bulletin of "
        "the American Meteorological Society, 77_(3), 437–471.",
    ),
    (
        "chapter in an edited book",
        Record(
            1,
            title="Cognitive behavior therapy with sexual and gender minority people",  # shortened
            author_lists=people("Balsam KF; Martell CR; Jones KP; Safren SA", "authors"),
            pagination=Pagination("287-314"),
            ids=(Identifier("doi", "10.1037/0000119-012"),),
            book=Book(
                "Culturally responsive cognitive behavior therapy: Practice and supervision",
                publisher="American Psychological Association",
                date=PartialDate("2019"),
                edition="2nd",
                authors=people("Iwamasa GY; Hays PA", "editors"),
            ),
        ),
        "Balsam, K. F., Martell, C. R., Jones, K. P., & Safren, S. A. (2019). Cognitive behavior therapy with sexual "
        "and gender minority people. In G. Y. Iwamasa & P. A. Hays (Eds.), _Culturally responsive cognitive behavior "
        "therapy: Practice and supervision_ (2nd ed., pp. 287–314). American Psychological Association. "
        "https://doi.org/10.1037/0000119-012",
    ),
]

MLA = [
    # MLA Style Center, "Works Cited: A Quick Guide"; Purdue OWL; University of British Columbia and University of
    # Nevada, guides to MLA 9: all without their databases
    (
        "journal whose title has an article",
        article(
            "Goldman, Anne",
            "Questions of Transport: Reading Primo Levi Reading Dante.",
            ("Ga Rev", "2010", "64", "1", "69-88"),
            full="The Georgia review",
        ),
        "Goldman, Anne. “Questions of Transport: Reading Primo Levi Reading Dante.” _The Georgia Review_, vol. 64, no. "
        "1, 2010, pp. 69-88.",
    ),
    (
        "italics in a title",
        article(
            "Bagchi, Alaknanda",
            Text(
                "Conflicting Nationalisms: The Voice of the Subaltern in Mahasweta Devi’s Bashai Tudu.",
                "Conflicting Nationalisms: The Voice of the Subaltern in Mahasweta Devi’s <i>Bashai Tudu</i>.",
            ),
            ("Tulsa Stud Womens Lit", "1996", "15", "1", "41-50"),
            full="Tulsa studies in women’s literature",
        ),
        "Bagchi, Alaknanda. “Conflicting Nationalisms: The Voice of the Subaltern in Mahasweta Devi’s _Bashai Tudu_.” "
        "_Tulsa Studies in Women’s Literature_, vol. 15, no. 1, 1996, pp. 41-50.",
    ),
    (
        "one author",
        article(
            "Baron, Naomi S",
            "Redefining Reading: The Impact of Digital Communication Media.",
            ("PMLA", "2013", "128", "1", "193-200"),
        ),
        "Baron, Naomi S. “Redefining Reading: The Impact of Digital Communication Media.” _PMLA_, vol. 128, no. 1, "
        "2013, pp. 193-200.",
    ),
    (
        "two authors",
        article(
            "Mayorga, Edwin; Picower, Bree",
            "Active Solidarity.",  # shortened
            ("Urban Educ", "2017", "53", "2", "212-30"),
            full="Urban education",
        ),
        "Mayorga, Edwin, and Bree Picower. “Active Solidarity.” _Urban Education_, vol. 53, no. 2, 2017, pp. 212-30.",
    ),
    (
        "three authors",
        article(
            "Castillo-Montoya, Milagros; Abreu, Joshua; Abad, Abdul",
            "Racially Liberatory Pedagogy.",  # shortened
            ("Int J Qual Stud Educ", "2019", "32", "9", "1125-1145", "10.1080/09518398.2019.1645904"),
            full="International journal of qualitative studies in education",
        ),
        "Castillo-Montoya, Milagros, et al. “Racially Liberatory Pedagogy.” _International Journal of Qualitative "
        "Studies in Education_, vol. 32, no. 9, 2019, pp. 1125-45, https://doi.org/10.1080/09518398.2019.1645904.",
    ),
]

GUIDES = [
    *[("vancouver", *example) for example in ICMJE],
    *[("nlm", *example) for example in PUBMED],
    *[("ama", *example) for example in AMA],
    *[("apa", *example) for example in APA],
    *[("mla", *example) for example in MLA],
]


@pytest.mark.parametrize(
    ("style", "record", "expected"),
    [(style, record, expected) for style, _, record, expected in GUIDES],
    ids=[f"{style}: {name}" for style, name, _, _ in GUIDES],
)
def test_published_examples(style: str, record: Record, expected: str) -> None:
    reference = citation(record, style)
    written = told(reference) if "_" in expected else reference.plain()
    assert written == expected
