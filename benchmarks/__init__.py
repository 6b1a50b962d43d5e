"""How fast kaohe is, beside other ways to the same numbers: ``python3 dev.py bench``."""
