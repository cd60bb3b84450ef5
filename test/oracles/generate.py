"""
Writes the numbers that our own are compared with: python generate.py, in an environment with scikit-learn, SciPy, statsmodels
and fairlearn from their published packages. Each fixtures/*.json holds numbers, the inputs that they are from, and the versions.
What R knows better is in generate.R.
"""

import json
from importlib.metadata import version
from pathlib import Path

import averaged_cases
import classification_cases
import fairness_cases
import large_cases
import number_cases
import statistics_cases

FOLDER = Path(__file__).parent / "fixtures"
PACKAGES = ["numpy", "scipy", "scikit-learn", "statsmodels", "fairlearn"]
FILES = {
    "averaged": averaged_cases,
    "statistics": statistics_cases,
    "classification": classification_cases,
    "numbers": number_cases,
    "fairness": fairness_cases,
    "large": large_cases,
}


def main():
    versions = {name: version(name) for name in PACKAGES}
    for name, module in FILES.items():
        document = {"versions": versions, **module.create()}
        (FOLDER / f"{name}.json").write_text(json.dumps(document, allow_nan=False, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
