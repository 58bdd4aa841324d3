"""What joins the apps: settings, addresses, the server entry points and the embedded database."""
