import pytest

from signoff.audit.models import Event
from signoff.core.errors import NotAllowed
from signoff.core.text import BadText
from signoff.projects.actions import (
    add_custom_field,
    change_custom_field,
    change_project,
    order_custom_fields,
    remove_custom_field,
    restore_custom_field,
)
from signoff.projects.errors import BadChoices, CustomFieldTaken, NoSuchKind, NothingToRestore, TooManyFields
from signoff.projects.models import CustomField
from tests.together import at_once


def add(cast, who="pat", **values):
    given = {"subject": "project", "name": "Budget", "kind": "number"} | values
    return add_custom_field(actor=cast.actor(who), organization=cast.organization, **given)


def names(cast, subject="project") -> list[str]:
    return [field.name for field in CustomField.objects.filter(organization=cast.organization, subject=subject)]


def test_a_field_is_added_at_the_end_with_a_key_of_its_name(cast):
    budget, paper = add(cast), add(cast, name="Paper stock", kind="choice", choices=[" Matt ", "matt", "", "Gloss"])
    assert (budget.key, budget.position, paper.key, paper.position) == ("budget", 1, "paper-stock", 2)
    assert paper.choices == ["Matt", "Gloss"]
    assert add(cast, subject="deliverable").position == 1
    assert add(cast, name="価格").key == "field"


@pytest.mark.parametrize(
    ("values", "refusal", "field"),
    [
        ({"name": ""}, BadText, "name"),
        ({"name": "x" * 81}, BadText, "name"),
        ({"name": "a\x00"}, BadText, "name"),
        ({"kind": "money"}, NoSuchKind, "kind"),
        ({"subject": "person"}, NoSuchKind, "kind"),
        ({"name": "Paper", "kind": "choice"}, BadChoices, "choices"),
        ({"name": "Paper", "kind": "choice", "choices": [str(n) for n in range(201)]}, BadChoices, "choices"),
        ({"name": "Paper", "kind": "choice", "choices": ["x" * 81]}, BadText, "choices"),
        ({"name": "BUDGET"}, CustomFieldTaken, "name"),
    ],
)
def test_a_field_that_cannot_be_is_refused_at_its_place(cast, values, refusal, field):
    add(cast)
    with pytest.raises(refusal) as refused:
        add(cast, **values)
    assert (refused.value.detail, names(cast)) == ({"field": field}, ["Budget"])


def test_there_is_room_for_fifty(cast):
    for number in range(50):
        add(cast, name=f"Field {number}")
    with pytest.raises(TooManyFields):
        add(cast)
    assert add(cast, subject="deliverable").name == "Budget"


def test_name_and_choices_change_and_the_key_stays(cast, first_light):
    paper = add(cast, name="Paper", kind="choice", choices=["Matt", "Gloss"])
    change_project(actor=cast.actor("pat"), project=first_light, changes={"custom": {"paper": "gloss"}})
    for _ in range(2):
        changed = change_custom_field(
            actor=cast.actor("pat"), field=paper, changes={"name": "Stock", "choices": ["Matt"]}
        )
    first_light.refresh_from_db()
    assert (changed.key, changed.choices, first_light.custom) == ("paper", ["Matt"], {"paper": "Gloss"})
    assert Event.objects.filter(verb="custom_field.changed").count() == 1


def test_a_rename_to_a_taken_name_or_to_no_choice_is_refused(cast):
    add(cast)
    paper = add(cast, name="Paper", kind="choice", choices=["Matt"])
    with pytest.raises(CustomFieldTaken):
        change_custom_field(actor=cast.actor("pat"), field=paper, changes={"name": "budget"})
    with pytest.raises(BadChoices):
        change_custom_field(actor=cast.actor("pat"), field=paper, changes={"choices": [" "]})
    with pytest.raises(BadChoices):
        change_custom_field(actor=cast.actor("pat"), field=paper, changes={"choices": "Matt"})
    assert names(cast) == ["Budget", "Paper"]


def test_the_order_is_as_said_and_the_rest_follows(cast):
    one, two, three = (add(cast, name=name) for name in ("One", "Two", "Three"))
    theirs = add_custom_field(
        actor=cast.actor("stranger"), organization=cast.elsewhere, subject="project", name="Theirs"
    )
    order_custom_fields(
        actor=cast.actor("pat"), organization=cast.organization, subject="project", order=[three.pk, theirs.pk, one.pk]
    )
    theirs.refresh_from_db()
    assert (names(cast), theirs.position) == (["Three", "One", "Two"], 1)
    assert two.pk == CustomField.objects.get(name="Two").pk


def test_a_removed_field_comes_back_with_its_values_and_a_new_one_does_not_get_them(cast, first_light):
    pat, budget = cast.actor("pat"), add(cast)
    change_project(actor=pat, project=first_light, changes={"custom": {"budget": "12"}})
    for _ in range(2):
        remove_custom_field(actor=pat, field=budget)
    first_light.refresh_from_db()
    assert (names(cast), first_light.custom) == ([], {"budget": 12})
    assert add(cast, name="Budget ", kind="date").key == "budget-2"
    with pytest.raises(CustomFieldTaken):
        restore_custom_field(actor=pat, organization=cast.organization, field_id=budget.pk)
    remove_custom_field(actor=pat, field=CustomField.objects.get())
    for _ in range(2):
        back = restore_custom_field(actor=pat, organization=cast.organization, field_id=budget.pk)
    assert (back.pk, back.key, back.kind, names(cast)) == (budget.pk, "budget", "number", ["Budget"])


def test_what_another_house_removed_cannot_be_brought_back_here(cast):
    theirs = add_custom_field(actor=cast.actor("stranger"), organization=cast.elsewhere, subject="project", name="X")
    remove_custom_field(actor=cast.actor("stranger"), field=theirs)
    with pytest.raises(NothingToRestore):
        restore_custom_field(actor=cast.actor("pat"), organization=cast.organization, field_id=theirs.pk)


@pytest.mark.parametrize("who", ["art", "rev", "mia", "stranger"])
def test_others_may_not_touch_fields(cast, who):
    budget, actor, house = add(cast), cast.actor(who), cast.organization
    for act in (
        lambda: add(cast, who, name="X"),
        lambda: change_custom_field(actor=actor, field=budget, changes={"name": "X"}),
        lambda: order_custom_fields(actor=actor, organization=house, subject="project", order=[]),
        lambda: remove_custom_field(actor=actor, field=budget),
        lambda: restore_custom_field(actor=actor, organization=house, field_id=budget.pk),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert names(cast) == ["Budget"]


@pytest.mark.django_db(transaction=True)
def test_of_two_adding_one_name_at_once_one_is_refused(cast):
    outcomes = at_once(lambda: add(cast), lambda: add(cast, name="budget"))
    assert (outcomes, CustomField.objects.count()) == (["custom_field_taken", "done"], 1)
