from setuptools import find_packages, setup

setup(
    name="jaffle",
    packages=find_packages(exclude=["tests"]),
    install_requires=["dagster"],
)
