"""Texts in the encodings that Windows programs, mails and pipes give them."""

from __future__ import annotations

import codecs
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqcli.encoding import LineTooLongError, decode, decoded_lines

FRENCH = "L’été dernier, « j’ai oublié »\xa0: 20\xa0€ à l’œuvre"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "cp1252"])
def test_an_encoding_is_told_from_the_text(encoding: str) -> None:
    assert decode(FRENCH.encode(encoding)) == (FRENCH, encoding)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")],
)
def test_a_byte_order_mark_decides_and_is_left_out(mark: bytes, encoding: str) -> None:
    assert decode(mark + "日本".encode(encoding)) == ("日本", encoding)


@pytest.mark.parametrize("text", ["café", "« été »", "Où est le café\xa0? CAFÉ\xa0!", "prénom, « É »\xa0; 5\xa0€"])
def test_short_texts_in_cp1252(text: str) -> None:
    assert decode(text.encode("cp1252")) == (text, "cp1252")


def test_utf_8_that_was_cut_or_damaged_stays_utf_8() -> None:
    text = "où est l’été passé"
    assert decode(text.encode()[:-1]) == (text[:-1] + "\ufffd", "utf-8")
    assert decode(text.encode() + b"\xff") == (text + "\ufffd", "utf-8")


def test_a_replacement_character_of_the_text_itself_is_no_damage() -> None:
    assert decode("a\ufffd".encode()) == ("a\ufffd", "utf-8")


@pytest.mark.parametrize("data", [b"", b"\0", b"a\0", b"\0" * 9, b"mdp\0sigma", b"\0mdp", b"\xff", b"\xfe\xff\0"])
def test_zero_bytes_are_utf_16_only_when_they_are_on_one_side(data: bytes) -> None:
    text, encoding = decode(data)
    assert (encoding.startswith("utf-16")) == (data in (b"a\0", b"\xfe\xff\0"))
    assert isinstance(text, str)


@given(st.binary())
def test_no_bytes_are_refused(data: bytes) -> None:
    decode(data)
    list(decoded_lines(io.BytesIO(data), 1000))


@given(st.text())
def test_utf_8_is_read_as_it_was_written(text: str) -> None:
    if "\0" not in text:
        assert decode(codecs.BOM_UTF8 + text.encode("utf-8", "replace"))[1] == "utf-8"
        assert decode(text.encode("utf-8", "replace"))[1] == "utf-8"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_lines_in_any_encoding(encoding: str, end: str) -> None:
    lines = ["mdp oublié", "", "où est l’été", "fin"]
    data = end.join(lines).encode(encoding)
    assert list(decoded_lines(io.BytesIO(data), 100)) == lines
    assert list(decoded_lines(io.BytesIO("".join(line + end for line in lines).encode(encoding)), 100)) == lines


def test_lines_of_utf_16_end_at_line_ends_only() -> None:
    lines = ["mdp Ċ oublié", "ਅ pass"]
    assert list(decoded_lines(io.BytesIO("\n".join(lines).encode("utf-16-le")), 100)) == lines


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_line_that_is_too_long(encoding: str) -> None:
    lines = decoded_lines(io.BytesIO(("court\n" + "a" * 101 + "\n").encode(encoding)), 100)
    assert next(lines) == "court"
    with pytest.raises(LineTooLongError):
        next(lines)
