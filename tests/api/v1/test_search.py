from signoff.api.v1.addresses import page_of


def test_the_palette_gets_where_to_go(caller, first_light, key_visual):
    status, answer = caller("pat").get("/search?q=20418")

    assert (status, answer["results"]) == (
        200,
        [
            {
                "kind": "project",
                "id": str(first_light.pk),
                "title": "First light",
                "subtitle": "20418 · Kolibri Drinks",
                "url": page_of("project", first_light.pk),
                "status": "active",
                "cover": None,
            }
        ],
    )


def test_nothing_asked_is_nothing_found(caller, first_light):
    assert caller("pat").get("/search") == (200, {"results": []})
    assert caller("pat").get(f"/search?q={'x' * 201}")[0] == 422
