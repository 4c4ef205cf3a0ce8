"""What stands beside the controls: the microscope, and the maps below it."""
