"""A real S3 server in a process of its own, and storages that begin empty."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from urllib.request import urlopen

import boto3
import pytest

from signoff.integrations.storage.directory import DirectoryStorage
from signoff.integrations.storage.s3 import S3Storage

KEYS = {"region": "eu-central-1", "access_key": "AKIDEXAMPLE", "secret_key": "a-secret-of-the-tests"}
BUCKET = "bucket-of-the-tests"
MIB = 1024 * 1024
A_PAGE = 40  # how many the server lists at a time


@pytest.fixture
def directory(tmp_path_factory: pytest.TempPathFactory) -> DirectoryStorage:
    return DirectoryStorage(tmp_path_factory.mktemp("kept") / "media")


@pytest.fixture(scope="session")
def s3_server() -> Iterator[str]:
    """Its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    pages = {"MOTO_S3_DEFAULT_MAX_KEYS": str(A_PAGE)}
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ | pages)
    try:
        _wait_for(f"http://127.0.0.1:{port}/moto-api/", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(10)


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 30
    while True:
        try:
            return urlopen(address, timeout=5).close()
        except OSError:
            if server.poll() is not None or time.monotonic() > until:
                raise
            time.sleep(0.05)


@pytest.fixture(scope="session")
def bucket(s3_server: str) -> str:
    session = boto3.session.Session(KEYS["access_key"], KEYS["secret_key"], region_name=KEYS["region"])
    session.client("s3", endpoint_url=s3_server).create_bucket(
        Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": KEYS["region"]}
    )
    return BUCKET


@pytest.fixture(scope="session")
def make_s3(s3_server: str, bucket: str) -> Callable[..., S3Storage]:
    """A function that makes a storage in the tests' bucket."""

    def make(**differing: object) -> S3Storage:
        return S3Storage(bucket, **({"endpoint_url": s3_server, "part_size": 5 * MIB} | KEYS | differing))

    return make


@pytest.fixture(scope="session")
def shared_s3(make_s3: Callable[..., S3Storage]) -> S3Storage:
    return make_s3(prefix="below/this/")


@pytest.fixture
def s3(shared_s3: S3Storage) -> Iterator[S3Storage]:
    """Empty. It is the same one for every test, because making one takes longer than most tests."""
    yield shared_s3
    for key, parts_id, _ in list(shared_s3.listed_parts("")):
        shared_s3.drop_parts(key, parts_id)
    shared_s3.remove(stored.key for stored in list(shared_s3.listed("")))
