"""Ad slots. Imports neither articles nor comments: it is given plain words."""
