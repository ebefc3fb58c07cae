"""What holds for every test: an example may take its time, since how busy a machine is says nothing of the code."""

from hypothesis import settings

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
