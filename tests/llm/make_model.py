"""Writes a tiny language model with weights that mean nothing: the same bytes every time.

It is for tests of clients of a real server. It answers nonsense within milliseconds, obeys JSON
Schemas and grammars like any other model, and needs no download. Its vocabulary is bytes and single
characters; its conversations have the format ChatML.

    python make_model.py model.gguf
"""

import sys

import gguf
import numpy

EMBEDDING = 64
LAYERS = 2
HEADS = 4
FEED_FORWARD = 128
CONTEXT = 4096
SEED = 2026

SPECIAL = [b"<unk>", b"<s>", b"</s>", b"<|im_start|>", b"<|im_end|>"]
END_OF_TURN = SPECIAL.index(b"<|im_end|>")
CHARACTERS = (
    " abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,:;-_\"'{}[]()\n$/"
)
TEMPLATE = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n{{ message['content'] }}"
    "<|im_end|>\n{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)


def vocabulary() -> tuple[list[bytes], list[int]]:
    """The tokens and their types."""
    tokens = list(SPECIAL)
    types = [gguf.TokenType.UNKNOWN] + [gguf.TokenType.CONTROL] * (len(SPECIAL) - 1)
    for byte in range(256):
        tokens.append(b"<0x%02X>" % byte)
        types.append(gguf.TokenType.BYTE)
    for character in CHARACTERS:
        # SentencePiece writes a space as U+2581.
        tokens.append(("\u2581" if character == " " else character).encode())
        types.append(gguf.TokenType.NORMAL)
    return tokens, types


def main(path: str) -> None:
    tokens, types = vocabulary()
    random = numpy.random.default_rng(SEED)

    def weights(*shape: int) -> numpy.ndarray:
        return (random.standard_normal(shape) * 0.08).astype(numpy.float32)

    def ones() -> numpy.ndarray:
        return numpy.ones(EMBEDDING, numpy.float32)

    model = gguf.GGUFWriter(path, "llama")
    model.add_name("goodwill-test")
    model.add_context_length(CONTEXT)
    model.add_embedding_length(EMBEDDING)
    model.add_block_count(LAYERS)
    model.add_feed_forward_length(FEED_FORWARD)
    model.add_head_count(HEADS)
    model.add_head_count_kv(HEADS)
    model.add_layer_norm_rms_eps(1e-5)
    model.add_rope_dimension_count(EMBEDDING // HEADS)
    model.add_vocab_size(len(tokens))
    model.add_file_type(gguf.LlamaFileType.ALL_F32)
    model.add_tokenizer_model("llama")
    model.add_token_list(tokens)
    model.add_token_scores([0.0] * len(tokens))
    model.add_token_types(types)
    model.add_bos_token_id(SPECIAL.index(b"<s>"))
    model.add_eos_token_id(END_OF_TURN)
    model.add_unk_token_id(SPECIAL.index(b"<unk>"))
    model.add_add_bos_token(True)
    # With a space before every text the server cannot start a grammar.
    model.add_add_space_prefix(False)
    model.add_chat_template(TEMPLATE)

    model.add_tensor("token_embd.weight", weights(len(tokens), EMBEDDING))
    model.add_tensor("output_norm.weight", ones())
    model.add_tensor("output.weight", weights(len(tokens), EMBEDDING))
    for layer in range(LAYERS):
        block = f"blk.{layer}"
        model.add_tensor(f"{block}.attn_norm.weight", ones())
        model.add_tensor(f"{block}.ffn_norm.weight", ones())
        for part in ("attn_q", "attn_k", "attn_v", "attn_output"):
            model.add_tensor(f"{block}.{part}.weight", weights(EMBEDDING, EMBEDDING))
        model.add_tensor(f"{block}.ffn_gate.weight", weights(FEED_FORWARD, EMBEDDING))
        model.add_tensor(f"{block}.ffn_up.weight", weights(FEED_FORWARD, EMBEDDING))
        model.add_tensor(f"{block}.ffn_down.weight", weights(EMBEDDING, FEED_FORWARD))
    model.write_header_to_file()
    model.write_kv_data_to_file()
    model.write_tensors_to_file()
    model.close()


if __name__ == "__main__":
    main(sys.argv[1])
