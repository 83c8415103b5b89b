"""The site itself: settings, addresses, wiring, front page. Composes the apps; imported by none of them."""
