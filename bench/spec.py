"""What is seeded, as pure functions of indexes, so that every product that is seeded from here holds the same work.

A project is a show, a deliverable a shot, a stage a task of it; statuses are words that every product has.
"""

PROJECTS = 20
BIG = 1_000  # deliverables in the biggest project, whose grid is measured
TOTAL = 10_000
PER_GROUP = 50  # deliverables in one sequence
STAGES = ["Storyboard", "Layout", "Animation", "Lighting", "Compositing"]
STATUSES = ["todo", "ready", "wip", "review", "retake", "done"]
PEOPLE = 30


def project_name(project: int) -> str:
    return f"bench{project:02d}"


def project_sizes() -> list[int]:
    """The biggest project, then the others, which share what is left."""
    rest, others = TOTAL - BIG, PROJECTS - 1
    return [BIG] + [rest // others + (1 if index < rest % others else 0) for index in range(others)]


def deliverable(project: int, number: int) -> dict[str, str]:
    return {
        "name": f"SH{number:05d}",
        "group": f"SQ{number // PER_GROUP:03d}",
        "description": f"Deliverable {number} of project {project}, seeded for the bench",
    }


def status_of(project: int, number: int, stage: int) -> str:
    return STATUSES[(project * 31 + number * 7 + stage * 13 + (number * stage) % 5) % len(STATUSES)]


def assignee_of(project: int, number: int, stage: int) -> int | None:
    """One person on nine of ten stages, nobody on the tenth."""
    index = number * len(STAGES) + stage
    return None if index % 10 == 0 else (index * 17 + project) % PEOPLE


def person(index: int) -> dict[str, str]:
    return {"name": f"Artist{index:02d} Bench", "email": f"artist{index:02d}@example.com"}
