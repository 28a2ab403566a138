"""Organisation, halls, departments and the settings of every room."""
