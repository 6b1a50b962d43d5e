"""Foreign keys point downwards among the web's domains, where import-linter does not look.

A key by name ("results.Run") or apps.get_model would let a lower domain lean on a higher one.
"""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
CONTRACT = "The web's domains stand on one another"

# Asked in a process of its own: these tests run without Django.
ASK = """
import json, tempfile, os
os.environ["KAOHE_HOME"] = tempfile.mkdtemp(prefix="kaohe-models-")
os.environ["DJANGO_SETTINGS_MODULE"] = "kaohe.web.settings"
import django
django.setup()
from django.apps import apps
print(json.dumps([
    (model.__module__, field.name, field.related_model.__module__)
    for model in apps.get_models(include_auto_created=True)
    for field in model._meta.get_fields()
    if field.is_relation and field.concrete and field.related_model is not None
]))
"""


def domains():
    """The web's domains from the lowest to the highest, as the import contract lists them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    [layers] = [one["layers"] for one in contracts["contracts"] if one["name"] == CONTRACT]
    return list(reversed([name for layer in layers for name in layer.split(" | ")]))


def domain_of(module, known):
    return next((name for name in known if f"{module}.".startswith(f"{name}.")), None)


def test_no_domain_points_to_a_higher_one():
    done = subprocess.run(
        [sys.executable, "-c", ASK], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    keys = json.loads(done.stdout)
    known = domains()
    ours = [
        (domain_of(source, known), field, domain_of(target, known))
        for source, field, target in keys
    ]
    between = [key for key in ours if key[0] and key[2]]
    assert len(between) > 10, "no foreign keys found: this test asks in a wrong way"
    upwards = [key for key in between if known.index(key[0]) < known.index(key[2])]
    assert upwards == []


def test_every_model_of_ours_belongs_to_a_domain():
    done = subprocess.run(
        [sys.executable, "-c", ASK], capture_output=True, text=True, check=True, cwd=ROOT
    )
    known = domains()
    strays = {
        source
        for source, _, _ in json.loads(done.stdout)
        if source.startswith("kaohe.") and domain_of(source, known) is None
    }
    assert strays == set()
