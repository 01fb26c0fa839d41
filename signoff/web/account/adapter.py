"""What allauth asks of us about second factors: names, words, and for which site a passkey is."""

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http.request import split_domain_port
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from signoff.access.devices import device_of
from signoff.web.frame import Frame


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This is not right, or was used before. Take the code that is shown now, and try again."),
    }

    def get_totp_issuer(self) -> str:
        """What an authenticator app shows above the code."""
        return Frame(context.request).product

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The site that a passkey belongs to: the host that people typed, whatever the path or the port behind it."""
        host, _port = split_domain_port(context.request.get_host())
        return {"id": host, "name": Frame(context.request).product}

    def get_public_key_credential_user_entity(self, user: AbstractBaseUser) -> dict[str, object]:
        return {**super().get_public_key_credential_user_entity(user), "display_name": str(user)}

    def generate_authenticator_name(self, user: AbstractBaseUser, type: str) -> str:
        """What a new passkey is called until its person calls it something else: “Chrome on macOS”."""
        device = device_of(context.request.headers.get("User-Agent", ""))
        if device.browser and device.system:
            return gettext("%(browser)s on %(system)s") % device._asdict()
        return device.browser or device.system or gettext("Passkey")
