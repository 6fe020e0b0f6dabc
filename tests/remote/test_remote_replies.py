"""ESearch's and ESpell's replies, in all the forms that were seen."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tui.remote import Interrupted, NotPubMed, SearchReply
from tui.remote.replies import search, spelling


def reply(**result: Any) -> bytes:
    return json.dumps({"header": {"type": "esearch"}, "esearchresult": {"count": "0", "idlist": []} | result}).encode()


def test_json() -> None:
    body = reply(
        count="26498",
        retmax="2",
        retstart="0",
        idlist=["41884867", "41884779"],
        querytranslation='"diabetes"[All Fields]',
        errorlist={"phrasesnotfound": ["fleegle"], "fieldsnotfound": ["NoSuchField"]},
        warninglist={
            "phrasesignored": ["the"],
            "quotedphrasesnotfound": ['"no such phrase"'],
            "outputmessages": ["Unknown sort schema 'date' ignored"],
        },
    )
    assert search(body) == SearchReply(
        pmids=(41884867, 41884779),
        total=26498,
        translation='"diabetes"[All Fields]',
        not_found=("fleegle", "NoSuchField", '"no such phrase"'),
        ignored=("the", "Unknown sort schema 'date' ignored"),
    )


def test_xml_says_the_same() -> None:
    body = (
        b'<?xml version="1.0" encoding="UTF-8" ?>\n<!DOCTYPE eSearchResult PUBLIC "-//NLM//DTD esearch 20060628//EN" '
        b'"https://eutils.ncbi.nlm.nih.gov/eutils/dtd/20060628/esearch.dtd">\n<eSearchResult><Count>26498</Count>'
        b"<RetMax>2</RetMax><RetStart>0</RetStart><IdList>\n<Id>41884867</Id>\n<Id>41884779</Id>\n</IdList>"
        b"<TranslationSet/><QueryTranslation>&quot;diabetes&quot;[All Fields]</QueryTranslation>"
        b"<ErrorList><PhraseNotFound>fleegle</PhraseNotFound><FieldNotFound>NoSuchField</FieldNotFound></ErrorList>"
        b"<WarningList><PhraseIgnored>the</PhraseIgnored><QuotedPhraseNotFound>none</QuotedPhraseNotFound>"
        b"<OutputMessage>Something else</OutputMessage></WarningList></eSearchResult>"
    )
    assert search(body) == SearchReply(
        pmids=(41884867, 41884779),
        total=26498,
        translation='"diabetes"[All Fields]',
        not_found=("fleegle", "NoSuchField", "none"),
        ignored=("the", "Something else"),
    )


def test_no_hits() -> None:
    assert search(reply(warninglist={"outputmessages": ["No items found."]})) == SearchReply()


def test_a_count_alone() -> None:
    assert search(b"<eSearchResult><Count>1061</Count></eSearchResult>") == SearchReply(total=1061)


def test_lists_of_one_as_the_one_alone() -> None:
    found = search(reply(count=1, idlist="123", errorlist={"phrasesnotfound": "fleegle"}, warninglist=""))
    assert found == SearchReply(pmids=(123,), total=1, not_found=("fleegle",))


def test_a_raw_line_break_inside_a_text() -> None:
    body = reply(querytranslation="one\\ntwo").replace(rb"\\n", b"\n")
    assert b"\n" in body
    assert search(body).translation == "one two"


def test_a_repeated_id_counts_once() -> None:
    assert search(reply(count="2", idlist=["7", "7", "5"])).pmids == (7, 5)


def test_texts_can_do_nothing_to_a_terminal() -> None:
    found = search(
        reply(querytranslation="a\x1b[2Jb\x9bc\u202ed\ud800", errorlist={"phrasesnotfound": ["\x1b]0;x\x07"]})
    )
    for text in (found.translation, *found.not_found):
        assert "\x1b" not in text
        text.encode()
        assert not any(character in text for character in "\x07\x9b\u202e")


@pytest.mark.parametrize("body", [reply(count="12", idlist=["1", "2"])[:-10], b'{"esearchresult":', b'{"a":"\xff"}'])
def test_json_that_is_not_whole(body: bytes) -> None:
    with pytest.raises(Interrupted):
        search(body)


@pytest.mark.parametrize("body", [b"<eSearchResult><Count>1</Count><IdList><Id>1</Id>", b"<eSearchResult>&nbsp;", b"<"])
def test_xml_that_is_not_whole(body: bytes) -> None:
    with pytest.raises(Interrupted):
        search(body)


@pytest.mark.parametrize(
    "body",
    [
        b"{}",
        b'{"esearchresult":{}}',
        b'{"esearchresult":[]}',
        b'{"esearchresult":null}',
        reply(count=None),
        reply(count="many"),
        reply(count="-1"),
        reply(idlist=["PMC123"]),
        reply(idlist=["1" * 30]),
        reply(idlist=[None]),
        reply(idlist=[["1"]]),
        reply(idlist={"1": "2"}),
        reply(idlist=["١٢"]),
        b"<eSummaryResult><Count>1</Count></eSummaryResult>",
        b"<eSearchResult></eSearchResult>",
        b'{"a":' * 100_000,
    ],
)
def test_what_is_no_reply_is_not_taken_for_an_empty_one(body: bytes) -> None:
    with pytest.raises(NotPubMed):
        search(body)


def test_a_bomb_of_entities_is_refused() -> None:
    body = b'<!DOCTYPE eSearchResult [<!ENTITY a "aaaaaaaaaa">'
    for outer, inner in zip("bcdefghij", "abcdefghi", strict=True):
        body += f'<!ENTITY {outer} "{f"&{inner};" * 10}">'.encode()
    with pytest.raises(Interrupted):
        search(body + b"]><eSearchResult><Count>&j;</Count></eSearchResult>")


@pytest.mark.parametrize(
    ("corrected", "expected"),
    [("notch AND mus musculus", "notch AND mus musculus"), ("", ""), ("a &lt; b", "a < b"), ("a\n b", "a b")],
)
def test_spelling(corrected: str, expected: str) -> None:
    body = (
        "<eSpellResult><Database>pubmed</Database><Query>Netch</Query>"
        f"<CorrectedQuery>{corrected}</CorrectedQuery><SpelledQuery/><ERROR/></eSpellResult>"
    )
    assert spelling(body.encode()) == expected
