"""A passkey in software: signs what the server asks, as a telephone does."""

import hashlib
import json

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from django.utils.http import int_to_base36
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

HOST, ORIGIN = "localhost", "http://localhost"
PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40
WEBAUTHN = "/admin/account/second-factor/webauthn/"


class Passkey:
    """One credential. ``verifies`` is whether it asks its owner for a fingerprint or a number."""

    def __init__(self, verifies=True):
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = b"a credential of a test"
        self.flags = PRESENT | (VERIFIED if verifies else 0)

    def make(self, challenge):
        public = ES256.from_cryptography_key(self.key.public_key())
        made = AttestedCredentialData.create(Aaguid(b"\0" * 16), self.id, public)
        data = AuthenticatorData.create(self._host(), self.flags | ATTESTED, 0, made)
        attestation = AttestationObject.create("none", data, {})
        return self._answer("webauthn.create", challenge, attestationObject=bytes(attestation))

    def sign(self, challenge, member):
        data = AuthenticatorData.create(self._host(), self.flags, 1)
        client = CollectedClientData.create("webauthn.get", challenge, ORIGIN)
        signed = self.key.sign(bytes(data) + client.hash, ec.ECDSA(SHA256()))
        return self._answer(
            "webauthn.get",
            challenge,
            authenticatorData=bytes(data),
            signature=signed,
            userHandle=int_to_base36(member.pk).encode(),
        )

    def _host(self):
        return hashlib.sha256(HOST.encode()).digest()

    def _answer(self, kind, challenge, **parts):
        client = CollectedClientData.create(kind, challenge, ORIGIN)
        response = {"clientDataJSON": bytes(client), **parts}
        return {
            "id": websafe_encode(self.id),
            "rawId": websafe_encode(self.id),
            "type": "public-key",
            "clientExtensionResults": {},
            "response": {name: websafe_encode(value) for name, value in response.items()},
        }


def add(client, passkey, **values):
    """Add it to the account of whoever is at work in this browser."""
    page = client.get(f"{WEBAUTHN}add/")
    challenge = page.context["js_data"]["creation_options"]["publicKey"]["challenge"]
    credential = {**passkey.make(challenge), **values.pop("sent", {})}
    return client.post(
        f"{WEBAUTHN}add/", {"name": "A key", "credential": json.dumps(credential), **values}
    )


def log_in_alone(client, passkey, member):
    """Use nothing else to get in."""
    asked = client.get(f"{WEBAUTHN}login/", headers={"x-requested-with": "XMLHttpRequest"}).json()[
        "request_options"
    ]["publicKey"]["challenge"]
    return client.post(f"{WEBAUTHN}login/", {"credential": json.dumps(passkey.sign(asked, member))})
