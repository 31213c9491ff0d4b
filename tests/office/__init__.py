"""Office programs and checks of office files, as independent witnesses for the tests."""
