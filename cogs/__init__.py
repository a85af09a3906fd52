"""What people see and press. One file per noun."""
