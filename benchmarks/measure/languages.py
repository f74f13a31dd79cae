"""What the peers need to know of a language: how to fold it, its words without content."""

import re
import unicodedata
from collections.abc import Set as AbstractSet
from dataclasses import dataclass


def fold(text: str) -> str:
    """`text` in lower case without accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def words(text: str, skip: AbstractSet[str] = frozenset()) -> list[str]:
    """The folded words of `text` in order, without those of `skip`."""
    return [word for word in re.findall(r"\w+", fold(text)) if word not in skip]


def listed(text: str) -> frozenset[str]:
    """The words of a list written as one text."""
    return frozenset(text.split())


@dataclass(frozen=True, slots=True)
class Language:
    """One language."""

    snowball: str  # its name in Snowball and tantivy
    stop_words: frozenset[str]
    question_words: frozenset[str]  # in most questions, and not in the stop list

    @property
    def folded_stop_words(self) -> frozenset[str]:
        """The stop words without accents."""
        return frozenset(map(fold, self.stop_words))

    @property
    def folded_longer_list(self) -> frozenset[str]:
        """The stop words and the words of most questions, without accents."""
        return frozenset(map(fold, self.stop_words | self.question_words))


LANGUAGES = {
    "fr": Language(
        snowball="french",
        stop_words=listed(  # Snowball's list (BSD), as in bm25s
            """ai aie aient aies ait as au aura aurai auraient aurais aurait auras aurez auriez
            aurions aurons auront aux avaient avais avait avec avez aviez avions avons ayant ayante
            ayantes ayants ayez ayons c ce ces d dans de des du elle en es est et eu eue eues eurent
            eus eusse eussent eusses eussiez eussions eut eux eûmes eût eûtes furent fus fusse
            fussent fusses fussiez fussions fut fûmes fût fûtes il ils j je l la le les leur lui m
            ma mais me mes moi mon même n ne nos notre nous on ont ou par pas pour qu que qui s sa
            se sera serai seraient serais serait seras serez seriez serions serons seront ses soient
            sois soit sommes son sont soyez soyons suis sur t ta te tes toi ton tu un une vos votre
            vous y à étaient étais était étant étante étantes étants étiez étions été étée étées
            étés êtes"""
        ),
        question_words=listed(
            """afin alors aussi avoir car ça ceci cela celle celui cet cette ceux chez combien comme
            comment doit devez devons dois doivent donc dont entre être faire fait faut jusque lors
            lorsque ni or peut peuvent peux plus pourquoi pouvez pouvons puisque quand quel quelle
            quelles quels quoi sans si sous tous tout toute toutes très vers"""
        ),
    ),
    "en": Language(
        snowball="english",
        stop_words=listed(  # Lucene's list (Apache 2.0), as in bm25s
            """a an and are as at be but by for if in into is it no not of on or such that the their
            then there these they this to was will with"""
        ),
        question_words=listed("can do does how i my should we what when where which who why you your"),
    ),
}
