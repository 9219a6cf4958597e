"""What each role may do on Airflow's pages: asked of processes in tests/dags, of containers in
tools/rehearse."""

LOGINS = {"xem": "viewer", "can_bo": "officer", "quan_tri": "admin"}
RUN = ("POST", "/dags/{}/dagRuns", {"logical_date": None})
# what is asked for, and who may: the others are refused
ASKED = {
    "see runs": ("GET", "/dags/nightly_refresh/dagRuns", None, {"viewer", "officer", "admin"}),
    "see logs": (
        "GET", "/dags/nightly_refresh/dagRuns/{run}/taskInstances/receive/logs/1", None,
        {"viewer", "officer", "admin"},
    ),
    "run the night": (*RUN, {"officer", "admin"}),
    "clear its tasks": (
        "POST", "/dags/nightly_refresh/clearTaskInstances", {"dry_run": True}, {"officer", "admin"},
    ),
    "clear another DAG's tasks": (
        "POST", "/dags/backup/clearTaskInstances", {"dry_run": True}, {"admin"},
    ),
    "run another DAG": ("POST", "/dags/retention/dagRuns", {"logical_date": None}, {"admin"}),
    "pause another DAG": ("PATCH", "/dags/backup", {"is_paused": False}, {"admin"}),
    "delete a DAG": ("DELETE", "/dags/verify", None, {"admin"}),
    "see connections": ("GET", "/connections", None, {"admin"}),
    "see variables": ("GET", "/variables", None, {"admin"}),
}  # fmt: skip


def password(role: str) -> str:
    return f"mật khẩu của {role}"


def wrong(found: dict[str, dict[str, int]]) -> list[str]:
    """Where the status that a role was answered is not what it should be."""
    return [
        f"{what}, {role}: {status}"
        for what, answers in found.items()
        for role, status in answers.items()
        # a run that has not begun has no log (404): what counts is that the answer is no refusal
        if (status == 403) == (role in ASKED[what][-1]) or status in (0, 401, 500)
    ]
