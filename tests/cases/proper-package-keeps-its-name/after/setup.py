from setuptools import find_packages, setup

setup(name="warehouse", packages=find_packages())
