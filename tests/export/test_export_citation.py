"""References: the style guides' own published examples, PubMed's own references, and whatever a record may hold.

Each example is named after where it is published. In it, italics are marked with underscores.
"""

from __future__ import annotations

import gzip
import re
import unicodedata
from typing import Any

import pytest
from export_samples import DATA, RECORDS, RICH, needs_data, real
from hypothesis import given, settings
from test_export_reference import words_of_html, words_of_markdown

from tui.export import imprint
from tui.export.citation import STYLES, UnknownStyle, citation, style_named
from tui.export.languages import LANGUAGES, spoken
from tui.export.notices import changes
from tui.export.reference import Reference
from tui.model.dates import PartialDate
from tui.model.problem import Problem
from tui.model.record import (
    ArticleDate,
    Book,
    Identifier,
    Issue,
    Journal,
    Pagination,
    Person,
    PersonList,
    Record,
    Relation,
    Term,
)


def _person(name: str) -> Person:
    """``Family, Given`` or ``Family AB Jr``; a group begins with ``=``."""
    if name.startswith("="):
        return Person(collective_name=name[1:])
    family, comma, given = name.partition(", ")
    if comma:
        return Person(family, given, "".join(part[0] for part in re.split("[ -]", given)))
    found = re.fullmatch(r"(.+?) ([A-Z]{1,4})(?: (Jr|Sr|[IV]+))?", name)
    return Person(found[1], "", found[2], found[3] or "") if found else Person(name)


def _people(names: str, kind: str = "") -> tuple[PersonList, ...]:
    return (PersonList(tuple(map(_person, names.split("; "))), kind=kind),) if names else ()


def _date(text: str) -> PartialDate:
    parts = text.split()
    return (
        PartialDate(*parts)
        if len(parts) == 1 or parts[1].isalpha() and len(parts[1]) == 3
        else PartialDate(parts[0], season=parts[1])
    )


def _article(
    authors: str,
    title: str,
    journal: str,
    date: str,
    volume: str = "",
    issue: str = "",
    pages: str = "",
    doi: str = "",
    *,
    full: str = "",
    pmid: int = 1,
    pmcid: str = "",
    **others: Any,
) -> Record:
    ids = tuple(Identifier(kind, value) for kind, value in (("doi", doi), ("pmc", pmcid)) if value)
    given: dict[str, Any] = {"languages": ("eng",), "ids": ids, **others}
    return Record(
        pmid,
        title=title,
        journal=Journal(full or journal, medline_ta=journal),
        issue=Issue(volume, issue, _date(date)),
        pagination=Pagination(pages),
        author_lists=_people(authors),
        **given,
    )


def _told(reference: Reference) -> str:
    """Plain text, with underscores around what the style sets in italics."""
    return "".join(f"_{run.text}_" if run.italic else run.text for run in reference.runs)


RETRACTED = (Term("Retracted Publication"),)
AHEAD: dict[str, Any] = {"publication_status": "aheadofprint", "publication_model": "Print-Electronic"}

ICMJE = [
    # NLM, "Samples of Formatted References for Authors of Journal Articles" (ICMJE's sample references)
    (
        "more than six authors",
        _article(
            "Rose ME; Huerbin MB; Melick J; Marion DW; Palmer AM; Schiding JK; Kochanek PM; Graham SH",
            "Regulation of interstitial excitatory amino acid concentrations after cortical contusion injury.",
            *("Brain Res", "2002 May 10", "935", "1-2", "40-6"),
        ),
        "Rose ME, Huerbin MB, Melick J, Marion DW, Palmer AM, Schiding JK, et al. Regulation of interstitial excitatory "
        "amino acid concentrations after cortical contusion injury. Brain Res. 2002;935(1-2):40-6.",
    ),
    (
        "organisation as author",
        _article(
            "=Diabetes Prevention Program Research Group",
            "Hypertension, insulin, and proinsulin in participants with impaired glucose tolerance.",
            *("Hypertension", "2002 Nov", "40", "5", "679-86"),
        ),
        "Diabetes Prevention Program Research Group. Hypertension, insulin, and proinsulin in participants with impaired "
        "glucose tolerance. Hypertension. 2002;40(5):679-86.",
    ),
    (
        "persons and organisation",
        _article(
            "Vallancien G; Emberton M; Harving N; van Moorselaar RJ; =Alf-One Study Group",
            "Sexual dysfunction in 1,274 European men suffering from lower urinary tract symptoms.",
            *("J Urol", "2003 Jun", "169", "6", "2257-61"),
        ),
        "Vallancien G, Emberton M, Harving N, van Moorselaar RJ; Alf-One Study Group. Sexual dysfunction in 1,274 "
        "European men suffering from lower urinary tract symptoms. J Urol. 2003;169(6):2257-61.",
    ),
    (
        "no author",
        _article(
            "", "21st century heart solution may have a sting in the tail.", "BMJ", "2002 Jul 27", "325", "7357", "184"
        ),
        "21st century heart solution may have a sting in the tail. BMJ. 2002;325(7357):184.",
    ),
    (
        "not in English",
        _article(
            "Ellingsen AE; Wilhelmsen I",
            "[Disease anxiety among medical students and law students].",
            *("Tidsskr Nor Laegeforen", "2002 Mar 20", "122", "8", "785-7"),
            languages=("nor",),
        ),
        "Ellingsen AE, Wilhelmsen I. [Disease anxiety among medical students and law students]. Tidsskr Nor Laegeforen. "
        "2002;122(8):785-7. Norwegian.",
    ),
    (
        "volume with supplement",
        _article(
            "Geraud G; Spierings EL; Keywood C",
            "Tolerability and safety of frovatriptan.",  # shortened
            *("Headache", "2002 Apr", "42 Suppl 2", "", "S93-9"),
        ),
        "Geraud G, Spierings EL, Keywood C. Tolerability and safety of frovatriptan. Headache. 2002;42 Suppl 2:S93-9.",
    ),
    (
        "issue with supplement",
        _article(
            "Glauser TA",
            "Integrating clinical trial data into clinical practice.",
            *("Neurology", "2002 Jun 25", "58", "12 Suppl 7", "S6-12"),
        ),
        "Glauser TA. Integrating clinical trial data into clinical practice. Neurology. 2002;58(12 Suppl 7):S6-12.",
    ),
    (
        "volume with part",
        _article(
            "Abend SM; Kulish N",
            "The psychoanalytic method from an epistemological viewpoint.",
            *("Int J Psychoanal", "2002 Apr", "83", "Pt 2", "491-5"),
        ),
        "Abend SM, Kulish N. The psychoanalytic method from an epistemological viewpoint. Int J Psychoanal. "
        "2002;83(Pt 2):491-5.",
    ),
    (
        "issue with no volume",
        _article(
            "Banit DM; Kaufer H; Hartford JM",
            "Intraoperative frozen section analysis in revision total joint arthroplasty.",
            *("Clin Orthop", "2002 Aug", "", "401", "230-8"),
        ),
        "Banit DM, Kaufer H, Hartford JM. Intraoperative frozen section analysis in revision total joint arthroplasty. "
        "Clin Orthop. 2002;(401):230-8.",
    ),
    (
        "no volume or issue",
        _article(
            "", "Outreach: bringing HIV-positive individuals into care.", "HRSA Careaction", "2002 Jun", pages="1-6"
        ),
        "Outreach: bringing HIV-positive individuals into care. HRSA Careaction. 2002 Jun:1-6.",
    ),
    (
        "roman numerals",
        _article(
            "Chadwick R; Schuklenk U",
            "The politics of ethical consensus finding.",
            *("Bioethics", "2002 Apr", "16", "2", "iii-v"),
        ),
        "Chadwick R, Schuklenk U. The politics of ethical consensus finding. Bioethics. 2002;16(2):iii-v.",
    ),
    (
        "retracted",
        _article(
            "Feifel D; Moutier CY; Perry W",
            "Safety and tolerability of a rapidly escalating dose-loading regimen for risperidone.",
            *("J Clin Psychiatry", "2000 Dec", "61", "12", "909-11"),
            relations=(
                Relation(
                    "RetractionIn", "Feifel D, Moutier CY, Perry W. J Clin Psychiatry. 2002 Feb;63(2):169", 11874233
                ),
            ),
        ),
        "Feifel D, Moutier CY, Perry W. Safety and tolerability of a rapidly escalating dose-loading regimen for "
        "risperidone. J Clin Psychiatry. 2000;61(12):909-11. Retraction in: Feifel D, Moutier CY, Perry W. "
        "J Clin Psychiatry. 2002 Feb;63(2):169.",
    ),
    (
        "chapter in a book",
        Record(
            1,
            title="Chromosome alterations in human solid tumors.",
            author_lists=_people("Meltzer PS; Kallioniemi A; Trent JM", "authors"),
            pagination=Pagination("93-113"),
            book=Book(
                "The genetic basis of human cancer",
                publisher="McGraw-Hill",
                publisher_location="New York",
                date=PartialDate("2002"),
                authors=_people("Vogelstein B; Kinzler KW", "editors"),
            ),
        ),
        "Meltzer PS, Kallioniemi A, Trent JM. Chromosome alterations in human solid tumors. In: Vogelstein B, Kinzler "
        "KW, editors. The genetic basis of human cancer. New York: McGraw-Hill; 2002. p. 93-113.",
    ),
]

PUBMED = [
    # PubMed's "Cite" and "Summary", as copied into public pages
    (
        "the sample of NLM's page",
        _article(
            "Halpern SD; Ubel PA; Caplan AL",
            "Solid-organ transplantation in HIV-infected patients.",
            *("N Engl J Med", "2002 Jul 25", "347", "4", "284-7"),
            pmid=12140307,
        ),
        "Halpern SD, Ubel PA, Caplan AL. Solid-organ transplantation in HIV-infected patients. N Engl J Med. 2002 Jul "
        "25;347(4):284-7. PMID: 12140307.",
    ),
    (
        "retracted",
        _article(
            "Zheng Q; Lam V",
            "Influence of Multiple Music Styles and Composition Styles on College Students' Mental Health.",
            *("Occup Ther Int", "2022 Jul 12", "2022", "", "6167197", "10.1155/2022/6167197"),
            pmid=35936831,
            pmcid="PMC9296337",
            relations=(
                Relation(
                    "RetractionIn", "Occup Ther Int. 2023 Oct 4;2023:9763538. doi: 10.1155/2023/9763538.", 37829654
                ),
            ),
        ),
        "Zheng Q, Lam V. Influence of Multiple Music Styles and Composition Styles on College Students' Mental Health. "
        "Occup Ther Int. 2022 Jul 12;2022:6167197. doi: 10.1155/2022/6167197. Retraction in: Occup Ther Int. 2023 Oct "
        "4;2023:9763538. doi: 10.1155/2023/9763538. PMID: 35936831; PMCID: PMC9296337.",
    ),
    (
        "chapter of a book that goes on",
        Record(
            28723025,
            title="Physiology, Ovulation.",
            author_lists=_people("Holesh JE; Bass AN; Lord M", "authors"),
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
        "Holesh JE, Bass AN, Lord M. Physiology, Ovulation. 2022 May 8. In: StatPearls [Internet]. Treasure Island (FL): "
        "StatPearls Publishing; 2022 Jan-. PMID: 28723025.",
    ),
]

AMA = [
    # AMA Manual of Style, 11th edition: 3.10 (subtitles), 3.12 (books); its library guides where so said
    (
        "3.10: title that ends in a question mark",
        _article(
            "Jackson LG",
            "Prenatal diagnosis: Down syndrome or more?",
            *("Hum Mutat", "2017 Jul", "38", "7", "749", "10.1002/humu.23242"),
        ),
        "Jackson LG. Prenatal diagnosis: Down syndrome or more? _Hum Mutat_. 2017;38(7):749. doi:10.1002/humu.23242",
    ),
    (
        "3.10: title that ends in a quotation",
        _article(
            "Ahn HS; Kim HJ; Welch HG",
            "Korea’s thyroid-cancer “epidemic”.",
            *("N Engl J Med", "2014 Nov 6", "371", "19", "1765-7", "10.1056/NEJMp1409841"),
        ),
        "Ahn HS, Kim HJ, Welch HG. Korea’s thyroid-cancer “epidemic”. _N Engl J Med_. 2014;371(19):1765-1767. "
        "doi:10.1056/NEJMp1409841",
    ),
    (
        "Belmont University: group",
        _article(
            "Hacke W; Kaste M; Bluhmki E; Brozman M; Dávalos A; Guidetti D; Larrue V; =ECASS Investigators",
            "Thrombolysis with alteplase 3 to 4.5 hours after acute ischemic stroke.",
            *("N Engl J Med", "2008 Sep 25", "359", "13", "1317-29", "10.1056/NEJMoa0804656"),
        ),
        "Hacke W, Kaste M, Bluhmki E, et al; ECASS Investigators. Thrombolysis with alteplase 3 to 4.5 hours after acute "
        "ischemic stroke. _N Engl J Med_. 2008;359(13):1317-1329. doi:10.1056/NEJMoa0804656",
    ),
    (
        "Belmont University: e-locator",
        _article(
            "Sullivan HW; Aikin KJ; Chung-Davies E; Wade M",
            "Prescription drug promotion from 2001-2014: data from the U.S. Food and Drug Administration.",
            *("PLoS One", "2016 May 5", "11", "5", "e0155035", "10.1371/journal.pone.0155035"),
        ),
        "Sullivan HW, Aikin KJ, Chung-Davies E, Wade M. Prescription drug promotion from 2001-2014: data from the U.S. "
        "Food and Drug Administration. _PLoS One_. 2016;11(5):e0155035. doi:10.1371/journal.pone.0155035",
    ),
    (
        "Belmont University: ahead of print",
        _article(
            "Tse J; LaStella D; Chow E; Kingman E; Pearlman S; Valeri L; Wang H; Dixon LB",
            "Telehealth acceptability and feasibility.",  # shortened
            *("Psychiatr Serv", "2021 May 7"),
            **AHEAD,
        ),
        "Tse J, LaStella D, Chow E, et al. Telehealth acceptability and feasibility. _Psychiatr Serv_. Published online "
        "May 7, 2021.",
    ),
    (
        "10th edition: supplement",
        _article(
            "McDougle CJ; Stigler KA; Posey DJ",
            "Treatment of aggression in children.",  # shortened
            *("J Clin Psychiatry", "2003", "64 Suppl 4", "", "16-25"),
        ),
        "McDougle CJ, Stigler KA, Posey DJ. Treatment of aggression in children. _J Clin Psychiatry_. "
        "2003;64(suppl 4):16-25.",
    ),
    (
        "10th edition: neither volume nor issue",
        _article("Flyvholm MA", "Nordic occupational skin questionnaires.", "Tema Nord", "2002 Apr", pages="518-20"),
        "Flyvholm MA. Nordic occupational skin questionnaires. _Tema Nord_. April 2002:518-520.",
    ),
    (
        "10th edition: issue with no volume",
        _article(
            "Keppel K",
            "Methodologic issues in measuring health disparities.",
            *("Vital Health Stat", "2005", "", "14", "116"),
        ),
        "Keppel K. Methodologic issues in measuring health disparities. _Vital Health Stat_. 2005;(14):116.",
    ),
    (
        "PubMed's AMA: retracted",
        _article(
            "Liang WW; Müller S; Hart SK; Wessels HH; Méndez-Mancilla A; Sookdeo A; Choi O",
            "Transcriptome-scale RNA-targeting CRISPR screens reveal essential lncRNAs in human cells.",
            *("Cell", "2024 Dec 26", "187", "26", "7637-7654.e29", "10.1016/j.cell.2024.10.021"),
            relations=(Relation("RetractionIn", "Cell. 2025 Dec 24;188(26):7629. doi: 10.1016/j.cell.2025.11.032."),),
        ),
        "Liang WW, Müller S, Hart SK, et al. Transcriptome-scale RNA-targeting CRISPR screens reveal essential lncRNAs "
        "in human cells [retracted in: Cell. 2025 Dec 24;188(26):7629. doi: 10.1016/j.cell.2025.11.032]. _Cell_. "
        "2024;187(26):7637-7654.e29. doi:10.1016/j.cell.2024.10.021",
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
                authors=_people(
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
            author_lists=_people("=Australian Technical Advisory Group on Immunisation (ATAGI)", "authors"),
            book=Book(
                "The Australian Immunisation Handbook",
                publisher="Australian Government Dept of Health",
                date=PartialDate("2015"),
                edition="10th ed.",
            ),
        ),
        "Australian Technical Advisory Group on Immunisation (ATAGI). _The Australian Immunisation Handbook_. 10th ed. "
        "Australian Government Dept of Health; 2015.",
    ),
]

APA = [
    # APA Style, "Journal Article References"; Publication Manual, 7th edition, 10.1 and 10.3
    (
        "article",
        _article(
            "Grady JS; Her M; Moreno G; Perez C; Yelinek J",
            "Emotions in storybooks: A comparison of storybooks that represent ethnic and racial groups in the United "
            "States.",
            *("Psychol Pop Media Cult", "2019", "8", "3", "207-217", "10.1037/ppm0000185"),
            full="Psychology of popular media culture",
        ),
        "Grady, J. S., Her, M., Moreno, G., Perez, C., & Yelinek, J. (2019). Emotions in storybooks: A comparison of "
        "storybooks that represent ethnic and racial groups in the United States. _Psychology of Popular Media Culture, "
        "8_(3), 207–217. https://doi.org/10.1037/ppm0000185",
    ),
    (
        "article number",
        _article(
            "Jerrentrup A; Mueller T; Glowalla U; Herder M; Henrichs N; Neubauer A; Schaefer JR",
            "Teaching medicine with the help of “Dr. House.”",
            *("PLoS One", "2018", "13", "3", "e0193972", "10.1371/journal.pone.0193972"),
        ),
        "Jerrentrup, A., Mueller, T., Glowalla, U., Herder, M., Henrichs, N., Neubauer, A., & Schaefer, J. R. (2018). "
        "Teaching medicine with the help of “Dr. House.” _PLoS One, 13_(3), Article e0193972. "
        "https://doi.org/10.1371/journal.pone.0193972",
    ),
    (
        "no volume",
        _article(
            "Lipscomb AY",
            "Addressing trauma in the college essay writing process.",
            *("J Coll Admiss", "2021 Winter", "", "249", "30-33"),
            full="The journal of college admission",
        ),
        "Lipscomb, A. Y. (2021, Winter). Addressing trauma in the college essay writing process. _The Journal of College "
        "Admission_, (249), 30–33.",
    ),
    (
        "no issue; title that ends in a question mark",
        _article(
            "Sanchiz M; Chevalier A; Amadieu F",
            "How do older and young adults start searching for information?",  # shortened
            *("Comput Human Behav", "2017", "72", "", "67-78", "10.1016/j.chb.2017.02.038"),
            full="Computers in human behavior",
        ),
        "Sanchiz, M., Chevalier, A., & Amadieu, F. (2017). How do older and young adults start searching for "
        "information? _Computers in Human Behavior, 72_, 67–78. https://doi.org/10.1016/j.chb.2017.02.038",
    ),
    (
        "advance online publication",
        _article(
            "Huestegge SM; Raettig T; Huestegge L",
            "Are face-incongruent voices harder to process?",  # shortened
            *("Exp Psychol", "2019 Aug 13"),
            doi="10.1027/1618-3169/a000440",
            full="Experimental psychology",
            **AHEAD,
        ),
        "Huestegge, S. M., Raettig, T., & Huestegge, L. (2019). Are face-incongruent voices harder to process? "
        "_Experimental Psychology_. Advance online publication. https://doi.org/10.1027/1618-3169/a000440",
    ),
    (
        "retracted",
        _article(
            "Joly JF; Stapel DA; Lindenberg SM",
            "Silence and table manners: When environments activate norms.",
            *("Pers Soc Psychol Bull", "2008 Aug", "34", "8", "1047-56", "10.1177/0146167208318401"),
            full="Personality & social psychology bulletin",
            relations=(Relation("RetractionIn", "Pers Soc Psychol Bull. 2012 Oct;38(10):1378"),),
        ),
        "Joly, J. F., Stapel, D. A., & Lindenberg, S. M. (2008). Silence and table manners: When environments activate "
        "norms. _Personality & Social Psychology Bulletin, 34_(8), 1047–1056. "
        "https://doi.org/10.1177/0146167208318401 (Retraction published 2012, _Personality & Social Psychology Bulletin, "
        "38_[10], 1378)",
    ),
    (
        "more than twenty authors",
        _article(
            "Kalnay E; Kanamitsu M; Kistler R; Collins W; Deaven D; Gandin L; Iredell M; Saha S; White G; Woollen J; "
            "Zhu Y; Chelliah M; Ebisuzaki W; Higgins W; Janowiak J; Mo KC; Ropelewski C; Wang J; Leetmaa A; Reynolds R; "
            "Jenne R; Joseph D",
            "The NCEP/NCAR 40-year reanalysis project.",
            *("Bull Am Meteorol Soc", "1996", "77", "3", "437-471"),
            full="Bulletin of the American Meteorological Society",
        ),
        "Kalnay, E., Kanamitsu, M., Kistler, R., Collins, W., Deaven, D., Gandin, L., Iredell, M., Saha, S., White, G., "
        "Woollen, J., Zhu, Y., Chelliah, M., Ebisuzaki, W., Higgins, W., Janowiak, J., Mo, K. C., Ropelewski, C., Wang, "
        "J., Leetmaa, A., . . . Joseph, D. (1996). The NCEP/NCAR 40-year reanalysis project. _Bulletin of the American "
        "Meteorological Society, 77_(3), 437–471.",
    ),
    (
        "chapter in an edited book",
        Record(
            1,
            title="Cognitive behavior therapy with sexual and gender minority people",  # shortened
            author_lists=_people("Balsam KF; Martell CR; Jones KP; Safren SA", "authors"),
            pagination=Pagination("287-314"),
            ids=(Identifier("doi", "10.1037/0000119-012"),),
            book=Book(
                "Culturally responsive cognitive behavior therapy: Practice and supervision",
                publisher="American Psychological Association",
                date=PartialDate("2019"),
                edition="2nd",
                authors=_people("Iwamasa GY; Hays PA", "editors"),
            ),
        ),
        "Balsam, K. F., Martell, C. R., Jones, K. P., & Safren, S. A. (2019). Cognitive behavior therapy with sexual and "
        "gender minority people. In G. Y. Iwamasa & P. A. Hays (Eds.), _Culturally responsive cognitive behavior "
        "therapy: Practice and supervision_ (2nd ed., pp. 287–314). American Psychological Association. "
        "https://doi.org/10.1037/0000119-012",
    ),
]

MLA = [
    # University of British Columbia and University of Nevada, guides to MLA 9, without their databases
    (
        "one author",
        _article(
            "Baron, Naomi S",
            "Redefining Reading: The Impact of Digital Communication Media.",
            *("PMLA", "2013", "128", "1", "193-200"),
        ),
        "Baron, Naomi S. “Redefining Reading: The Impact of Digital Communication Media.” _PMLA_, vol. 128, no. 1, 2013, "
        "pp. 193-200.",
    ),
    (
        "two authors",
        _article(
            "Mayorga, Edwin; Picower, Bree",
            "Active Solidarity.",  # shortened
            *("Urban Educ", "2017", "53", "2", "212-30"),
            full="Urban education",
        ),
        "Mayorga, Edwin, and Bree Picower. “Active Solidarity.” _Urban Education_, vol. 53, no. 2, 2017, pp. 212-30.",
    ),
    (
        "three authors",
        _article(
            "Castillo-Montoya, Milagros; Abreu, Joshua; Abad, Abdul",
            "Racially Liberatory Pedagogy.",  # shortened
            *("Int J Qual Stud Educ", "2019", "32", "9", "1125-1145", "10.1080/09518398.2019.1645904"),
            full="International journal of qualitative studies in education",
        ),
        "Castillo-Montoya, Milagros, et al. “Racially Liberatory Pedagogy.” _International Journal of Qualitative Studies "
        "in Education_, vol. 32, no. 9, 2019, pp. 1125-45, https://doi.org/10.1080/09518398.2019.1645904.",
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
    written = _told(reference) if "_" in expected else reference.plain()
    assert written == expected


CELLS = _article(
    "Karnoub, Antoine E; Weinberg, Robert A",
    "Cells move.",
    *("Nature", "2007 Oct 4", "449", "7162", "557-63", "10.1038/nature06188"),
    pmid=17914389,
)
FRENCH: dict[str, Any] = {
    "title": "[Do cells move?].",
    "vernacular_title": "Les cellules bougent-elles ?",
    "languages": ("fre",),
}
BOOK = Book(
    "GeneReviews\u00ae",
    publisher="University of Washington, Seattle",
    publisher_location="Seattle (WA)",
    beginning=PartialDate("1993"),
    ending=PartialDate("2025"),
    date=PartialDate("1993"),
    medium="Internet",
    contributed=PartialDate("2006", "2", "15"),
    authors=_people("Adam, Margaret P; Feldman, Jerry; Mirzaa, Ghayda M", "editors"),
)
CHAPTER = Record(
    20301577,
    title="Timothy Syndrome",
    author_lists=_people("Napolitano, Carlo; Priori, Silvia G", "authors"),
    revised=PartialDate("2024", "12", "19"),
    ids=(Identifier("bookaccession", "NBK1403"),),
    book=BOOK,
)

CASES = [
    (
        "plain",
        CELLS,
        (
            "Karnoub AE, Weinberg RA. Cells move. Nature. 2007 Oct 4;449(7162):557-63. doi: 10.1038/nature06188. "
            "PMID: 17914389.",
            "Karnoub AE, Weinberg RA. Cells move. _Nature_. 2007;449(7162):557-563. doi:10.1038/nature06188",
            "Karnoub, A. E., & Weinberg, R. A. (2007). Cells move. _Nature, 449_(7162), 557–563. "
            "https://doi.org/10.1038/nature06188",
            "Karnoub, Antoine E., and Robert A. Weinberg. “Cells move.” _Nature_, vol. 449, no. 7162, 4 Oct. 2007, "
            "pp. 557-63, https://doi.org/10.1038/nature06188.",
            "Karnoub AE, Weinberg RA. Cells move. Nature. 2007;449(7162):557-63. doi: 10.1038/nature06188.",
        ),
    ),
    (
        "not in English, no DOI",
        CELLS._replace(ids=(), **FRENCH),
        (
            "Karnoub AE, Weinberg RA. [Do cells move?]. Nature. 2007 Oct 4;449(7162):557-63. French. PMID: 17914389.",
            "Karnoub AE, Weinberg RA. [Do cells move?]. Article in French. _Nature_. 2007;449(7162):557-563.",
            "Karnoub, A. E., & Weinberg, R. A. (2007). Les cellules bougent-elles ? [Do cells move?]. _Nature, "
            "449_(7162), 557–563.",
            "Karnoub, Antoine E., and Robert A. Weinberg. “Les cellules bougent-elles ?” [“Do cells move?”]. _Nature_, "
            "vol. 449, no. 7162, 4 Oct. 2007, pp. 557-63.",
            "Karnoub AE, Weinberg RA. [Do cells move?]. Nature. 2007;449(7162):557-63. French.",
        ),
    ),
    (
        "ahead of print",
        CELLS._replace(issue=Issue(date=PartialDate("2007", "Sep", "26")), pagination=Pagination(), **AHEAD),
        (
            "Karnoub AE, Weinberg RA. Cells move. Nature. 2007 Sep 26. doi: 10.1038/nature06188. Epub ahead of print. "
            "PMID: 17914389.",
            "Karnoub AE, Weinberg RA. Cells move. _Nature_. Published online September 26, 2007. "
            "doi:10.1038/nature06188",
            "Karnoub, A. E., & Weinberg, R. A. (2007). Cells move. _Nature_. Advance online publication. "
            "https://doi.org/10.1038/nature06188",
            "Karnoub, Antoine E., and Robert A. Weinberg. “Cells move.” _Nature_, 26 Sept. 2007, "
            "https://doi.org/10.1038/nature06188.",
            "Karnoub AE, Weinberg RA. Cells move. Nature. 2007 Sep 26. doi: 10.1038/nature06188. Epub ahead of print.",
        ),
    ),
    (
        "electronic only, retracted without a known notice",
        CELLS._replace(
            publication_model="Electronic-eCollection",
            article_dates=(ArticleDate(PartialDate("2007", "09", "26")),),
            pagination=Pagination("e12"),
            publication_types=RETRACTED,
        ),
        (
            "Karnoub AE, Weinberg RA. Cells move [retracted]. Nature. 2007 Sep 26;449(7162):e12. "
            "doi: 10.1038/nature06188. PMID: 17914389.",
            "Karnoub AE, Weinberg RA. Cells move [retracted]. _Nature_. 2007;449(7162):e12. doi:10.1038/nature06188",
            "Karnoub, A. E., & Weinberg, R. A. (2007). Cells move [Retracted]. _Nature, 449_(7162), Article e12. "
            "https://doi.org/10.1038/nature06188",
            "Karnoub, Antoine E., and Robert A. Weinberg. “Cells move.” _Nature_, vol. 449, no. 7162, 26 Sept. 2007, "
            "article e12, https://doi.org/10.1038/nature06188. Retracted article.",
            "Karnoub AE, Weinberg RA. Cells move [retracted]. Nature. 2007;449(7162):e12. doi: 10.1038/nature06188.",
        ),
    ),
    (
        "retracted and republished",
        CELLS._replace(
            ids=(), relations=(Relation("RetractedandRepublishedIn", "Nature. 2008 Jan 3;451(7174):12-4."),)
        ),
        (
            "Karnoub AE, Weinberg RA. Cells move. Nature. 2007 Oct 4;449(7162):557-63. Retracted and republished in: "
            "Nature. 2008 Jan 3;451(7174):12-4. PMID: 17914389.",
            "Karnoub AE, Weinberg RA. Cells move [retracted and republished in: Nature. 2008 Jan 3;451(7174):12-4]. "
            "_Nature_. 2007;449(7162):557-563.",
            "Karnoub, A. E., & Weinberg, R. A. (2007). Cells move. _Nature, 449_(7162), 557–563. (Retracted and "
            "republished 2008, _Nature, 451_[7174], 12–14)",
            "Karnoub, Antoine E., and Robert A. Weinberg. “Cells move.” _Nature_, vol. 449, no. 7162, 4 Oct. 2007, "
            "pp. 557-63. Retracted and republished in Nature. 2008 Jan 3;451(7174):12-4.",
            "Karnoub AE, Weinberg RA. Cells move. Nature. 2007;449(7162):557-63. Retracted and republished in: Nature. "
            "2008 Jan 3;451(7174):12-4.",
        ),
    ),
    (
        "no authors, supplement, a date of months",
        CELLS._replace(
            author_lists=(),
            ids=(),
            issue=Issue("12", "3 Suppl 1", PartialDate(medline_date="1998 Dec-1999 Jan")),
            pagination=Pagination("S12-8"),
        ),
        (
            "Cells move. Nature. 1998 Dec-1999 Jan;12(3 Suppl 1):S12-8. PMID: 17914389.",
            "Cells move. _Nature_. 1998-1999;12(3 suppl 1):S12-S18.",
            "Cells move. (1998–1999). _Nature, 12_(3, Suppl. 1), S12–S18.",
            "“Cells move.” _Nature_, vol. 12, no. 3, supp. 1, Dec. 1998-Jan. 1999, pp. S12-S18.",
            "Cells move. Nature. 1998-1999;12(3 Suppl 1):S12-8.",
        ),
    ),
    (
        "preprint",
        CELLS._replace(
            journal=Journal("medRxiv : the preprint server for health sciences", medline_ta="medRxiv"),
            issue=Issue(date=PartialDate("2025", "Aug", "2")),
            pagination=Pagination("2025.08.01.25332595"),
            publication_types=(Term("Journal Article"), Term("Preprint")),
            publication_model="Electronic",
        ),
        (
            "Karnoub AE, Weinberg RA. Cells move. medRxiv [Preprint]. 2025 Aug 2:2025.08.01.25332595. "
            "doi: 10.1038/nature06188. PMID: 17914389.",
            "Karnoub AE, Weinberg RA. Cells move. _medRxiv_. Preprint posted online August 2, 2025. "
            "doi:10.1038/nature06188",
            "Karnoub, A. E., & Weinberg, R. A. (2025). Cells move. _medRxiv_. https://doi.org/10.1038/nature06188",
            "Karnoub, Antoine E., and Robert A. Weinberg. “Cells move.” _medRxiv_, 2 Aug. 2025, "
            "https://doi.org/10.1038/nature06188.",
            "Karnoub AE, Weinberg RA. Cells move. medRxiv [Preprint]. 2025 Aug 2. doi: 10.1038/nature06188.",
        ),
    ),
    (
        "chapter",
        CHAPTER,
        (
            "Napolitano C, Priori SG. Timothy Syndrome. 2006 Feb 15 [updated 2024 Dec 19]. In: Adam MP, Feldman J, "
            "Mirzaa GM, editors. GeneReviews\u00ae [Internet]. Seattle (WA): University of Washington, Seattle; "
            "1993-2025. PMID: 20301577.",
            "Napolitano C, Priori SG. Timothy Syndrome. In: Adam MP, Feldman J, Mirzaa GM, eds. _GeneReviews\u00ae_. "
            "University of Washington, Seattle; 1993-2025. Updated December 19, 2024. "
            "https://www.ncbi.nlm.nih.gov/books/NBK1403/",
            "Napolitano, C., & Priori, S. G. (2006). Timothy Syndrome. In M. P. Adam, J. Feldman, & G. M. Mirzaa (Eds.), "
            "_GeneReviews\u00ae_. University of Washington, Seattle. https://www.ncbi.nlm.nih.gov/books/NBK1403/",
            "Napolitano, Carlo, and Silvia G. Priori. “Timothy Syndrome.” _GeneReviews\u00ae_, edited by Margaret P. Adam "
            "et al., University of Washington, Seattle, 15 Feb. 2006, https://www.ncbi.nlm.nih.gov/books/NBK1403/.",
            "Napolitano C, Priori SG. Timothy Syndrome. 2006 Feb 15 [updated 2024 Dec 19]. In: Adam MP, Feldman J, "
            "Mirzaa GM, editors. GeneReviews\u00ae [Internet]. Seattle (WA): University of Washington, Seattle; "
            "1993-2025. Available from: https://www.ncbi.nlm.nih.gov/books/NBK1403/",
        ),
    ),
    (
        "whole book with one editor",
        CHAPTER._replace(
            title="",
            author_lists=(),
            revised=PartialDate(),
            book=BOOK._replace(authors=_people("Adam, Margaret P", "editors")),
        ),
        (
            "Adam MP, editor. GeneReviews\u00ae [Internet]. Seattle (WA): University of Washington, Seattle; 1993-2025. "
            "PMID: 20301577.",
            "Adam MP, ed. _GeneReviews\u00ae_. University of Washington, Seattle; 1993-2025. "
            "https://www.ncbi.nlm.nih.gov/books/NBK1403/",
            "Adam, M. P. (Ed.). (2006). _GeneReviews\u00ae_. University of Washington, Seattle. "
            "https://www.ncbi.nlm.nih.gov/books/NBK1403/",
            "Adam, Margaret P., editor. _GeneReviews\u00ae_. University of Washington, Seattle, 15 Feb. 2006, "
            "https://www.ncbi.nlm.nih.gov/books/NBK1403/.",
            "Adam MP, editor. GeneReviews\u00ae [Internet]. Seattle (WA): University of Washington, Seattle; 1993-2025. "
            "Available from: https://www.ncbi.nlm.nih.gov/books/NBK1403/",
        ),
    ),
    (
        "nothing known",
        Record(1),
        ("[date unknown]. PMID: 1.", "", "(n.d.).", "", "[date unknown]."),
    ),
]


@pytest.mark.parametrize(
    ("record", "expected"), [(record, told) for _, record, told in CASES], ids=[name for name, *_ in CASES]
)
def test_one_record_in_every_style(record: Record, expected: tuple[str, ...]) -> None:
    assert tuple(_told(style.cite(record)) for style in STYLES) == expected


def test_markup_and_links_in_the_other_forms() -> None:
    reference = citation(RICH, "ama")
    assert "CCL5 and H\u2082O in tumours [retracted in:" in reference.plain()
    assert "<i>CCL5</i> and H<sub>2</sub>O in tumours [retracted in:" in reference.html()
    assert '<i>Nature</i>. 2007;449(7162):557-563. <a href="https://doi.org/10.1038/nature06188">' in reference.html()
    assert "*CCL5* and H<sub>2</sub>O in tumours \\[retracted in:" in reference.markdown()
    assert reference.markdown().endswith("[doi:10.1038/nature06188](https://doi.org/10.1038/nature06188)")


def test_a_style_is_found_in_any_capitals_and_an_unknown_one_is_told_the_nearest() -> None:
    assert style_named(" NLM ").name == "nlm"
    with pytest.raises(UnknownStyle) as caught:
        citation(CELLS, "vancover")
    assert isinstance(caught.value, Problem)
    assert caught.value.exit_status == 2
    assert "'vancover'" in caught.value.message
    assert "Did you mean vancouver?" in caught.value.hint
    assert all(style.name in caught.value.hint for style in STYLES)


@pytest.mark.parametrize("style", [style.name for style in STYLES])
@settings(deadline=None, max_examples=60)
@given(record=RECORDS)
def test_hostile_records_stay_on_one_line_and_inject_nothing(style: str, record: Record) -> None:
    reference = citation(record, style)
    segments = "".join(text for run in reference.runs for text, _ in run.segments)
    assert "\n" not in reference.plain()
    assert re.search("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\ud800-\udfff]", reference.plain()) is None
    html, markdown = words_of_html(reference.html()), words_of_markdown(reference.markdown())
    assert (html.text, markdown.text.strip()) == (segments, segments.strip())
    assert html.links == markdown.links
    hosts = ("https://doi.org/", "https://pubmed.ncbi.nlm.nih.gov/", "https://pmc.ncbi.nlm.nih.gov/")
    assert all(link.startswith(hosts) and re.fullmatch(r"[\w.~:/;%-]+", link, re.ASCII) for link in html.links)


_ODD = re.compile(r"\.\.|,,|;;|::|  | [,;:.]|[\[(][ \])]|,\.|;\.|:\.")


def _strings(value: Any) -> list[str]:
    """All texts that a record holds."""
    if isinstance(value, str):
        return [value]
    return [text for part in value for text in _strings(part)] if isinstance(value, tuple) else []


@needs_data
@pytest.mark.parametrize("style", [style.name for style in STYLES])
def test_real_records_are_cited_whole(style: str) -> None:
    assert len(real()) > 2000
    for record in real():
        reference = citation(record, style)
        plain = reference.plain()
        odd = set(_ODD.findall(plain.replace(". . . ", "")))
        assert all(any(found in text for text in _strings(record)) for found in odd), (odd, plain)
        dates = {record.date, imprint.leading_date(record), record.revised if record.book else record.date}
        assert any(str(date.year_number or "") in plain for date in dates)
        assert record.doi in plain
    for record in real()[::10]:
        reference = citation(record, style)
        assert words_of_html(reference.html()).text == words_of_markdown(reference.markdown()).text


# PubMed's own references. Of those in the recorded files none has its record beside it, so a reference is taken apart
# and made again from its parts; the same with the field SO of MEDLINE files, some of which have their record as XML.

_NAMED = {name: code for code, name in LANGUAGES.items()}
_SUMMARY = re.compile(
    r"(?:(?P<authors>[^.]+(?:\.[^ ][^.]*)*)\. )?(?P<title>.+[.?!]) (?P<journal>[^.?!]+)\. (?P<date>\d{4}[^;:.]*)"
    r"(?:;(?P<volume>[^:(.]*)(?:\((?P<issue>[^)]*)\))?)?(?::(?P<pages>.+?))?\."
    r"(?: (?P<languages>[A-Z][a-z]+(?:, [A-Z][a-z]+)*)\.)?(?: doi: (?P<doi>\S+)\.)?(?: Epub (?P<epub>[^.]+)\.)?"
    r"(?: Erratum in: (?P<erratum>.+?)\.)? PMID: (?P<pmid>\d+)(?:; PMCID: (?P<pmcid>PMC\d+))?\."
)
_BOOK_SUMMARY = re.compile(
    r"(?P<authors>[^.]+)\. (?P<title>.+?)(?P<medium> \[Internet\])?\. (?P<place>[^.:]+): (?P<publisher>[^;]+); "
    r"(?P<date>[^.]+)\.(?: Report No\.: (?P<report>[^.]+)\.)? PMID: (?P<pmid>\d+)\."
)
_PERSON = re.compile(r"(?P<last>.+?) (?P<initials>[^\W\d_]{1,6})(?: (?P<suffix>Jr|Sr|\d(?:nd|rd|th)))?")


def _listed(names: str) -> tuple[PersonList, ...]:
    """Persons are those whose last word is in capitals; what follows a group after a comma is of its name."""
    people: list[Person] = []
    for separator, name in re.findall(r"(^|; |, )((?:(?!; |, ).)+)", names):
        found = _PERSON.fullmatch(name)
        if found and found["initials"].isupper() and separator != "; ":
            people.append(Person(found["last"], "", found["initials"], found["suffix"] or ""))
        elif separator == ", " and people[-1].collective_name:
            people[-1] = Person(collective_name=f"{people[-1].collective_name}, {name}")
        else:
            people.append(Person(collective_name=name))
    return (PersonList(tuple(people)),)


def _article_of(found: dict[str, str]) -> Record:
    epub, languages = found["epub"], found["languages"].split(", ") if found["languages"] else ["English"]
    return Record(
        int(found["pmid"]),
        title=found["title"],
        journal=Journal(medline_ta=found["journal"]),
        issue=Issue(found["volume"], found["issue"], PartialDate(medline_date=found["date"])),
        pagination=Pagination(found["pages"]),
        author_lists=_listed(found["authors"]),
        languages=tuple(_NAMED[language] for language in languages),
        publication_status="aheadofprint" if epub == "ahead of print" else "",
        publication_model="Print-Electronic" if epub else "",
        article_dates=(ArticleDate(PartialDate(medline_date=epub)),) if epub else (),
        relations=(Relation("ErratumIn", found["erratum"]),) if found["erratum"] else (),
        ids=tuple(Identifier(kind, found[name]) for kind, name in (("doi", "doi"), ("pmc", "pmcid")) if found[name]),
    )


def _book_of(found: dict[str, str]) -> Record:
    return Record(
        int(found["pmid"]),
        author_lists=_listed(found["authors"]),
        book=Book(
            found["title"],
            publisher=found["publisher"],
            publisher_location=found["place"],
            date=PartialDate(medline_date=found["date"]),
            medium=found["medium"].strip(" []"),
            report_number=found["report"],
        ),
    )


@needs_data
def test_pubmeds_own_references_are_made_again_from_their_parts() -> None:
    file = DATA / "export_pairs" / "pubmed_summary_text_2020-09-01_578.txt.gz"
    blocks = re.split(r"\n\n(?=\d+: )", gzip.decompress(file.read_bytes()).decode().replace("\r", ""))
    assert len(blocks) == 578
    for block in blocks:
        line = re.sub(r"(doi: \S+-) (?=\S+\.)", r"\1", " ".join(block.split()[1:]))  # a DOI parted at the end of a line
        book = _BOOK_SUMMARY.fullmatch(line)
        found = book or _SUMMARY.fullmatch(line)
        assert found, line
        parts = {name: value or "" for name, value in found.groupdict().items()}
        assert citation(_book_of(parts) if book else _article_of(parts), "nlm").plain() == line


ELSEWHERE = {
    27033296: "its identifier is bcr-2016-214757 there, bcr2016214757 here",
    25410035: "its identifier is bcr-2014-206944 there, bcr2014206944 here",
    22693325: "its identifier is bcr.02.2012.5918 there, bcr0220125918 here",
}
"""Records that PubMed has changed between the MEDLINE file and the XML file."""


def _medline() -> dict[int, dict[str, list[str]]]:
    """The fields of PubMed's own MEDLINE files, by PMID."""
    found: dict[int, dict[str, list[str]]] = {}
    for file in sorted((DATA / "export_pairs" / "nbib").iterdir()):
        data = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
        for block in re.split(r"\n\n", data.decode().replace("\r", "")):
            fields: dict[str, list[str]] = {}
            for tag, value in re.findall(r"^([A-Z]+) *- (.*)$", re.sub(r"\n {6}", " ", block), re.MULTILINE):
                fields.setdefault(tag, []).append(value)
            if "PMID" in fields:
                found.setdefault(int(fields["PMID"][0]), fields)
    return found


def _folded(text: str) -> str:
    """Without accents, which PubMed has added to old records since."""
    text = text.translate(
        str.maketrans({"\u00f8": "o", "\u00d8": "O", "\u0142": "l", "\u0141": "L", "\u00df": "ss", "\u0131": "i"})
    )
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


@needs_data
def test_the_source_is_pubmeds_own() -> None:
    """SO has besides what a reference leaves out, and lacks what stands after the pages or at the end there."""
    medline = _medline()
    compared = 0
    for record in real():
        fields = medline.get(record.pmid)
        if fields is None or record.pmid in ELSEWHERE:
            continue
        compared += 1
        source = re.sub(r" +", " ", fields["SO"][0])
        source = re.sub(r" (?:eCollection|Print) \d{4}[^.]*\.", "", source)
        source = re.sub(r"\. pii: (\S+)\.(?= doi)", r":\1.", source)  # so PubMed writes it since 2020
        ours = citation(record, "nlm").plain()
        ours = re.sub(r" PMID: \d+(?:; PMCID: \S+)?\.$", "", ours).removesuffix(" Epub ahead of print.")
        for change in changes(record):
            ours = ours.replace(f" {change}.", "")
        if spoken(record.languages):
            ours = ours.replace(f" {', '.join(spoken(record.languages))}.", "", 1)
        assert ours.endswith(f" {source}"), (record.pmid, source, ours)
        if "CN" not in fields and "AU" in fields and record.authors_complete:
            assert _folded(ours).startswith(_folded(", ".join(fields["AU"]) + ". ")), record.pmid
    assert compared > 290
