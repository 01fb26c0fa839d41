"""The server's entry point: live streams and the bytes of files are served here, all else by Django on threads.

Django below ASGI would hop through a thread for every step of a request; as WSGI it takes one.
"""

from config.bridge import Message, Receive, Send, threaded
from config.settings import BASE_PATH
from config.wsgi import application as django  # first: it sets Django up for the import below
from signoff.web import archives, media, uploads
from signoff.web.events import close_streams, events, open_streams
from signoff.web.reviews import stream

THREADS = 8
pages = threaded(django, THREADS)
DOORS = {
    uploads.PREFIX: uploads.uploads,
    media.PREFIX: media.media,
    archives.PREFIX: archives.archives,
    stream.PREFIX: stream.rooms,
}


async def application(scope: Message, receive: Receive, send: Send) -> None:
    if scope["type"] == "lifespan":
        return await _lifespan(receive, send)
    if scope["type"] != "http":
        return await send({"type": "websocket.close", "code": 1000})
    path = below_base_path(scope["path"], BASE_PATH)
    if path == "/events":
        return await events(scope, receive, send)
    for prefix, door in DOORS.items():
        if path.startswith(prefix):
            return await door(scope, receive, send, path.removeprefix(prefix))
    # With a root_path the path is the whole one, whether the proxy kept the prefix or took it away.
    whole = {**scope, "root_path": BASE_PATH, "path": BASE_PATH + path}
    return await pages(whole, receive, send)


def below_base_path(path: str, base: str) -> str:
    """The path without the prefix that the site lives under, if the proxy left it there."""
    if base and (path == base or path.startswith(f"{base}/")):
        return path[len(base) :] or "/"
    return path


async def _lifespan(receive: Receive, send: Send) -> None:
    steps = {"lifespan.startup": open_streams, "lifespan.shutdown": close_streams}
    while True:
        kind = (await receive())["type"]
        await steps[kind]()
        await send({"type": f"{kind}.complete"})
        if kind == "lifespan.shutdown":
            return
