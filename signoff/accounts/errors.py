from signoff.core.errors import Conflict, Invalid, NotAllowed


class BadDomain(Invalid):
    code = "bad_domain"
    message = "A domain is written like studio.example, without @ and without https://."


class NoSuchTimeZone(Invalid):
    code = "no_such_time_zone"
    message = "There is no such time zone. It is written like Europe/Berlin."


class BadColour(Invalid):
    code = "bad_colour"
    message = "A colour is written as # and six digits or letters a to f, like #2a54d0."


class BadLogo(Invalid):
    code = "bad_logo"


class NoSuchWord(Invalid):
    code = "no_such_word"
    message = "The vocabulary has no such word."


class ClientTeamTaken(Conflict):
    code = "client_team_taken"
    message = "There is a client team of this name already."


class BadAddress(Invalid):
    code = "bad_address"
    message = "This is not an e-mail address."


class NoMembership(NotAllowed):
    code = "no_membership"
    message = "You are signed in, but not a member of any organisation here. Ask who invited you to add you."


class OnlyBySso(NoMembership):
    code = "only_by_sso"

    def __init__(self, organization: str) -> None:
        super().__init__(
            f"{organization} lets its people in by single sign-on only, and you came with a password. "
            "Sign out, then sign in with your organisation's account."
        )


class AlreadyMember(Conflict):
    code = "already_member"
    message = "This person is a member here already."


class NoSuchRole(Invalid):
    code = "no_such_role"
    message = "There is no such role for people."


class ClientNeedsTeam(Invalid):
    code = "client_needs_team"
    message = "Choose at least one client team: a client viewer sees only what belongs to theirs."


class GroupHasRule(Conflict):
    code = "group_has_rule"
    message = "There is a rule for this group already: only the first one would ever count."


class AdminsByGroup(Invalid):
    code = "admins_by_group"
    message = "Everybody of this group becomes an admin here. Tick that you mean it."


class TooManyRules(Invalid):
    code = "too_many_rules"
    message = "At most 100 rules."


class NobodyCouldJoin(Invalid):
    code = "nobody_could_join"
    message = "Say first which mail domains are yours, under Organisation: people join by them."


class NotBySso(Conflict):
    code = "not_by_sso"
    message = (
        "You came with a password, so this would shut you out. Sign in by single sign-on yourself, "
        "then shut the passwords."
    )


class LastAdmin(Conflict):
    code = "last_admin"
    message = "This is the last active admin. Make somebody else an admin first."


class NotYourself(NotAllowed):
    code = "not_yourself"
    message = "You cannot close your own access. Ask another admin."


class BelongsElsewhere(Conflict):
    code = "belongs_elsewhere"
    message = "This person belongs to another organisation too, so nobody here may set their password."


class NotAPerson(Conflict):
    code = "not_a_person"
    message = "This account belongs to API keys. It has no password and no role to change."


class AccessClosed(Conflict):
    code = "access_closed"
    message = "This person's access is closed. Open it again first."


class NoSuchScope(Invalid):
    code = "no_such_scope"


class ExpiryInThePast(Invalid):
    code = "expiry_in_the_past"
    message = "The expiry has to lie in the future."


class NoSuchPage(Invalid):
    code = "no_such_page"
    message = "Views can be saved of projects, of a grid and of my work."


class NoSuchPreference(Invalid):
    code = "no_such_preference"
    message = "There is no such choice."


class LookingAsSomebodyElse(NotAllowed):
    code = "looking_as_somebody_else"
    message = "You look as somebody else, so nothing can be changed. Go back to yourself first."


class AnotherOrganization(Conflict):
    code = "another_organization"
    message = "You look at another organisation by now, in another tab. Nothing was changed; reload this page."


class NobodyToLookAs(Conflict):
    code = "nobody_to_look_as"
    message = "Admins see what you see, and who has no access sees nothing."
