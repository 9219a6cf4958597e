"""A workbook protected as Excel does it: ECMA-376 standard encryption in an OLE2 container.

After [MS-OFFCRYPTO] 2.3.4.5–2.3.4.9 (AES-128, SHA-1, 50 000 rounds) and [MS-CFB].
"""

from __future__ import annotations

import hashlib
import struct

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_SALT = bytes(range(16))
_SECTOR, _MINI, _FREE, _END, _FAT = 512, 64, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_PROVIDER = "Microsoft Enhanced RSA and AES Cryptographic Provider\0".encode("utf-16-le")


def encrypted(package: bytes, password: str) -> bytes:
    """The package in a container that opens with the password."""
    key = _key(password)
    verifier = bytes(range(16, 32))
    digest = hashlib.sha1(verifier).digest().ljust(32, b"\0")
    header = struct.pack("<8I", 0x24, 0, 0x660E, 0x8004, 128, 0x18, 0, 0) + _PROVIDER
    info = struct.pack("<HHII", 3, 2, 0x24, len(header)) + header
    info += struct.pack("<I", 16) + _SALT + _aes(key, verifier)
    info += struct.pack("<I", 20) + _aes(key, digest)
    body = struct.pack("<Q", len(package)) + _aes(key, package + b"\0" * (-len(package) % 16))
    return _container({"EncryptionInfo": info, "EncryptedPackage": body})


def _key(password: str) -> bytes:
    digest = hashlib.sha1(_SALT + password.encode("utf-16-le")).digest()
    for n in range(50_000):
        digest = hashlib.sha1(struct.pack("<I", n) + digest).digest()
    digest = hashlib.sha1(digest + struct.pack("<I", 0)).digest()
    return hashlib.sha1(bytes(b ^ 0x36 for b in digest.ljust(64, b"\0"))).digest()[:16]


def _aes(key: bytes, data: bytes) -> bytes:
    cipher = Cipher(algorithms.AES(key), modes.ECB()).encryptor()  # as the format has it
    return cipher.update(data) + cipher.finalize()


def _container(streams: dict[str, bytes]) -> bytes:
    """An OLE2 file: header, one sector chain a stream, the small ones in the mini stream."""
    mini, mini_fat, sectors, fat = b"", [], b"", []
    places: dict[str, tuple[int, int]] = {}

    def add(content: bytes) -> int:
        nonlocal sectors
        count = max(1, -(-len(content) // _SECTOR))
        first = len(fat)
        fat.extend([*range(first + 1, first + count), _END])
        sectors += content.ljust(count * _SECTOR, b"\0")
        return first

    for name, content in streams.items():
        if len(content) >= 4096:
            places[name] = (add(content), len(content))
            continue
        first, count = len(mini_fat), -(-len(content) // _MINI)
        mini_fat.extend([*range(first + 1, first + count), _END])
        mini += content.ljust(count * _MINI, b"\0")
        places[name] = (first, len(content))
    root = (add(mini), len(mini))
    mini_start = add(struct.pack(f"<{len(mini_fat)}I", *mini_fat).ljust(_SECTOR, b"\xff"))
    directory = add(_directory(root, places))
    fat_count = 1
    while (len(fat) + fat_count) * 4 > fat_count * _SECTOR:
        fat_count += 1
    fat_first = len(fat)
    fat.extend([_FAT] * fat_count)
    sectors += struct.pack(f"<{len(fat)}I", *fat).ljust(fat_count * _SECTOR, b"\xff")
    difat = [*range(fat_first, fat_first + fat_count)]
    header = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 16
    header += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, fat_count, directory, 0,
                          4096, mini_start, 1, _END, 0)  # fmt: skip
    return header + struct.pack("<109I", *difat, *[_FREE] * (109 - len(difat))) + sectors


def _directory(root: tuple[int, int], places: dict[str, tuple[int, int]]) -> bytes:
    """The root, then the streams, each the right neighbour of the one before."""
    names = sorted(places, key=lambda name: (len(name), name.upper()))
    entries = [_entry("Root Entry", 5, root, child=1)]
    for n, name in enumerate(names, start=1):
        right = n + 1 if n < len(names) else _FREE
        entries.append(_entry(name, 2, places[name], right=right))
    return b"".join(entries).ljust(4 * 128, b"\0")


def _entry(
    name: str, kind: int, place: tuple[int, int], *, right: int = _FREE, child: int = _FREE
) -> bytes:
    written = (name + "\0").encode("utf-16-le")
    about = struct.pack("<64sHBBIII", written, len(written), kind, 1, _FREE, right, child)
    return about + b"\0" * 36 + struct.pack("<IQ", *place)
