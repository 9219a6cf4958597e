"""guarded_map: order, isolation, limits."""

import os
import signal
import threading
import time
import warnings
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest

from etl.ground.pool import FEW_ITEMS, Failure, guarded_map

LIMITS = {"chunk": 4, "workers": 2, "timeout_s": 20.0, "memory_mb": 200}


def work(item: int | str) -> int | str:
    match item:
        case "abort":
            os.abort()
        case "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "exit":
            os._exit(3)
        case "sleep":
            time.sleep(60)
        case "spin":
            while True:
                pass
        case "allocate":
            return len(bytearray(10 * 2**30))
        case "raise":
            raise ValueError("nine")
    return item


def failed(item: int | str, failure: Failure) -> str:
    return f"{item}: {failure.reason} {failure.detail.splitlines()[-1]}"


def run(items: Sequence[int | str], **changes: float) -> list[list[int | str]]:
    return list(guarded_map(work, items, on_failure=failed, **{**LIMITS, **changes}))


def test_results_come_in_order_by_chunk() -> None:
    assert run(range(10)) == [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9]]
    assert run(list(range(1000)), chunk=10) == [list(range(n, n + 10)) for n in range(0, 1000, 10)]
    assert run([]) == []


def test_the_slow_first_chunk_comes_first() -> None:
    def slow_first(item: int) -> int:
        time.sleep(0.3 if item == 0 else 0)
        return item

    found = guarded_map(slow_first, range(40), on_failure=failed, **LIMITS)
    assert [each for chunk in found for each in chunk] == list(range(40))


@pytest.mark.parametrize(
    "poison, failure",
    [
        ("abort", "died signal 6"),
        ("crash", "died signal 11"),
        ("exit", "died exit 3"),
        ("sleep", "time 1 s"),
        ("spin", "time 1 s"),
        ("allocate", "memory 200 MB"),
        ("raise", "error ValueError: nine"),
    ],
)
def test_only_the_poisoned_item_fails(poison: str, failure: str) -> None:
    good = list(range(6))
    timeout_s = 1 if "time" in failure else 20
    assert run([*good, poison, *good], timeout_s=timeout_s) == [
        [0, 1, 2, 3],
        [4, 5, f"{poison}: {failure}", 0],
        [1, 2, 3, 4],
        [5],
    ]


def test_several_poisoned_items() -> None:
    found = run(["abort", 1, "allocate", "raise", *range(20)], chunk=24)
    assert [type(each) for each in found[0]] == [str, int, str, str] + [int] * 20


def test_a_failure_may_stop_everything() -> None:
    def refuse(_item: int | str, failure: Failure) -> str:
        raise RuntimeError(failure.detail)

    with pytest.raises(RuntimeError, match="ValueError: nine"):
        list(guarded_map(work, ["raise", 1], on_failure=refuse, **LIMITS))


def test_closing_leaves_no_children(tmp_path: Path) -> None:
    def note(item: int) -> int:
        (tmp_path / f"{os.getpid()}").touch()
        time.sleep(0 if item == 0 else 60)
        return item

    found = guarded_map(note, range(20), on_failure=failed, **{**LIMITS, "chunk": 1})
    next(found)
    found.close()
    for noted in tmp_path.iterdir():
        with pytest.raises(ProcessLookupError):
            os.kill(int(noted.name), 0)


def test_workers_go_on_while_what_they_left_is_taken(tmp_path: Path) -> None:
    def note(item: int) -> int:
        (tmp_path / f"{item}").touch()
        return item

    found = guarded_map(note, range(20), on_failure=failed, **{**LIMITS, "chunk": 1, "workers": 1})
    assert next(found) == [0]
    until = time.monotonic() + 20
    while not (tmp_path / "1").exists():  # nobody asks for it yet
        assert time.monotonic() < until
        time.sleep(0.01)
    found.close()


def test_large_results_and_functions_that_cannot_be_pickled() -> None:
    size = 3 * 2**20
    make: Callable[[int], bytes] = lambda n: bytes(size + n)  # noqa: E731
    found = guarded_map(make, range(3), on_failure=lambda _i, _f: b"", **LIMITS)
    assert [len(each) for chunk in found for each in chunk] == [size, size + 1, size + 2]


def test_results_that_cannot_be_pickled_fail() -> None:
    [[found]] = guarded_map(lambda _n: lambda: 0, [1], on_failure=failed, **LIMITS)
    assert str(found).startswith("1: error")


def test_beside_threads_there_is_no_warning() -> None:
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            assert run([1, 2]) == [[1, 2]]
    finally:
        done.set()
        thread.join()


def test_inside_a_daemonic_worker() -> None:
    """Celery runs Airflow tasks in one; multiprocessing itself would refuse to start a child."""
    from multiprocessing import get_context

    receiver, sender = get_context("fork").Pipe(duplex=False)
    worker = get_context("fork").Process(
        target=lambda: sender.send(run([1, "abort", 2])), daemon=True
    )
    worker.start()
    assert receiver.poll(10)
    assert receiver.recv() == [[1, "abort: died signal 6", 2]]
    worker.join()


def test_a_few_items_are_not_worth_a_second_worker() -> None:
    """One filing through the night forks once; sixteen fork one child after the other."""

    def lived(_item: int) -> tuple[float, float, int]:
        started = time.monotonic()
        time.sleep(0.02)
        return started, time.monotonic(), os.getpid()

    def lives(count: int, chunk: int) -> list[tuple[float, float, int]]:
        limits = {**LIMITS, "chunk": chunk, "workers": 4}
        found = guarded_map(lived, range(count), on_failure=failed, **limits)
        return [each for group in found for each in group]

    assert len({pid for *_, pid in lives(FEW_ITEMS, chunk=FEW_ITEMS)}) == 1
    each_its_own = lives(FEW_ITEMS, chunk=1)
    assert len({pid for *_, pid in each_its_own}) == FEW_ITEMS
    assert all(one[1] <= other[0] for one, other in pairwise(each_its_own))


def test_items_need_not_be_a_list() -> None:
    assert list(map(partial(len), run(tuple(range(5))))) == [4, 1]
