"""The statuses of every door for each of ASKING, in its order; one number stands for all of them.

A new page or operation needs a line here: say what everybody gets before it opens.
"""

from tests.doors.world import ASKING

#                                nobody stranger nils mia art rev pat ada
GETS = """
home                             302
sign-in                          200 302 302 302 302 302 302 302
sign-out                         405
change-password                  302 200 200 200 200 200 200 200
second-factor                    302
sign-in-passkey                  200 302 302 302 302 302 302 302
account                          302 200 200 200 200 200 200 200
account-confirmation             302 200 200 200 200 200 200 200
second-factor-setup              302
account-app                      302
account-codes                    302
factor-removal                   302 404 404 404 404 404 302 404
passkey-new                      302
passkey                          405
session-ending                   405
sessions-ending                  405
sso                              302
sso-callback                     403
identity-connect                 405
identity-removal                 405
invitation                       200
password-forgotten               404
password-new                     404
password-link                    302
dashboard                        302 200 200 200 200 200 200 200
dashboard-part                   302 200 200 200 200 200 200 200
my-work                          302 200 200 200 200 200 200 200
projects                         302 200 200 200 200 200 200 200
project-new                      302 200 403 403 403 403 200 200
deliverable                      302 404 404 200 200 200 200 200
deliverable-stages               302 404 404 200 200 200 200 200
deliverable-facts                302 404 404 200 200 200 200 200
deliverable-fact                 405
deliverable-diary                302 404 404 200 200 200 200 200
review                           302 404 404 200 200 200 200 200
compare                          302 404 404 200 200 200 200 200
round-new                        302 404 404 403 302 403 302 302
guest-link                       200
guest-home                       404
guest-identity                   404
guest-code                       404
guest-leaving                    405
guest-picture                    404
deliverable-links                302 404 404 403 403 403 200 200
project-links                    302 404 404 403 403 403 200 200
guest-link-log                   302 404 404 404 403 403 200 200
guest-link-revocation            405
guest-link-renewal               405
deliverable-hold                 405
deliverable-delivery             405
deliverable-delivery-withdrawal  405
deliverable-rounds               302 404 404 200 200 200 200 200
round-release                    405
round-withdrawal                 302 404 404 404 200 403 200 200
round-note                       405
file-renditions                  405
file-original                    302 404 404 404 302 302 302 302
thumbnail                        302 404 404 404 200 200 200 200
round-archive                    302 404 404 404 302 302 302 302
round-report                     302 404 404 404 200 200 200 200
stage-approval                   405
stage-withdrawal                 405
stage-changes-requested          302 404 404 200 200 200 200 200
stage-status                     405
stage-plan                       405
stage-decision                   302 404 404 409 403 409 409 409
decision-code                    405
stage-approvers                  302 404 404 403 403 403 409 409
approvers-reminder               405
decision-panel                   302 404 404 200 200 200 200 200
round-unlocking                  302 404 404 404 403 403 403 200
decision-certificate             302 404 404 404 200 200 200 200
delegations                      405
delegation-removal               405
act-undo                         405
views                            405
view-removal                     405
project                          302 404 404 200 200 200 200 200
project-board                    302 404 404 200 200 200 200 200
project-files                    302 404 404 200 200 200 200 200
project-approved-files           302 404 404 404 404 404 404 404
project-activity                 302 404 404 200 200 200 200 200
project-settings                 302 404 404 403 403 403 200 200
project-archive                  405
import                           302 200 403 403 403 403 200 200
import-preview                   302 404 403 403 403 403 200 200
import-progress                  302 404 403 403 403 403 200 200
import-columns                   302 404 403 403 403 403 200 200
import-mending                   405
import-application               405
import-reversal                  405
import-removal                   405
import-errors                    302 404 403 403 403 403 200 200
export-xlsx                      302 200 403 403 403 403 200 200
inbox                            302 200 200 200 200 200 200 200
inbox-read                       405
message                          302 404 404 404 404 404 302 404
message-unread                   405
settings                         302 302 403 403 403 403 302 302
settings-pipelines               302 200 403 403 403 403 200 200
settings-new-pipeline            302 200 403 403 403 403 200 200
settings-pipeline                302 404 403 403 403 403 200 200
settings-pipeline-deliverables   302 404 403 403 403 403 200 200
settings-pipeline-default        405
settings-pipeline-copies         405
settings-pipeline-archive        405
settings-pipeline-restoration    405
settings-stages                  302 200 403 403 403 403 200 200
settings-stage                   302 404 403 403 403 403 200 200
settings-stage-archive           405
settings-stage-restoration       405
settings-fields                  302 200 403 403 403 403 200 200
settings-field                   302 404 403 403 403 403 200 200
settings-field-place             405
settings-field-removal           405
settings-field-restoration       405
settings-import-mapping          302 200 403 403 403 403 200 200
settings-branding                302 200 403 403 403 403 403 200
settings-branding-preview        302 200 403 403 403 403 403 200
settings-vocabulary              405
settings-people                  302 200 403 403 403 403 403 200
settings-person                  302 404 403 403 403 403 403 200
settings-person-password         405
settings-person-closing          405
settings-person-opening          405
settings-person-sessions         405
settings-person-factors          405
settings-person-work             405
settings-person-sight            405
settings-invitations             302 200 403 403 403 403 403 200
settings-invitations-many        302 200 403 403 403 403 403 200
settings-invitation-sending      405
settings-invitation-revocation   405
settings-invitation-restoration  405
settings-invitation-link         405
settings-teams                   302 200 403 403 403 403 403 200
settings-team                    302 404 403 403 403 403 403 200
settings-team-archive            405
settings-team-restoration        405
settings-team-sight              405
settings-organization            302 200 403 403 403 403 403 200
settings-access                  302 200 403 403 403 403 403 200
settings-access-rules            302 200 403 403 403 403 403 200
settings-access-rule-place       405
settings-access-rule-removal     405
settings-audit                   302 200 403 403 403 403 403 200
settings-audit-csv               302 200 403 403 403 403 403 200
settings-keys                    302 200 403 403 403 403 403 200
settings-key-revocation          405
bell                             302 200 200 200 200 200 200 200
branding                         200
logo                             404
own-sight                        405
preferences                      405
organization                     405
"""
POSTS = """
home                             302
sign-in                          422 302 302 302 302 302 302 302
sign-out                         302
change-password                  302 422 422 422 422 422 422 422
second-factor                    302
sign-in-passkey                  302
account                          405
account-confirmation             302 422 422 422 422 422 422 422
second-factor-setup              405
account-app                      302
account-codes                    302
factor-removal                   302 404 404 404 404 404 302 404
passkey-new                      302
passkey                          302 404 404 404 404 404 404 404
session-ending                   302 404 404 404 404 404 404 404
sessions-ending                  302
sso                              503
sso-callback                     405
identity-connect                 302
identity-removal                 302 404 404 404 404 404 404 302
invitation                       422 409 409 409 409 409 409 409
password-forgotten               404
password-new                     404
password-link                    405
dashboard                        405
dashboard-part                   405
my-work                          405
projects                         405
project-new                      302 422 403 403 403 403 422 422
deliverable                      405
review                           405
compare                          405
deliverable-stages               405
deliverable-facts                405
deliverable-fact                 302 404 404 403 403 403 302 302
deliverable-diary                405
review                           405
round-new                        405
guest-link                       404
guest-home                       405
guest-identity                   404
guest-code                       404
guest-leaving                    404
guest-picture                    405
deliverable-links                302 404 404 403 403 403 200 200
project-links                    302 404 404 403 403 403 200 200
guest-link-log                   405
guest-link-revocation            302 404 404 404 403 403 200 200
guest-link-renewal               302 404 404 404 403 403 200 200
deliverable-hold                 302 404 404 403 403 403 302 302
deliverable-delivery             302 404 404 403 403 403 409 409
deliverable-delivery-withdrawal  302 404 404 403 403 403 302 302
deliverable-rounds               405
round-release                    302 404 404 404 403 403 302 302
round-withdrawal                 302 404 404 404 302 403 302 302
round-note                       302 404 404 404 302 403 302 302
file-renditions                  302 404 404 404 302 403 302 302
file-original                    405
thumbnail                        405
round-archive                    405
round-report                     405
stage-approval                   302 404 404 403 403 302 302 302
stage-withdrawal                 302 404 404 409 403 409 409 409
stage-changes-requested          302 404 404 403 403 302 302 302
stage-status                     302 404 404 403 409 403 409 409
stage-plan                       302 404 404 403 403 403 302 302
stage-decision                   302 404 404 409 403 409 409 409
decision-code                    302 404 404 409 403 409 409 409
stage-approvers                  302 404 404 403 403 403 409 409
approvers-reminder               302 404 404 403 403 403 409 409
decision-panel                   405
round-unlocking                  302 404 404 404 403 403 403 409
decision-certificate             405
delegations                      302
delegation-removal               302 404 404 404 403 403 302 302
act-undo                         302 409 409 403 302 403 302 302
views                            302
view-removal                     302 404 404 404 404 404 302 404
project                          405
project-board                    405
project-files                    405
project-approved-files           405
project-activity                 405
project-settings                 302 404 404 403 403 403 422 422
project-archive                  302 404 404 403 403 403 302 302
import                           302 302 403 403 403 403 302 302
import-preview                   405
import-progress                  405
import-columns                   302 404 403 403 403 403 302 302
import-mending                   302 404 403 403 403 403 302 302
import-application               302 404 403 403 403 403 302 302
import-reversal                  302 404 403 403 403 403 409 409
import-removal                   302 404 403 403 403 403 302 302
import-errors                    405
export-xlsx                      405
inbox                            405
inbox-read                       302
message                          405
message-unread                   302 404 404 404 404 404 302 404
settings                         302 302 403 403 403 403 302 302
settings-pipelines               302 200 403 403 403 403 200 200
settings-new-pipeline            302 422 403 403 403 403 422 422
settings-pipeline                302 404 403 403 403 403 422 422
settings-pipeline-deliverables   302 404 403 403 403 403 302 302
settings-pipeline-default        302 404 403 403 403 403 302 302
settings-pipeline-copies         302 404 403 403 403 403 302 302
settings-pipeline-archive        302 404 403 403 403 403 302 302
settings-pipeline-restoration    302 404 403 403 403 403 302 302
settings-stages                  302 302 403 403 403 403 302 302
settings-stage                   302 404 403 403 403 403 302 302
settings-stage-archive           302 404 403 403 403 403 302 302
settings-stage-restoration       302 404 403 403 403 403 302 302
settings-fields                  302 302 403 403 403 403 302 302
settings-field                   302 404 403 403 403 403 302 302
settings-field-place             302 404 403 403 403 403 302 302
settings-field-removal           302 404 403 403 403 403 302 302
settings-field-restoration       302 302 403 403 403 403 302 302
settings-import-mapping          302 302 403 403 403 403 302 302
settings-branding                302 302 403 403 403 403 403 302
settings-branding-preview        405
settings-vocabulary              302 302 403 403 403 403 403 302
settings-people                  302 200 403 403 403 403 403 200
settings-person                  302 404 403 403 403 403 403 302
settings-person-password         302 404 403 403 403 403 403 200
settings-person-closing          302 404 403 403 403 403 403 302
settings-person-opening          302 404 403 403 403 403 403 302
settings-person-sessions         302 404 403 403 403 403 403 302
settings-person-factors          302 404 403 403 403 403 403 302
settings-person-work             302 404 403 403 403 403 403 302
settings-person-sight            302 404 403 403 403 403 403 302
settings-invitations             302 200 403 403 403 403 403 200
settings-invitations-many        302 422 403 403 403 403 403 422
settings-invitation-sending      302 404 403 403 403 403 403 302
settings-invitation-revocation   302 404 403 403 403 403 403 302
settings-invitation-restoration  302 404 403 403 403 403 403 302
settings-invitation-link         302 404 403 403 403 403 403 200
settings-teams                   302 302 403 403 403 403 403 302
settings-team                    302 404 403 403 403 403 403 302
settings-team-archive            302 404 403 403 403 403 403 302
settings-team-restoration        302 404 403 403 403 403 403 302
settings-team-sight              302 404 403 403 403 403 403 302
settings-organization            302 302 403 403 403 403 403 302
settings-access                  302 302 403 403 403 403 403 302
settings-access-rules            302 302 403 403 403 403 403 302
settings-access-rule-place       302 302 403 403 403 403 403 302
settings-access-rule-removal     302 302 403 403 403 403 403 302
settings-audit                   405
settings-audit-csv               405
settings-keys                    302 200 403 403 403 403 403 200
settings-key-revocation          302 404 403 403 403 403 403 302
bell                             405
branding                         405
logo                             405
own-sight                        302
preferences                      302 204 204 204 204 204 204 204
organization                     302 404 404 404 404 404 404 404
"""
API = """
me                               401 200 200 200 200 200 200 200
people                           401 200 200 200 200 200 200 200
client_teams                     401 200 200 200 200 200 200 200
pipelines                        401 200 200 200 200 200 200 200
custom_fields                    401 200 200 200 200 200 200 200
bulk_import                      401 200 403 403 403 403 200 200
imports                          401 200 403 403 403 403 200 200
read_import                      401 404 404 404 403 403 200 200
map_import                       401 404 404 404 403 403 200 200
apply_import                     401 404 404 404 403 403 200 200
undo_import                      401 404 404 404 403 403 204 204
export                           401 200 403 403 403 403 200 200
projects                         401 200 200 200 200 200 200 200
open_project                     401 201 403 403 403 403 201 201
project                          401 404 404 200 200 200 200 200
change_project                   401 404 404 403 403 403 200 200
archive_project                  401 404 404 403 403 403 200 200
restore_project                  401 404 404 403 403 403 200 200
grid                             401 404 404 200 200 200 200 200
project_files                    401 404 404 200 200 200 200 200
approved_files                   401 404 404 404 404 404 404 404
add_deliverables                 401 404 404 403 403 403 201 201
change_many                      401 404 404 403 403 403 200 200
deliverable                      401 404 404 200 200 200 200 200
change_deliverable               401 404 404 403 403 403 200 200
remove_deliverable               401 404 404 403 403 403 409 409
mark_delivered                   401 404 404 403 403 403 409 409
unmark_delivered                 401 404 404 403 403 403 200 200
stage                            401 404 404 200 200 200 200 200
change_stage                     401 404 404 403 403 403 200 200
approve_stage                    401 404 404 403 403 200 200 200
withdraw_approval                401 404 404 409 403 409 409 409
request_changes                  401 404 404 403 403 200 200 200
decisions                        401 404 404 200 200 200 200 200
decide                           401 404 404 409 403 409 409 409
send_decision_code               401 404 404 409 403 409 409 409
approvers                        401 404 404 200 200 200 200 200
set_approvers                    401 404 404 403 403 403 409 409
remind_approvers                 401 404 404 403 403 403 409 409
decision                         401 404 404 404 200 200 200 200
certificate                      401 404 404 404 200 200 200 200
unlock_round                     401 404 404 404 403 403 403 409
delegations                      401 200 200 200 200 200 200 200
set_delegation                   401 422 201 201 403 201 422 201
remove_delegation                401 404 404 404 403 403 204 204
deliverable_links                401 404 404 403 403 403 200 200
make_deliverable_link            401 404 404 403 403 403 201 201
project_links                    401 404 404 403 403 403 200 200
make_project_link                401 404 404 403 403 403 201 201
link                             401 404 404 404 403 403 200 200
revoke_link                      401 404 404 404 403 403 204 204
renew_link                       401 404 404 404 403 403 200 200
link_visits                      401 404 404 404 403 403 200 200
activity                         401 404 404 200 200 200 200 200
undo                             401 409 409 403 200 403 200 200
search                           401 200 200 200 200 200 200 200
views                            401 200 200 200 200 200 200 200
add_view                         401 201 201 201 201 201 201 201
delete_view                      401 404 404 404 404 404 204 404
notifications                    401 200 200 200 200 200 200 200
set_read                         401 200 200 200 200 200 200 200
begin_upload                     401 404 404 403 201 403 201 201
begin_tus_upload                 401 404 404 403 201 403 201 201
my_uploads                       401 404 404 200 200 200 200 200
upload                           401 404 404 404 404 404 200 404
drop_upload                      401 404 404 404 404 404 204 404
part_addresses                   401 404 404 404 404 404 409 404
finish_upload                    401 404 404 404 404 404 409 404
submit_round                     401 404 404 403 404 403 201 404
rounds                           401 404 404 200 200 200 200 200
read_round                       401 404 404 404 200 200 200 200
change_round                     401 404 404 404 200 403 200 200
withdraw_round                   401 404 404 404 204 403 204 204
replace_files                    401 404 404 404 200 403 200 200
release_round                    401 404 404 404 403 403 200 200
withhold_round                   401 404 404 404 403 403 200 200
file                             401 404 404 404 200 200 200 200
file_content                     401 404 404 404 302 302 302 302
round_archive                    401 404 404 404 302 302 302 302
retry_file                       401 404 404 404 200 403 200 200
comments                         401 404 404 404 200 200 200 200
add_comment                      401 404 404 404 201 201 201 201
comment                          401 404 404 404 200 200 200 200
change_comment                   401 404 404 404 200 403 403 403
remove_comment                   401 404 404 404 204 403 403 204
release_comment                  401 404 404 404 403 403 200 200
attach_file                      401 404 404 404 201 403 403 403
attachment_content               401 404 404 404 302 302 302 302
round_feedback                   401 404 404 404 200 200 200 200
stage_feedback                   401 404 404 200 200 200 200 200
note                             401 404 404 404 200 200 200 200
change_note                      401 404 404 404 200 200 200 200
draft                            401 404 404 404 200 200 200 200
keep_draft                       401 404 404 404 200 200 200 200
drop_draft                       401 404 404 404 204 204 204 204
round_report                     401 404 404 404 200 200 200 200
"""
# The same doors at the round before, which clients see and which nobody changes any more.
API_SHOWN = """
read_round                       401 404 404 200 200 200 200 200
change_round                     401 404 404 403 409 403 409 409
withdraw_round                   401 404 404 403 409 403 409 409
replace_files                    401 404 404 403 409 403 409 409
release_round                    401 404 404 403 403 403 200 200
withhold_round                   401 404 404 403 403 403 200 200
file                             401 404 404 200 200 200 200 200
file_content                     401 404 404 302 302 302 302 302
round_archive                    401 404 404 302 302 302 302 302
retry_file                       401 404 404 403 409 403 409 409
comments                         401 404 404 200 200 200 200 200
add_comment                      401 404 404 201 409 409 409 409
comment                          401 404 404 200 200 200 200 200
change_comment                   401 404 404 200 403 403 403 403
remove_comment                   401 404 404 204 403 403 403 409
release_comment                  401 404 404 403 403 403 200 200
attach_file                      401 404 404 201 403 403 403 403
attachment_content               401 404 404 302 302 302 302 302
round_feedback                   401 404 404 200 200 200 200 200
note                             401 404 404 200 200 200 200 200
change_note                      401 404 404 200 403 200 200 200
draft                            401 404 404 200 200 200 200 200
keep_draft                       401 404 404 200 200 200 200 200
drop_draft                       401 404 404 204 204 204 204 204
round_report                     401 404 404 200 200 200 200 200
unlock_round                     401 404 404 403 403 403 403 409
"""
# Where bytes are, and which of them each gets in the end: of the round that clients see, or of the newest.
BYTES = """
thumbnail-shown       sign-in 404 404 shown shown shown shown shown
original-shown        sign-in 404 404 shown shown shown shown shown
api-original-shown    sign-in 404 404 shown shown shown shown shown
zip-shown             sign-in 404 404 shown shown shown shown shown
api-zip-shown         sign-in 404 404 shown shown shown shown shown
thumbnail-newest      sign-in 404 404 404 newest newest newest newest
original-newest       sign-in 404 404 404 newest newest newest newest
api-original-newest   sign-in 404 404 404 newest newest newest newest
zip-newest            sign-in 404 404 404 newest newest newest newest
api-zip-newest        sign-in 404 404 404 newest newest newest newest
approved-files        sign-in 404 404 shown newest newest newest newest
api-approved-files    sign-in 404 404 shown newest newest newest newest
"""
# Whose projects are in the workbook.
EXPORTED = """
export                sign-in elsewhere 403 403 403 403 kolibri+norra kolibri+norra
"""
# The live stream: its status, and whether a message of this kind reaches them.
HEARD = """
status                401 200 200 200 200 200 200 200
kolibri               no no no yes yes yes yes yes
norra                 no no yes no yes yes yes yes
house                 no no no no yes yes yes yes
to-pat                no no no no no no yes no
to-mia                no no no yes no no no no
"""


def words_of(table: str, who: str) -> dict[str, str]:
    """The same for tables of words; hyphens in names stand for spaces."""
    lines = (line.split() for line in table.strip().splitlines())
    return {_spaced(name): said[ASKING.index(who)] for name, *said in lines}


def _spaced(name: str) -> str:
    return name.replace("-", " ")


def column_of(table: str, who: str) -> dict[str, int]:
    """What this table says that somebody gets, by door."""
    lines = (line.split() for line in table.strip().splitlines())
    return {name: int(said[0] if len(said) == 1 else said[ASKING.index(who)]) for name, *said in lines}
