"""What `khoxa login` does where FAB refuses: nothing, and it does not say that it did."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from etl.setup.logins import put

WORD = "mật khẩu dài"


class Manager:
    """FAB's security manager as far as it is asked, with one login, and what was done with it.
    `refuses`: an e-mail of another login."""

    def __init__(self, refuses: str = "") -> None:
        self.refuses = refuses
        self.words: dict[str, str] = {"xem": "old"}

    def find_role(self, name: str) -> Any:
        return SimpleNamespace(name=name, permissions=["can_read"])

    add_role = find_role

    def create_permission(self, action: str, resource: str) -> str:
        return f"{action} {resource}"

    def add_permission_to_role(self, role: Any, permission: str) -> None:
        role.permissions = [*role.permissions, permission]

    def find_user(self, username: str) -> Any:
        return SimpleNamespace(id=username) if username in self.words else None

    def update_user(self, user: Any) -> bool:
        return user.email != self.refuses

    def reset_password(self, user: str, word: str) -> bool:
        self.words[user] = word
        return True

    def add_user(
        self, name: str, _first: str, _last: str, email: str, _role: Any, word: str
    ) -> Any:
        if email == self.refuses:
            raise RuntimeError("UNIQUE constraint failed: ab_user.email")
        self.words[name] = word
        return SimpleNamespace(id=name)


@pytest.mark.parametrize("name", ["xem", "moi"])
def test_an_email_of_another_login_changes_nothing(name: str) -> None:
    manager = Manager(refuses="khac@x.vn")
    assert put(manager, name, "viewer", "khac@x.vn", WORD) is False
    assert manager.words == {"xem": "old"}


@pytest.mark.parametrize("name", ["xem", "moi"])
def test_a_login_is_made_or_changed(name: str) -> None:
    manager = Manager()
    assert put(manager, name, "officer", f"{name}@x.vn", WORD) is True
    assert manager.words[name] == WORD
