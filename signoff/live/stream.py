"""What one subscriber reads: server-sent events as bytes. No HTTP here; signoff.web.events sends them."""

import asyncio
import json
import time
from collections.abc import AsyncGenerator

from signoff.live.hub import Hub, Message, Subscriber

RETRY = b"retry: 2000\n\n"
KEEP_ALIVE = b": still here\n\n"
KEEP_ALIVE_SECONDS = 15.0
LONGEST_SECONDS = 600.0  # then the browser connects anew, and who may see what is asked anew


async def read(hub: Hub, subscriber: Subscriber) -> AsyncGenerator[bytes, None]:
    """Everything this subscriber may hear, until the hub closes or the stream is old."""
    hub.add(subscriber)
    try:
        yield RETRY
        end = time.monotonic() + LONGEST_SECONDS
        while (left := end - time.monotonic()) > 0:
            try:
                message = await asyncio.wait_for(subscriber.queue.get(), min(KEEP_ALIVE_SECONDS, left))
            except TimeoutError:
                yield KEEP_ALIVE
                continue
            if message is None:
                return
            yield event_of(message)
    finally:
        hub.remove(subscriber)


def event_of(message: Message) -> bytes:
    """The message as an event named by its verb; the organisation is not repeated."""
    data = {key: value for key, value in message.items() if key != "o"}
    return f"event: {message['v']}\ndata: {json.dumps(data, separators=(',', ':'))}\n\n".encode()
