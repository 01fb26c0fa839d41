"""The API, version 1: what scripts and the pages' islands speak to."""

from ninja import NinjaAPI

api = NinjaAPI(title="Signoff", version="1", urls_namespace="api-v1", docs_url=None)
