"""The people of the newsroom: who is invited, who may manage whom, who leaves, where one is signed in."""
