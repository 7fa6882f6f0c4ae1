"""The files of a published package that is a directory or a wheel; nothing outside of it is read."""

import hashlib
import os
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bakumoscow.errors import IntegrityError, NotFoundError

DESCRIPTOR = "datapackage.json"


@dataclass(frozen=True)
class PackageFiles:
    """`place` is what the user gave; `root` is the directory, or the folder in the wheel, of the descriptor."""

    place: str
    root: str
    wheel: zipfile.ZipFile | None = None

    def read(self, path: str) -> bytes:
        """The bytes of a file. Raises IntegrityError for one that is missing, damaged or outside of the package."""
        try:
            return self._from_wheel(path) if self.wheel else self._from_directory(path)
        except (OSError, KeyError, ValueError, RuntimeError, NotImplementedError, zipfile.BadZipFile):
            raise IntegrityError(
                f"{self.place}: {path} is missing or cannot be read; build the package again."
            ) from None

    def checked(self, resource: Mapping[str, Any]) -> bytes:
        """The bytes of a file that a descriptor names with its SHA-256. Raises IntegrityError."""
        data = self.read(resource["path"])
        if f"sha256:{hashlib.sha256(data).hexdigest()}" != resource["hash"]:
            raise IntegrityError(
                f"{self.place}: {resource['path']} does not have the SHA-256 of its descriptor; build it again."
            )
        return data

    def _from_wheel(self, path: str) -> bytes:
        assert self.wheel
        return self.wheel.read(f"{self.root}{path}")

    def _from_directory(self, path: str) -> bytes:
        root = os.path.realpath(self.root)
        found = os.path.realpath(os.path.join(root, *path.split("/")))
        if os.path.commonpath([root, found]) != root:
            raise OSError  # a link that leads out
        with open(found, "rb") as file:
            return file.read()


def package_files(place: "str | os.PathLike[str]") -> PackageFiles:
    """The files of the package in a directory, in a wheel or beside a descriptor. Raises NotFoundError."""
    given = os.fsdecode(place)
    if not os.path.exists(given):
        raise NotFoundError(f"{given} does not exist; give a built package: a directory, wheel or {DESCRIPTOR}.")
    if os.path.isdir(given):
        if not os.path.isfile(os.path.join(given, DESCRIPTOR)):
            raise NotFoundError(f"{given} holds no {DESCRIPTOR}; run `bakumoscow build {given}` first.")
        return PackageFiles(given, given)
    if os.path.basename(given) == DESCRIPTOR:
        return PackageFiles(given, os.path.dirname(os.path.abspath(given)))
    try:
        wheel = zipfile.ZipFile(given)
    except (OSError, zipfile.BadZipFile):
        raise NotFoundError(f"{given} is no package; give a directory, a wheel or a {DESCRIPTOR}.") from None
    inside = [name for name in wheel.namelist() if name == DESCRIPTOR or name.endswith(f"/{DESCRIPTOR}")]
    if not inside:
        raise NotFoundError(f"{given} holds no {DESCRIPTOR}; give a wheel of a package that bakumoscow built.")
    return PackageFiles(given, min(inside, key=len).removesuffix(DESCRIPTOR), wheel)
