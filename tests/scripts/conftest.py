"""What the tests of the converter share."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.desk import ONE, THREE, TWO, Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A FAQ of three entries, with a person's phrasings, synonyms, aliases, contact and comments."""
    desk = Desk(tmp_path)
    result = desk.convert(ONE, TWO, THREE)
    assert result.returncode == 0, result.stderr
    desk.edit(
        "answer: Mot de passe oublié.",
        "answer: Mot de passe oublié.\n    asked_as:\n      - 'mdp perdu'  # souvent",
    )
    desk.edit("  - id: 2", "  # à relire\n  - id: 2")
    desk.edit("answer: Sur le site de la Région.", "answer: Sur le site de la Région.\n    asked_as: [tuto]")
    desk.edit(
        "    email: aide@kairos.fr\n",
        "    email: aide@kairos.fr\n    aliases:\n      - plateforme PE\n",
    )
    desk.edit(
        "entries:\n",
        "  - topic: secrétariat\n    email: moi@of.fr\n\nsynonyms:\n  - [mdp, mot de passe]\n\nentries:\n",
    )
    return desk
