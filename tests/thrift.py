"""What is slow on purpose costs little in tests: the hashes of invented officers' passwords and of invented codes.

Served sites and this process must agree, for a code is found by its hash; so both call ``begin``. What stands guard over
real passwords, the guarded desk of ``tests.servers``, hashes as ever.
"""

from django.contrib.auth.hashers import Argon2PasswordHasher

from kinline.enquiries import codes

PASSES, KIBIBYTES, LANES = 1, 8, 1


def begin() -> None:
    """Lower the costs of this process, until it ends."""
    Argon2PasswordHasher.time_cost = PASSES
    Argon2PasswordHasher.memory_cost = KIBIBYTES
    Argon2PasswordHasher.parallelism = LANES
    codes._PASSES, codes._KIBIBYTES = PASSES, KIBIBYTES
