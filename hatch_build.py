"""Compile the catalogues of messages when the package is built or installed for development."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueHook(BuildHookInterface[Any]):
    """Writes a compiled catalogue (.mo) beside each one in the repository (.po)."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile every catalogue and add it to what is built."""
        for path in sorted(Path(self.root).glob("src/faqcli/i18n/locale/*/LC_MESSAGES/*.po")):
            unfinished = path.with_suffix(".mo.tmp")
            with path.open("rb") as source, unfinished.open("wb") as target:
                write_mo(target, read_po(source, locale=path.parts[-3]))
            unfinished.replace(
                path.with_suffix(".mo")
            )  # whoever runs faqcli meanwhile reads the old one or the new one
        build_data["artifacts"].append("src/faqcli/i18n/locale/**/*.mo")
