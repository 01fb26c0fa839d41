import pytest
from django.test import Client


@pytest.mark.parametrize("who", ["pat", "art", "rev", "mia", "ada", "stranger"])
def test_pages(cast, key_visual, who):
    c = Client()
    c.force_login(getattr(cast, who), backend="django.contrib.auth.backends.ModelBackend")
    for a in [
        "/dashboard",
        "/my-work",
        "/projects",
        "/projects/new",
        f"/deliverables/{key_visual.pk}",
        f"/deliverables/{key_visual.pk}/stages",
        f"/deliverables/{key_visual.pk}/facts",
        f"/deliverables/{key_visual.pk}/diary",
        "/dashboard/waiting",
    ]:
        print(who, a, c.get(a).status_code)
