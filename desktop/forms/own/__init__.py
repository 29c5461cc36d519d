"""Fields that the library declared itself, as forms ask for them and lists show them."""
