"""The site map: every page on one screen. Addresses are nouns; names are what `url()` and `reverse` take."""

from django.urls import include, path, register_converter
from django.views.generic import RedirectView

from signoff.web import (
    approvers,
    compare,
    dashboard,
    decisions,
    deliverable,
    downloads,
    facts,
    inbox,
    invitations,
    looking,
    passwords,
    preferences,
    project_board,
    project_files,
    project_list,
    project_settings,
    projects,
    reports,
    review,
    rounds,
    rounds_new,
    saved_views,
    second_factor,
    sheets,
    sign_in,
    stages,
    work,
)
from signoff.web.account import confirmation, deputies, factors, passkeys
from signoff.web.account import page as account
from signoff.web.guest import front as guest_front
from signoff.web.guest import home as guest
from signoff.web.guest import links as guest_links
from signoff.web.guest import pictures as guest_pictures
from signoff.web.settings import page as settings
from signoff.web.sso import views as sso
from signoff.web.sso.addresses import ProviderKey

register_converter(ProviderKey, "provider")
urlpatterns = [
    # the way in
    path("", RedirectView.as_view(pattern_name="dashboard"), name="home"),
    path("sign-in", sign_in.SignIn.as_view(), name="sign-in"),
    path("sign-out", sign_in.sign_out, name="sign-out"),
    path("change-password", sign_in.ChangePassword.as_view(), name="change-password"),
    path("sign-in/second-factor", second_factor.SecondFactor.as_view(), name="second-factor"),
    path("sign-in/passkey", second_factor.PasskeySignIn.as_view(), name="sign-in-passkey"),
    # one's own account
    path("account", account.account, name="account"),
    path("account/confirmation", confirmation.confirmation, name="account-confirmation"),
    path("account/second-factor", factors.setup, name="second-factor-setup"),
    path("account/authenticator-app", factors.app, name="account-app"),
    path("account/recovery-codes", factors.recovery_codes, name="account-codes"),
    path("account/factors/<int:factor_id>/removal", factors.removal, name="factor-removal"),
    path("account/passkeys/new", passkeys.new, name="passkey-new"),
    path("account/passkeys/<int:passkey_id>", passkeys.rename, name="passkey"),
    path("account/sessions/<int:session_id>/ending", account.session_ending, name="session-ending"),
    path("account/sessions/ending", account.sessions_ending, name="sessions-ending"),
    path("sign-in/<provider:provider>", sso.start, name="sso"),
    path("sign-in/<provider:provider>/callback", sso.callback, name="sso-callback"),
    path("account/identities/<provider:provider>", sso.connect, name="identity-connect"),
    path("account/identities/<int:identity_id>/removal", sso.removal, name="identity-removal"),
    path("invitations/<str:token>", invitations.Invitation.as_view(), name="invitation"),
    path("password/forgotten", passwords.Forgotten.as_view(), name="password-forgotten"),
    path("password/new", passwords.NewPassword.as_view(), name="password-new"),
    path("password/new/<str:token>", passwords.link, name="password-link"),
    # guests: the link itself, and what they alone have; it is asked for below /g/<link id>/ (guest/way.py)
    path("g/<str:token>", guest_front.Front.as_view(), name="guest-link"),
    path("guest", guest.home, name="guest-home"),
    path("guest/identity", guest.identity, name="guest-identity"),
    path("guest/code", guest.code, name="guest-code"),
    path("guest/leaving", guest.leaving, name="guest-leaving"),
    path("guest/pictures/<uuid:rendition_id>", guest_pictures.picture, name="guest-picture"),
    # pages
    path("dashboard", dashboard.dashboard, name="dashboard"),
    path("dashboard/<slug:name>", dashboard.part, name="dashboard-part"),
    path("my-work", work.my_work, name="my-work"),
    path("projects", project_list.projects, name="projects"),
    path("projects/new", project_list.new_project, name="project-new"),
    # one deliverable
    path("deliverables/<uuid:deliverable_id>", deliverable.page, name="deliverable"),
    path("deliverables/<uuid:deliverable_id>/stages", deliverable.stages, name="deliverable-stages"),
    path("deliverables/<uuid:deliverable_id>/facts", deliverable.facts, name="deliverable-facts"),
    path("deliverables/<uuid:deliverable_id>/facts/<str:name>", facts.fact, name="deliverable-fact"),
    path("deliverables/<uuid:deliverable_id>/diary", deliverable.diary, name="deliverable-diary"),
    path("deliverables/<uuid:deliverable_id>/hold", deliverable.hold, name="deliverable-hold"),
    path("deliverables/<uuid:deliverable_id>/delivery", deliverable.delivery, name="deliverable-delivery"),
    path(
        "deliverables/<uuid:deliverable_id>/delivery/withdrawal",
        deliverable.delivery_withdrawal,
        name="deliverable-delivery-withdrawal",
    ),
    path("deliverables/<uuid:deliverable_id>/rounds", rounds.rounds, name="deliverable-rounds"),
    path("deliverables/<uuid:deliverable_id>/rounds/new", rounds_new.new, name="round-new"),
    path("deliverables/<uuid:deliverable_id>/review", review.page, name="review"),
    path("deliverables/<uuid:deliverable_id>/compare", compare.page, name="compare"),
    path("deliverables/<uuid:deliverable_id>/links", guest_links.of_deliverable, name="deliverable-links"),
    path("projects/<uuid:project_id>/links", guest_links.of_project, name="project-links"),
    path("links/<uuid:link_id>", guest_links.link, name="guest-link-log"),
    path("links/<uuid:link_id>/revocation", guest_links.revocation, name="guest-link-revocation"),
    path("links/<uuid:link_id>/renewal", guest_links.renewal, name="guest-link-renewal"),
    # one round and its files
    path("rounds/<uuid:round_id>/release", rounds.release, name="round-release"),
    path("rounds/<uuid:round_id>/withdrawal", rounds.withdrawal, name="round-withdrawal"),
    path("rounds/<uuid:round_id>/note", rounds.note, name="round-note"),
    path("files/<uuid:file_id>/renditions", rounds.renditions, name="file-renditions"),
    # one stage
    path("stages/<uuid:stage_id>/approval", stages.approval, name="stage-approval"),
    path("stages/<uuid:stage_id>/approval/withdrawal", stages.withdrawal, name="stage-withdrawal"),
    path("stages/<uuid:stage_id>/changes-requested", stages.changes_requested, name="stage-changes-requested"),
    path("stages/<uuid:stage_id>/status", stages.status, name="stage-status"),
    path("stages/<uuid:stage_id>/plan", stages.plan, name="stage-plan"),
    path("stages/<uuid:stage_id>/decision", decisions.decision, name="stage-decision"),
    path("stages/<uuid:stage_id>/decision/code", decisions.code, name="decision-code"),
    path("stages/<uuid:stage_id>/approvers", approvers.approvers, name="stage-approvers"),
    path("stages/<uuid:stage_id>/approvers/reminder", approvers.reminder, name="approvers-reminder"),
    # formal decisions, and who stands in for whom
    path("account/deputies", deputies.delegations, name="delegations"),
    path("account/deputies/<uuid:delegation_id>/removal", deputies.removal, name="delegation-removal"),
    path("deliverables/<uuid:deliverable_id>/decision", decisions.panel, name="decision-panel"),
    path("rounds/<uuid:round_id>/unlocking", decisions.unlocking, name="round-unlocking"),
    path("decisions/<uuid:decision_id>/certificate", decisions.certificate, name="decision-certificate"),
    # acts and views
    path("acts/<uuid:act>/undo", deliverable.undo, name="act-undo"),
    path("views", saved_views.views, name="views"),
    path("views/<uuid:view_id>/removal", saved_views.removal, name="view-removal"),
    # one project, the inbox
    path("projects/<uuid:project_id>", projects.grid, name="project"),
    path("projects/<uuid:project_id>/board", project_board.board, name="project-board"),
    path("projects/<uuid:project_id>/files", project_files.files, name="project-files"),
    path("projects/<uuid:project_id>/activity", projects.activity, name="project-activity"),
    path("projects/<uuid:project_id>/settings", project_settings.Settings.as_view(), name="project-settings"),
    path("projects/<uuid:project_id>/archive", project_settings.archive, name="project-archive"),
    path("imports", sheets.imports, name="import"),
    path("imports/<uuid:batch_id>", sheets.preview, name="import-preview"),
    path("imports/<uuid:batch_id>/progress", sheets.progress, name="import-progress"),
    path("imports/<uuid:batch_id>/columns", sheets.columns, name="import-columns"),
    path("imports/<uuid:batch_id>/mending", sheets.mend, name="import-mending"),
    path("imports/<uuid:batch_id>/application", sheets.application, name="import-application"),
    path("imports/<uuid:batch_id>/reversal", sheets.reversal, name="import-reversal"),
    path("imports/<uuid:batch_id>/removal", sheets.removal, name="import-removal"),
    path("imports/<uuid:batch_id>/errors.csv", sheets.error_rows, name="import-errors"),
    path("export.xlsx", sheets.export, name="export-xlsx"),
    path("inbox", inbox.inbox, name="inbox"),
    path("inbox/read", inbox.read, name="inbox-read"),
    path("inbox/<uuid:notification_id>", inbox.message, name="message"),
    path("inbox/<uuid:notification_id>/unread", inbox.unread, name="message-unread"),
    path("settings", settings.settings, name="settings"),
    path("settings/", include("signoff.web.settings.urls")),
    # files
    path("thumbnails/<uuid:rendition_id>", downloads.thumbnail, name="thumbnail"),
    path("files/<uuid:file_id>/original", downloads.original, name="file-original"),
    path("rounds/<uuid:round_id>/archive", downloads.of_round, name="round-archive"),
    path("rounds/<uuid:round_id>/report.<str:kind>", reports.of_round, name="round-report"),
    path("projects/<uuid:project_id>/approved-files", downloads.approved_files, name="project-approved-files"),
    # around every page
    path("bell", inbox.bell, name="bell"),
    path("branding.css", preferences.branding, name="branding"),
    path("branding/logo", preferences.logo, name="logo"),
    path("own-sight", looking.own_sight, name="own-sight"),
    path("preferences", preferences.preferences, name="preferences"),
    path("organization", preferences.switch_organization, name="organization"),
]
