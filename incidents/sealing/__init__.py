"""Words and files as they lie here: encrypted and signed, with a key that lies elsewhere."""

from incidents.sealing.seal import Seal, UnreadableSecretError

__all__ = ["Seal", "UnreadableSecretError"]
