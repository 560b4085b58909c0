"""scripts/count-unsupported: what it counts as lacking, with no help from the checker."""

from __future__ import annotations

from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest

from audionews.model import Article, Label, Line

SCRIPT = Path(__file__).parent.parent / "scripts" / "count-unsupported"
ARTICLE = Article(
    "x",
    (Line("À Bandoula, le maire Fanta SACKO a payé 1.200 francs. « C’est juste », dit-elle.", Label.BODY),),
)


@pytest.fixture(scope="module")
def script() -> ModuleType:
    loader = SourceFileLoader("count_unsupported", str(SCRIPT))
    spec = spec_from_loader(loader.name, loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("sentence", "lacking"),
    [
        ("Le maire Fanta Sacko a payé 1 200 francs à Bandoula.", []),
        ("Le maire dit : « C’est juste ».", []),
        ("Le maire Awa Sacko a payé 200 francs.", ["chiffre 200", "nom Awa"]),
        ("Le maire dit : « C’est très juste ».", ["citation C’est très juste"]),
    ],
)
def test_what_the_article_lacks_is_named(script: ModuleType, sentence: str, lacking: list[str]) -> None:
    assert [" ".join(one.split()) for one in script.lacking(sentence, ARTICLE)] == lacking
