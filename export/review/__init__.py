"""The review page: the printed page on one side, the actions on the other."""
