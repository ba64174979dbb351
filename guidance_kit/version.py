"""The version of the code and of the core content: here, and nowhere else."""

__version__ = "0.1.0"
