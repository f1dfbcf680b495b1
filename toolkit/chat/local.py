"""A chat model on this machine: any ``transformers`` causal checkpoint with a chat template.

One request at a time, greedy unless a temperature is set; token counts are exact. There is no
constrained decoding, so replies are parsed tolerantly. Cache and repeats are the session's.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

from toolkit import config
from toolkit.chat import checkpoint
from toolkit.chat.base import ChatRequest, Reply, ReplyError
from toolkit.chat.dialect import merge_system
from toolkit.chat.options import ChatOptions
from toolkit.errors import ModelError
from toolkit.prompts import Message

PREFIX = "local:"


class LocalChat:
    """A local checkpoint (see ``base.ChatModel``); ``device`` as in ``checkpoint.pick_device``."""

    concurrency = 1
    retries = 0

    def __init__(self, options: ChatOptions, *, device: str = "cpu") -> None:
        name = options.model.removeprefix(PREFIX)
        folder = checkpoint.resolve(name)
        import torch

        torch.set_num_threads(config.threads())
        self._torch: Any = torch
        self._lock = threading.Lock()
        self._tokenizer = checkpoint.load_tokenizer(folder)
        if not self._tokenizer.chat_template:
            raise ModelError(
                f"The model in {folder} has no chat template; use an instruction-tuned checkpoint."
            )
        self._tokenizer.model_max_length = 1 << 30  # lengths are checked here, against the model
        device = checkpoint.pick_device(device)
        self._device = device
        self._model = checkpoint.load_model(folder, "causal", device)
        self._ends = self._end_tokens()
        self.name = folder.name
        self.signature = f"local:{folder.name}:{checkpoint.digest(folder)[:16]}|{device}"
        self.context_tokens = min(options.context_tokens, self._positions() or 1 << 30)
        if self.context_tokens <= options.reply_tokens:
            raise ModelError(
                f"The model in {folder} takes {self.context_tokens} tokens, no more than one reply "
                f"may have; set RINGKAS_CHAT_REPLY below that (now {options.reply_tokens})."
            )

    def _positions(self) -> int:
        settings = self._model.config.get_text_config()
        found = getattr(settings, "max_position_embeddings", 0) or getattr(
            settings, "n_positions", 0
        )
        return int(found or 0)

    def _end_tokens(self) -> set[int]:
        """Ids that end a reply: the checkpoint's own and the tokenizer's."""
        ends = self._model.generation_config.eos_token_id
        found = {ends} if isinstance(ends, int) else set(ends or ())
        if self._tokenizer.eos_token_id is not None:
            found.add(self._tokenizer.eos_token_id)
        return found

    def _encode(self, messages: Sequence[Message]) -> Any:
        """Token ids of a prompt; a template without a system role gets it with the user's."""
        attempts = (tuple(messages), merge_system(tuple(messages)))
        for position, attempt in enumerate(attempts):
            try:
                return self._tokenizer.apply_chat_template(
                    [{"role": m.role, "content": m.content} for m in attempt],
                    add_generation_prompt=True,
                    return_tensors="pt",
                    return_dict=True,
                )
            except Exception as error:  # jinja2's TemplateError and whatever templates raise
                if position == len(attempts) - 1:
                    raise ModelError(
                        f"The chat template of '{self.name}' refuses the messages: {error}"
                    ) from None
        raise AssertionError("unreachable")

    def count_tokens(self, messages: Sequence[Message]) -> int:
        """Tokens of a prompt, exactly."""
        return int(self._encode(messages)["input_ids"].shape[1])

    def complete(self, request: ChatRequest) -> Reply:
        """Answer one request (see ``base.ChatModel``)."""
        from transformers import GenerationConfig

        torch = self._torch
        inputs = self._encode(request.messages).to(self._device)
        length = int(inputs["input_ids"].shape[1])
        if length + request.max_tokens > self.context_tokens:
            raise ReplyError(
                f"A prompt of {length} tokens and a reply of {request.max_tokens} do not fit the "
                f"{self.context_tokens} tokens of '{self.name}'."
            )
        pad = self._tokenizer.pad_token_id
        sampling = request.temperature > 0
        settings = GenerationConfig(
            max_new_tokens=request.max_tokens,
            do_sample=sampling,
            eos_token_id=sorted(self._ends) or None,
            pad_token_id=pad if pad is not None else min(self._ends, default=0),
            **({"temperature": request.temperature} if sampling else {}),
        )
        with self._lock, torch.inference_mode():
            # What a generation config leaves open is filled in from the model's: set both.
            self._model.generation_config = settings
            if sampling:
                torch.manual_seed(request.seed or 0)
            output = self._model.generate(**inputs, generation_config=settings)
        new = output[0, length:].tolist()
        cut = len(new) >= request.max_tokens and (not new or new[-1] not in self._ends)
        text = self._tokenizer.decode(new, skip_special_tokens=True)
        return Reply(text, "length" if cut else "stop", length, len(new))

    def stop(self) -> None:
        """Nothing waits here."""

    def close(self) -> None:
        """Nothing to close: memory is freed with the object."""
